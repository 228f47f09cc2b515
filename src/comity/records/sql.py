"""Statements in one transaction, the same on SQLite and PostgreSQL."""

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import Any, Protocol, TypeAlias
from zlib import crc32

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


class Cursor(Protocol):
    """A cursor of the database's own driver (PEP 249)."""

    @property
    def rowcount(self) -> int:
        """Rows that the last statement wrote."""

    def execute(self, sql: str, values: Sequence[Value], /) -> object:
        """Run a statement."""

    def executemany(self, sql: str, rows: Sequence[Sequence[Value]], /) -> object:
        """Run a statement for each of ``rows``."""

    def fetchone(self) -> Found | None:
        """Return the next row."""

    def fetchall(self) -> list[Found]:
        """Return the rows that are left."""


class Rows:
    """A cursor inside a transaction. Placeholders are ``%s``.

    It is the driver's cursor: Django's own costs more than SQLite's work for a row.
    Whoever begins the transaction turns the driver's errors into Django's.
    """

    def __init__(self, cursor: Cursor, vendor: str) -> None:
        """Use ``cursor`` of a database of ``vendor`` (Django's name of it)."""
        self._cursor = cursor
        self.shared = vendor == "postgresql"
        """Whether other transactions write at the same time."""
        self._marked = str if self.shared else _question_marks
        self._later: dict[str, list[tuple[Value, ...]]] = {}
        self._holds: set[tuple[Subject, str]] = set()

    def fresh(self) -> "Rows":
        """Return rows of the same transaction for another unit of work."""
        return Rows(self._cursor, "postgresql" if self.shared else "sqlite")

    def one(self, sql: str, *values: Value) -> Found | None:
        """Return the first row."""
        self._cursor.execute(self._marked(sql), values)
        return self._cursor.fetchone()

    def all(self, sql: str, *values: Value) -> list[Found]:
        """Return all rows."""
        self._cursor.execute(self._marked(sql), values)
        return self._cursor.fetchall()

    def run(self, sql: str, *values: Value) -> int:
        """Return how many rows were written."""
        self._cursor.execute(self._marked(sql), values)
        return self._cursor.rowcount

    def many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Write each of ``rows``."""
        if rows:
            self._cursor.executemany(self._marked(sql), rows)

    def later(self, sql: str, *values: Value) -> None:
        """Write a row together with others, at the latest when the unit ends.

        Whoever reads what ``sql`` writes must ``settle`` it first.
        """
        self._later.setdefault(sql, []).append(values)

    def settle(self, *statements: str) -> None:
        """Write what waits for these statements, or all that waits."""
        for sql in statements or tuple(self._later):
            self.many(sql, self._later.pop(sql, ()))

    def hold(self, subject: Subject, name: str = "") -> None:
        """Keep other transactions from ``subject`` until this one ends; may wait.

        The next statement sees what the one before committed. One writer has
        the whole of SQLite already.
        """
        if self.shared and (subject, name) not in self._holds:
            self._holds.add((subject, name))
            key = crc32(name.encode()) - 2**31
            self._cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (int(subject), key))


@cache
def _question_marks(sql: str) -> str:
    return sql.replace("%s", "?")
