"""A node's database file as an auditor reads it: rows as they lie there, nothing believed.

Read with SQLite itself, without the rooms that wrote it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from comity.directory.card import Card
from comity.directory.read import read_card
from comity.seal.dsse import read_envelope
from comity.seal.suites import LIVE
from comity.seal.tree import root_of


class Stored(NamedTuple):
    """An act."""

    act_id: str
    matter: str
    author: str
    seq: int
    ours: bool
    part_count: int
    header: bytes
    envelope: bytes
    stored_at: int


class Leaf(NamedTuple):
    act_id: str
    number: int | None
    hash: bytes


class Sent(NamedTuple):
    """A delivery."""

    peer: str
    n: int
    act_id: str
    delivered_at: int | None
    code: str
    attempts: int


class Came(NamedTuple):
    """A number received."""

    peer: str
    n: int
    act_id: str


class Proof(NamedTuple):
    """A receipt taken."""

    act_id: str
    peer: str
    n: int
    code: str
    at: int
    head: bytes
    signature: bytes


class Given(NamedTuple):
    """A receipt given."""

    act_id: str
    peer: str
    n: int
    receipt: bytes


class Shown(NamedTuple):
    """What a list shows of a matter."""

    matter: str
    code: str
    tag: str
    closed: bool


class Head(NamedTuple):
    size: int
    root: bytes


class Checkpoint(NamedTuple):
    size: int
    envelope: bytes


@dataclass(frozen=True, kw_only=True)
class Books:
    """All that one State's node holds of its matters, and the card it showed its peer."""

    card: Card
    faults: tuple[str, ...]
    acts: tuple[Stored, ...]
    leaves: tuple[Leaf, ...]
    heads: tuple[Head, ...]
    checkpoints: tuple[Checkpoint, ...]
    sent: tuple[Sent, ...]
    came: tuple[Came, ...]
    proofs: tuple[Proof, ...]
    given: tuple[Given, ...]
    shown: tuple[Shown, ...]
    parts: tuple[tuple[str, int], ...]
    alarms: tuple[tuple[str, str], ...]
    unsynced: tuple[str, ...]
    confirmed: tuple[tuple[str, int, str], ...]

    @property
    def state(self) -> str:
        return self.card.state

    @cached_property
    def own(self) -> tuple[Stored, ...]:
        return tuple(act for act in self.acts if act.author == self.state)

    @cached_property
    def numbers(self) -> dict[str, int | None]:
        """The numbers of the acts' leaves."""
        return {leaf.act_id: leaf.number for leaf in self.leaves}

    @cached_property
    def hashes(self) -> tuple[bytes, ...]:
        """The hashes of the numbered leaves, in order."""
        numbered = sorted(
            (leaf.number, leaf.hash) for leaf in self.leaves if leaf.number is not None
        )
        return tuple(found for _, found in numbered)

    @cached_property
    def root(self) -> bytes:
        """The root of the numbered leaves, computed anew."""
        return root_of(self.hashes)


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a database file for reading, or for a change that is rolled back."""
    with closing(sqlite3.connect(file, isolation_level=None, timeout=20)) as rows:
        yield rows


def read_books(rows: sqlite3.Connection, folder: Path) -> Books:
    """Read the books of the node in ``folder`` through ``rows``."""
    card = read_card(
        read_envelope((folder / f"{folder.name}.card.json").read_bytes()).payload, LIVE
    )
    ask = rows.execute
    return Books(
        card=card,
        faults=tuple(_faults(rows)),
        acts=tuple(
            Stored(*found)
            for found in ask(
                "SELECT act_id, matter, author, seq, ours, part_count, header, envelope, stored_at"
                " FROM records_act ORDER BY id"
            )
        ),
        leaves=tuple(
            Leaf(*found)
            for found in ask("SELECT act_id, number, hash FROM records_leaf ORDER BY id")
        ),
        heads=tuple(Head(*found) for found in ask("SELECT size, root FROM records_log_head")),
        checkpoints=tuple(
            Checkpoint(*found)
            for found in ask("SELECT size, envelope FROM records_checkpoint ORDER BY id")
        ),
        sent=tuple(
            Sent(*found)
            for found in ask(
                "SELECT peer, n, act_id, delivered_at, code, attempts FROM records_delivery"
                " ORDER BY peer, n"
            )
        ),
        came=tuple(
            Came(*found)
            for found in ask("SELECT peer, n, act_id FROM records_received_number ORDER BY peer, n")
        ),
        proofs=tuple(
            Proof(*found)
            for found in ask("SELECT act_id, peer, n, code, at, head, signature FROM records_proof")
        ),
        given=tuple(
            Given(*found)
            for found in ask("SELECT act_id, peer, n, receipt FROM records_given_receipt")
        ),
        shown=tuple(
            Shown(*found) for found in ask("SELECT matter, code, tag, closed FROM records_row")
        ),
        parts=tuple(ask("SELECT act_id, COUNT(*) FROM records_part GROUP BY act_id")),
        alarms=tuple(ask("SELECT code, detail FROM records_alarm")),
        unsynced=tuple(peer for (peer,) in ask("SELECT peer FROM records_unsynced_peer")),
        confirmed=_confirmed(folder / "keys" / "signer.sqlite3"),
    )


def _faults(rows: sqlite3.Connection) -> Iterator[str]:
    yield from (text for (text,) in rows.execute("PRAGMA integrity_check") if text != "ok")
    yield from (f"{row[0]} points nowhere" for row in rows.execute("PRAGMA foreign_key_check"))


def _confirmed(file: Path) -> tuple[tuple[str, int, str], ...]:
    with opened(file) as rows:
        return tuple(rows.execute("SELECT matter, confirmed_seq, confirmed_id FROM lane"))
