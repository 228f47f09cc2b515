"""Typed text before it is a value: trimmed, composed, bounded, nothing hidden, refanged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import FactError, Hidden, TooLong
from comity.facts.display import has_hidden
from comity.facts.typed import as_typed, has_wildcard, refang


def test_white_space_around_is_taken_off() -> None:
    assert as_typed("  a b\n", longest=10) == "a b"


def test_letters_are_composed() -> None:
    assert as_typed("e\u0301", longest=10) == "\xe9"


def test_text_over_the_limit_is_refused_with_the_limit() -> None:
    assert as_typed("aaaaa", longest=5) == "aaaaa"
    with pytest.raises(TooLong, match="at most 5 characters"):
        as_typed("aaaaaa", longest=5)


def test_hidden_characters_are_refused_by_code() -> None:
    with pytest.raises(Hidden, match=r"U\+202E") as caught:
        as_typed("a\u202eb", longest=10)
    assert caught.value.code == "hidden_characters"


def test_no_error_repeats_what_was_typed() -> None:
    with pytest.raises(FactError) as caught:
        as_typed("secret\u200bname", longest=99)
    assert "secret" not in str(caught.value)


@given(st.text(max_size=60))
def test_what_comes_out_is_short_composed_and_visible(text: str) -> None:
    try:
        typed = as_typed(text, longest=40)
    except (Hidden, TooLong):
        return
    assert not has_hidden(typed)
    assert typed == unicodedata.normalize("NFC", text.strip())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hxxp://evil.example", "http://evil.example"),
        ("hXXps://evil.example", "https://evil.example"),
        ("h**ps://evil.example", "https://evil.example"),
        ("fxp://evil.example", "ftp://evil.example"),
        ("hxxp[:]//evil[.]example", "http://evil.example"),
        ("hxxp[://]evil.example[/]a", "http://evil.example/a"),
        ("evil[.]example", "evil.example"),
        ("evil(.)example", "evil.example"),
        ("evil{.}example", "evil.example"),
        ("evil[dot]example", "evil.example"),
        ("evil (DOT) example", "evil.example"),
        ("ola[at]evil[.]example", "ola@evil.example"),
        ("ola(at)evil.example", "ola@evil.example"),
        ("ola[@]evil.example", "ola@evil.example"),
        ("ola [AT] evil [DOT] example", "ola@evil.example"),
        ("203.0.113[.]7", "203.0.113.7"),
    ],
)
def test_defanged_forms_are_made_whole(written: str, meant: str) -> None:
    assert refang(written) == meant


@pytest.mark.parametrize(
    "text", ["look (at that)", "array[0].name", "f(.5)", "https://a.example/[x]", "hxx"]
)
def test_other_brackets_are_left_alone(text: str) -> None:
    assert refang(text) == text


@given(st.text(alphabet="[](){}.@: atdohxp/\n", max_size=60))
def test_refanging_keeps_every_line(text: str) -> None:
    assert refang(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(("text", "wild"), [("a*", True), ("a?", True), ("a%", True), ("a", False)])
def test_wildcards_are_seen(text: str, wild: bool) -> None:
    assert has_wildcard(text) is wild
