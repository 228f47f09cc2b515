"""A process that writes to the records from several threads, beside others that do the same.

`python -m tests.records.contending URL NAME THREADS WRITES`; the acts of each NAME differ.
"""

import sys
import threading
from functools import partial

from comity.actions.ports import HeldAct, Unit
from tests.records.samples import NOW, PEER, bytes_of, opening, part
from tests.stores import open_database

APART = 1_000_000


def act_of(name: str, thread: int, number: int) -> HeldAct:
    """Return an act that no other process, thread or turn has."""
    start = int.from_bytes(bytes_of(name)[:3], "big") * APART
    return opening(start % 10**9 + thread * 1_000 + number)


def add(unit: Unit, held: HeldAct) -> None:
    """Do what receiving and answering do: act, number received, delivery, leaf, number."""
    unit.acts_of(held.act.id)
    unit.add_act(held, (part(),))
    n = unit.add_delivery(peer=PEER, act_id=held.act.id, urgent=False, now=NOW)
    unit.note_number(PEER, n, held.act.id)
    unit.number_leaves()


def main(url: str, name: str, threads: int, writes: int) -> None:
    """Write from ``threads`` threads at once, ``writes`` times each."""
    database = open_database(url)
    store = database.store()

    def run(thread: int) -> None:
        for number in range(writes):
            store.write(partial(add, held=act_of(name, thread, number)))
        store.close()

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
