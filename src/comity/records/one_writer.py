"""One writer for one SQLite file: who may write now, and several writes in one commit.

Threads of this process put their work in a queue. One of them leads: it takes the
file's lock, which keeps other processes out, does the work of all who wait, commits
once, and wakes them. Measured: with SQLite's own waiting some writers wait seconds;
here they wait as long as the work before them.
"""

import fcntl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Final, Generic, TypeVar, cast
from weakref import WeakValueDictionary

from comity.records.errors import WriteInterrupted
from comity.records.sql import Rows

T = TypeVar("T")

MOST_TOGETHER: Final = 64
"""How many callers share one commit at most."""

LONGEST_SECONDS: Final = 0.05
"""After this long, no further work joins a commit."""


class Job(Generic[T]):
    """One caller's work, and what came of it once that is durable."""

    def __init__(self, work: Callable[[Rows], T]) -> None:
        """Keep ``work``, to be done by whoever leads."""
        self._work = work
        self._result: list[T] = []
        self.error: Exception | None = None
        self.settled = False

    def attempt(self, rows: Rows) -> None:
        """Do the work in a savepoint; an exception undoes only this work."""
        rows.run("SAVEPOINT job")
        with _Caught(self):
            self._result.append(self._work(rows))
        if self.error is not None:
            rows.run("ROLLBACK TO SAVEPOINT job")
        rows.run("RELEASE SAVEPOINT job")

    def outcome(self) -> T:
        """Return what the work returned, or raise what it raised."""
        if self.error is not None:
            raise self.error
        if not self._result:
            raise WriteInterrupted
        return self._result[0]


class _Caught:
    """Hands a job's exception to the caller who gave the job; others go on."""

    def __init__(self, job: Job[T]) -> None:
        self._job = cast("Job[object]", job)

    def __enter__(self) -> None:
        """Enter without a value."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._job.error = _told(error)
        return isinstance(error, Exception)


class OneWriter:
    """The queue of one file in this process, and the file's lock against other processes."""

    _all: Final[WeakValueDictionary[Path, "OneWriter"]] = WeakValueDictionary()
    _making: Final = threading.Lock()

    def __init__(self, lock_path: Path) -> None:
        """Use ``at``: a file has one queue in a process."""
        self._lock_path = lock_path
        self._turn = threading.Condition()
        self._leading = False
        self._queue: deque[Job[object]] = deque()

    @classmethod
    def at(cls, lock_path: Path) -> "OneWriter":
        """Return the one queue of this lock file."""
        path = lock_path.resolve()
        with cls._making:
            found = cls._all.get(path)
            if found is None:
                found = cls._all[path] = cls(path)
            return found

    def perform(self, job: Job[T], lead: Callable[[Iterator[Job[object]]], None]) -> T:
        """Return ``job``'s outcome when it is durable; ``lead`` does and commits what it is given.

        A failure of ``lead`` itself is every given job's failure.
        """
        mine = cast("Job[object]", job)
        with self._turn:
            self._queue.append(mine)
        while not self._settled_or_lead(mine):
            self._lead(mine, lead)
        return job.outcome()

    def _settled_or_lead(self, mine: Job[object]) -> bool:
        with self._turn:
            while self._leading and not mine.settled:
                self._turn.wait()
            if not mine.settled:
                self._leading = True
            return mine.settled

    def _lead(self, mine: Job[object], lead: Callable[[Iterator[Job[object]]], None]) -> None:
        taken: list[Job[object]] = []
        done = False
        try:
            with _Failing(taken), self.alone():
                lead(self._take(taken))
            done = True
        finally:
            with self._turn:
                self._leading = False
                if not done and mine in self._queue:
                    self._queue.remove(mine)
                for job in taken:
                    job.settled = True
                self._turn.notify_all()

    def _take(self, taken: list[Job[object]]) -> Iterator[Job[object]]:
        until = monotonic() + LONGEST_SECONDS
        while len(taken) < MOST_TOGETHER and monotonic() < until:
            with self._turn:
                if not self._queue:
                    return
                taken.append(self._queue.popleft())
            yield taken[-1]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the file's lock; other processes wait, and the system frees it if we die."""
        with self._lock_path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


class _Failing:
    """Makes a failed commit the failure of every job that was in it."""

    def __init__(self, taken: list[Job[object]]) -> None:
        self._taken = taken

    def __enter__(self) -> None:
        """Enter without a value."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for job in self._taken:
            job.error = job.error or _told(error)


def _told(error: BaseException | None) -> Exception | None:
    """Return what another thread may be told: that we were asked to stop is not its error."""
    if error is None or isinstance(error, Exception):
        return error
    return WriteInterrupted()
