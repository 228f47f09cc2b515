"""Dying on purpose: a process that kills itself as its first, second, third ... statement begins.

A statement is whatever SQLite is asked to run, on any file: beginning, writing, committing.
Between two beginnings to write nothing becomes durable but what the first one commits, so
that dying at each ``BEGIN IMMEDIATE`` meets every state that a disk can be left in.
"""

import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from typing import Any, Final

EVERY: Final = ""
WRITE: Final = "BEGIN IMMEDIATE"
CONNECT: Final = sqlite3.connect


class DiesAt:
    """Counts statements of all SQLite connections that this process opens from now on.

    Those count that begin with ``kind``.
    """

    def __init__(self, last: int, kind: str) -> None:
        self._left = last
        self._kind = kind

    def begin(self) -> None:
        for module in (sqlite3, sqlite3.dbapi2):
            vars(module)["connect"] = self._connect

    def _connect(self, *args: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
        rows: sqlite3.Connection = CONNECT(*args, **options)
        rows.set_trace_callback(self._count)
        return rows

    def _count(self, statement: str) -> None:
        self._left -= statement.startswith(self._kind)
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def died(work: Callable[[], object], last: int | None = None, kind: str = EVERY) -> bool:
    """Do ``work`` in a fork that dies as statement ``last`` begins; say whether it came so far.

    Only statements of a ``kind`` are counted, from 0. The fork must open its own connections.
    Raises ``ChildProcessError`` when the work itself failed.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            if last is not None:
                DiesAt(last, kind).begin()
            work()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        message = "the work failed; its traceback is above"
        raise ChildProcessError(message)
    return False
