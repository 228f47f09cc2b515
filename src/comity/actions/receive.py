"""Receive: what a node does with a peer's sealed call.

Everything is proven before the transaction begins; the transaction stores
acts, numbers, leaves and receipts at once, so that a receipt means durable and
sequenced (message-v1 section 4). A repeated act gets the receipt of the first
time. Nothing that a peer can send raises out of here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from comity.actions.cards import both_cards, card_of
from comity.actions.errors import UnknownPeerError
from comity.actions.peers import renew_card
from comity.actions.ports import Alarm, GivenReceipt, HeldAct, HeldPart, House, LogHead, Unit
from comity.actions.rows import put_row
from comity.actions.sync import answer_sync
from comity.directory.card import Card
from comity.matters.fold import Standing
from comity.seal.checkpoint import Checkpoint
from comity.wire.call import Call, open_call
from comity.wire.errors import Code, TheirFault
from comity.wire.frame import read_outer
from comity.wire.head import NONCE, Kind
from comity.wire.items import Item, ProvenAct, prove_item
from comity.wire.receipt import (
    Answered,
    NotAccepted,
    Receipt,
    ReceiptCode,
    kept_receipt,
    write_receipt,
)
from comity.wire.refusal import write_refusal
from comity.wire.reply import Answer, build_reply, refusal

CODES: Final = {
    Standing.COUNTS: ReceiptCode.STORED,
    Standing.HELD: ReceiptCode.HELD,
    Standing.UNKNOWN: ReceiptCode.NOT_UNDERSTOOD,
    Standing.VOID: ReceiptCode.VOID,
    Standing.FROZEN: ReceiptCode.FROZEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """An HTTP status and a body: a sealed reply, or an unsigned refusal."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrived:
    item: Item
    proven: ProvenAct | None
    error: str = ""


def receive(house: House, body: bytes) -> HttpAnswer:
    """Answer one call of a peer."""
    now = house.clock.now()
    try:
        call = open_call(
            body,
            me=house.me,
            opener=house.keys.openers.get,
            card_of=partial(_peer_card, house),
            renewed=partial(_renewed, house),
            now=now,
            suites=house.suites,
        )
    except TheirFault as fault:
        return _refused(house, body, fault, now)
    answer = _answer(house, call, now)
    return HttpAnswer(status=200, body=_sealed(house, call.head.sender, call.mid, answer, now))


def _answer(house: House, call: Call, now: datetime) -> Answer:
    if call.head.kind is Kind.SYNC:
        return answer_sync(house, call, now)
    if call.head.kind is Kind.CARD:
        return Answer()
    arrived = tuple(_prove(house, call, now))
    return Answer(
        receipts=house.store.write(
            partial(_keep, house=house, peer=call.head.sender, arrived=arrived, now=now)
        )
    )


def _refused(house: House, body: bytes, fault: TheirFault, now: datetime) -> HttpAnswer:
    """Answer under seal what could be proven, in clear what could not."""
    if fault.mid is None:
        status, plain = write_refusal(fault.reason)
        return HttpAnswer(status=status, body=plain)
    sender = read_outer(body, me=house.me, suites=house.suites).sender
    answer = Answer(error=refusal(fault.reason))
    return HttpAnswer(status=200, body=_sealed(house, sender, fault.mid, answer, now))


def _sealed(house: House, peer: str, mid: str, answer: Answer, now: datetime) -> bytes:
    mine, theirs = both_cards(house, peer)
    return build_reply(
        answer,
        re=mid,
        mine=mine,
        theirs=theirs,
        key=house.keys.node,
        at=now,
        nonce=house.random(NONCE),
    )


def _peer_card(house: House, state: str) -> Card | None:
    try:
        return card_of(house, state)
    except UnknownPeerError:
        return None


def _renewed(house: House, state: str, envelope: bytes) -> Card:
    return renew_card(house, state, envelope).card


def _prove(house: House, call: Call, now: datetime) -> Iterator[_Arrived]:
    for item, blob in zip(call.head.items, call.blobs, strict=True):
        try:
            proven = prove_item(
                blob, item, sender=call.head.sender, card=call.card, received_at=now
            )
        except TheirFault as fault:
            yield _Arrived(item=item, proven=None, error=fault.code)
            continue
        parties = {party.state for party in proven.act.parties}
        if parties and not {house.me, call.head.sender} <= parties:
            yield _Arrived(item=item, proven=None, error=Code.NOT_FOR_ME.value)
            continue
        yield _Arrived(item=item, proven=proven)


def _keep(
    unit: Unit, *, house: House, peer: str, arrived: tuple[_Arrived, ...], now: datetime
) -> tuple[Answered, ...]:
    new: list[ProvenAct] = []
    for one in arrived:
        if one.proven is not None and _is_new(unit, peer, one.item, now):
            new.append(one.proven)
            unit.add_act(
                HeldAct(act=one.proven.act, envelope=one.proven.envelope, stored_at=now),
                _parts(one.proven),
            )
    codes = _codes(unit, house, new, now)
    head = unit.number_leaves()
    return tuple(_receipt(unit, house, peer, one, codes, head, now) for one in arrived)


def _is_new(unit: Unit, peer: str, item: Item, now: datetime) -> bool:
    known = unit.number_act(peer, item.n)
    if known is not None and known != item.act:
        alarm = Alarm(code="number-reused", peer=peer, at=now, detail=f"n {item.n}")
        unit.raise_alarm(alarm)
        return False
    if known is None:
        unit.note_number(peer, item.n, item.act)
    return unit.act(item.act) is None


def _codes(
    unit: Unit, house: House, new: Iterable[ProvenAct], now: datetime
) -> dict[str, ReceiptCode]:
    codes: dict[str, ReceiptCode] = {}
    for matter in dict.fromkeys(one.act.matter_id for one in new):
        folded = put_row(unit, matter, house.me, now)
        codes |= {one.act.id: CODES[one.standing] for one in folded.judged}
        for fork in folded.forks:
            alarm = Alarm(
                code="equivocation", peer=fork.author, at=now, detail=f"{matter} {fork.seq}"
            )
            unit.raise_alarm(alarm)
    return codes


def _receipt(
    unit: Unit,
    house: House,
    peer: str,
    one: _Arrived,
    codes: dict[str, ReceiptCode],
    head: LogHead,
    now: datetime,
) -> Answered:
    n, act_id = one.item.n, one.item.act
    if one.proven is None:
        return NotAccepted(n=n, act=act_id, error=one.error, at=now)
    if unit.number_act(peer, n) != act_id:
        return NotAccepted(n=n, act=act_id, error=Code.NUMBER_REUSED.value, at=now)
    given = unit.given_receipt(act_id)
    if given is not None and given.n == n:
        return kept_receipt(given.receipt)
    # An act that comes again under another number is what it was the first time.
    first = ReceiptCode.STORED if given is None else kept_receipt(given.receipt).code
    receipt = Receipt(
        sender=house.me,
        to=peer,
        n=n,
        act=act_id,
        at=now,
        code=codes.get(act_id, first),
        held=tuple(i + 1 for i, part in enumerate(one.proven.parts) if part is not None),
        log=Checkpoint(origin=house.origin, size=head.size, root=head.root),
    )
    if given is None:
        unit.keep_given(GivenReceipt(act_id=act_id, peer=peer, n=n, receipt=write_receipt(receipt)))
    return receipt


def _parts(proven: ProvenAct) -> tuple[HeldPart | None, ...]:
    return tuple(
        None
        if part is None
        else HeldPart(index=index, role=told.role, salt=part.salt, data=part.data)
        for index, (part, told) in enumerate(zip(proven.parts, proven.act.parts, strict=True))
    )
