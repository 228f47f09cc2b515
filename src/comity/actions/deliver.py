"""Deliver: take what is due for a peer, seal one call, and settle its reply.

The courier moves the bytes; everything that must survive it is here. Nothing
is dropped: an act that a peer refuses stays in the queue with its error, seen
by people, and is tried again ever more slowly (at most 15 minutes apart).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Literal

from comity.actions.cards import both_cards
from comity.actions.ports import Alarm, Delivery, HeldAct, HeldPart, House, ProofOfReceipt, Unit
from comity.directory.keys import seal_key_for
from comity.wire.call import Sent, build_call
from comity.wire.errors import Code, TheirFault
from comity.wire.head import NONCE, Kind
from comity.wire.items import MOST_BYTES, MOST_ITEMS, Outgoing, Part, write_item
from comity.wire.receipt import Receipt
from comity.wire.reply import Reply, open_reply

LEASE: Final = timedelta(seconds=60)
FIRST: Final = timedelta(seconds=1)
SLOWEST: Final = timedelta(minutes=15)
SLOWEST_URGENT: Final = timedelta(seconds=30)
DOUBLINGS: Final = 12
SIGNED_TWICE: Final = "already-signed"
"""What the signer says of an act under a number for which another one has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One sealed call on its way: where it goes, and what it is answered for."""

    peer: str
    path: Literal["/inbox", "/sync"]
    sent: Sent
    at: datetime
    deliveries: tuple[Delivery, ...] = ()

    @property
    def body(self) -> bytes:
        """The bytes to post."""
        return self.sent.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a reply settled: acts delivered, and acts that still wait."""

    delivered: int
    waiting: int
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    delivery: Delivery
    held: HeldAct
    blob: bytes


def next_call(house: House, peer: str) -> Call | None:
    """Lease what is due for ``peer`` and seal it into one call; None when nothing is due.

    Raises UnknownPeerError, CardExpired or KeyNotValid: the acts stay in the queue with that error.
    """
    now = house.clock.now()
    mine, theirs = both_cards(house, peer)
    seal_key_for(theirs, now)
    loaded = house.store.write(partial(_take, peer=peer, now=now))
    if not loaded:
        return None
    house.signer.confirm(
        (one.held.act.matter_id, one.held.act.seq, one.held.act.id) for one in loaded
    )
    sent = build_call(
        Kind.ACTS,
        mine=mine,
        theirs=theirs,
        key=house.keys.node,
        at=now,
        nonce=house.random(NONCE),
        items=[Outgoing(n=one.delivery.n, act=one.held.act.id, blob=one.blob) for one in loaded],
    )
    deliveries = tuple(one.delivery for one in loaded)
    return Call(peer=peer, path="/inbox", sent=sent, at=now, deliveries=deliveries)


def settle(house: House, call: Call, body: bytes) -> Settled:
    """Believe a reply that proves itself, and settle each act by its receipt.

    Raises TheirFault when the reply proves nothing; then nothing is settled and
    the caller says ``failed``.
    """
    now = house.clock.now()
    reply = open_answer(house, call, body)
    chance = house.random(1)[0]
    return house.store.write(partial(_settle, call=call, reply=reply, now=now, chance=chance))


def failed(house: House, call: Call, error: str) -> None:
    """Put a call's acts back into the queue, later, with what stood in the way."""
    now = house.clock.now()
    chance = house.random(1)[0]

    def back(unit: Unit) -> None:
        for delivery in call.deliveries:
            unit.update_delivery(later(delivery, now, error, chance))

    house.store.write(back)


def blocked(house: House, peer: str, error: str) -> None:
    """Put everything due for a peer back with an error that stopped us before calling."""
    now = house.clock.now()
    chance = house.random(1)[0]

    def back(unit: Unit) -> None:
        if error == SIGNED_TWICE:
            unit.raise_alarm(Alarm(code=error, peer=peer, at=now, detail=""))
        for delivery in unit.lease(peer, now=now, until=now + LEASE, limit=MOST_ITEMS):
            unit.update_delivery(later(delivery, now, error, chance))

    house.store.write(back)


def later(delivery: Delivery, now: datetime, error: str, chance: int) -> Delivery:
    """Return the delivery after a failed attempt; ``chance`` (0 to 255) spreads the retries."""
    slowest = SLOWEST_URGENT if delivery.urgent else SLOWEST
    wait = min(slowest, FIRST * 2 ** min(delivery.attempts, DOUBLINGS))
    return replace(
        delivery,
        attempts=delivery.attempts + 1,
        next_at=now + wait + wait * (chance / 1024),
        tried_at=now,
        error=error,
    )


def open_answer(house: House, call: Call, body: bytes) -> Reply:
    """Return the proven reply to ``call``; raises TheirFault, also for a call refused whole."""
    _, theirs = both_cards(house, call.peer)
    reply = open_reply(
        body,
        me=house.me,
        opener=house.keys.openers.get,
        card=theirs,
        sent=call.sent,
        now=house.clock.now(),
        suites=house.suites,
    )
    if reply.head.error is not None and not reply.head.receipts:
        known = reply.head.error.code in set(Code)
        raise TheirFault(Code(reply.head.error.code) if known else Code.NOT_READY)
    return reply


def blob_of(held: HeldAct, parts: tuple[HeldPart | None, ...]) -> bytes:
    """Return an act as it travels: its envelope, and its parts with their salts."""
    return write_item(
        held.envelope,
        tuple(None if part is None else Part(salt=part.salt, data=part.data) for part in parts),
    )


def _take(unit: Unit, *, peer: str, now: datetime) -> tuple[_Loaded, ...]:
    unit.number_leaves()
    taken: list[_Loaded] = []
    size = 0
    for delivery in unit.lease(peer, now=now, until=now + LEASE, limit=MOST_ITEMS):
        held = unit.act(delivery.act_id)
        if held is None:
            unit.update_delivery(replace(delivery, next_at=now + SLOWEST, error="act-missing"))
            continue
        blob = blob_of(held, unit.parts_of(delivery.act_id))
        if taken and size + len(blob) > MOST_BYTES:
            unit.update_delivery(delivery)
            continue
        size += len(blob)
        taken.append(_Loaded(delivery=delivery, held=held, blob=blob))
    return tuple(taken)


def _settle(unit: Unit, *, call: Call, reply: Reply, now: datetime, chance: int) -> Settled:
    receipts = {one.n: one for one in reply.head.receipts}
    done = 0
    error = ""
    for delivery in call.deliveries:
        receipt = receipts.get(delivery.n)
        if not isinstance(receipt, Receipt):
            error = "no-receipt" if receipt is None else receipt.error
            unit.update_delivery(later(delivery, now, error, chance))
            continue
        done += 1
        unit.update_delivery(
            replace(
                delivery,
                attempts=delivery.attempts + 1,
                tried_at=now,
                delivered_at=now,
                code=receipt.code.value,
                error="",
            )
        )
        unit.keep_proof(_proof(call, delivery, receipt, reply))
    return Settled(delivered=done, waiting=len(call.deliveries) - done, error=error)


def _proof(call: Call, delivery: Delivery, receipt: Receipt, reply: Reply) -> ProofOfReceipt:
    return ProofOfReceipt(
        act_id=delivery.act_id,
        peer=call.peer,
        n=delivery.n,
        code=receipt.code.value,
        at=receipt.at,
        head=reply.raw,
        signature=reply.signature,
    )
