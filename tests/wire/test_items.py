"""An act on its way: blob, numbers, proof of the author and of the parts (message-v1 2)."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.matters.errors import NotAnAct
from comity.seal.canonical import decode, encode
from comity.seal.dsse import ACT_TYPE, MESSAGE_TYPE, sign
from comity.seal.forms import digest
from comity.wire.errors import Code, OurFault, TheirFault
from comity.wire.items import (
    ABSENT,
    MAX_ENVELOPE,
    MOST_BYTES,
    Item,
    Outgoing,
    Part,
    ProvenAct,
    fitting,
    prove_given_back,
    prove_item,
    read_item,
    write_item,
)
from tests.directory.states import DAY, NOW, make_state, signing_key
from tests.wire.traffic import Stated, state_act, u32

NORTHMERE = make_state("XNR")
JINHAI = make_state("XJN")
ACT = state_act(NORTHMERE, texts=(b"what is asked", b"a reason"))
GOOD = ACT.outgoing(1)
SECOND = timedelta(seconds=1)


def prove(outgoing: Outgoing = GOOD, **given_: object) -> ProvenAct:
    """Prove an item as Jinhai does."""
    options: dict[str, object] = {
        "sender": "XNR",
        "card": NORTHMERE.card,
        "received_at": NOW,
    }
    return prove_item(outgoing.blob, outgoing.item, **(options | given_))  # type: ignore[arg-type]


def refused(outgoing: Outgoing, code: Code, **given_: object) -> TheirFault:
    """Assert that an item is refused with ``code``."""
    with pytest.raises(TheirFault) as caught:
        prove(outgoing, **given_)
    assert caught.value.reason is code
    return caught.value


def with_parts(*parts: Part | None, act: Stated = ACT) -> Outgoing:
    """Return the act with other parts beside it."""
    return Outgoing(n=1, act=act.id, blob=write_item(act.envelope, parts))


def with_envelope(envelope: bytes, act: str = ACT.id) -> Outgoing:
    """Return another envelope under the act's name."""
    return Outgoing(n=1, act=act, blob=write_item(envelope, ACT.parts))


def test_an_act_and_its_parts_are_proven() -> None:
    proven = prove()
    assert proven.act.id == ACT.id
    assert proven.act.header == ACT.header
    assert proven.envelope == ACT.envelope
    assert proven.parts == ACT.parts


def test_an_act_of_suite_1_is_proven() -> None:
    live = make_state("XNR", live=True)
    act = state_act(live)
    assert prove(act.outgoing(1), card=live.card).act.id == act.id


def test_a_part_that_is_not_here_is_none() -> None:
    first, second = ACT.parts
    assert prove(with_parts(None, second)).parts == (None, second)
    assert prove(with_parts(first, None)).parts == (first, None)
    assert prove(with_parts(None, None)).parts == (None, None)


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ((), "parts"),
        (ACT.parts[:1], "parts"),
        ((*ACT.parts, None), "parts"),
        (ACT.parts[::-1], "parts.1"),
        ((replace(ACT.parts[0], data=b"what is askeD"), ACT.parts[1]), "parts.1"),
        ((ACT.parts[0], replace(ACT.parts[1], data=b"a reason and more")), "parts.2"),
        ((ACT.parts[0], replace(ACT.parts[1], salt=bytes(32))), "parts.2"),
    ],
)
def test_a_part_that_the_header_does_not_commit_to_is_refused(
    parts: tuple[Part | None, ...], where: str
) -> None:
    assert refused(with_parts(*parts), Code.PART_MISMATCH).where == where


def test_a_part_of_another_length_is_refused_even_if_its_commitment_fits() -> None:
    header = decode(ACT.header)
    listed = header["parts"]
    assert isinstance(listed, list)
    assert isinstance(listed[0], dict)
    listed[0]["length"] = 12
    raw = encode(header)
    envelope = sign(raw, ACT_TYPE, NORTHMERE.acts)
    refused(with_envelope(envelope, digest(raw)), Code.PART_MISMATCH)


def test_an_act_sent_by_another_state_than_its_author_is_refused() -> None:
    refused(GOOD, Code.AUTHOR_NOT_SENDER, sender="XJN", card=JINHAI.card)


def test_an_act_signed_by_another_states_key_is_refused() -> None:
    envelope = sign(ACT.header, ACT_TYPE, JINHAI.acts)
    refused(with_envelope(envelope), Code.UNKNOWN_KEY)


def test_a_node_key_cannot_sign_an_act() -> None:
    refused(with_envelope(sign(ACT.header, ACT_TYPE, NORTHMERE.node)), Code.WRONG_PURPOSE)


def test_a_signature_for_a_message_is_not_one_for_an_act() -> None:
    refused(with_envelope(sign(ACT.header, MESSAGE_TYPE, NORTHMERE.acts)), Code.WRONG_PURPOSE)


def test_a_false_signature_is_refused() -> None:
    genuine = decode(state_act(NORTHMERE, number=2).envelope)
    mixed = encode({**decode(ACT.envelope), "signatures": genuine["signatures"]})
    refused(with_envelope(mixed), Code.BAD_SIGNATURE)


def test_one_of_two_signatures_stripped_is_refused() -> None:
    live = make_state("XNR", live=True)
    act = state_act(live)
    envelope = decode(act.envelope)
    halves = envelope["signatures"]
    assert isinstance(halves, list)
    for kept in (halves[:1], halves[1:], []):
        stripped = encode({**envelope, "signatures": list(kept)})
        outgoing = Outgoing(n=1, act=act.id, blob=write_item(stripped, act.parts))
        refused(outgoing, Code.BAD_SIGNATURE, card=live.card)


def test_an_act_other_than_the_one_the_head_names_is_refused() -> None:
    other = replace(GOOD, act=digest(b"another"))
    assert refused(other, Code.BLOB_MISMATCH).where == "act"


def test_an_act_signed_with_a_key_that_was_not_valid_then_is_refused() -> None:
    until = NORTHMERE.card.signing[0].until
    act = state_act(NORTHMERE, at=until)
    refused(act.outgoing(1), Code.KEY_NOT_VALID, received_at=until)


def test_an_act_under_way_when_its_key_ended_is_accepted_for_thirty_days() -> None:
    until = NORTHMERE.card.signing[0].until
    act = state_act(NORTHMERE, at=until - SECOND).outgoing(1)
    assert prove(act, received_at=until + 30 * DAY - SECOND).act.at == until - SECOND
    refused(act, Code.KEY_NOT_VALID, received_at=until + 30 * DAY)


def test_an_act_dated_ten_years_off_is_refused() -> None:
    for days in (-3650, 3650):
        refused(state_act(NORTHMERE, at=NOW + days * DAY).outgoing(1), Code.KEY_NOT_VALID)


def test_a_key_dropped_from_the_newest_card_signs_nothing_new() -> None:
    acts, node = NORTHMERE.card.signing
    revoked = NORTHMERE.changed(
        version=8, signing=(replace(acts, epoch=2, public=signing_key("next").public), node)
    )
    refused(GOOD, Code.UNKNOWN_KEY, card=revoked)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{}", Code.NOT_AN_ACT),
        (b'{"v":1}', Code.NOT_AN_ACT),
        (b"{ }", Code.NOT_CANONICAL),
        (b'{"x":"%s"}' % (b"x" * 32_768), Code.TOO_LARGE),
    ],
)
def test_what_is_no_header_is_refused(raw: bytes, code: Code) -> None:
    envelope = sign(raw, ACT_TYPE, NORTHMERE.acts)
    refused(with_envelope(envelope, digest(raw)), code)


def test_a_wrong_member_of_the_header_is_named() -> None:
    raw = encode({**decode(ACT.header), "seq": -1})
    outgoing = with_envelope(sign(raw, ACT_TYPE, NORTHMERE.acts), digest(raw))
    assert refused(outgoing, Code.NOT_AN_ACT).where == "seq"


def test_an_act_of_an_unknown_kind_or_version_is_proven_and_left_to_the_fold() -> None:
    for change in ({"kind": "return_of_assets"}, {"step": "telepathy"}, {"v": 2}):
        raw = encode({**decode(ACT.header), **change})
        outgoing = with_envelope(sign(raw, ACT_TYPE, NORTHMERE.acts), digest(raw))
        assert not prove(outgoing).act.understood


def test_parts_of_a_later_version_are_left_to_be_pulled() -> None:
    raw = encode({**decode(ACT.header), "v": 2, "parts": {"new": "form"}})
    outgoing = with_envelope(sign(raw, ACT_TYPE, NORTHMERE.acts), digest(raw))
    assert prove(outgoing).parts == ()


# The blob.


@pytest.mark.parametrize(
    ("blob", "code"),
    [
        (b"", Code.NOT_AN_ACT),
        (b"\0\0\0", Code.NOT_AN_ACT),
        (b"\0\0\0\0", Code.NOT_CANONICAL),
        (b"\0\0\0\2{}", Code.NOT_AN_ACT),
        (b"\0\0\0\x09{}", Code.NOT_AN_ACT),
        (b"\x40\0\0\0{}", Code.TOO_LARGE),
        ((MAX_ENVELOPE + 1).to_bytes(4, "big") + bytes(MAX_ENVELOPE + 1), Code.TOO_LARGE),
        (u32(ACT.envelope) + ACT.envelope[:-1], Code.NOT_AN_ACT),
        (GOOD.blob[:-1], Code.NOT_AN_ACT),
        (GOOD.blob + b"\0", Code.NOT_AN_ACT),
        (GOOD.blob + b"\0\0\0\0" + bytes(32), Code.NOT_AN_ACT),
        (GOOD.blob + b"\x40\0\0\0" + bytes(33), Code.NOT_AN_ACT),
        (GOOD.blob + b"\xff\xff\xff\xff" * 63, Code.NOT_AN_ACT),
        (GOOD.blob + b"\xff\xff\xff\xff" * 62, Code.PART_MISMATCH),
    ],
)
def test_a_broken_blob_is_refused(blob: bytes, code: Code) -> None:
    refused(Outgoing(n=1, act=ACT.id, blob=blob), code)


@given(
    lengths=st.lists(st.none() | st.integers(1, 300), max_size=64),
)
def test_what_is_written_is_read_back(lengths: list[int | None]) -> None:
    parts = tuple(
        None if length is None else Part(salt=sha256(b"%d" % length).digest(), data=bytes(length))
        for length in lengths
    )
    read = read_item(write_item(ACT.envelope, parts))
    assert read.parts == parts
    assert read.envelope.envelope == ACT.envelope
    assert read.envelope.payload == ACT.header


@given(cut=st.integers(0, len(GOOD.blob) - 1))
def test_a_truncated_blob_is_the_peers_fault(cut: int) -> None:
    with pytest.raises(TheirFault):
        prove(replace(GOOD, blob=GOOD.blob[:cut]))


def test_the_mark_of_an_absent_part_is_longer_than_any_part() -> None:
    assert write_item(b"", [None]) == b"\0\0\0\0" + ABSENT.to_bytes(4, "big")


@pytest.mark.parametrize(
    ("envelope", "parts"),
    [
        (bytes(MAX_ENVELOPE + 1), ()),
        (b"{}", (None,) * 65),
        (b"{}", (Part(salt=bytes(31), data=b"x"),)),
        (b"{}", (Part(salt=bytes(32), data=b""),)),
    ],
)
def test_we_write_no_blob_that_the_peer_would_refuse(
    envelope: bytes, parts: tuple[Part | None, ...]
) -> None:
    with pytest.raises(OurFault):
        write_item(envelope, parts)


@pytest.mark.parametrize(
    ("lengths", "count"),
    [
        ([], 0),
        ([1], 1),
        ([MOST_BYTES], 1),
        ([MOST_BYTES + 1], 0),
        ([MOST_BYTES, 1], 1),
        ([MOST_BYTES - 1, 1, 1], 2),
        ([1] * 65, 64),
    ],
)
def test_as_many_blobs_are_taken_as_fit(lengths: list[int], count: int) -> None:
    assert fitting(lengths) == count


def test_an_item_says_number_act_length_and_digest() -> None:
    assert GOOD.item == Item(n=1, act=ACT.id, length=len(GOOD.blob), digest=digest(GOOD.blob))


# Given back after a restore.


def test_our_own_act_comes_back_and_is_proven_under_our_own_card() -> None:
    back = prove_given_back(GOOD.blob, GOOD.item, me="XNR", cards=[NORTHMERE.card])
    assert back == prove()


def test_an_act_signed_long_ago_is_proven_under_the_card_of_its_time() -> None:
    acts, node = NORTHMERE.card.signing
    newest = NORTHMERE.changed(
        version=8, signing=(replace(acts, epoch=2, public=signing_key("next").public), node)
    )
    cards = [newest, NORTHMERE.card]
    assert prove_given_back(GOOD.blob, GOOD.item, me="XNR", cards=cards).act.id == ACT.id
    with pytest.raises(TheirFault) as caught:
        prove_given_back(GOOD.blob, GOOD.item, me="XNR", cards=[newest])
    assert caught.value.reason is Code.UNKNOWN_KEY


def test_another_states_act_is_not_given_back() -> None:
    theirs = state_act(JINHAI).outgoing(1)
    with pytest.raises(TheirFault) as caught:
        prove_given_back(theirs.blob, theirs.item, me="XNR", cards=[NORTHMERE.card])
    assert caught.value.reason is Code.AUTHOR_NOT_SENDER


def test_a_forged_act_of_ours_is_not_taken_back() -> None:
    envelope = decode(ACT.envelope)
    other = decode(state_act(NORTHMERE, number=2).envelope)
    forged = with_envelope(encode({**envelope, "signatures": other["signatures"]}))
    with pytest.raises(TheirFault) as caught:
        prove_given_back(forged.blob, forged.item, me="XNR", cards=[NORTHMERE.card])
    assert caught.value.reason is Code.BAD_SIGNATURE


def test_the_cause_of_a_refusal_is_kept_for_the_operator() -> None:
    raw = b"{}"
    outgoing = with_envelope(sign(raw, ACT_TYPE, NORTHMERE.acts), digest(raw))
    assert isinstance(refused(outgoing, Code.NOT_AN_ACT).__cause__, NotAnAct)
