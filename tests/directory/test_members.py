"""Members of an object are read once, strictly, and what is left over is kept."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.directory.members import NOTHING, Members, WrongMember
from comity.seal.canonical import LARGEST, Json, encode
from comity.seal.forms import b64, digest

SPEC = Path(__file__).parents[2] / "spec"
WORD = re.compile("[a-z]+")

Read = Callable[[Members], object]


def one(value: Json) -> Members:
    """Return an object with a single member ``x``."""
    return Members({"x": value})


@pytest.mark.parametrize(
    ("value", "read", "found"),
    [
        (5, lambda m: m.whole("x"), 5),
        (0, lambda m: m.whole("x"), 0),
        (LARGEST, lambda m: m.whole("x"), LARGEST),
        (-1, lambda m: m.whole("x", -1, 1), -1),
        (False, lambda m: m.flag("x"), False),
        ("a", lambda m: m.text("x"), "a"),
        ("", lambda m: m.text("x"), ""),
        ("abc", lambda m: m.formed("x", WORD), "abc"),
        ("a b", lambda m: m.line("x", 3), "a b"),
        ("", lambda m: m.line("x", 3, 0), ""),
        ("a\nb", lambda m: m.prose("x", 3), "a\nb"),
        ("XNR", lambda m: m.state("x"), "XNR"),
        (digest(b""), lambda m: m.digest("x"), digest(b"")),
        (
            "2026-05-04T03:00:00Z",
            lambda m: m.time("x"),
            datetime(2026, 5, 4, 3, 0, tzinfo=UTC),
        ),
        ("2026-05-04", lambda m: m.day("x"), date(2026, 5, 4)),
        (b64(b"ab"), lambda m: m.data("x"), b"ab"),
        (b64(b"ab"), lambda m: m.data("x", 2), b"ab"),
        ({"a": 1}, lambda m: m.object("x"), {"a": 1}),
        ({"a": 1}, lambda m: m.within("x").whole("a"), 1),
        ([1, 2], lambda m: m.array("x", 2), [1, 2]),
        ([], lambda m: m.array("x", 2), []),
        ([{"a": 1}, {"a": 2}], lambda m: [e.whole("a") for e in m.each("x", 2)], [1, 2]),
        (["b", "a"], lambda m: m.lines("x", WORD, 2), ("b", "a")),
        (None, lambda m: m.is_null("x"), True),
        (0, lambda m: m.is_null("x"), False),
        ("anything", lambda m: m.take("x"), "anything"),
    ],
)
def test_a_member_of_the_right_form_is_read(value: Json, read: Read, found: object) -> None:
    assert read(one(value)) == found


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (True, lambda m: m.whole("x")),
        ("5", lambda m: m.whole("x")),
        (-1, lambda m: m.whole("x")),
        (6, lambda m: m.whole("x", 1, 5)),
        (0, lambda m: m.whole("x", 1, 5)),
        (None, lambda m: m.whole("x")),
        (1, lambda m: m.flag("x")),
        ("true", lambda m: m.flag("x")),
        (1, lambda m: m.text("x")),
        (["a"], lambda m: m.text("x")),
        ("abc1", lambda m: m.formed("x", WORD)),
        ("abc\n", lambda m: m.formed("x", WORD)),
        (1, lambda m: m.formed("x", WORD)),
        ("", lambda m: m.line("x", 3)),
        ("abcd", lambda m: m.line("x", 3)),
        ("a\nb", lambda m: m.line("x", 3)),
        ("a\tb", lambda m: m.prose("x", 3)),
        (3, lambda m: m.prose("x", 3)),
        ("XN", lambda m: m.state("x")),
        ("xnr", lambda m: m.state("x")),
        (3, lambda m: m.state("x")),
        ("sha256:" + "A" * 64, lambda m: m.digest("x")),
        (None, lambda m: m.digest("x")),
        ("2026-05-04T03:00:00+00:00", lambda m: m.time("x")),
        ("2026-02-30T03:00:00Z", lambda m: m.time("x")),
        (20260504, lambda m: m.time("x")),
        ("2026-5-4", lambda m: m.day("x")),
        ("YWI", lambda m: m.data("x")),
        ("YWI=", lambda m: m.data("x", 3)),
        (7, lambda m: m.data("x")),
        ([], lambda m: m.object("x")),
        ("{}", lambda m: m.within("x")),
        ({}, lambda m: m.array("x", 2)),
        ([1, 2, 3], lambda m: m.array("x", 2)),
        ([], lambda m: m.array("x", 2, 1)),
        ([{}, 1], lambda m: list(m.each("x", 2))),
        (["a", "a"], lambda m: m.lines("x", WORD, 2)),
        (["a", 1], lambda m: m.lines("x", WORD, 2)),
        (["A"], lambda m: m.lines("x", WORD, 2)),
        ([], lambda m: m.lines("x", WORD, 2, 1)),
    ],
)
def test_a_member_of_a_wrong_form_is_named(value: Json, read: Read) -> None:
    with pytest.raises(WrongMember) as caught:
        read(one(value))
    assert caught.value.path.startswith("x")


@pytest.mark.parametrize(
    "read",
    [
        lambda m: m.take("y"),
        lambda m: m.whole("y"),
        lambda m: m.is_null("y"),
        lambda m: m.within("y"),
        lambda m: list(m.each("y", 1)),
        lambda m: m.fail("y"),
    ],
)
def test_a_member_that_is_missing_is_named(read: Read) -> None:
    with pytest.raises(WrongMember) as caught:
        read(one(1))
    assert caught.value.path == "y"


def test_a_member_is_read_once() -> None:
    members = one(1)
    assert members.has("x")
    members.take("x")
    assert not members.has("x")
    with pytest.raises(WrongMember):
        members.take("x")


def test_a_null_counts_as_read_and_another_value_does_not() -> None:
    members = Members({"a": None, "b": 1})
    assert members.is_null("a")
    assert not members.is_null("b")
    assert members.rest() == b'{"b":1}'


def test_a_path_leads_through_objects_and_arrays_counting_from_one() -> None:
    members = Members({"keys": [{}, {"public": {"suite": "1"}}]}, "card")
    second = list(members.each("keys", 2))[1]
    with pytest.raises(WrongMember) as caught:
        second.within("public").whole("suite")
    assert caught.value.path == "card.keys.2.public.suite"


def test_the_callers_object_is_left_alone() -> None:
    given_: dict[str, Json] = {"a": 1, "b": {"c": 2}}
    members = Members(given_)
    members.take("a")
    members.within("b").take("c")
    assert given_ == {"a": 1, "b": {"c": 2}}


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9) | st.text("xyz")),
    st.sets(st.sampled_from("abcdef")),
)
def test_what_was_not_read_is_kept_as_canonical_bytes(
    value: dict[str, Json], read: set[str]
) -> None:
    members = Members(value)
    for name in read & set(value):
        members.take(name)
    left = {name: kept for name, kept in value.items() if name not in read}
    assert members.rest() == encode(left)
    assert (members.rest() == NOTHING) == (not left)


def test_the_hidden_characters_are_those_of_the_page() -> None:
    page = (SPEC / "card-v1.md").read_text(encoding="utf-8")
    listed = page.partition("invisible character (")[2].partition(")")[0]
    hidden: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?: to U\+([0-9A-F]+))?", listed):
        hidden |= set(range(int(first, 16), int(last or first, 16) + 1))
    assert len(hidden) > 70
    for point in range(0x110000):
        if 0xD800 <= point < 0xE000:
            continue
        shown = True
        try:
            one(chr(point)).prose("x", 1)
        except WrongMember:
            shown = False
        assert shown is (point not in hidden or chr(point) == "\n"), hex(point)
