"""Any card that can be written is read back the same, and any change of it is told."""

from dataclasses import fields, replace
from datetime import date, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.directory.card import Authority, Card, Declaration, Endpoint, Treaty
from comity.directory.compare import compare
from comity.directory.errors import WrongRoot
from comity.directory.read import read_card
from comity.directory.write import sign_card, write_card
from comity.seal.forms import digest
from tests.directory.states import DAY, NOW, make_state, opening_key, signing_key
from tests.suite0 import SUITES_0

STATE = make_state()
CARD = STATE.card

tags = st.sampled_from(["ar", "en", "es", "fr", "ru", "zh", "pt-BR", "zh-Hant-TW"])
codes = st.from_regex(r"\A[a-z][a-z0-9_]{0,12}\Z")
lines = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30).map(
    lambda text: normalize("NFC", text)
)
extras = st.sampled_from([b"{}", b'{"later":1}', b'{"z":[{"y":"x"}],"zz":null}'])

authorities = st.builds(
    Authority,
    code=codes,
    name=lines,
    roles=st.lists(codes, min_size=1, max_size=3, unique=True).map(tuple),
    phone=st.from_regex(r"\A\+[0-9][0-9 ]{3,15}\Z"),
    hours=lines,
    languages=st.lists(tags, max_size=3, unique=True).map(tuple),
    extra=extras,
)
declarations = st.builds(
    Declaration,
    instrument=codes,
    article=st.sampled_from(["", "29(4)", "42(5)", "18"]),
    code=codes,
    text=lines,
    source=lines,
    extra=extras,
)
treaties = st.builds(
    Treaty,
    instrument=codes,
    in_force_from=st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    source=lines,
    confirmed_by=lines,
    extra=extras,
)
cards = st.builds(
    replace,
    st.just(CARD),
    version=st.integers(1, 2**53 - 1),
    expires=st.integers(1, 900).map(lambda days: CARD.issued + days * DAY),
    successor=st.none() | st.binary(max_size=2).map(digest),
    demo=st.booleans(),
    endpoint=st.builds(
        Endpoint,
        url=st.sampled_from(["https://a.example", "https://[::1]:8443/x", "https://10.0.0.1/y"]),
        tls=st.binary(max_size=2).map(digest),
        extra=extras,
    ),
    names=st.dictionaries(tags, lines).map(
        lambda names: tuple(sorted({"en": "Northmere", **names}.items()))
    ),
    authorities=st.lists(authorities, max_size=3, unique_by=lambda one: one.code).map(tuple),
    declarations=st.lists(declarations, max_size=3).map(tuple),
    treaties=st.lists(treaties, max_size=3).map(tuple),
    languages=st.lists(tags, max_size=4, unique=True).map(tuple),
    extra=extras,
)


@given(cards)
def test_a_card_is_read_back_as_it_was_written(card: Card) -> None:
    read = read_card(write_card(card, SUITES_0), SUITES_0)
    assert read == card
    assert write_card(read, SUITES_0) == read.payload
    assert compare(card, read) == ()


CHANGED: dict[str, object] = {
    "names": (("en", "Other"),),
    "expires": CARD.expires + DAY,
    "root": signing_key("other root").public,
    "successor": signing_key("heir").public.id,
    "signing": CARD.signing[:1],
    "sealing": (replace(CARD.sealing[0], public=opening_key("other").public),),
    "endpoint": replace(CARD.endpoint, url="https://other.example"),
    "authorities": (),
    "languages": (),
    "roster": (b'{"id":"o-1"}',),
    "declarations": (),
    "treaties": (),
    "log": "other.example/log",
    "extra": b'{"later":1}',
}
UNTOLD = {
    "state": "another State is another file",
    "version": "rises with every card",
    "issued": "moves with every card",
    "demo": "never changes at one node",
    "payload": "is the members",
}


@pytest.mark.parametrize("name", CHANGED)
def test_every_member_that_changes_is_told(name: str) -> None:
    newer = replace(CARD, **{name: CHANGED[name]})  # type: ignore[arg-type]
    assert compare(CARD, newer)
    assert compare(newer, CARD) or name == "successor"


def test_no_member_is_forgotten() -> None:
    assert set(CHANGED) | set(UNTOLD) == {field.name for field in fields(Card)}


def test_a_card_is_signed_by_its_own_root_only() -> None:
    with pytest.raises(WrongRoot):
        sign_card(CARD, STATE.acts, SUITES_0)


def test_times_are_written_in_whole_seconds() -> None:
    card = replace(CARD, expires=CARD.expires + timedelta(microseconds=5))
    assert read_card(write_card(card, SUITES_0), SUITES_0).expires == CARD.expires
    assert NOW.microsecond == 0
