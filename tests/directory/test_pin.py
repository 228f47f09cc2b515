"""Anchors: two officers and twelve words, or a registrar's signature (card-v1)."""

from datetime import timedelta

import pytest

from comity.directory.anchor import RegistrarAnchor, WordsAnchor
from comity.directory.errors import (
    NotACard,
    NotAnchored,
    NotVouched,
    OneOfficer,
    WordsDiffer,
    WordsMissing,
)
from comity.directory.pin import (
    MAX_ANCHOR,
    pin_by_registrar,
    pin_by_words,
    read_pinned,
    write_anchor,
    write_pinned,
)
from comity.directory.trust import Pinned
from comity.seal.canonical import Json, decode, encode
from comity.seal.dsse import ANCHOR_TYPE, CARD_TYPE, sign
from comity.seal.errors import BadKey, NotCanonical, UnknownSuite
from comity.seal.forms import time_text
from comity.seal.words import twelve_words
from tests.directory.states import NOW, make_state, signing_key
from tests.suite0 import SUITES_0

NORTHMERE = make_state()
ROOT = NORTHMERE.root.public
WORDS = twelve_words(ROOT.id)
REGISTRAR = signing_key("registrar")


def by_words(
    spoken: str | tuple[str, ...], officers: tuple[str, str] = ("Ada Lund", "Bo Ek")
) -> Pinned:
    return pin_by_words("XNR", ROOT.data(), spoken, officers, at=NOW, suites=SUITES_0)


def by_registrar(envelope: bytes, *, state: str = "XNR") -> Pinned:
    return pin_by_registrar(
        envelope, REGISTRAR.public, state=state, root_data=ROOT.data(), now=NOW, suites=SUITES_0
    )


@pytest.mark.parametrize(
    "spoken",
    [
        WORDS,
        " ".join(WORDS),
        "  " + "\n".join(WORDS).upper() + " ",
        ", ".join(word.capitalize() for word in WORDS),
        " ".join(f"{number}. {word}" for number, word in enumerate(WORDS, start=1)),
        tuple(f" {word} " for word in WORDS),
    ],
)
def test_the_right_words_pin_the_root_however_they_are_typed(spoken: str | tuple[str, ...]) -> None:
    pinned = by_words(spoken)
    assert pinned.state == "XNR"
    assert pinned.root == ROOT
    assert pinned.anchor == WordsAnchor(officers=("Ada Lund", "Bo Ek"), at=NOW)


@pytest.mark.parametrize("place", range(1, 13))
def test_the_word_that_differs_is_named_by_its_place_and_never_told(place: int) -> None:
    spoken = list(WORDS)
    spoken[place - 1] = "zebra" if WORDS[place - 1] != "zebra" else "zoo"
    with pytest.raises(WordsDiffer) as caught:
        by_words(" ".join(spoken))
    assert caught.value.place == place
    assert caught.value.code == "not-anchored"
    assert f"Word {place} " in str(caught.value)
    assert WORDS[place - 1] not in str(caught.value).lower().split()


@pytest.mark.parametrize("count", [0, 11, 13, 24])
def test_not_exactly_twelve_words_are_refused(count: int) -> None:
    with pytest.raises(WordsMissing, match=str(count)):
        by_words(" ".join((WORDS * 2)[:count]))


@pytest.mark.parametrize(
    "officers",
    [
        ("Ada", "Ada"),
        ("Ada", " ADA "),
        ("Ada  Lund", "ada lund"),
        ("Ada", ""),
        ("  ", "Bo"),
        ("Ａda", "Ada"),
    ],
)
def test_one_officer_is_not_two(officers: tuple[str, str]) -> None:
    with pytest.raises(OneOfficer) as caught:
        by_words(WORDS, officers)
    assert caught.value.code == "not-anchored"


def test_words_of_another_root_do_not_pin_this_one() -> None:
    other = make_state("XJN")
    with pytest.raises(WordsDiffer):
        by_words(twelve_words(other.root.public.id))


def test_a_root_of_an_unknown_suite_or_form_is_not_pinned() -> None:
    with pytest.raises(UnknownSuite):
        pin_by_words("XNR", ROOT.data(), WORDS, ("Ada", "Bo"), at=NOW)
    with pytest.raises(BadKey):
        pin_by_words("XNR", {"suite": 0}, WORDS, ("Ada", "Bo"), at=NOW, suites=SUITES_0)


def test_a_registrars_signature_pins_the_root() -> None:
    envelope = write_anchor("XNR", ROOT.id, NOW, REGISTRAR)
    pinned = by_registrar(envelope)
    assert pinned.root == ROOT
    assert pinned.anchor == RegistrarAnchor(
        registrar=REGISTRAR.public.id, envelope=envelope, at=NOW
    )


def statement(**changes: Json) -> bytes:
    """Return a registrar's statement, changed."""
    good: dict[str, Json] = {"v": 1, "state": "XNR", "root": ROOT.id, "at": time_text(NOW)}
    return sign(encode({**good, **changes}), ANCHOR_TYPE, REGISTRAR)


@pytest.mark.parametrize(
    "envelope",
    [
        write_anchor("XNR", ROOT.id, NOW, signing_key("another registrar")),
        write_anchor("XJN", ROOT.id, NOW, REGISTRAR),
        write_anchor("XNR", REGISTRAR.public.id, NOW, REGISTRAR),
        write_anchor("XNR", ROOT.id, NOW + timedelta(hours=1), REGISTRAR),
        sign(encode({"v": 1}), CARD_TYPE, REGISTRAR),
        statement(v=2),
        statement(at="today"),
        statement(root=None),
        statement(later="x" * MAX_ANCHOR),
        b"{}",
        b"",
        b"x" * (MAX_ANCHOR + 1),
    ],
)
def test_a_statement_that_does_not_vouch_for_this_root_pins_nothing(envelope: bytes) -> None:
    with pytest.raises(NotVouched) as caught:
        by_registrar(envelope)
    assert caught.value.code == "not-anchored"


def test_a_statement_for_another_state_pins_nothing() -> None:
    with pytest.raises(NotVouched, match="XJN"):
        by_registrar(write_anchor("XNR", ROOT.id, NOW, REGISTRAR), state="XJN")


def test_every_way_to_lack_an_anchor_has_one_code() -> None:
    for leaf in (OneOfficer, WordsDiffer, WordsMissing, NotVouched):
        assert issubclass(leaf, NotAnchored)
        assert leaf.code == "not-anchored"


@pytest.mark.parametrize(
    "pinned",
    [by_words(WORDS), by_registrar(write_anchor("XNR", ROOT.id, NOW, REGISTRAR))],
)
def test_a_pin_is_kept_and_read_back(pinned: Pinned) -> None:
    assert read_pinned(write_pinned(pinned), SUITES_0) == pinned


def test_an_officers_name_is_kept_in_one_form() -> None:
    pinned = by_words(WORDS, ("  Ade\u0301  Lund", "Bo"))
    assert isinstance(pinned.anchor, WordsAnchor)
    assert pinned.anchor.officers == ("Adé Lund", "Bo")
    assert read_pinned(write_pinned(pinned), SUITES_0) == pinned


@pytest.mark.parametrize(
    ("field", "edit"),
    [
        ("v", {"v": 2}),
        ("state", {"state": 1}),
        ("anchor.kind", {"anchor": {"kind": "hearsay", "at": time_text(NOW)}}),
        ("anchor.at", {"anchor": {"kind": "words"}}),
        (
            "anchor.officers",
            {"anchor": {"kind": "words", "officers": ["Ada"], "at": time_text(NOW)}},
        ),
    ],
)
def test_a_damaged_pin_is_refused(field: str, edit: dict[str, Json]) -> None:
    good = decode(write_pinned(by_words(WORDS)))
    with pytest.raises(NotACard) as caught:
        read_pinned(encode({**good, **edit}), SUITES_0)
    assert caught.value.field == field


def test_a_pin_that_is_not_canonical_is_refused() -> None:
    with pytest.raises(NotCanonical):
        read_pinned(b"", SUITES_0)
