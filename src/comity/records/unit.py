"""Writing the records within one transaction: the port's ``Unit`` over rows."""

import threading
from datetime import datetime

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
)
from comity.records import acts, cards, deliveries, lists, log, notes, receipts
from comity.records.errors import CardMoved, PartsDoNotFit
from comity.records.parts import add_parts, must_fit
from comity.records.sql import Rows, Subject
from comity.records.view import Desk, DjangoView


class DjangoUnit(DjangoView):
    """Writes rows; see ``comity.actions.ports.Unit`` for what each write means.

    Where other transactions write at the same time, a matter that was read here
    stays as it was read until this one ends.
    """

    def __init__(self, rows: Rows, desk: Desk) -> None:
        """Write through ``rows``; ``finish`` must be called before the commit."""
        super().__init__(rows.fresh(), desk)
        self._stored: dict[str, HeldAct] = {}
        self._matters: dict[str, tuple[HeldAct, ...]] = {}
        self._numbers: dict[tuple[str, int], str] = {}
        self._named: dict[str, None] = {}
        self._shown: dict[str, int | None] = {}
        self._marks: set[tuple[receipts.Counted, str]] = set()
        self._visible = False

    def finish(self) -> None:
        """Write what is written once for a whole unit.

        Raises ``NotHeld`` where the unit named an act that is not held at its end.
        """
        for act_id in self._named:
            if act_id not in self._stored:
                acts.must_hold(self._rows, act_id)
        self._rows.settle()
        for counted, peer in sorted(self._marks):
            receipts.keep_mark(self._rows, counted, peer)
        if self._visible:
            lists.change(self._rows, threading.get_ident() if self._rows.shared else 0)

    def acts_of(self, matter: str) -> tuple[HeldAct, ...]:
        """Return every act held of a matter, and keep others from adding to it."""
        if matter not in self._matters:
            self._rows.hold(Subject.MATTER, matter)
            self._matters[matter] = acts.acts_of(self._rows, matter, self._stored)
        return self._matters[matter]

    def act(self, act_id: str) -> HeldAct | None:
        """Return the act held under this id."""
        return self._stored.get(act_id) or super().act(act_id)

    def number_act(self, peer: str, n: int) -> str | None:
        """Return the act that a peer sent under n."""
        return self._numbers.get((peer, n)) or super().number_act(peer, n)

    def card(self, state: str) -> HeldCard | None:
        """Return a State's newest accepted card."""
        row = cards.newest(self._rows, state)
        self._shown[state] = row
        return None if row is None else self._card(row)

    def add_act(self, held: HeldAct, parts: tuple[HeldPart | None, ...]) -> None:
        """Store an act, its parts sealed at rest, and its unnumbered leaf."""
        act = held.act
        must_fit(act.id, len(act.parts), parts)
        acts.add_act(self._rows, held, self._desk.me)
        add_parts(self._rows, self._desk.cipher, act.matter_id, act.id, parts)
        self._stored[act.id] = held
        if act.matter_id in self._matters:
            self._matters[act.matter_id] += (held,)
        self._visible = True

    def add_part(self, act_id: str, part: HeldPart) -> None:
        """Store a part that arrived after its act."""
        matter, count = acts.must_hold(self._rows, act_id)
        if not 0 <= part.index < count:
            raise PartsDoNotFit(act_id)
        add_parts(self._rows, self._desk.cipher, matter, act_id, (part,))
        self._visible = True

    def put_row(self, row: Row) -> None:
        """Store a matter's row in place of its older one."""
        lists.put_row(self._rows, row)
        self._visible = True

    def add_delivery(self, *, peer: str, act_id: str, urgent: bool, now: datetime) -> int:
        """Queue an act for a peer under the next pair number; return that number."""
        self._named[act_id] = None
        n = deliveries.add_delivery(self._rows, peer=peer, act_id=act_id, urgent=urgent, now=now)
        self._visible = True
        return n

    def restore_delivery(self, delivery: Delivery) -> None:
        """Store a delivery under the number it already had."""
        self._named[delivery.act_id] = None
        deliveries.restore_delivery(self._rows, delivery)
        self._visible = True

    def lease(
        self, peer: str, *, now: datetime, until: datetime, limit: int
    ) -> tuple[Delivery, ...]:
        """Take up to ``limit`` due deliveries, lowest n first, for this worker alone."""
        return deliveries.lease(self._rows, peer, now=now, until=until, limit=limit)

    def update_delivery(self, delivery: Delivery) -> None:
        """Store a delivery's new state and end its lease."""
        deliveries.update_delivery(self._rows, delivery)
        self._visible = True

    def resend_from(self, peer: str, n: int, now: datetime) -> int:
        """Make every delivery with number >= n due again; return how many."""
        again = deliveries.resend_from(self._rows, peer, n, now)
        self._visible = self._visible or again > 0
        return again

    def hasten(self, peer: str, now: datetime) -> int:
        """Make due now what waits for a peer that was silent and is back; return how many."""
        again = deliveries.hasten(self._rows, peer, now)
        self._visible = self._visible or again > 0
        return again

    def note_number(self, peer: str, n: int, act_id: str) -> None:
        """Note that a peer sent this act under n."""
        self._named[act_id] = None
        receipts.note_number(self._rows, peer, n, act_id)
        self._numbers[peer, n] = act_id
        self._marks.add(("held", peer))

    def keep_proof(self, proof: ProofOfReceipt) -> None:
        """Keep a peer's signed receipt."""
        self._named[proof.act_id] = None
        receipts.keep_proof(self._rows, proof)
        self._marks.add(("receipted", proof.peer))

    def keep_given(self, receipt: GivenReceipt) -> None:
        """Keep the receipt that we gave."""
        self._named[receipt.act_id] = None
        receipts.keep_given(self._rows, receipt)

    def put_card(self, held: HeldCard) -> None:
        """Store a State's newest card; older ones are kept as history."""
        state = held.card.state
        self._rows.hold(Subject.CARD, state)
        if self._shown.get(state, there := cards.newest(self._rows, state)) != there:
            raise CardMoved(state)
        cards.put_card(self._rows, self._desk.cipher, held)
        self._shown.pop(state, None)
        self._visible = True

    def add_note(self, note: HomeNote) -> None:
        """Store a home note."""
        notes.add_note(self._rows, self._desk.cipher, note)
        self._visible = True

    def drop_note(self, note_id: str) -> None:
        """Remove a draft that was sent or thrown away."""
        dropped = notes.drop_note(self._rows, note_id)
        self._visible = self._visible or dropped > 0

    def number_leaves(self) -> LogHead:
        """Give a number to every leaf without one, in order of storing; return the new head."""
        return log.number_leaves(self._rows)

    def keep_checkpoint(self, size: int, envelope: bytes) -> None:
        """Keep a signed checkpoint."""
        log.keep_checkpoint(self._rows, size, envelope)

    def set_unsynced(self, peers: frozenset[str]) -> None:
        """Say with which peers a restored node must sync before it signs."""
        lists.set_unsynced(self._rows, peers)
        self._visible = True

    def raise_alarm(self, alarm: Alarm) -> None:
        """Keep an alarm; the same (code, peer, detail) is kept once."""
        raised = lists.raise_alarm(self._rows, alarm)
        self._visible = self._visible or raised > 0

    def _card(self, row: int) -> HeldCard:
        # The row may be ours and be undone, and its number then given to another card.
        known = self._desk.cards.get(row)
        return known or cards.card_at(self._rows, self._desk.cipher, self._desk.suites, row)
