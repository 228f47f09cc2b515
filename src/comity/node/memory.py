"""The signer's memory: what was signed and what left, outside the database (sync-v1).

One small SQLite file of its own, durable before a signature is given out, shared by the
processes of a node. It holds digests and numbers, no personal data.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.actions.ports import SignedSeq
from comity.node.errors import AlreadySigned, NoMemory
from comity.text import say

_WAIT_SECONDS: Final = 20.0
_NONE: Final = -1
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS lane (
    matter TEXT PRIMARY KEY,
    signed_seq INTEGER NOT NULL,
    signed_id TEXT NOT NULL,
    confirmed_seq INTEGER NOT NULL,
    confirmed_id TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""
_READ: Final = (
    "SELECT signed_seq, signed_id, confirmed_seq, confirmed_id FROM lane WHERE matter = ?"
)
_WRITE: Final = "INSERT OR REPLACE INTO lane VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lane:
    signed_seq: int = _NONE
    signed_id: str = ""
    confirmed_seq: int = _NONE
    confirmed_id: str = ""


class SignerMemory:
    """The memory in one file. Threads and processes may share the file."""

    def __init__(self, file: Path) -> None:
        """Open the file, or make it."""
        self._file = file
        self._lock = threading.Lock()
        try:
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
            self._rows = sqlite3.connect(
                file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute("PRAGMA synchronous = FULL")
            self._rows.execute(_TABLE)
        except (sqlite3.Error, OSError) as error:
            raise self._broken(error) from error

    def signing(self, matter: str, seq: int, act_id: str) -> None:
        """Remember that this act is being signed; raise ``AlreadySigned`` if it may not be."""
        self._change(lambda: self._sign(matter, seq, act_id))

    def confirm(self, acts: Iterable[tuple[str, int, str]]) -> None:
        """Remember that these (matter, seq, act id) are about to leave the house.

        Raises ``AlreadySigned`` when another act left under one of the numbers; then
        none of them is remembered, and none may leave.
        """
        wanted = sorted(set(acts))
        if not all(self._known(*act) for act in wanted):
            self._change(lambda: self._confirm_all(wanted))

    def confirmed(self) -> tuple[SignedSeq, ...]:
        """Return the highest confirmed act of each lane, by matter."""
        with self._lock:
            rows = self._rows.execute(
                "SELECT matter, confirmed_seq, confirmed_id FROM lane "
                "WHERE confirmed_seq >= 0 ORDER BY matter"
            ).fetchall()
        return tuple(SignedSeq(matter=row[0], seq=row[1], act_id=row[2]) for row in rows)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._rows.close()

    def _sign(self, matter: str, seq: int, act_id: str) -> None:
        lane = self._lane(matter)
        left = (lane.confirmed_seq, lane.confirmed_id)
        if seq < lane.confirmed_seq or (seq == lane.confirmed_seq and (seq, act_id) != left):
            raise AlreadySigned(seq)
        self._keep(matter, (seq, act_id), left)

    def _confirm_all(self, acts: Iterable[tuple[str, int, str]]) -> None:
        for act in acts:
            self._confirm(*act)

    def _confirm(self, matter: str, seq: int, act_id: str) -> None:
        lane = self._lane(matter)
        if seq < lane.confirmed_seq:
            return  # it left before: only the highest is remembered
        if seq == lane.confirmed_seq and act_id != lane.confirmed_id:
            raise AlreadySigned(seq)
        signed = max((lane.signed_seq, lane.signed_id), (seq, act_id))
        self._keep(matter, signed, (seq, act_id))

    def _known(self, matter: str, seq: int, act_id: str) -> bool:
        with self._lock:
            lane = self._lane(matter)
        return seq < lane.confirmed_seq or (seq, act_id) == (lane.confirmed_seq, lane.confirmed_id)

    def _lane(self, matter: str) -> _Lane:
        row = self._rows.execute(_READ, (matter,)).fetchone()
        if row is None:
            return _Lane()
        return _Lane(signed_seq=row[0], signed_id=row[1], confirmed_seq=row[2], confirmed_id=row[3])

    def _keep(self, matter: str, signed: tuple[int, str], confirmed: tuple[int, str]) -> None:
        self._rows.execute(_WRITE, (matter, *signed, *confirmed))

    def _change(self, work: Callable[[], None]) -> None:
        """Run ``work`` in one durable transaction, alone among threads and processes."""
        with self._lock:
            try:
                self._rows.execute("BEGIN IMMEDIATE")
                try:
                    work()
                except BaseException:
                    self._rows.execute("ROLLBACK")
                    raise
                self._rows.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._broken(error) from error

    def _broken(self, error: Exception) -> NoMemory:
        return NoMemory(
            say(
                "The signer's memory %(file)s cannot be used: %(error)s. Nothing is signed "
                "without it. Check the disk; never put an old copy in its place.",
                file=str(self._file),
                error=str(error),
            )
        )
