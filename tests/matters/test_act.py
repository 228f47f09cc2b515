"""Reading a header strictly, keeping what is not known, and writing one."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.matters.act import (
    MEMBERS,
    MOST_BYTES,
    Header,
    Law,
    PartRef,
    Party,
    Result,
    read_act,
    write_header,
)
from comity.matters.errors import HeaderTooLarge, NotAnAct
from comity.seal.canonical import Json, decode, encode
from comity.seal.errors import NotCanonical
from comity.seal.forms import digest
from tests.matters.pair import LATER, OPENING, Changes, Q, R, header, opening, part, play, signed
from tests.matters.refused import D0, REFUSED

RESULTS = (Result(item=1, result="kept"), Result(item=2, result="not_found"))


def raw(**changes: Json) -> dict[str, Any]:
    return decode(opening().header) | changes


def test_every_member_comes_back_as_it_was_written() -> None:
    written = header(
        v=1,
        matter=D0,
        step="kept",
        author=R,
        seq=4,
        prev=digest(b"1"),
        read=((Q, digest(b"2")),),
        answers=digest(b"3"),
        assurance="recorded",
        refs=((R, "JN/26/5"), (Q, "NM-2026/117")),
        lang="zh-Hans",
        urgency="routine",
        offence="A13",
        items=50,
        until=LATER,
        results=RESULTS,
        grounds=("R21B_essential_interests", "R22_discrimination"),
        law=Law(edition=digest(b"4"), rows=("budapest/29-2", "uncc/42-8/floor")),
        approvals=(b'{"officer":"7"}',),
        parts=(part("kept"), part("reason"), part("photo")),
    )
    act = read_act(write_header(written))
    for one in fields(Header):
        expected = getattr(written, one.name)
        if one.name == "refs":
            expected = tuple(sorted(expected))
        assert getattr(act, one.name) == expected, one.name
    assert act.id == digest(act.header)
    assert act.extra == ()


def test_the_id_is_the_digest_of_the_bytes_and_nothing_else() -> None:
    first, second = opening(), opening(nonce=b"m" * 32)
    assert first.id == digest(first.header)
    assert first.id != second.id
    assert opening() == first


def test_an_opening_act_has_a_nonce_and_no_other_has() -> None:
    assert opening(nonce=bytes(range(32))).nonce == bytes(range(32))
    with pytest.raises(NotAnAct) as told:
        signed(matter=D0, nonce=bytes(32))
    assert told.value.field == "nonce"


def test_an_opening_act_is_its_own_matter() -> None:
    act = opening()
    assert act.matter is None
    assert act.matter_id == act.id
    assert play((R, "seen")).acts[1].matter_id == act.id


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_a_missing_member_is_named(name: str) -> None:
    members = raw()
    del members[name]
    with pytest.raises(NotAnAct) as told:
        read_act(encode(members))
    assert told.value.field == name
    assert told.value.code == "not-an-act"
    assert f"“{name}”" in str(told.value)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in REFUSED.items() for value in values]
)
def test_a_member_of_a_wrong_form_is_named(name: str, value: Json) -> None:
    with pytest.raises(NotAnAct) as told:
        read_act(encode(raw(**{name: value})))
    assert told.value.field == name


def test_every_member_has_a_wrong_form_in_these_tests() -> None:
    assert set(REFUSED) == MEMBERS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("basis", {"article": "", "instrument": "reciprocity"}),
        ("basis", {"article": "42(3)(a)", "instrument": "bilateral:maravel-2019"}),
        ("refs", {"XNR": "a" * 64}),
        ("refs", {"XNR": "مرجع 12"}),
        ("lang", "ar"),
        ("offence", ""),
        ("items", 50),
        ("seq", 2**53 - 1),
        ("law", {"edition": D0, "rows": []}),
        ("at", "2000-01-01T00:00:00Z"),
        ("parts", []),
        ("results", [{"item": 50, "result": "not_kept"}]),
    ],
)
def test_the_edges_of_a_form_are_inside(name: str, value: Json) -> None:
    read_act(encode(raw(**{name: value})))


def test_members_that_are_not_known_are_kept_and_named() -> None:
    bytes_ = encode(raw(witness="XVL", colour=None))
    act = read_act(bytes_)
    assert act.header == bytes_
    assert act.extra == ("colour", "witness")
    assert act.understood


def test_members_that_are_not_known_are_kept_inside_members() -> None:
    parties: list[Json] = [dict(party, desk="night") for party in raw()["parties"]]
    law = raw()["law"] | {"note": 1}
    bytes_ = encode(raw(parties=parties, law=law))
    act = read_act(bytes_)
    assert act.header == bytes_
    assert act.parties == opening().parties


def test_an_approval_is_kept_although_nobody_looks_into_it() -> None:
    act = read_act(encode(raw(approvals=[{"id": "x", "assertion": {"sig": "y"}}])))
    assert act.approvals == (b'{"assertion":{"sig":"y"},"id":"x"}',)


def test_an_unknown_kind_is_read_with_words_of_its_own() -> None:
    act = read_act(
        encode(
            raw(
                kind="freeze",
                form="uncac",
                channel="pigeon",
                urgency="slow",
                parties=[{"role": "holder", "state": "XAL"}],
                results=[{"item": 1, "result": "frozen"}],
            )
        )
    )
    assert not act.understood
    assert act.parties == (Party(state="XAL", role="holder"),)
    assert act.results == (Result(item=1, result="frozen"),)


@pytest.mark.parametrize("name", ["law", "parts", "basis", "at", "grounds", "lang", "items"])
def test_an_unknown_kind_still_has_every_member(name: str) -> None:
    members = raw(kind="freeze")
    del members[name]
    with pytest.raises(NotAnAct):
        read_act(encode(members))


def test_an_unknown_step_of_a_known_kind_is_read() -> None:
    act = read_act(encode(raw(step="hand_over")))
    assert act.step == "hand_over"
    assert not act.understood


def test_of_a_later_version_only_its_place_in_a_lane_is_read() -> None:
    members: dict[str, Any] = {
        "v": 2,
        "matter": D0,
        "author": "XJN",
        "seq": 3,
        "prev": digest(b"p"),
        "read": {"XNR": digest(b"q")},
        "at": "2031-01-01T00:00:00Z",
        "step": ["a", "list"],
        "parts": "elsewhere",
    }
    act = read_act(encode(members))
    assert (act.v, act.matter, act.author, act.seq) == (2, D0, "XJN", 3)
    assert act.read == (("XNR", digest(b"q")),)
    assert act.at == datetime(2031, 1, 1, tzinfo=UTC)
    assert (act.step, act.parts, act.kind) == ("", (), "")
    assert not act.understood


def test_of_a_later_version_what_is_not_known_is_named() -> None:
    members = raw(v=2, witness="XVL")
    del members["offence"]
    assert read_act(encode(members)).extra == ("witness",)


def test_of_a_later_version_what_still_has_its_form_is_read() -> None:
    act = read_act(encode(raw(v=2, step="request_2")))
    assert act.step == "request_2"
    assert act.parts == opening().parts
    assert not act.understood


@pytest.mark.parametrize("name", ["matter", "author", "seq", "prev", "read", "at"])
def test_a_later_version_without_a_place_is_not_an_act(name: str) -> None:
    members = raw(v=2)
    del members[name]
    with pytest.raises(NotAnAct) as told:
        read_act(encode(members))
    assert told.value.field == name


def test_a_header_that_is_too_long_is_refused_before_it_is_read() -> None:
    spare = MOST_BYTES - len(encode(raw(filler="")))
    read_act(encode(raw(filler="x" * spare)))
    with pytest.raises(HeaderTooLarge) as told:
        read_act(encode(raw(filler="x" * (spare + 1))))
    assert told.value.code == "too-large"
    with pytest.raises(HeaderTooLarge):
        read_act(b"{" * (MOST_BYTES + 1))


@pytest.mark.parametrize("bytes_", [b"", b"[]", b"{", b'{"v":1} ', b'{"v":1.0}', b"\xff", b"null"])
def test_bytes_that_are_not_canonical_say_so(bytes_: bytes) -> None:
    with pytest.raises(NotCanonical):
        read_act(bytes_)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"step": "hand_over"}, "step"),
        ({"kind": "freeze"}, "kind"),
        ({"v": 2}, "kind"),
        ({"author": "nobody"}, "author"),
        ({"items": 51}, "items"),
        ({"grounds": ("b", "a")}, "grounds"),
        ({"parties": tuple(reversed(opening().parties))}, "parties"),
        ({"refs": ((R, "a\u202e"),)}, "refs"),
        ({"parts": (PartRef(role="reason", length=0, commit="A" * 43 + "="),)}, "parts"),
    ],
)
def test_our_own_nonsense_is_not_written(changes: Changes, field: str) -> None:
    with pytest.raises(NotAnAct) as told:
        write_header(replace(OPENING, **changes))
    assert told.value.field == field


def test_a_time_without_a_zone_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        write_header(header(at=datetime(2026, 5, 4)))  # noqa: DTZ001


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(MEMBERS)), JSON), st.integers(1, 3))
def test_whatever_stands_in_the_members_only_the_sender_is_at_fault(
    changes: dict[str, Json], version: int
) -> None:
    try:
        bytes_ = encode(raw() | {"v": version} | changes)
    except NotCanonical:
        return
    try:
        assert read_act(bytes_).header == bytes_
    except NotAnAct as told:
        assert told.field in changes  # noqa: PT017


@given(st.binary(max_size=200))
def test_whatever_bytes_come_only_the_sender_is_at_fault(bytes_: bytes) -> None:
    with pytest.raises((NotAnAct, NotCanonical)):
        read_act(bytes_)


@given(
    seq=st.integers(0, 2**53 - 1),
    items=st.integers(0, 50),
    lang=st.sampled_from(["en", "ar", "zh-Hans", "vi"]),
    at=st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1)),  # noqa: DTZ001
    grounds=st.sets(st.sampled_from(["R21B", "R22", "B29_5A", "D_domestic_law"])),
)
def test_what_is_written_is_read_back_and_written_alike(
    seq: int, items: int, lang: str, at: datetime, grounds: set[str]
) -> None:
    at = at.replace(microsecond=0, tzinfo=UTC)
    act = signed(matter=D0, seq=seq, items=items, lang=lang, at=at, grounds=tuple(sorted(grounds)))
    assert (act.seq, act.items, act.lang, act.at) == (seq, items, lang, at)
    assert act.grounds == tuple(sorted(grounds))
    assert write_header(act) == act.header
