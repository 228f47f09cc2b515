"""The node's records in memory, for the simulator: the same answers as the database gives.

A write keeps an undo list instead of a copy, and a snapshot copies tables but none of
the frozen values in them. One thread at a time.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from comity.actions.ports import (
    Alarm,
    Delivery,
    GivenReceipt,
    HeldAct,
    HeldCard,
    HeldPart,
    HomeNote,
    LogHead,
    ProofOfReceipt,
    Row,
    Unit,
    View,
)
from comity.records.errors import AlreadyHeld, LaneTaken, NotHeld, NumberTaken, PartsDoNotFit
from comity.seal.tree import ACT_LEAF, EMPTY_ROOT, Frontier, leaf_data, leaf_hash
from tests.memory_tables import Number, Tables, Undo

T = TypeVar("T")

MOST_ABOVE: Final = 1_000
NO_LOG: Final = LogHead(size=0, root=EMPTY_ROOT, range=())


class MemoryStore:
    """The port's ``Store``; ``me`` is the State whose node this is."""

    def __init__(self, me: str = "XNR") -> None:
        self._me = me
        self._tables = Tables()
        self._inside = False

    def read(self, work: Callable[[View], T]) -> T:
        with self._alone():
            return work(MemoryView(self._tables))

    def write(self, work: Callable[[Unit], T]) -> T:
        with self._alone():
            unit = MemoryUnit(self._tables, self._me)
            done = False
            try:
                result = work(unit)
                unit.finish()
                done = True
            finally:
                if not done:
                    unit.undo()
            return result

    def snapshot(self) -> Tables:
        """Return what is stored now, as a backup would."""
        return self._tables.copy()

    def load(self, snapshot: Tables) -> None:
        """Go back to a snapshot, which stays usable."""
        self._tables = snapshot.copy()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._inside:
            message = "a transaction of the records cannot run inside another transaction"
            raise RuntimeError(message)
        self._inside = True
        try:
            yield
        finally:
            self._inside = False


class MemoryView:
    """The port's ``View``."""

    def __init__(self, tables: Tables) -> None:
        self._at = tables

    def act(self, act_id: str) -> HeldAct | None:
        return self._at.acts.get(act_id)

    def acts_of(self, matter: str) -> tuple[HeldAct, ...]:
        return self._at.matters.get(matter, ())

    def parts_of(self, act_id: str) -> tuple[HeldPart | None, ...]:
        return self._at.parts.get(act_id, ())

    def rows(self, *, closed: bool, limit: int, offset: int = 0) -> tuple[Row, ...]:
        found = sorted(
            (row for row in self._at.rows.values() if row.closed is closed),
            key=lambda row: row.matter,
        )
        found.sort(key=lambda row: row.changed_at, reverse=True)
        return tuple(found[offset : offset + limit])

    def row(self, matter: str) -> Row | None:
        return self._at.rows.get(matter)

    def changed(self) -> int:
        return self._at.changed.get(None, 0)

    def card(self, state: str) -> HeldCard | None:
        held = self._at.cards.get(state)
        return held[0] if held else None

    def cards(self) -> tuple[HeldCard, ...]:
        return tuple(self._at.cards[state][0] for state in sorted(self._at.cards))

    def card_history(self, state: str) -> tuple[HeldCard, ...]:
        return self._at.cards.get(state, ())

    def given(self, peer: str) -> int:
        return self._at.given.get(peer, 0)

    def held_numbers(self, peer: str) -> tuple[int, tuple[int, ...]]:
        high = self._at.held.get(peer, 0)
        above = sorted(n for state, n in self._at.numbers if state == peer and n > high)
        return high, tuple(above[:MOST_ABOVE])

    def receipted(self, peer: str) -> int:
        return self._at.receipted.get(peer, 0)

    def delivered_above(self, peer: str, n: int) -> tuple[int, ...]:
        found = (
            one.n
            for one in self._at.deliveries.values()
            if one.peer == peer and one.n > n and one.delivered_at is not None
        )
        return tuple(sorted(found))

    def number_act(self, peer: str, n: int) -> str | None:
        return self._at.numbers.get((peer, n))

    def own_number(self, peer: str, n: int) -> str | None:
        held = self._at.deliveries.get((peer, n))
        return None if held is None else held.act_id

    def deliveries(self, *, waiting_only: bool) -> tuple[Delivery, ...]:
        numbers = self._at.waiting if waiting_only else self._at.deliveries
        found = (self._at.deliveries[number] for number in numbers)
        return tuple(sorted(found, key=lambda one: (one.created, one.peer, one.n)))

    def deliveries_of(self, act_id: str) -> tuple[Delivery, ...]:
        found = (one for one in self._at.deliveries.values() if one.act_id == act_id)
        return tuple(sorted(found, key=lambda one: one.peer))

    def due_peers(self, now: datetime) -> tuple[str, ...]:
        return tuple(sorted({one.peer for one in self._due(now)}))

    def proof_of_receipt(self, act_id: str, peer: str) -> ProofOfReceipt | None:
        return self._at.proofs.get((act_id, peer))

    def given_receipt(self, act_id: str) -> GivenReceipt | None:
        return self._at.receipts.get(act_id)

    def notes_of(self, matter: str | None, *, kind: str | None = None) -> tuple[HomeNote, ...]:
        found = (
            one
            for one in self._at.notes.values()
            if one.matter == matter and kind in (None, one.kind)
        )
        return tuple(sorted(found, key=lambda one: one.at))

    def note(self, note_id: str) -> HomeNote | None:
        return self._at.notes.get(note_id)

    def log_head(self) -> LogHead:
        return self._at.head.get(None, NO_LOG)

    def leaf_index(self, act_id: str) -> int | None:
        return self._at.leaves.get(act_id)

    def leaf_hashes(self, size: int) -> tuple[bytes, ...]:
        return tuple(self._at.hashes[at] for at in range(min(size, len(self._at.hashes))))

    def checkpoint(self) -> bytes | None:
        newest = max(self._at.checkpoints, default=None)
        return None if newest is None else self._at.checkpoints[newest]

    def unsynced(self) -> frozenset[str]:
        return frozenset(self._at.unsynced)

    def alarms(self, *, limit: int) -> tuple[Alarm, ...]:
        latest = list(self._at.alarms.values())[::-1]
        return tuple(sorted(latest, key=lambda one: one.at, reverse=True)[:limit])

    def alarms_about(self, peer: str, code: str) -> tuple[Alarm, ...]:
        every = self.alarms(limit=len(self._at.alarms))
        return tuple(one for one in every if (one.peer, one.code) == (peer, code))

    def _due(self, now: datetime) -> Iterator[Delivery]:
        for number, leased in self._at.waiting.items():
            one = self._at.deliveries[number]
            if one.next_at <= now and (leased is None or leased <= now):
                yield one


class MemoryUnit(MemoryView):
    """The port's ``Unit``; ``undo`` puts back every value that was replaced."""

    def __init__(self, tables: Tables, me: str) -> None:
        super().__init__(tables)
        self._me = me
        self._undo = Undo()
        self._named: dict[str, None] = {}
        self._visible = False

    def finish(self) -> None:
        for act_id in self._named:
            if act_id not in self._at.acts:
                raise NotHeld(act_id)
        if self._visible:
            self._undo.put(self._at.changed, None, self.changed() + 1)

    def undo(self) -> None:
        self._undo.run()

    def add_act(self, held: HeldAct, parts: tuple[HeldPart | None, ...]) -> None:
        act = held.act
        fit = [one is None or one.index == place for place, one in enumerate(parts)]
        if fit != [True] * len(act.parts):
            raise PartsDoNotFit(act.id)
        if act.id in self._at.acts:
            raise AlreadyHeld(act.id)
        matter = act.matter_id
        if act.author == self._me:
            if (matter, act.seq) in self._at.lanes:
                raise LaneTaken(matter, act.seq)
            self._undo.put(self._at.lanes, (matter, act.seq), act.id)
        self._undo.put(self._at.acts, act.id, held)
        self._undo.put(self._at.matters, matter, (*self.acts_of(matter), held))
        self._undo.put(self._at.parts, act.id, parts)
        self._undo.put(self._at.leaves, act.id, None)
        self._undo.put(self._at.unnumbered, act.id, leaf_hash(leaf_data(ACT_LEAF, act.id)))
        self._visible = True

    def add_part(self, act_id: str, part: HeldPart) -> None:
        if act_id not in self._at.acts:
            raise NotHeld(act_id)
        parts = self._at.parts[act_id]
        if not 0 <= part.index < len(parts):
            raise PartsDoNotFit(act_id)
        if parts[part.index] is None:
            more = (*parts[: part.index], part, *parts[part.index + 1 :])
            self._undo.put(self._at.parts, act_id, more)
        self._visible = True

    def put_row(self, row: Row) -> None:
        self._undo.put(self._at.rows, row.matter, row)
        self._visible = True

    def add_delivery(self, *, peer: str, act_id: str, urgent: bool, now: datetime) -> int:
        self._named[act_id] = None
        if (act_id, peer) in self._at.own:
            raise AlreadyHeld(act_id)
        n = self.given(peer) + 1
        self._queue(
            Delivery(peer=peer, n=n, act_id=act_id, urgent=urgent, created=now, next_at=now)
        )
        return n

    def restore_delivery(self, delivery: Delivery) -> None:
        self._named[delivery.act_id] = None
        number = (delivery.peer, delivery.n)
        held = self._at.deliveries.get(number)
        if held is None and (delivery.act_id, delivery.peer) not in self._at.own:
            self._queue(delivery)
        elif held is None or held.act_id != delivery.act_id:
            raise NumberTaken(delivery.peer, delivery.n)
        self._visible = True

    def lease(
        self, peer: str, *, now: datetime, until: datetime, limit: int
    ) -> tuple[Delivery, ...]:
        due = (one for one in self._due(now) if one.peer == peer)
        taken = tuple(sorted(due, key=lambda one: one.n)[:limit])
        for one in taken:
            self._undo.put(self._at.waiting, (peer, one.n), until)
        return taken

    def update_delivery(self, delivery: Delivery) -> None:
        number = (delivery.peer, delivery.n)
        held = self._at.deliveries.get(number)
        if held is None or held.act_id != delivery.act_id:
            raise NotHeld(delivery.act_id)
        self._settle(replace(delivery, created=held.created))

    def resend_from(self, peer: str, n: int, now: datetime) -> int:
        again = [one for one in self._at.deliveries.values() if one.peer == peer and one.n >= n]
        for one in again:
            fresh = replace(one, next_at=now, attempts=0, error="", delivered_at=None, code="")
            self._settle(fresh)
        return len(again)

    def hasten(self, peer: str, now: datetime) -> int:
        later = [
            self._at.deliveries[number]
            for number, leased in self._at.waiting.items()
            if number[0] == peer and (leased is None or leased <= now)
        ]
        again = [one for one in later if one.next_at > now]
        for one in again:
            self._settle(replace(one, next_at=now))
        return len(again)

    def note_number(self, peer: str, n: int, act_id: str) -> None:
        self._named[act_id] = None
        held = self._at.numbers.get((peer, n))
        if held not in (None, act_id):
            raise NumberTaken(peer, n)
        self._undo.put(self._at.numbers, (peer, n), act_id)
        self._count(self._at.held, self._at.numbers, peer)

    def keep_proof(self, proof: ProofOfReceipt) -> None:
        self._named[proof.act_id] = None
        if (proof.act_id, proof.peer) not in self._at.proofs:
            self._undo.put(self._at.proofs, (proof.act_id, proof.peer), proof)
            self._undo.put(self._at.proven, (proof.peer, proof.n), proof.act_id)
            self._count(self._at.receipted, self._at.proven, proof.peer)

    def keep_given(self, receipt: GivenReceipt) -> None:
        self._named[receipt.act_id] = None
        if self._at.receipts.get(receipt.act_id, receipt) != receipt:
            raise AlreadyHeld(receipt.act_id)
        self._undo.put(self._at.receipts, receipt.act_id, receipt)

    def put_card(self, held: HeldCard) -> None:
        state = held.card.state
        self._undo.put(self._at.cards, state, (held, *self.card_history(state)))
        self._visible = True

    def add_note(self, note: HomeNote) -> None:
        if note.id in self._at.notes:
            raise AlreadyHeld(note.id)
        self._undo.put(self._at.notes, note.id, note)
        self._visible = True

    def drop_note(self, note_id: str) -> None:
        if note_id in self._at.notes:
            self._undo.take(self._at.notes, note_id)
            self._visible = True

    def number_leaves(self) -> LogHead:
        head = self.log_head()
        if not self._at.unnumbered:
            return head
        frontier = Frontier(head.size, head.range)
        for act_id, leaf in self._at.unnumbered.items():
            self._undo.put(self._at.leaves, act_id, frontier.size)
            self._undo.put(self._at.hashes, frontier.size, leaf)
            frontier = frontier.append(leaf)
        self._undo.take(self._at.unnumbered, *self._at.unnumbered)
        new = LogHead(size=frontier.size, root=frontier.root(), range=frontier.hashes)
        self._undo.put(self._at.head, None, new)
        return new

    def keep_checkpoint(self, size: int, envelope: bytes) -> None:
        self._undo.put(self._at.checkpoints, size, envelope)

    def set_unsynced(self, peers: frozenset[str]) -> None:
        self._undo.take(self._at.unsynced, *self._at.unsynced)
        for peer in peers:
            self._undo.put(self._at.unsynced, peer, None)
        self._visible = True

    def raise_alarm(self, alarm: Alarm) -> None:
        key = (alarm.code, alarm.peer, alarm.detail)
        if key not in self._at.alarms:
            self._undo.put(self._at.alarms, key, alarm)
            self._visible = True

    def _queue(self, new: Delivery) -> None:
        self._undo.put(self._at.own, (new.act_id, new.peer), new.n)
        self._undo.put(self._at.given, new.peer, max(self.given(new.peer), new.n))
        self._settle(new)

    def _settle(self, new: Delivery) -> None:
        number = (new.peer, new.n)
        self._undo.put(self._at.deliveries, number, new)
        if new.delivered_at is None:
            self._undo.put(self._at.waiting, number, None)
        elif number in self._at.waiting:
            self._undo.take(self._at.waiting, number)
        self._visible = True

    def _count(self, whole: dict[str, int], numbers: Mapping[Number, str], peer: str) -> None:
        high = whole.get(peer, 0)
        while (peer, high + 1) in numbers:
            high += 1
        self._undo.put(whole, peer, high)
