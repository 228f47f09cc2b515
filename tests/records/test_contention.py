"""Three processes with four threads each write at once: nothing is lost, no number is missing."""

import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from comity.actions.ports import Delivery, Unit
from comity.records.errors import AlreadyHeld
from comity.records.store import DjangoStore
from comity.seal.tree import root_of
from tests.records.contending import act_of, add
from tests.records.samples import ME, NOW, PEER, SECOND, adds, after, card, opening, part, row
from tests.stores import Database

ROOT = Path(__file__).parents[2]
NAMES = ("desk", "port", "work")
THREADS = 4
WRITES = 10
SECONDS = 120
HELD_BACK_SECONDS = 0.5
"""How long a second that must wait is given to show that it does."""


def test_processes_and_threads_together_lose_nothing(both_databases: Database) -> None:
    command = [sys.executable, "-m", "tests.records.contending", both_databases.url]
    running = [
        subprocess.Popen([*command, name, str(THREADS), str(WRITES)], cwd=ROOT) for name in NAMES
    ]
    assert [one.wait(SECONDS) for one in running] == [0, 0, 0]
    every = {
        act_of(name, thread, number).act.id
        for name in NAMES
        for thread in range(THREADS)
        for number in range(WRITES)
    }
    count = len(NAMES) * THREADS * WRITES
    assert len(every) == count
    store = both_databases.store()
    queue = store.read(lambda view: view.deliveries(waiting_only=True))
    assert sorted(one.n for one in queue) == list(range(1, count + 1))
    assert {one.act_id for one in queue} == every
    numbers = store.read(lambda view: {view.leaf_index(act_id) for act_id in every})
    assert numbers == set(range(count))
    head, hashes = store.read(lambda view: (view.log_head(), view.leaf_hashes(count)))
    assert (head.size, head.root) == (count, root_of(hashes))
    assert store.read(lambda view: view.held_numbers(PEER)) == (count, ())
    assert store.read(lambda view: view.changed()) == count
    assert all(store.read(lambda view: [view.parts_of(one) == (part(),) for one in every]))


class Together:
    """Two threads of which the second begins when the first is in the middle of its work."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._middle = threading.Event()
        self._second_ended = threading.Event()
        self.errors: list[Exception] = []

    def run(
        self, first: Callable[[DjangoStore], None], second: Callable[[DjangoStore], None]
    ) -> None:
        threads = [
            threading.Thread(target=self._one, args=(first,), name="first"),
            threading.Thread(target=self._late, args=(second,)),
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join(SECONDS)

    def middle(self, seconds: float = SECONDS) -> None:
        """Let the second do its work while the first is in the middle of its own.

        On SQLite the second waits for the first, so nobody waits for it here.
        """
        self._middle.set()
        if self._database.kind == "postgres" and threading.current_thread().name == "first":
            self._second_ended.wait(seconds)

    def _late(self, work: Callable[[DjangoStore], None]) -> None:
        self._middle.wait(SECONDS)
        self._one(work)
        self._second_ended.set()

    def _one(self, work: Callable[[DjangoStore], None]) -> None:
        store = self._database.store()
        try:
            work(store)
        except AlreadyHeld as error:
            self.errors.append(error)
        finally:
            store.close()


def test_one_act_that_comes_twice_at_once_is_stored_once(both_databases: Database) -> None:
    both = Together(both_databases)
    new: list[bool] = []

    def receives(unit: Unit) -> bool:
        fresh = unit.act(opening().act.id) is None
        both.middle()
        if fresh:
            unit.add_act(opening(), (part(),))
        return fresh

    def receive(store: DjangoStore) -> None:
        new.append(store.write(receives))

    both.run(receive, receive)
    assert both.errors == []
    assert sorted(new) == [False, True]


def test_a_row_is_never_made_from_half_the_acts(both_databases: Database) -> None:
    both_databases.store().write(adds(opening(), parts=(part(),)))
    both = Together(both_databases)

    def adding(seq: int) -> Callable[[DjangoStore], None]:
        def fold(unit: Unit) -> None:
            unit.acts_of(opening().act.id)
            both.middle(HELD_BACK_SECONDS)
            unit.add_act(after(opening(), seq), ())
            found = unit.acts_of(opening().act.id)
            unit.put_row(row(opening().act.id, code=str(len(found))))

        return lambda store: store.write(fold)

    both.run(adding(0), adding(1))
    shown = both_databases.store().read(lambda view: view.row(opening().act.id))
    assert shown is not None
    assert shown.code == "3"


def test_a_card_is_put_only_in_place_of_the_one_looked_at(both_databases: Database) -> None:
    both_databases.store().write(lambda unit: unit.put_card(card(version=7)))
    both = Together(both_databases)
    looked: list[int] = []

    def renewing(version: int) -> Callable[[DjangoStore], None]:
        def renew(unit: Unit) -> None:
            held = unit.card(PEER)
            assert held is not None
            looked.append(held.card.version)
            both.middle()
            if version > held.card.version:
                unit.put_card(card(version=version))

        return lambda store: store.write(renew)

    both.run(renewing(8), renewing(9))
    newest = both_databases.store().read(lambda view: view.card(PEER))
    assert newest == card(version=9)
    history = both_databases.store().read(lambda view: view.card_history(PEER))
    versions = [one.card.version for one in history]
    assert versions == sorted(versions, reverse=True)


def test_two_workers_never_lease_the_same_delivery(both_databases: Database) -> None:
    store = both_databases.store()
    for number in range(6):
        store.write(partial(add, held=opening(number)))
    both = Together(both_databases)
    leased: list[tuple[Delivery, ...]] = []

    def take(unit: Unit) -> tuple[Delivery, ...]:
        taken = unit.lease(PEER, now=NOW, until=NOW + SECOND, limit=4)
        both.middle()
        return taken

    def lease(store: DjangoStore) -> None:
        leased.append(store.write(take))

    both.run(lease, lease)
    numbers = [one.n for taken in leased for one in taken]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_two_matters_locked_crosswise_both_go_on(both_databases: Database) -> None:
    firsts = [opening(1), opening(2)]
    both_databases.store().write(adds(*firsts, parts=(part(),)))
    both = Together(both_databases)
    gate = threading.Barrier(2)
    met: list[int] = []

    def crosswise(one: int, other: int) -> Callable[[DjangoStore], None]:
        def work(unit: Unit) -> None:
            unit.acts_of(firsts[one].act.id)
            both.middle(0)
            if not met and both_databases.kind == "postgres":
                gate.wait(SECONDS)
                met.append(1)
            unit.add_act(after(firsts[other], one, by=ME if one else PEER), ())

        return lambda store: store.write(work)

    both.run(crosswise(0, 1), crosswise(1, 0))
    store = both_databases.store()
    counts = store.read(lambda view: [len(view.acts_of(one.act.id)) for one in firsts])
    assert counts == [2, 2]
