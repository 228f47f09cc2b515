"""What the verbs ask of the shells: storage, time, randomness, keys.

The Django rooms implement these ports for a real node; the simulator
implements them in memory, so that both run the same verbs. Nothing here does
anything.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from comity.actions.held import (
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
from comity.convention.powers import Powers
from comity.seal.keys import OpenWith, SigningKey, Suite, VerifyKey

__all__ = [
    "Alarm",
    "Clock",
    "Delivery",
    "GivenReceipt",
    "HeldAct",
    "HeldCard",
    "HeldPart",
    "HomeNote",
    "House",
    "LogHead",
    "NodeKeys",
    "Officer",
    "ProofOfReceipt",
    "Random",
    "Row",
    "SignedSeq",
    "Signer",
    "Store",
    "Unit",
    "View",
]

T = TypeVar("T")

Random = Callable[[int], bytes]


class Clock(Protocol):
    """The node's clock; aware UTC."""

    def now(self) -> datetime:
        """Return the present instant."""
        ...


class View(Protocol):
    """Reading, within one consistent snapshot."""

    def act(self, act_id: str) -> HeldAct | None:
        """Return the act held under this id."""
        ...

    def acts_of(self, matter: str) -> tuple[HeldAct, ...]:
        """Return every act held of a matter, in the order of storing."""
        ...

    def parts_of(self, act_id: str) -> tuple[HeldPart | None, ...]:
        """Return the act's parts by index; None where it is not held."""
        ...

    def rows(self, *, closed: bool, limit: int, offset: int = 0) -> tuple[Row, ...]:
        """Return matters, newest change first."""
        ...

    def row(self, matter: str) -> Row | None:
        """Return one matter's row."""
        ...

    def changed(self) -> int:
        """Return a number that rises with every change a list could show."""
        ...

    def card(self, state: str) -> HeldCard | None:
        """Return a State's newest accepted card."""
        ...

    def cards(self) -> tuple[HeldCard, ...]:
        """Return every State's newest card, sorted by State."""
        ...

    def card_history(self, state: str) -> tuple[HeldCard, ...]:
        """Return every card accepted of a State, newest first."""
        ...

    def given(self, peer: str) -> int:
        """Return the highest n given to an act for this peer (0: none)."""
        ...

    def held_numbers(self, peer: str) -> tuple[int, tuple[int, ...]]:
        """Return the highest contiguous n held of a peer, and those above it (at most 1,000)."""
        ...

    def receipted(self, peer: str) -> int:
        """Return the highest contiguous n of ours for which we hold the peer's receipt."""
        ...

    def delivered_above(self, peer: str, n: int) -> tuple[int, ...]:
        """Return the numbers above ``n`` under which this peer has receipted an act, sorted."""
        ...

    def number_act(self, peer: str, n: int) -> str | None:
        """Return the act that a peer sent under n."""
        ...

    def own_number(self, peer: str, n: int) -> str | None:
        """Return the act of ours that has number n for this peer."""
        ...

    def deliveries(self, *, waiting_only: bool) -> tuple[Delivery, ...]:
        """Return deliveries, oldest first: the queue that people see."""
        ...

    def deliveries_of(self, act_id: str) -> tuple[Delivery, ...]:
        """Return the deliveries of one act."""
        ...

    def due_peers(self, now: datetime) -> tuple[str, ...]:
        """Return the peers with a delivery due and not leased."""
        ...

    def proof_of_receipt(self, act_id: str, peer: str) -> ProofOfReceipt | None:
        """Return the peer's signed receipt for an act."""
        ...

    def given_receipt(self, act_id: str) -> GivenReceipt | None:
        """Return the receipt that we gave for an act."""
        ...

    def notes_of(self, matter: str | None, *, kind: str | None = None) -> tuple[HomeNote, ...]:
        """Return home notes, oldest first."""
        ...

    def note(self, note_id: str) -> HomeNote | None:
        """Return one home note."""
        ...

    def log_head(self) -> LogHead:
        """Return the head of the numbered log."""
        ...

    def leaf_index(self, act_id: str) -> int | None:
        """Return the number of an act's leaf, None while it has none."""
        ...

    def leaf_hashes(self, size: int) -> tuple[bytes, ...]:
        """Return the first ``size`` leaf hashes."""
        ...

    def checkpoint(self) -> bytes | None:
        """Return the newest signed checkpoint's envelope."""
        ...

    def unsynced(self) -> frozenset[str]:
        """Return the peers with which a restored node has not yet synced."""
        ...

    def alarms(self, *, limit: int) -> tuple[Alarm, ...]:
        """Return the newest alarms."""
        ...

    def alarms_about(self, peer: str, code: str) -> tuple[Alarm, ...]:
        """Return every alarm of one code about one State, newest first."""
        ...


class Unit(View, Protocol):
    """One transaction: all of it is durable, or nothing."""

    def add_act(self, held: HeldAct, parts: tuple[HeldPart | None, ...]) -> None:
        """Store an act, its parts sealed at rest, and its unnumbered leaf."""
        ...

    def add_part(self, act_id: str, part: HeldPart) -> None:
        """Store a part that arrived after its act."""
        ...

    def put_row(self, row: Row) -> None:
        """Store a matter's row in place of its older one."""
        ...

    def add_delivery(self, *, peer: str, act_id: str, urgent: bool, now: datetime) -> int:
        """Queue an act for a peer under the next pair number; return that number."""
        ...

    def restore_delivery(self, delivery: Delivery) -> None:
        """Store a delivery under the number it already had (given back by the peer)."""
        ...

    def lease(
        self, peer: str, *, now: datetime, until: datetime, limit: int
    ) -> tuple[Delivery, ...]:
        """Take up to ``limit`` due deliveries, lowest n first, for this worker alone."""
        ...

    def update_delivery(self, delivery: Delivery) -> None:
        """Store a delivery's new state and end its lease."""
        ...

    def resend_from(self, peer: str, n: int, now: datetime) -> int:
        """Make every delivery with number >= n due again; return how many."""
        ...

    def hasten(self, peer: str, now: datetime) -> int:
        """Make due now what waits for a peer that was silent and is back; return how many."""
        ...

    def note_number(self, peer: str, n: int, act_id: str) -> None:
        """Note that a peer sent this act under n."""
        ...

    def keep_proof(self, proof: ProofOfReceipt) -> None:
        """Keep a peer's signed receipt."""
        ...

    def keep_given(self, receipt: GivenReceipt) -> None:
        """Keep the receipt that we gave."""
        ...

    def put_card(self, held: HeldCard) -> None:
        """Store a State's newest card; older ones are kept as history."""
        ...

    def add_note(self, note: HomeNote) -> None:
        """Store a home note."""
        ...

    def drop_note(self, note_id: str) -> None:
        """Remove a draft that was sent or thrown away."""
        ...

    def number_leaves(self) -> LogHead:
        """Give numbers to all unnumbered leaves in order of storing; return the new head.

        Takes the sequencer's lease for this transaction.
        """
        ...

    def keep_checkpoint(self, size: int, envelope: bytes) -> None:
        """Keep a signed checkpoint."""
        ...

    def set_unsynced(self, peers: frozenset[str]) -> None:
        """Say with which peers a restored node must sync before it signs."""
        ...

    def raise_alarm(self, alarm: Alarm) -> None:
        """Keep an alarm; the same (code, peer, detail) is kept once."""
        ...


class Store(Protocol):
    """The node's records. Functions given here may be run again after a conflict."""

    def read(self, work: Callable[[View], T]) -> T:
        """Run ``work`` on a consistent snapshot."""
        ...

    def write(self, work: Callable[[Unit], T]) -> T:
        """Run ``work`` in one transaction and return when it is durable.

        Several callers' work may share one commit; an exception undoes only its own.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSeq:
    """What the signer remembers of one lane: its highest confirmed act."""

    matter: str
    seq: int
    act_id: str


class Signer(Protocol):
    """Holds the ``acts`` key, perhaps in another process: bytes in, signature out."""

    def sign_act(self, header: bytes) -> bytes:
        """Return the DSSE envelope of an act header; raises AlreadySigned (sync-v1)."""
        ...

    def confirm(self, acts: Iterable[tuple[str, int, str]]) -> None:
        """Remember that these (matter, seq, act id) are about to leave the house."""
        ...

    def confirmed(self) -> tuple[SignedSeq, ...]:
        """Return the highest confirmed act of each lane."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKeys:
    """The keys that an unattended node holds: they sign messages and open them, never acts."""

    node: SigningKey
    epoch: int
    openers: Mapping[str, OpenWith]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One State's node as the verbs see it."""

    me: str
    demo: bool
    store: Store
    signer: Signer
    keys: NodeKeys
    clock: Clock
    random: Random
    suites: Mapping[int, Suite]
    registrars: tuple[VerifyKey, ...] = ()
    origin: str = ""
    powers: Powers = field(default_factory=Powers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Who presses: an opaque id and roles of this State. The name stays home."""

    id: str
    roles: frozenset[str]
