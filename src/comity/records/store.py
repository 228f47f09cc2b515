"""The node's records in a database: the port's ``Store`` on SQLite or PostgreSQL.

SQLite has one writer at a time (``one_writer``), and several callers' work shares a
commit. PostgreSQL has ordinary transactions; what must be contiguous or folded alone
is held by locks that end with the transaction (``sql.Subject``), and a transaction
that came too late runs again.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from comity.actions.ports import Unit, View
from comity.records.cipher import RestCipher
from comity.records.errors import AlreadyHeld, CardMoved, LaneTaken, NumberTaken
from comity.records.one_writer import Job, OneWriter
from comity.records.sql import Rows
from comity.records.unit import DjangoUnit
from comity.records.view import Desk, DjangoView
from comity.seal.keys import Suite
from comity.seal.suites import LIVE

T = TypeVar("T")

TRIES: Final = 8
"""How often work that met other work on PostgreSQL is done before its error is told."""

_READ: Final = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
_WRITE: Final = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "BEGIN ISOLATION LEVEL READ COMMITTED",
}
# serialization_failure, deadlock_detected: another transaction won.
_LOST: Final = frozenset({"40001", "40P01"})


class DjangoStore:
    """The records in the Django database ``using``; may be shared by threads.

    ``me`` is the State whose node this is: its lanes may not fork. ``lock_path`` is
    the file by which processes take turns on SQLite, ``<database>.lock`` for None;
    PostgreSQL has none. Work given to ``write`` may run in another caller's thread.
    """

    def __init__(
        self,
        using: str,
        *,
        me: str,
        cipher: RestCipher,
        lock_path: Path | None = None,
        suites: Mapping[int, Suite] = LIVE,
    ) -> None:
        """Open nothing yet; ``ValueError`` for SQLite in memory, which threads cannot share."""
        self.using: Final = using
        self.me: Final = me
        self._desk = Desk(me=me, cipher=cipher, suites=suites)
        self._inside = threading.local()
        self._writer = _writer(connections[using], lock_path)

    def read(self, work: Callable[[View], T]) -> T:
        """Run ``work`` on a consistent snapshot."""
        with self._transaction(_READ) as rows:
            return work(DjangoView(rows, self._desk))

    def write(self, work: Callable[[Unit], T]) -> T:
        """Run ``work`` in one transaction and return when it is durable.

        Several callers' work may share one commit; an exception undoes only its own.
        """

        def whole(rows: Rows) -> T:
            # The caller gets Django's errors, whoever's thread this is.
            with connections[self.using].wrap_database_errors:
                unit = DjangoUnit(rows, self._desk)
                result = work(unit)
                unit.finish()
                return result

        if self._writer is None:
            return self._write_again(whole)
        self._not_inside(connections[self.using])
        return self._writer.perform(Job(whole), self._lead)

    def close(self) -> None:
        """Close this thread's connection; call it where a thread that used the store ends."""
        connections[self.using].close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let Django's own queries on ``using`` see one consistent snapshot; for a backup."""
        with self._transaction(_READ):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other writer of the database out; for loading a backup."""
        if self._writer is None:
            yield
            return
        with self._writer.alone():
            yield

    def within(self, work: Callable[[Unit], T]) -> T:
        """Run ``work`` in the transaction that Django has open on ``using``; for a backup."""
        connection = connections[self.using]
        with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
            unit = DjangoUnit(Rows(cursor, connection.vendor), self._desk)
            result = work(unit)
            unit.finish()
        return result

    def _lead(self, jobs: Iterator[Job[object]]) -> None:
        with self._transaction(_WRITE) as rows:
            for job in jobs:
                job.attempt(rows)

    def _write_again(self, whole: Callable[[Rows], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._write_once(whole)
            except (AlreadyHeld, LaneTaken, NumberTaken, CardMoved):
                continue
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in _LOST:
                    raise
        return self._write_once(whole)

    def _write_once(self, whole: Callable[[Rows], T]) -> T:
        with self._transaction(_WRITE) as rows:
            return whole(rows)

    @contextmanager
    def _transaction(self, begin: Mapping[str, str]) -> Iterator[Rows]:
        connection = connections[self.using]
        self._not_inside(connection)
        connection.close_if_unusable_or_obsolete()
        # Asks for a living connection; the rows then use the driver's own cursor.
        connection.cursor().close()
        with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
            rows = Rows(cursor, connection.vendor)
            rows.run(begin[connection.vendor])
            self._inside.now = True
            done = False
            try:
                yield rows
                rows.run("COMMIT")
                done = True
            finally:
                self._inside.now = False
                if not done:
                    _undo(rows, connection)

    def _not_inside(self, connection: BaseDatabaseWrapper) -> None:
        if getattr(self._inside, "now", False) or connection.in_atomic_block:
            message = "a transaction of the records cannot run inside another transaction"
            raise RuntimeError(message)


def _undo(rows: Rows, connection: BaseDatabaseWrapper) -> None:
    """Roll back; a connection that cannot even do that is closed, which undoes as well."""
    with suppress(DatabaseError, InterfaceError), connection.wrap_database_errors:
        rows.run("ROLLBACK")
        return
    connection.close()


def _writer(connection: BaseDatabaseWrapper, lock_path: Path | None) -> OneWriter | None:
    if connection.vendor != "sqlite":
        return None
    name = str(connection.settings_dict["NAME"])
    if not name or ":memory:" in name or "mode=memory" in name:
        message = "records need a database file: every thread would see another memory"
        raise ValueError(message)
    return OneWriter.at(lock_path or Path(f"{name}.lock"))
