"""Reading the records within one transaction: the port's ``View`` over rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from comity.records import acts, cards, deliveries, lists, log, notes, parts, receipts
from comity.records.cipher import RestCipher
from comity.records.sql import Rows
from comity.seal.keys import Suite


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a store needs beside the database: whose it is, its cipher, cards read before."""

    me: str
    cipher: RestCipher
    suites: Mapping[int, Suite]
    cards: dict[int, HeldCard] = field(default_factory=dict)


class DjangoView:
    """Reads rows; see ``comity.actions.ports.View`` for what each answer means."""

    def __init__(self, rows: Rows, desk: Desk) -> None:
        """Read through ``rows``, whose transaction is one snapshot."""
        self._rows = rows
        self._desk = desk

    def act(self, act_id: str) -> HeldAct | None:
        """Return the act held under this id."""
        return acts.act(self._rows, act_id)

    def acts_of(self, matter: str) -> tuple[HeldAct, ...]:
        """Return every act held of a matter, in the order of storing."""
        return acts.acts_of(self._rows, matter, {})

    def parts_of(self, act_id: str) -> tuple[HeldPart | None, ...]:
        """Return the act's parts by index; None where it is not held."""
        return parts.parts_of(self._rows, self._desk.cipher, act_id)

    def rows(self, *, closed: bool, limit: int, offset: int = 0) -> tuple[Row, ...]:
        """Return matters, newest change first."""
        return lists.newest(self._rows, closed=closed, limit=limit, offset=offset)

    def row(self, matter: str) -> Row | None:
        """Return one matter's row."""
        return lists.row(self._rows, matter)

    def changed(self) -> int:
        """Return a number that rises with every change a list could show."""
        return lists.changed(self._rows)

    def card(self, state: str) -> HeldCard | None:
        """Return a State's newest accepted card."""
        row = cards.newest(self._rows, state)
        return None if row is None else self._card(row)

    def cards(self) -> tuple[HeldCard, ...]:
        """Return every State's newest card, sorted by State."""
        return tuple(map(self._card, cards.all_newest(self._rows)))

    def card_history(self, state: str) -> tuple[HeldCard, ...]:
        """Return every card accepted of a State, newest first."""
        return tuple(map(self._card, cards.history(self._rows, state)))

    def given(self, peer: str) -> int:
        """Return the highest n given to an act for this peer (0: none)."""
        return deliveries.given(self._rows, peer)

    def held_numbers(self, peer: str) -> tuple[int, tuple[int, ...]]:
        """Return the highest contiguous n held of a peer, and those above it."""
        return receipts.held_numbers(self._rows, peer)

    def receipted(self, peer: str) -> int:
        """Return the highest contiguous n of ours for which we hold the peer's receipt."""
        return receipts.whole(self._rows, "receipted", peer)

    def delivered_above(self, peer: str, n: int) -> tuple[int, ...]:
        """Return the numbers above ``n`` under which this peer has receipted an act, sorted."""
        return deliveries.delivered_above(self._rows, peer, n)

    def number_act(self, peer: str, n: int) -> str | None:
        """Return the act that a peer sent under n."""
        return receipts.number_act(self._rows, peer, n)

    def own_number(self, peer: str, n: int) -> str | None:
        """Return the act of ours that has number n for this peer."""
        return deliveries.own_number(self._rows, peer, n)

    def deliveries(self, *, waiting_only: bool) -> tuple[Delivery, ...]:
        """Return deliveries, oldest first."""
        return deliveries.deliveries(self._rows, waiting_only=waiting_only)

    def deliveries_of(self, act_id: str) -> tuple[Delivery, ...]:
        """Return the deliveries of one act."""
        return deliveries.deliveries_of(self._rows, act_id)

    def due_peers(self, now: datetime) -> tuple[str, ...]:
        """Return the peers with a delivery due and not leased."""
        return deliveries.due_peers(self._rows, now)

    def proof_of_receipt(self, act_id: str, peer: str) -> ProofOfReceipt | None:
        """Return the peer's signed receipt for an act."""
        return receipts.proof_of_receipt(self._rows, act_id, peer)

    def given_receipt(self, act_id: str) -> GivenReceipt | None:
        """Return the receipt that we gave for an act."""
        return receipts.given_receipt(self._rows, act_id)

    def notes_of(self, matter: str | None, *, kind: str | None = None) -> tuple[HomeNote, ...]:
        """Return home notes, oldest first."""
        return notes.notes_of(self._rows, self._desk.cipher, matter, kind)

    def note(self, note_id: str) -> HomeNote | None:
        """Return one home note."""
        return notes.note(self._rows, self._desk.cipher, note_id)

    def log_head(self) -> LogHead:
        """Return the head of the numbered log."""
        return log.log_head(self._rows)

    def leaf_index(self, act_id: str) -> int | None:
        """Return the number of an act's leaf, None while it has none."""
        return log.leaf_index(self._rows, act_id)

    def leaf_hashes(self, size: int) -> tuple[bytes, ...]:
        """Return the first ``size`` leaf hashes."""
        return log.leaf_hashes(self._rows, size)

    def checkpoint(self) -> bytes | None:
        """Return the newest signed checkpoint's envelope."""
        return log.checkpoint(self._rows)

    def unsynced(self) -> frozenset[str]:
        """Return the peers with which a restored node has not yet synced."""
        return lists.unsynced(self._rows)

    def alarms(self, *, limit: int) -> tuple[Alarm, ...]:
        """Return the newest alarms."""
        return lists.alarms(self._rows, limit)

    def alarms_about(self, peer: str, code: str) -> tuple[Alarm, ...]:
        """Return every alarm of one code about one State, newest first."""
        return lists.alarms_about(self._rows, peer, code)

    def _card(self, row: int) -> HeldCard:
        # What is read here is committed, so a row's number never means another card.
        known = self._desk.cards.get(row)
        if known is None:
            known = cards.card_at(self._rows, self._desk.cipher, self._desk.suites, row)
            self._desk.cards[row] = known
        return known
