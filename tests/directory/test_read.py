"""Form of a card: read strictly, written back byte for byte (card-v1)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from comity.directory.card import MAX_CARD
from comity.directory.errors import NotACard, WrongField
from comity.directory.read import read_card
from comity.directory.write import write_card
from comity.seal.canonical import Json, decode, encode
from comity.seal.errors import NotCanonical, UnknownSuite
from comity.seal.keys import Purpose
from tests.directory.states import make_state, redraw, seeded
from tests.suite0 import SUITES_0

NORTHMERE = make_state()
GOOD = NORTHMERE.card.payload

Edit = Callable[[dict[str, Json]], object]


def edited(edit: Edit) -> bytes:
    """Return the good card after an edit of its members."""
    members = decode(GOOD)
    edit(members)
    return encode(members)


def at(members: Json, *path: str | int) -> dict[str, Json]:
    """Return the object at a path."""
    for step in path:
        members = members[step]  # type: ignore[index]
    assert isinstance(members, dict)
    return members


def test_what_was_read_is_written_back_byte_for_byte() -> None:
    assert write_card(read_card(GOOD, SUITES_0), SUITES_0) == GOOD


def test_a_card_of_suite_1_is_read_and_written_back() -> None:
    live = make_state(live=True)
    assert write_card(read_card(live.card.payload), live.suites) == live.card.payload


def test_a_live_reader_knows_no_suite_0() -> None:
    with pytest.raises(UnknownSuite):
        read_card(GOOD)


def test_every_member_is_there() -> None:
    card = NORTHMERE.card
    assert card.state == "XNR"
    assert card.name("fr") == "État de XNR"
    assert card.name("zh") == "State of XNR"
    assert [key.purpose for key in card.keys] == [Purpose.ACTS, Purpose.NODE, Purpose.SEAL]
    assert card.keys[0].id == NORTHMERE.acts.public.id
    assert card.treaties[0].in_force_from.isoformat() == "2015-07-01"
    assert card.declarations[0].code == "dual_criminality"
    assert card.authorities[0].phone == "+999 5550 100"
    assert card.endpoint.url == "https://node.example/comity"
    assert card.successor is None
    assert card.digest.startswith("sha256:")


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("keys", 0),
        ("endpoint",),
        ("authorities", 0),
        ("declarations", 0),
        ("treaties", 0),
    ],
)
def test_a_member_from_a_later_version_is_kept_and_written_back(
    path: tuple[str | int, ...],
) -> None:
    payload = edited(lambda m: at(m, *path).update({"later": {"x": [1, "é"]}}))
    assert write_card(read_card(payload, SUITES_0), SUITES_0) == payload


def test_an_officer_of_the_roster_is_kept_as_written() -> None:
    payload = edited(lambda m: m.update(roster=[{"id": "o-1", "roles": ["officer"]}]))
    card = read_card(payload, SUITES_0)
    assert card.roster == (b'{"id":"o-1","roles":["officer"]}',)
    assert write_card(card, SUITES_0) == payload


@pytest.mark.parametrize(
    ("field", "edit"),
    [
        ("v", lambda m: m.update(v=2)),
        ("v", lambda m: m.update(v=True)),
        ("state", lambda m: m.update(state="xnr")),
        ("state", lambda m: m.pop("state")),
        ("name", lambda m: m.update(name={"fr": "Nordmer"})),
        ("name", lambda m: m.update(name="Northmere")),
        ("name", lambda m: m["name"].update({"ENGLISH": "x"})),
        ("name.en", lambda m: m["name"].update({"en": ""})),
        ("name.en", lambda m: m["name"].update({"en": "x" * 201})),
        ("name.en", lambda m: m["name"].update({"en": "North\nmere"})),
        ("name.en", lambda m: m["name"].update({"en": "North\u202emere"})),
        ("name.en", lambda m: m["name"].update({"en": "North\u200bmere"})),
        ("version", lambda m: m.update(version=0)),
        ("version", lambda m: m.update(version="7")),
        ("issued", lambda m: m.update(issued="2026-05-04")),
        ("expires", lambda m: m.update(expires=None)),
        ("expires", lambda m: m.update(expires=m["issued"])),
        ("root", lambda m: m["root"].update(hmactest="!")),
        ("root", lambda m: m.update(root=NORTHMERE.opening.public.data())),
        ("successor", lambda m: m.update(successor="sha256:0")),
        ("successor", lambda m: m.pop("successor")),
        ("demo", lambda m: m.update(demo=0)),
        ("keys", lambda m: m.update(keys={})),
        ("keys", lambda m: m["keys"].reverse()),
        ("keys", lambda m: m.update(keys=m["keys"] * 40)),
        ("keys", lambda m: m["keys"].append(m["keys"][-1])),
        ("keys.1", lambda m: m["keys"].insert(0, "key")),
        ("keys.1.purpose", lambda m: m["keys"][0].update(purpose="root")),
        ("keys.1.purpose", lambda m: m["keys"][0].update(purpose=["acts"])),
        ("keys.1.epoch", lambda m: m["keys"][0].update(epoch=0)),
        ("keys.2.from", lambda m: m["keys"][1].pop("from")),
        ("keys.2.until", lambda m: m["keys"][1].update(until=m["keys"][1]["from"])),
        ("keys.3.public", lambda m: m["keys"][2].update(public=m["root"])),
        ("endpoint", lambda m: m.update(endpoint="https://node.example")),
        ("endpoint.url", lambda m: m["endpoint"].update(url="http://node.example")),
        ("endpoint.url", lambda m: m["endpoint"].update(url="https://me@node.example")),
        ("endpoint.url", lambda m: m["endpoint"].update(url="https://node.example/?x=1")),
        ("endpoint.url", lambda m: m["endpoint"].update(url="https://node.example/x\n")),
        ("endpoint.tls", lambda m: m["endpoint"].update(tls="sha1:00")),
        ("authorities", lambda m: m.update(authorities=None)),
        ("authorities", lambda m: m["authorities"].append(m["authorities"][0])),
        ("authorities.1.roles", lambda m: m["authorities"][0].update(roles=[])),
        ("authorities.1.roles", lambda m: m["authorities"][0].update(roles=["a", "a"])),
        ("authorities.1.phone", lambda m: m["authorities"][0].update(phone="call me")),
        ("authorities.1.hours", lambda m: m["authorities"][0].update(hours="")),
        ("languages", lambda m: m.update(languages=["EN"])),
        ("languages", lambda m: m.update(languages=[1])),
        ("roster.1", lambda m: m.update(roster=["Ada"])),
        ("declarations.1.article", lambda m: m["declarations"][0].update(article="<b>")),
        ("declarations.1.text", lambda m: m["declarations"][0].update(text="x" * 8001)),
        ("treaties.1.in_force_from", lambda m: m["treaties"][0].update(in_force_from="soon")),
        ("treaties.1.confirmed_by", lambda m: m["treaties"][0].pop("confirmed_by")),
        ("log", lambda m: m.update(log="two words")),
    ],
)
def test_a_wrong_member_is_named(field: str, edit: Edit) -> None:
    with pytest.raises(WrongField) as caught:
        read_card(edited(edit), SUITES_0)
    assert caught.value.field == field
    assert caught.value.code == "not-a-card"
    assert f"“{field}”" in str(caught.value)


def set_url(url: str, members: dict[str, Json]) -> None:
    at(members, "endpoint")["url"] = url


def test_local_and_numeric_endpoints_are_allowed() -> None:
    for url in ("https://127.0.0.1:8443", "https://[::1]:9443/a/b", "https://localhost"):
        payload = edited(partial(set_url, url))
        assert read_card(payload, SUITES_0).endpoint.url == url


def test_joiners_of_scripts_that_need_them_are_allowed_in_a_name() -> None:
    named = edited(lambda m: at(m, "name").update(fa="می\u200cشود"))
    assert read_card(named, SUITES_0).name("fa") == "می\u200cشود"


def test_a_declaration_may_have_lines() -> None:
    payload = edited(lambda m: at(m, "declarations", 0).update(text="One.\nTwo."))
    assert read_card(payload, SUITES_0).declarations[0].text == "One.\nTwo."


def test_a_card_that_is_not_canonical_is_refused() -> None:
    for payload in (b"", b"[]", GOOD + b" ", GOOD.replace(b'"v":1', b'"v":1.0')):
        with pytest.raises(NotCanonical):
            read_card(payload, SUITES_0)


def test_endless_data_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(NotACard) as caught:
        read_card(b"\xff" * (MAX_CARD + 1), SUITES_0)
    assert caught.value.field == "length"


def test_a_draft_that_could_not_be_read_is_not_written() -> None:
    with pytest.raises(WrongField):
        redraw(NORTHMERE.card, SUITES_0, log="two words")


def test_the_payload_of_a_draft_is_not_looked_at() -> None:
    newer = redraw(NORTHMERE.card, SUITES_0, version=8)
    assert newer.version == 8
    assert newer.payload != GOOD
    assert newer.digest != NORTHMERE.card.digest


def test_a_draft_has_no_digest() -> None:
    with pytest.raises(ValueError, match="draft"):
        _ = replace(NORTHMERE.card, payload=b"").digest


def test_seeded_bytes_are_the_same_each_time() -> None:
    assert seeded("a")(8) == seeded("a")(8) != seeded("b")(8)
