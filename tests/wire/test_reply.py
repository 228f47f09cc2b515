"""A reply is believed only if it is sealed, signed and the one to this call (message-v1 3)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from comity.seal.canonical import Json
from comity.seal.forms import digest
from comity.wire.call import Sent, build_call
from comity.wire.errors import SAYS, Code, OurFault, TheirFault
from comity.wire.frame import MAX_HEAD
from comity.wire.head import NONCE, Kind
from comity.wire.receipt import NotAccepted, Receipt
from comity.wire.reply import Answer, prove_kept_reply, refusal
from comity.wire.sync import SyncState
from tests.directory.states import DAY, NOW, signing_key
from tests.wire.traffic import (
    make_pair,
    put_together,
    receipt,
    receipts,
    state_act,
    take_apart,
)

PAIR = make_pair()
NORTHMERE, JINHAI = PAIR.northmere, PAIR.jinhai
SENT = PAIR.acts_call([state_act(NORTHMERE, number=n).outgoing(n) for n in (4, 5)])
ANSWER = Answer(receipts=receipts(SENT))
BODY = PAIR.reply(ANSWER, SENT.mid)


def refused(body: bytes, code: Code, sent: Sent = SENT, **given: object) -> TheirFault:
    """Assert that a reply is refused with ``code``."""
    with pytest.raises(TheirFault) as caught:
        PAIR.open_reply(body, sent, **given)
    assert caught.value.reason is code
    return caught.value


def changed(edit: Callable[[dict[str, Json]], object], **given: object) -> bytes:
    """Return the reply with an edited head, signed and sealed again."""
    pieces = take_apart(BODY, NORTHMERE)
    edit(pieces.head)
    options: dict[str, object] = {"key": JINHAI.node, "to": NORTHMERE.opening}
    return put_together(pieces, **(options | given))  # type: ignore[arg-type]


def test_one_reply_receipts_all_acts_of_a_call() -> None:
    reply = PAIR.open_reply(BODY, SENT)
    assert reply.head.receipts == ANSWER.receipts
    assert reply.head.re == SENT.mid
    assert reply.head.error is None
    assert reply.head.state is None
    assert reply.blobs == ()
    assert dict(reply.head.cards) == {
        "XNR": NORTHMERE.card.digest,
        "XJN": JINHAI.card.digest,
    }


def test_a_reply_of_suite_1_is_believed() -> None:
    live = make_pair(live=True)
    sent = live.acts_call([state_act(live.northmere).outgoing(1)])
    answer = Answer(receipts=receipts(sent))
    reply = live.open_reply(live.reply(answer, sent.mid), sent)
    assert reply.head.receipts == answer.receipts


def test_an_act_that_was_not_kept_is_told_beside_those_that_were() -> None:
    first, second = SENT.items
    refused_act = NotAccepted(n=second.n, act=second.act, error="bad-signature", at=NOW)
    answer = Answer(receipts=(receipt(first.n, first.act), refused_act))
    reply = PAIR.open_reply(PAIR.reply(answer, SENT.mid), SENT)
    assert reply.head.receipts == answer.receipts


def test_the_head_and_signature_of_a_reply_prove_its_receipts_later() -> None:
    reply = PAIR.open_reply(BODY, SENT)
    head = prove_kept_reply(reply.raw, reply.signature, card=JINHAI.card, at=NOW)
    assert head == reply.head
    with pytest.raises(TheirFault) as caught:
        prove_kept_reply(reply.raw + b" ", reply.signature, card=JINHAI.card, at=NOW)
    assert caught.value.reason is Code.NOT_CANONICAL
    other = PAIR.open_reply(PAIR.reply(ANSWER, SENT.mid, nonce=bytes(NONCE)), SENT)
    with pytest.raises(TheirFault) as caught:
        prove_kept_reply(other.raw, reply.signature, card=JINHAI.card, at=NOW)
    assert caught.value.reason is Code.BAD_SIGNATURE


def test_a_reply_replayed_to_another_call_is_refused() -> None:
    other = PAIR.acts_call([state_act(NORTHMERE, number=9).outgoing(9)])
    fault = refused(BODY, Code.NOT_THE_REPLY, sent=other)
    assert fault.where == "re"


def test_a_call_is_not_a_reply() -> None:
    back = build_call(
        Kind.SYNC,
        mine=JINHAI.card,
        theirs=NORTHMERE.card,
        key=JINHAI.node,
        at=NOW,
        nonce=bytes(NONCE),
        state=SyncState(given=0, held=0, receipts=0),
    )
    fault = refused(back.body, Code.NOT_A_HEAD)
    assert fault.where == "kind"


def test_a_reply_is_not_a_call() -> None:
    with pytest.raises(TheirFault) as caught:
        PAIR.open(
            BODY,
            me="XNR",
            opener=NORTHMERE.opener,
            card_of=lambda _: JINHAI.card,
        )
    assert caught.value.reason is Code.NOT_A_HEAD


def test_our_own_call_reflected_as_the_reply_is_refused() -> None:
    refused(SENT.body, Code.NOT_FOR_ME)


def test_a_reply_of_another_peer_is_refused() -> None:
    refused(changed(lambda _: None, outer={"from": "XVL"}), Code.NOT_THE_REPLY)


def test_a_reply_that_the_peer_did_not_sign_is_refused() -> None:
    for key, code in (
        (signing_key("thief"), Code.UNKNOWN_KEY),
        (JINHAI.acts, Code.WRONG_PURPOSE),
        (NORTHMERE.node, Code.UNKNOWN_KEY),
    ):
        refused(changed(lambda _: None, key=key), code)


def test_a_reply_under_an_expired_key_or_card_is_refused() -> None:
    signing = (JINHAI.card.signing[0], replace(JINHAI.card.signing[1], until=NOW))
    refused(BODY, Code.KEY_NOT_VALID, card=JINHAI.changed(signing=signing))
    refused(BODY, Code.CARD_EXPIRED, card=JINHAI.changed(expires=NOW))
    refused(BODY, Code.CARD_EXPIRED, now=NOW + 3650 * DAY)


def test_a_flipped_byte_is_refused() -> None:
    flipped = bytearray(BODY)
    flipped[-1] ^= 1
    refused(bytes(flipped), Code.CANNOT_OPEN)


def test_an_unsigned_refusal_is_not_a_reply() -> None:
    refused(b'{"error":{"code":"busy","fault":"ours"},"v":1}', Code.NOT_A_MESSAGE)


@pytest.mark.parametrize(
    "given",
    [
        (),
        receipts(SENT)[:1],
        receipts(SENT)[::-1],
        (*receipts(SENT), receipt(6, digest(b"more"))),
        (receipts(SENT)[0], receipt(5, digest(b"another act"))),
        (receipts(SENT)[0], receipt(6, SENT.items[1].act)),
    ],
)
def test_receipts_that_are_not_those_of_the_acts_sent_are_refused(
    given: tuple[Receipt, ...],
) -> None:
    body = PAIR.reply(Answer(receipts=given), SENT.mid)
    fault = refused(body, Code.NOT_THE_REPLY)
    assert fault.where == "receipts"


@pytest.mark.parametrize(
    ("where", "edit"),
    [
        ("re", lambda head: head.update(re=None)),
        ("error", lambda head: head.pop("error")),
        ("error", lambda head: head.update(error="busy")),
        ("error.code", lambda head: head.update(error={"code": "BUSY", "says": ""})),
        ("error.says", lambda head: head.update(error={"code": "busy"})),
        ("receipts", lambda head: head.pop("receipts")),
        ("receipts", lambda head: head.update(receipts=head["receipts"] * 33)),
        ("receipts.2", lambda head: head["receipts"].insert(1, "stored")),
        ("receipts.1.v", lambda head: head["receipts"][0].update(v=2)),
        ("receipts.1.from", lambda head: head["receipts"][0].update({"from": "XVL"})),
        ("receipts.1.from", lambda head: head["receipts"][0].update(to="XVL")),
        ("receipts.1.n", lambda head: head["receipts"][0].update(n=0)),
        ("receipts.1.act", lambda head: head["receipts"][0].update(act="")),
        ("receipts.1.at", lambda head: head["receipts"][0].update(at="2026")),
        ("receipts.1.code", lambda head: head["receipts"][0].update(code="lost")),
        ("receipts.1.held", lambda head: head["receipts"][0].update(held=[2, 1])),
        ("receipts.1.held", lambda head: head["receipts"][0].update(held=[0])),
        ("receipts.1.held", lambda head: head["receipts"][0].update(held=[65])),
        ("receipts.1.held", lambda head: head["receipts"][0].update(held=[True])),
        ("receipts.2.log", lambda head: head["receipts"][1].update(log=None)),
        ("receipts.2.log", lambda head: head["receipts"][1]["log"].update(size=-1)),
        ("receipts.2.error", lambda head: head["receipts"][1].update(error="No Such")),
        ("state.given", lambda head: head.update(state={})),
        ("items.1.n", lambda head: head.update(items=[{"n": 0}])),
    ],
)
def test_a_wrong_member_of_the_head_is_named(
    where: str, edit: Callable[[dict[str, Json]], object]
) -> None:
    assert refused(changed(edit), Code.NOT_A_HEAD).where == where


def test_a_call_refused_as_a_whole_says_why_in_words() -> None:
    answer = Answer(error=refusal(Code.CLOCK_APART))
    reply = PAIR.open_reply(PAIR.reply(answer, SENT.mid), SENT)
    assert reply.head.error is not None
    assert reply.head.error.code == "clock-apart"
    assert reply.head.error.says == str(SAYS[Code.CLOCK_APART])
    assert reply.head.at == NOW, "the receiver's time comes with it"


def test_a_refusal_that_also_receipts_other_acts_is_not_the_reply() -> None:
    answer = Answer(error=refusal(Code.BUSY), receipts=(receipt(99, digest(b"other")),))
    refused(PAIR.reply(answer, SENT.mid), Code.NOT_THE_REPLY)


def test_a_refusal_with_a_code_of_a_later_version_is_understood_as_a_refusal() -> None:
    body = changed(lambda head: head.update(error={"code": "gone", "says": "x"}, receipts=[]))
    reply = PAIR.open_reply(body, SENT)
    assert reply.head.error is not None
    assert reply.head.error.code == "gone"


def test_a_sync_reply_brings_the_state_and_gives_acts_back() -> None:
    state = SyncState(given=3, held=5, above=(7,), receipts=3, want=0)
    sent = build_call(
        Kind.SYNC,
        mine=NORTHMERE.card,
        theirs=JINHAI.card,
        key=NORTHMERE.node,
        at=NOW,
        nonce=bytes(NONCE),
        state=SyncState(given=3, held=3, receipts=3, want=4),
    )
    back = tuple(state_act(NORTHMERE, number=n).outgoing(n) for n in (4, 5))
    reply = PAIR.open_reply(PAIR.reply(Answer(state=state, items=back), sent.mid), sent)
    assert reply.head.state == state
    assert reply.blobs == tuple(one.blob for one in back)
    assert [item.n for item in reply.head.items] == [4, 5]


def test_blobs_of_a_reply_must_be_those_of_its_head() -> None:
    pieces = take_apart(BODY, NORTHMERE)
    more = replace(pieces, blobs=b"more")
    refused(put_together(more, key=JINHAI.node, to=NORTHMERE.opening), Code.BLOB_MISMATCH)


def test_a_reply_to_the_call_that_brings_a_card_has_no_receipts() -> None:
    card = Sent(body=b"", mid=SENT.mid, items=(replace(SENT.items[0], n=0),))
    assert PAIR.open_reply(PAIR.reply(Answer(), SENT.mid), card).head.receipts == ()


def test_sixty_four_receipts_with_all_parts_fit_into_one_head() -> None:
    act = state_act(NORTHMERE)
    sent = PAIR.acts_call([act.outgoing(2**52 + n) for n in range(64)])
    full = tuple(receipt(item.n, item.act, held=tuple(range(1, 65))) for item in sent.items)
    body = PAIR.reply(Answer(receipts=full), sent.mid)
    reply = PAIR.open_reply(body, sent)
    assert reply.head.receipts == full
    assert len(reply.raw) < MAX_HEAD


def test_we_send_no_head_that_the_peer_would_refuse() -> None:
    many = tuple(receipt(1, digest(b"x"), held=tuple(range(1, 65))) for _ in range(200))
    with pytest.raises(OurFault):
        PAIR.reply(Answer(receipts=many), SENT.mid)
