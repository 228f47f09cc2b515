"""The tables of ``tests/memory_store.py``, and how a change to them is taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import partial
from typing import Self, TypeVar

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

K = TypeVar("K")
V = TypeVar("V")

Number = tuple[str, int]


@dataclass(slots=True, kw_only=True)
class Tables:
    """Dictionaries of frozen values, in the order of storing; ``None`` is the key of an only one.

    ``waiting`` holds what is not delivered and until when it is leased.
    """

    acts: dict[str, HeldAct] = field(default_factory=dict)
    matters: dict[str, tuple[HeldAct, ...]] = field(default_factory=dict)
    lanes: dict[Number, str] = field(default_factory=dict)
    parts: dict[str, tuple[HeldPart | None, ...]] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    deliveries: dict[Number, Delivery] = field(default_factory=dict)
    waiting: dict[Number, datetime | None] = field(default_factory=dict)
    own: dict[tuple[str, str], int] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    numbers: dict[Number, str] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    proofs: dict[tuple[str, str], ProofOfReceipt] = field(default_factory=dict)
    proven: dict[Number, str] = field(default_factory=dict)
    receipted: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, GivenReceipt] = field(default_factory=dict)
    cards: dict[str, tuple[HeldCard, ...]] = field(default_factory=dict)
    notes: dict[str, HomeNote] = field(default_factory=dict)
    leaves: dict[str, int | None] = field(default_factory=dict)
    unnumbered: dict[str, bytes] = field(default_factory=dict)
    hashes: dict[int, bytes] = field(default_factory=dict)
    head: dict[None, LogHead] = field(default_factory=dict)
    checkpoints: dict[int, bytes] = field(default_factory=dict)
    alarms: dict[tuple[str, str, str], Alarm] = field(default_factory=dict)
    unsynced: dict[str, None] = field(default_factory=dict)
    changed: dict[None, int] = field(default_factory=dict)

    def copy(self) -> Self:
        """Return tables of their own with the same values in them."""
        return type(self)(**{one.name: dict(getattr(self, one.name)) for one in fields(self)})


class Undo:
    """Changes tables and remembers what was there."""

    def __init__(self) -> None:
        self._back: list[Callable[[], None]] = []

    def put(self, table: dict[K, V], key: K, value: V) -> None:
        """Store a value in place of the one that was there."""
        if key in table:
            self._back.append(partial(table.__setitem__, key, table[key]))
        else:
            self._back.append(partial(table.__delitem__, key))
        table[key] = value

    def take(self, table: dict[K, V], *keys: K) -> None:
        """Remove ``keys``; what is put back stands where it stood."""
        self._back += [partial(table.update, dict(table)), table.clear]
        for key in keys:
            del table[key]

    def run(self) -> None:
        """Put everything back."""
        while self._back:
            self._back.pop()()
