"""Statements in one transaction, the same on SQLite and PostgreSQL."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, TypeAlias
from zlib import crc32

from django.db.backends.utils import CursorWrapper

Value: TypeAlias = bool | int | str | bytes | None
"""What a column holds."""

Found: TypeAlias = tuple[Any, ...]
"""A row as the driver returns it; the files that map rows give its fields their types."""


class Subject(IntEnum):
    """What a transaction may hold alone until it ends. The numbers are stored nowhere."""

    MATTER = 1
    PAIR = 2
    CARD = 3
    LOG = 4


class Rows:
    """A cursor inside a transaction. Placeholders are ``%s``."""

    def __init__(self, cursor: CursorWrapper, vendor: str) -> None:
        """Use ``cursor`` of a database of ``vendor`` (Django's name of it)."""
        self._cursor = cursor
        self.shared = vendor == "postgresql"
        """Whether other transactions write at the same time."""

    def one(self, sql: str, *values: Value) -> Found | None:
        """Return the first row."""
        self._cursor.execute(sql, values)
        found: Found | None = self._cursor.fetchone()
        return found

    def all(self, sql: str, *values: Value) -> list[Found]:
        """Return all rows."""
        self._cursor.execute(sql, values)
        found: list[Found] = self._cursor.fetchall()
        return found

    def run(self, sql: str, *values: Value) -> int:
        """Return how many rows were written."""
        self._cursor.execute(sql, values)
        written: int = self._cursor.rowcount
        return written

    def many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Write each of ``rows``."""
        if rows:
            self._cursor.executemany(sql, rows)

    def hold(self, subject: Subject, name: str = "") -> None:
        """Keep other transactions from ``subject`` until this one ends; may wait.

        The next statement sees what the one before committed. One writer has
        the whole of SQLite already.
        """
        if self.shared:
            key = crc32(name.encode()) - 2**31
            self._cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (int(subject), key))
