"""The queue of writers: shared commits, and each caller gets its own outcome."""

# ruff: noqa: SLF001 (only the queue itself can tell that all of a crowd wait in it)

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import DatabaseError, connections

from comity.actions.ports import Unit
from comity.records.errors import WriteInterrupted
from comity.records.one_writer import MOST_TOGETHER, Job, OneWriter
from comity.records.sql import Rows
from comity.records.store import DjangoStore
from tests.records.samples import note
from tests.stores import Database, Databases


class Stop(Exception):
    """What a verb may raise."""


class Crowd:
    """Threads that all wait behind one write, so that the next commit is theirs together."""

    def __init__(self, database: Database, store: DjangoStore) -> None:
        self._database = database
        self._store = store
        self.outcomes: dict[int, object] = {}
        self._threads: list[threading.Thread] = []

    def behind(self, works: list[Callable[[Unit], object]]) -> None:
        """Begin a write, let every thread queue its work, then let the first end."""
        writer = OneWriter.at(Path(lock_of(self._database)))

        def first(_: Unit) -> None:
            for number, work in enumerate(works):
                thread = threading.Thread(target=self._one, args=(number, work))
                self._threads.append(thread)
                thread.start()
            with writer._turn:
                assert writer._turn.wait_for(lambda: len(writer._queue) == len(works), 30)

        try:
            self._store.write(first)
        finally:
            for thread in self._threads:
                thread.join()

    def _one(self, number: int, work: Callable[[Unit], object]) -> None:
        try:
            self.outcomes[number] = self._store.write(work)
        except (Stop, DatabaseError, WriteInterrupted) as error:
            self.outcomes[number] = error
        finally:
            self._store.close()


def lock_of(database: Database) -> str:
    return f"{connections[database.alias].settings_dict['NAME']}.lock"


@pytest.fixture
def database(databases: Databases) -> Database:
    return databases.make("sqlite")


@pytest.fixture
def store(database: Database) -> DjangoStore:
    return database.store()


def adds_note(number: int) -> Callable[[Unit], object]:
    def work(unit: Unit) -> int:
        unit.add_note(note(f"note {number}"))
        return number

    return work


def stops(unit: Unit) -> None:
    unit.add_note(note("never"))
    raise Stop


def kept(store: DjangoStore) -> set[str]:
    return {one.id for one in store.read(lambda view: view.notes_of(None))}


def test_each_of_those_who_share_a_commit_gets_its_own_result(
    database: Database, store: DjangoStore
) -> None:
    crowd = Crowd(database, store)
    crowd.behind([adds_note(number) for number in range(9)])
    assert crowd.outcomes == {number: number for number in range(9)}
    assert kept(store) == {f"note {number}" for number in range(9)}


def test_an_exception_undoes_and_reaches_only_its_own_caller(
    database: Database, store: DjangoStore
) -> None:
    crowd = Crowd(database, store)
    crowd.behind([adds_note(0), stops, adds_note(2), stops, adds_note(4)])
    assert [crowd.outcomes[at] for at in (0, 2, 4)] == [0, 2, 4]
    assert all(isinstance(crowd.outcomes[at], Stop) for at in (1, 3))
    assert kept(store) == {"note 0", "note 2", "note 4"}


def test_callers_share_a_commit(database: Database, store: DjangoStore) -> None:
    begun = 0
    inner = store._transaction

    def counted(begin: dict[str, str]) -> AbstractContextManager[Rows]:
        nonlocal begun
        begun += 1
        return inner(begin)

    store._transaction = counted  # type: ignore[method-assign, assignment]
    crowd = Crowd(database, store)
    crowd.behind([adds_note(number) for number in range(20)])
    assert len(kept(store)) == 20
    assert begun < 10


def test_a_commit_that_fails_fails_for_all_who_shared_it(
    database: Database, store: DjangoStore
) -> None:
    def breaks_the_commit(_: Unit) -> None:
        with connections[database.alias].cursor() as cursor:
            cursor.execute("INSERT INTO records_leaf (act_id, hash) VALUES ('sha256:none', x'00')")

    crowd = Crowd(database, store)
    with pytest.raises(DatabaseError):
        crowd.behind([adds_note(0), breaks_the_commit, adds_note(2)])
    together = {at for at, outcome in crowd.outcomes.items() if isinstance(outcome, DatabaseError)}
    assert 1 in together
    assert kept(store) == {f"note {at}" for at in {0, 2} - together}
    assert store.write(adds_note(9)) == 9


def writer(tmp_path: Path) -> OneWriter:
    return OneWriter.at(tmp_path / "lock")


class NoRows(Rows):
    """Rows that take every statement and do nothing."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def run(self, sql: str, *_: object) -> int:
        self.said.append(sql)
        return 0


def does(jobs: Iterator[Job[object]]) -> None:
    for job in jobs:
        job.attempt(NoRows())


def test_a_lock_that_cannot_be_had_is_the_callers_error(tmp_path: Path) -> None:
    nowhere = OneWriter.at(tmp_path / "no" / "lock")
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            nowhere.perform(Job(lambda _: 1), does)
    (tmp_path / "no").mkdir()
    assert nowhere.perform(Job(lambda _: 1), does) == 1


def test_a_failure_before_the_first_job_leaves_no_job_behind(tmp_path: Path) -> None:
    def fails(_: Iterator[Job[object]]) -> None:
        raise Stop

    done: list[int] = []
    with pytest.raises(Stop):
        writer(tmp_path).perform(Job(lambda _: done.append(1)), fails)
    writer(tmp_path).perform(Job(lambda _: done.append(2)), does)
    assert done == [2]


def test_a_job_that_was_undone_is_undone_to_its_savepoint() -> None:
    def raises(_: Rows) -> None:
        raise Stop

    rows = NoRows()
    job = Job(raises)
    job.attempt(rows)
    assert rows.said == ["SAVEPOINT job", "ROLLBACK TO SAVEPOINT job", "RELEASE SAVEPOINT job"]
    with pytest.raises(Stop):
        job.outcome()


def test_being_told_to_stop_ends_the_leader_and_tells_the_others(tmp_path: Path) -> None:
    def told_to_stop(_: Rows) -> None:
        raise KeyboardInterrupt

    mine, other = Job(told_to_stop), Job(lambda _: 1)
    queue = writer(tmp_path)
    queue._queue.append(other)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        queue.perform(mine, does)
    assert other.settled
    with pytest.raises(WriteInterrupted) as told:
        other.outcome()
    assert told.value.code == "write-interrupted"
    assert queue.perform(Job(lambda _: 2), does) == 2


def test_a_job_that_nobody_did_says_so() -> None:
    with pytest.raises(WriteInterrupted):
        Job(lambda _: 1).outcome()


def test_no_more_than_the_most_share_a_commit(tmp_path: Path) -> None:
    queue = writer(tmp_path)
    waiting = [Job(lambda _: 1) for _ in range(MOST_TOGETHER + 5)]
    queue._queue.extend(waiting)  # type: ignore[arg-type]
    sizes: list[int] = []

    def counts(jobs: Iterator[Job[object]]) -> None:
        taken = list(jobs)
        sizes.append(len(taken))
        does(iter(taken))

    assert queue.perform(Job(lambda _: 2), counts) == 2
    assert sizes == [MOST_TOGETHER, 6]


def test_a_file_has_one_queue_in_a_process(tmp_path: Path) -> None:
    assert writer(tmp_path) is OneWriter.at(tmp_path / "." / "lock")
    assert writer(tmp_path) is not OneWriter.at(tmp_path / "other")


def test_two_processes_are_never_alone_together(tmp_path: Path) -> None:
    with writer(tmp_path).alone(), pytest.raises(BlockingIOError):
        _try_lock(tmp_path / "lock")
    _try_lock(tmp_path / "lock")


def _try_lock(path: Path) -> None:
    """Take the lock as another process would: with a descriptor of its own."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
