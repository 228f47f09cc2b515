"""A call arrives whole and proven, or as the peer's fault (message-v1 sections 1 and 2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from comity.directory.errors import CardExpired, KeyNotValid
from comity.directory.keys import key_for
from comity.seal import padding
from comity.seal.canonical import Json, decode, encode
from comity.seal.dsse import ACT_TYPE, MESSAGE_TYPE, RECEIPT_TYPE, sign
from comity.seal.forms import digest, time_text
from comity.seal.keys import Purpose
from comity.wire.call import Sent, build_call, build_card_call
from comity.wire.errors import Code, OurFault, TheirFault
from comity.wire.frame import INFO, MAX_BODY, MAX_HEAD
from comity.wire.head import NONCE, Kind
from comity.wire.items import Outgoing
from comity.wire.sync import SyncState
from tests.directory.states import DAY, NOW, opening_key, redraw, signing_key
from tests.wire.traffic import (
    Pieces,
    frame,
    framed,
    make_pair,
    open_letter,
    put_together,
    state_act,
    take_apart,
    u32,
)

PAIR = make_pair()
NORTHMERE, JINHAI = PAIR.northmere, PAIR.jinhai
ACTS = tuple(state_act(NORTHMERE, number=n).outgoing(n) for n in (1, 2, 3))
SENT = PAIR.acts_call(ACTS)
PIECES = take_apart(SENT.body, JINHAI)
SECOND = timedelta(seconds=1)


def refused(body: bytes, code: Code, **given: object) -> TheirFault:
    """Assert that a body is refused with ``code``; return the fault."""
    with pytest.raises(TheirFault) as caught:
        PAIR.open(body, **given)
    assert caught.value.reason is code
    assert caught.value.code == code.value
    return caught.value


def changed(edit: Callable[[dict[str, Json]], object] = lambda _: None, **given: object) -> bytes:
    """Return the call with an edited head, signed and sealed again as its sender could."""
    head: dict[str, Json] = {**PIECES.head}
    edit(head)
    options: dict[str, object] = {"key": NORTHMERE.node, "to": JINHAI.opening}
    return put_together(replace(PIECES, head=head), **(options | given))  # type: ignore[arg-type]


# What arrives.


def test_a_call_of_acts_arrives_as_it_was_sent() -> None:
    call = PAIR.open(SENT.body)
    assert call.mid == SENT.mid
    assert call.head.kind is Kind.ACTS
    assert (call.head.sender, call.head.to) == ("XNR", "XJN")
    assert call.head.at == NOW
    assert call.head.epoch == 3
    assert call.head.items == SENT.items
    assert call.blobs == tuple(act.blob for act in ACTS)
    assert call.head.state is None
    assert call.card == NORTHMERE.card


def test_a_call_says_which_cards_its_sender_goes_by() -> None:
    told = dict(PAIR.open(SENT.body).head.cards)
    assert told == {"XNR": NORTHMERE.card.digest, "XJN": JINHAI.card.digest}


def test_a_call_of_suite_1_arrives() -> None:
    live = make_pair(live=True)
    act = state_act(live.northmere).outgoing(1)
    assert live.open(live.acts_call([act]).body).blobs == (act.blob,)


def test_the_head_and_signature_prove_the_call_later() -> None:
    call = PAIR.open(SENT.body)
    assert digest(call.raw) == call.mid
    assert call.signature == PIECES.signature


def test_a_sync_call_arrives() -> None:
    state = SyncState(given=9, held=4, above=(6, 7), receipts=8, want=10)
    sent = build_call(
        Kind.SYNC,
        mine=NORTHMERE.card,
        theirs=JINHAI.card,
        key=NORTHMERE.node,
        at=NOW,
        nonce=bytes(NONCE),
        state=state,
    )
    call = PAIR.open(sent.body)
    assert call.head.kind is Kind.SYNC
    assert call.head.state == state
    assert call.blobs == ()


def test_sixty_four_acts_fit_into_one_call_and_sixty_five_do_not() -> None:
    act = state_act(NORTHMERE)
    many = [act.outgoing(n) for n in range(1, 66)]
    assert len(PAIR.open(PAIR.acts_call(many[:64]).body).blobs) == 64
    with pytest.raises(OurFault):
        PAIR.acts_call(many)


def test_small_calls_have_one_length() -> None:
    assert len(SENT.body) == len(PAIR.acts_call(ACTS[:1]).body)


def test_a_member_that_this_version_does_not_know_is_let_through() -> None:
    body = changed(lambda head: head.update(later={"x": 1}))
    assert PAIR.open(body).head.items == SENT.items


# Frame and outer.


@pytest.mark.parametrize(
    "body", [b"", b"COMITY1", b"COMITY1\n", b"POST / HTTP/1.1", SENT.body[1:], b"COMITYxx" * 9]
)
def test_what_is_no_message_is_refused(body: bytes) -> None:
    refused(body, Code.NOT_A_MESSAGE)


def test_a_body_over_a_mebibyte_is_refused_before_any_work() -> None:
    opened: list[str] = []
    fault = refused(b"\0" * (MAX_BODY + 1), Code.TOO_LARGE, opener=opened.append)
    assert fault.mid is None
    assert opened == []


def test_a_later_frame_or_outer_is_an_unsupported_version() -> None:
    refused(SENT.body.replace(b"COMITY1", b"COMITY2", 1), Code.UNSUPPORTED_VERSION)
    refused(changed(outer={"v": 2}), Code.UNSUPPORTED_VERSION)


def test_a_length_beyond_the_body_is_refused() -> None:
    refused(framed(encode(PIECES.outer), b"")[:-1], Code.NOT_A_MESSAGE)
    refused(b"COMITY1\n\xff\xff" + bytes(0xFFFF), Code.NOT_A_MESSAGE)


@pytest.mark.parametrize("member", ["v", "suite", "from", "to", "key", "mid"])
def test_each_member_of_outer_is_needed(member: str) -> None:
    without = {name: value for name, value in PIECES.outer.items() if name != member}
    refused(framed(encode(without), bytes(99)), Code.NOT_A_MESSAGE)


def test_an_outer_that_is_not_canonical_is_refused() -> None:
    refused(framed(b"{ }", bytes(99)), Code.NOT_CANONICAL)


def test_a_downgrade_to_a_suite_that_is_not_in_force_is_refused() -> None:
    refused(changed(outer={"suite": 7}), Code.UNKNOWN_SUITE)
    live = make_pair(live=True)
    body = live.acts_call([state_act(live.northmere).outgoing(1)]).body
    downgraded = body.replace(b'"suite":1', b'"suite":0', 1)
    with pytest.raises(TheirFault) as caught:
        live.open(downgraded)
    assert caught.value.reason is Code.UNKNOWN_SUITE


def test_an_unknown_suite_is_refused_before_any_key_is_looked_for() -> None:
    asked: list[str] = []
    refused(changed(outer={"suite": 7}), Code.UNKNOWN_SUITE, opener=asked.append)
    assert asked == []


def test_a_suite_other_than_that_of_the_key_is_refused() -> None:
    suites = {0: JINHAI.suites[0], 1: JINHAI.suites[0]}
    refused(changed(outer={"suite": 1}), Code.UNKNOWN_SUITE, suites=suites)


def test_a_call_reflected_to_another_state_is_refused() -> None:
    refused(SENT.body, Code.NOT_FOR_ME, me="XVL")


def test_a_call_sent_back_to_its_sender_is_refused() -> None:
    refused(SENT.body, Code.NOT_FOR_ME, me="XNR")


def test_an_addressee_changed_on_the_way_does_not_open() -> None:
    other = SENT.body.replace(b'"to":"XJN"', b'"to":"XVL"', 1)
    refused(other, Code.CANNOT_OPEN, me="XVL")


def test_an_unknown_peer_is_refused_before_its_call_is_opened() -> None:
    asked: list[str] = []

    def opener(key_id: str) -> None:
        asked.append(key_id)

    refused(SENT.body, Code.UNKNOWN_PEER, card_of={}.get, opener=opener)
    assert asked == []


def test_a_key_that_this_node_never_had_is_unknown() -> None:
    refused(changed(outer={"key": digest(b"other")}), Code.UNKNOWN_KEY)


# Sealing.


@pytest.mark.parametrize("member", ["from", "mid", "key", "suite"])
def test_info_binds_every_member_of_outer(member: str) -> None:
    """A member changed after sealing: the seal no longer opens."""
    values: dict[str, Json] = {
        "from": "XVL",
        "mid": digest(b"x"),
        "key": digest(b"y"),
        "suite": 5,
    }
    opened = open_letter(SENT.body, JINHAI)
    outer = encode({**PIECES.outer, member: values[member]})
    suites = {0: JINHAI.suites[0], 5: JINHAI.suites[0]}
    body = framed(outer, opened.outer.sealed)
    code = Code.UNKNOWN_SUITE if member == "suite" else Code.CANNOT_OPEN
    refused(
        body,
        code,
        suites=suites,
        card_of=lambda _: NORTHMERE.card,
        opener=lambda _: JINHAI.opening,
    )


def test_a_flipped_byte_of_the_ciphertext_does_not_open() -> None:
    body = bytearray(SENT.body)
    body[-1] ^= 1
    refused(bytes(body), Code.CANNOT_OPEN)


def test_a_message_sealed_to_another_key_does_not_open() -> None:
    other = opening_key("other")
    refused(changed(to=other), Code.CANNOT_OPEN)


def sealed(padded: bytes) -> bytes:
    """Return a body with a correct seal around bytes that may be padded wrongly."""
    outer = encode(PIECES.outer)
    return framed(outer, JINHAI.opening.public.seal(padded, INFO + outer))


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0\0\0\1x",
        padding.pad(b"x")[:-1],
        padding.pad(b"x")[:-1] + b"\1",
        padding.pad(b"x") + bytes(16),
        b"\xff\xff\xff\xff" + bytes(16_380),
    ],
)
def test_wrong_padding_is_refused(padded: bytes) -> None:
    refused(sealed(padded), Code.BAD_PADDING)


# The letter inside.


def letter(plaintext: bytes) -> bytes:
    """Return a body around any plaintext."""
    return frame(encode(PIECES.outer), plaintext, JINHAI.opening)


@pytest.mark.parametrize(
    ("plaintext", "code"),
    [
        (b"", Code.NOT_A_MESSAGE),
        (b"\0\0\0\0", Code.NOT_A_MESSAGE),
        (b"\0\0\0\x09{}", Code.NOT_A_MESSAGE),
        (b"\x40\0\0\0{}", Code.TOO_LARGE),
        ((MAX_HEAD + 1).to_bytes(4, "big") + bytes(MAX_HEAD + 1), Code.TOO_LARGE),
        (b"\0\0\0\2{}", Code.NOT_A_MESSAGE),
        (b"\0\0\0\2{}\x40\0\0\0{}", Code.TOO_LARGE),
        (b"\0\0\0\2{}\0\0\0\2{}", Code.NOT_A_MESSAGE),
    ],
)
def test_a_claimed_length_is_never_believed(plaintext: bytes, code: Code) -> None:
    """Among them a gibibyte in four bytes."""
    refused(letter(plaintext), code)


def test_mid_must_be_the_digest_of_the_head() -> None:
    fault = refused(changed(outer={"mid": digest(b"another head")}), Code.NOT_A_MESSAGE)
    assert fault.where == "mid"


def test_a_head_that_is_not_canonical_is_refused() -> None:
    head = b'{"v":1.0}'
    outer = encode({**PIECES.outer, "mid": digest(head)})
    body = frame(outer, u32(head) + head + u32(b"{}") + b"{}", JINHAI.opening)
    refused(body, Code.NOT_CANONICAL)


def test_a_head_for_another_pair_than_outer_is_refused() -> None:
    refused(changed(outer={"from": "XVL"}), Code.NOT_A_HEAD, card_of=lambda _: NORTHMERE.card)
    refused(changed(outer={"to": "XVL"}), Code.NOT_A_HEAD, me="XVL")


def test_a_later_version_of_the_head_is_refused_with_its_own_code() -> None:
    refused(changed(lambda head: head.update(v=2)), Code.UNSUPPORTED_VERSION)


@pytest.mark.parametrize(
    ("where", "edit"),
    [
        ("v", lambda head: head.pop("v")),
        ("v", lambda head: head.update(v="1")),
        ("kind", lambda head: head.update(kind="reply")),
        ("kind", lambda head: head.update(kind="gossip")),
        ("kind", lambda head: head.update(kind=["acts"])),
        ("at", lambda head: head.update(at="now")),
        ("nonce", lambda head: head.update(nonce="AAAA")),
        ("nonce", lambda head: head.pop("nonce")),
        ("epoch", lambda head: head.update(epoch=0)),
        ("directory", lambda head: head.update(directory=None)),
        ("directory", lambda head: head["directory"].update(XVL=digest(b""))),
        ("directory.XJN", lambda head: head["directory"].pop("XJN")),
        ("items", lambda head: head.update(items=[])),
        ("items", lambda head: head.update(items=head["items"] * 22)),
        ("items", lambda head: head["items"].append(head["items"][0])),
        ("items.1", lambda head: head["items"].insert(0, 5)),
        ("items.1.n", lambda head: head["items"][0].update(n=0)),
        ("items.2.n", lambda head: head["items"][1].update(n=True)),
        ("items.2.act", lambda head: head["items"][1].update(act="sha256:")),
        ("items.3.length", lambda head: head["items"][2].update(length=-1)),
        ("items.3.digest", lambda head: head["items"][2].pop("digest")),
        ("state", lambda head: head.update(state={})),
        ("state", lambda head: head.update(kind="sync")),
        ("items", lambda head: head.update(kind="card")),
    ],
)
def test_a_wrong_member_of_the_head_is_named(
    where: str, edit: Callable[[dict[str, Json]], object]
) -> None:
    head = copied()
    edit(head)
    body = put_together(replace(PIECES, head=head), key=NORTHMERE.node, to=JINHAI.opening)
    fault = refused(body, Code.NOT_A_HEAD)
    assert fault.where == where


def copied() -> dict[str, Json]:
    """Return a head that may be edited."""
    return take_apart(SENT.body, JINHAI).head


# The signature.


def test_a_head_signed_by_another_key_is_refused() -> None:
    refused(changed(key=signing_key("thief")), Code.UNKNOWN_KEY)


def test_an_acts_key_cannot_sign_a_message() -> None:
    refused(changed(key=NORTHMERE.acts), Code.WRONG_PURPOSE)


def test_the_root_cannot_sign_a_message() -> None:
    refused(changed(key=NORTHMERE.root), Code.WRONG_PURPOSE)


def test_the_receivers_own_key_cannot_sign_for_the_sender() -> None:
    refused(changed(key=JINHAI.node), Code.UNKNOWN_KEY)


@pytest.mark.parametrize("payload_type", [ACT_TYPE, RECEIPT_TYPE])
def test_a_signature_made_for_something_else_is_refused(payload_type: str) -> None:
    refused(changed(payload_type=payload_type), Code.WRONG_PURPOSE)


def test_a_signature_over_another_head_is_refused() -> None:
    head = {**PIECES.head, "at": time_text(NOW + SECOND)}
    body = put_together(replace(PIECES, head=head), key=None, to=JINHAI.opening)
    refused(body, Code.BAD_SIGNATURE)


def test_one_of_two_signatures_stripped_is_refused() -> None:
    live = make_pair(live=True)
    body = live.acts_call([state_act(live.northmere).outgoing(1)]).body
    pieces = take_apart(body, live.jinhai)
    for stripped in strip(pieces):
        again = put_together(stripped, key=None, to=live.jinhai.opening)
        with pytest.raises(TheirFault) as caught:
            live.open(again)
        assert caught.value.reason is Code.BAD_SIGNATURE


def strip(pieces: Pieces) -> list[Pieces]:
    """Return the pieces with the first, the second, or a doubled half of the signature."""
    envelope = decode(pieces.signature)
    halves = envelope["signatures"]
    assert isinstance(halves, list)
    chosen = (halves[:1], halves[1:], [halves[0], halves[0]], halves[::-1])
    return [
        replace(pieces, signature=encode({**envelope, "signatures": list(half)})) for half in chosen
    ]


@pytest.mark.parametrize("signature", [b"{}", b"[]", b"x", b'{"payload":""}'])
def test_a_signature_that_is_no_envelope_is_refused(signature: bytes) -> None:
    pieces = replace(PIECES, signature=signature)
    body = put_together(pieces, key=None, to=JINHAI.opening)
    with pytest.raises(TheirFault) as caught:
        PAIR.open(body)
    assert caught.value.reason in {Code.NOT_A_MESSAGE, Code.NOT_CANONICAL}


def test_a_signature_that_carries_the_head_itself_is_refused() -> None:
    attached = sign(encode(PIECES.head), MESSAGE_TYPE, NORTHMERE.node)
    pieces = replace(PIECES, signature=attached)
    refused(put_together(pieces, key=None, to=JINHAI.opening), Code.NOT_A_MESSAGE)


def test_an_epoch_other_than_that_of_the_key_is_refused() -> None:
    fault = refused(changed(lambda head: head.update(epoch=2)), Code.NOT_A_HEAD)
    assert fault.where == "epoch"


def test_an_expired_node_key_is_refused() -> None:
    keys = (
        NORTHMERE.card.signing[0],
        replace(NORTHMERE.card.signing[1], until=NOW),
    )
    card = NORTHMERE.changed(signing=keys)
    refused(SENT.body, Code.KEY_NOT_VALID, card_of=lambda _: card)


def test_an_expired_card_opens_nothing_new() -> None:
    card = NORTHMERE.changed(expires=NOW)
    refused(SENT.body, Code.CARD_EXPIRED, card_of=lambda _: card)


def test_a_revoked_node_key_is_unknown() -> None:
    keys = (
        NORTHMERE.card.signing[0],
        replace(NORTHMERE.card.signing[1], epoch=4, public=signing_key("next").public),
    )
    card = NORTHMERE.changed(version=8, signing=keys)
    refused(SENT.body, Code.UNKNOWN_KEY, card_of=lambda _: card)


# The clock.


@pytest.mark.parametrize("apart", [timedelta(minutes=10), -timedelta(minutes=10)])
def test_clocks_may_be_ten_minutes_apart(apart: timedelta) -> None:
    assert PAIR.open(SENT.body, now=NOW + apart).mid == SENT.mid


@pytest.mark.parametrize(
    "apart", [timedelta(minutes=10, seconds=1), -timedelta(minutes=10, seconds=1), 5 * DAY]
)
def test_clocks_further_apart_are_refused_and_the_refusal_can_be_sealed(apart: timedelta) -> None:
    fault = refused(SENT.body, Code.CLOCK_APART, now=NOW + apart)
    assert fault.mid == SENT.mid


def test_a_senders_clock_ten_years_off_is_refused_under_seal() -> None:
    for years in (-3650, 3650):
        when = time_text(NOW + years * DAY)
        fault = refused(changed(at(when)), Code.CLOCK_APART)
        assert fault.mid is not None


def at(when: str) -> Callable[[dict[str, Json]], object]:
    """Return an edit that dates a head."""

    def edit(head: dict[str, Json]) -> None:
        head["at"] = when

    return edit


def test_a_receivers_clock_ten_years_off_refuses_and_does_not_crash() -> None:
    refused(SENT.body, Code.CARD_EXPIRED, now=NOW + 3650 * DAY)
    refused(SENT.body, Code.KEY_NOT_VALID, now=NOW - 3650 * DAY)


# Blobs.


def test_blobs_must_be_those_of_the_head() -> None:
    for blobs in (
        b"",
        PIECES.blobs[:-1],
        PIECES.blobs + b"\0",
        b"\xff" + PIECES.blobs[1:],
        ACTS[1].blob + ACTS[0].blob + ACTS[2].blob,
    ):
        body = put_together(replace(PIECES, blobs=blobs), key=NORTHMERE.node, to=JINHAI.opening)
        fault = refused(body, Code.BLOB_MISMATCH)
        assert fault.mid == SENT.mid, "the head was proven: the refusal can be sealed"


def test_a_blob_of_a_gibibyte_is_only_a_number_in_the_head() -> None:
    def claim(head: dict[str, Json]) -> None:
        head["items"] = [{**ACTS[0].item.data(), "length": 2**30}]

    refused(changed(claim), Code.BLOB_MISMATCH)


def test_a_replayed_call_opens_again_and_says_the_same() -> None:
    assert PAIR.open(SENT.body) == PAIR.open(SENT.body)


# Calls that bring a card.


def renewal(version: int = 8, **changes: object) -> tuple[bytes, Sent]:
    """Return Northmere's newer envelope and the call that brings it."""
    newer = redraw(NORTHMERE.card, NORTHMERE.suites, version=version, **changes)
    envelope = NORTHMERE.envelope(version=version, **changes)
    sent = build_card_call(
        envelope,
        mine=newer,
        theirs=JINHAI.card,
        key=NORTHMERE.node,
        at=NOW,
        nonce=bytes(NONCE),
    )
    return envelope, sent


def test_a_call_brings_a_newer_card() -> None:
    envelope, sent = renewal()
    call = PAIR.open(sent.body)
    assert call.head.kind is Kind.CARD
    assert call.blobs == (envelope,)
    assert call.card.version == 8
    assert call.head.items[0].act == call.card.digest


def test_a_card_that_ran_out_is_renewed_by_a_call_signed_with_the_new_key() -> None:
    new = signing_key("node key of the new card")
    keys = (
        NORTHMERE.card.signing[0],
        replace(NORTHMERE.card.signing[1], epoch=4, public=new.public),
    )
    card = redraw(NORTHMERE.card, NORTHMERE.suites, version=8, signing=keys)
    sent = build_card_call(
        NORTHMERE.envelope(version=8, signing=keys),
        mine=card,
        theirs=JINHAI.card,
        key=new,
        at=NOW,
        nonce=bytes(NONCE),
    )
    expired = NORTHMERE.changed(expires=NOW - SECOND)
    call = PAIR.open(sent.body, card_of=lambda _: expired)
    assert key_for(call.card, Purpose.NODE, new.public.id, at=NOW, received_at=NOW) == new.public


def test_a_card_that_is_refused_is_refused_with_its_own_code() -> None:
    older = renewal(6)[1]
    refused(older.body, Code.ROLLED_BACK)
    refused(renewal(8, demo=True)[1].body, Code.DEMO_CARD)


def test_a_card_call_of_a_state_that_is_no_peer_is_refused() -> None:
    refused(renewal()[1].body, Code.UNKNOWN_PEER, card_of={}.get)


def test_a_card_call_around_something_else_is_refused() -> None:
    sent = build_call(
        Kind.CARD,
        mine=NORTHMERE.card,
        theirs=JINHAI.card,
        key=NORTHMERE.node,
        at=NOW,
        nonce=bytes(NONCE),
        items=(Outgoing(n=0, act=NORTHMERE.card.digest, blob=b"{}"),),
    )
    refused(sent.body, Code.NOT_A_CARD)


def test_a_card_call_must_name_the_card_it_brings() -> None:
    envelope, _ = renewal()
    sent = build_call(
        Kind.CARD,
        mine=NORTHMERE.card,
        theirs=JINHAI.card,
        key=NORTHMERE.node,
        at=NOW,
        nonce=bytes(NONCE),
        items=(Outgoing(n=0, act=digest(b"other"), blob=envelope),),
    )
    refused(sent.body, Code.BLOB_MISMATCH)


def test_our_card_can_be_sent_to_a_state_whose_card_ran_out() -> None:
    expired = JINHAI.changed(expires=NOW - SECOND)
    newer = redraw(NORTHMERE.card, NORTHMERE.suites, version=8)
    sent = build_card_call(
        NORTHMERE.envelope(version=8),
        mine=newer,
        theirs=expired,
        key=NORTHMERE.node,
        at=NOW,
        nonce=bytes(NONCE),
    )
    assert PAIR.open(sent.body).card.version == 8


# Our own faults.


def build(**given: object) -> Sent:
    """Build a call of one act, with something wrong."""
    options: dict[str, object] = {
        "kind": Kind.ACTS,
        "mine": NORTHMERE.card,
        "theirs": JINHAI.card,
        "key": NORTHMERE.node,
        "at": NOW,
        "nonce": bytes(NONCE),
        "items": ACTS[:1],
    }
    return build_call(**(options | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        {"nonce": bytes(15)},
        {"key": NORTHMERE.acts},
        {"key": signing_key("not on our card")},
        {"items": ()},
        {"kind": Kind.SYNC},
        {"state": SyncState(given=0, held=0, receipts=0)},
        {"kind": Kind.CARD, "items": ACTS[:2]},
        {"items": (Outgoing(n=1, act=ACTS[0].act, blob=bytes(MAX_BODY)),)},
    ],
)
def test_we_send_no_nonsense(given: dict[str, object]) -> None:
    with pytest.raises(OurFault) as caught:
        build(**given)
    assert caught.value.code == "our-fault"


def test_nothing_is_sealed_to_a_key_that_is_not_valid() -> None:
    with pytest.raises(CardExpired):
        build(theirs=JINHAI.changed(expires=NOW - SECOND))
    with pytest.raises(KeyNotValid):
        build(at=JINHAI.card.sealing[0].until)
