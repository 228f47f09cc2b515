"""Sync: find out which side lost what, and take one's own acts back (sync-v1)."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from comity.actions.cards import both_cards, card_of
from comity.actions.deliver import Call, blob_of, open_answer
from comity.actions.ports import Alarm, Delivery, HeldAct, HeldPart, House, Unit, View
from comity.actions.recover import quiet_since_restore, tell_missing
from comity.actions.rows import put_row
from comity.wire.call import Call as Called
from comity.wire.call import build_call
from comity.wire.errors import Code, TheirFault
from comity.wire.head import NONCE, Kind
from comity.wire.items import MOST_BYTES, MOST_ITEMS, Outgoing, ProvenAct, prove_given_back
from comity.wire.reply import Answer, Reply
from comity.wire.sync import (
    MOST_ABOVE,
    TOLD,
    Conclusion,
    Finding,
    SyncState,
    conclude,
    conclude_called,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What a sync found: acts due again, acts that came back, and whether to call again at once.

    ``offer_card``: the peer goes by another card of ours than our newest.
    """

    conclusion: Conclusion
    resent: int = 0
    returned: int = 0
    again: bool = False
    offer_card: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncCall:
    """A sync on its way, with what we said in it."""

    call: Call
    said: SyncState


def sync_call(house: House, peer: str) -> SyncCall:
    """Seal the call that says how far this side has come with ``peer``.

    Raises UnknownPeerError, CardExpired, KeyNotValid.
    """
    now = house.clock.now()
    mine, theirs = both_cards(house, peer)
    said = house.store.read(partial(standing, peer=peer))
    sent = build_call(
        Kind.SYNC,
        mine=mine,
        theirs=theirs,
        key=house.keys.node,
        at=now,
        nonce=house.random(NONCE),
        state=said,
    )
    return SyncCall(call=Call(peer=peer, path="/sync", sent=sent, at=now), said=said)


def settle_sync(
    house: House, sync: SyncCall, body: bytes, *, before: Conclusion | None = None
) -> Synced:
    """Draw the conclusions of sync-v1 from the peer's reply; raises TheirFault.

    ``before`` is the last conclusion about this peer, where there was one.
    """
    now = house.clock.now()
    reply = open_answer(house, sync.call, body)
    if reply.head.state is None:
        raise TheirFault(Code.NOT_A_HEAD, "state")
    peer = sync.call.peer
    proven = _prove_returned(house, peer, reply)
    offer_card = dict(reply.head.cards).get(house.me) != card_of(house, house.me).digest

    def work(unit: Unit) -> Synced:
        theirs = reply.head.state or sync.said
        returned = sum(_take_back(unit, house, peer, n, one, now) for n, one in proven)
        mine = standing(unit, peer=peer)
        found = conclude(sync.said, theirs, now=mine, before=before)
        _act_on(unit, house, peer, found, now)
        resent = _resend_lost(unit, peer, theirs, now)
        if found.may_sign and quiet_since_restore(unit, house.me, now):
            unit.set_unsynced(unit.unsynced() - {peer})
        # A peer that gives nothing back although asked would be asked for ever.
        again = bool(found.want) and (returned > 0 or sync.said.want == 0)
        unit.hasten(peer, now)
        return Synced(
            conclusion=found,
            resent=resent,
            returned=returned,
            again=again,
            offer_card=offer_card,
        )

    synced = house.store.write(work)
    tell_missing(house)
    return synced


def answer_sync(house: House, call: Called, now: datetime) -> Answer:
    """Answer a peer's sync: our own standing, and its own acts where it wants them back."""
    theirs = call.head.state
    peer = call.head.sender
    if theirs is None:
        raise TheirFault(Code.NOT_A_HEAD, "state")
    asked = theirs

    def work(unit: Unit) -> tuple[SyncState, tuple[Outgoing, ...]]:
        found = conclude_called(standing(unit, peer=peer), asked)
        _act_on(unit, house, peer, found, now)
        _resend_lost(unit, peer, asked, now)
        unit.hasten(peer, now)
        return standing(unit, peer=peer), _give_back(unit, peer, found.give_from)

    mine, items = house.store.write(work)
    return Answer(state=mine, items=items)


def standing(view: View, *, peer: str) -> SyncState:
    """Return what this side says of the acts between it and ``peer``."""
    held, above = view.held_numbers(peer)
    given = view.given(peer)
    return SyncState(
        given=given,
        held=held,
        above=above[:MOST_ABOVE],
        receipts=view.receipted(peer),
        want=given + 1 if peer in view.unsynced() else 0,
    )


def _resend_lost(unit: Unit, peer: str, theirs: SyncState, now: datetime) -> int:
    """Make due again what the peer once receipted and does not hold; return how many acts.

    Sending again what it holds after all does no harm: it repeats its receipts.
    """
    held = frozenset(theirs.above)
    lost = [n for n in unit.delivered_above(peer, theirs.held) if n not in held]
    return unit.resend_from(peer, lost[0], now) if lost else 0


def _act_on(unit: Unit, house: House, peer: str, found: Conclusion, now: datetime) -> None:
    """Do what the conclusion says, and tell the desk."""
    if found.want and peer not in unit.unsynced():
        unit.set_unsynced(unit.unsynced() | {peer})
    for finding in found.findings:
        if finding in TOLD:
            about = house.me if finding is Finding.I_WAS_RESTORED else peer
            alarm = Alarm(code=finding.value, peer=about, at=now, detail=peer)
            unit.raise_alarm(alarm)


def _prove_returned(house: House, peer: str, reply: Reply) -> tuple[tuple[int, ProvenAct], ...]:
    """Prove what the peer gives back of our own acts: none of a file that it is not in.

    What is taken back stands in the peer's queue and may be sent to it again with every
    part, while the envelope alone may have been seen by others, in a certificate.
    """
    if not reply.head.items:
        return ()
    cards = [held.card for held in house.store.read(lambda view: view.card_history(house.me))]
    found = tuple(
        (item.n, prove_given_back(blob, item, me=house.me, cards=cards))
        for item, blob in zip(reply.head.items, reply.blobs, strict=True)
    )
    for _, one in found:
        if one.act.parties and peer not in {party.state for party in one.act.parties}:
            raise TheirFault(Code.NOT_FOR_ME)
    return found


def _take_back(unit: Unit, house: House, peer: str, n: int, one: ProvenAct, now: datetime) -> int:
    if unit.own_number(peer, n) is not None:
        return 0
    if unit.act(one.act.id) is None:
        parts = tuple(
            None
            if part is None
            else HeldPart(index=index, role=told.role, salt=part.salt, data=part.data)
            for index, (part, told) in enumerate(zip(one.parts, one.act.parts, strict=True))
        )
        unit.add_act(HeldAct(act=one.act, envelope=one.envelope, stored_at=now), parts)
    unit.restore_delivery(
        Delivery(
            peer=peer,
            n=n,
            act_id=one.act.id,
            urgent=False,
            created=now,
            next_at=now,
            delivered_at=now,
            code="stored",
        )
    )
    unit.number_leaves()
    put_row(unit, one.act.matter_id, house.me, now)
    return 1


def _give_back(view: View, peer: str, first: int) -> tuple[Outgoing, ...]:
    if first < 1:
        return ()
    held, above = view.held_numbers(peer)
    numbers = [*range(first, held + 1), *(n for n in above if n >= first)]
    found: list[Outgoing] = []
    size = 0
    for n in numbers[:MOST_ITEMS]:
        act_id = view.number_act(peer, n)
        act = view.act(act_id) if act_id else None
        if act is None:
            continue
        blob = blob_of(act, view.parts_of(act.act.id))
        size += len(blob)
        if found and size > MOST_BYTES:
            break
        found.append(Outgoing(n=n, act=act.act.id, blob=blob))
    return tuple(found)
