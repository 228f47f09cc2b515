"""One exchange between two nodes, again and again, dying as each of its statements begins.

`... FOLDER KIND` takes the two nodes in FOLDER as they were before their first act. Sender
and receiver share one process here, so that both die at once; then each starts again, a
minute after every lease has run out, and what is left on the way is carried. Prints how
often it died, and each promise that was broken, after which death. It dies at statements
that begin with KIND.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connections

from comity.actions.acknowledge import acknowledge
from comity.actions.deliver import LEASE, next_call, settle
from comity.actions.extend import ask_extension, extend
from comity.actions.ports import HeldAct, House
from comity.actions.preserve import Kept, first_end, keep
from comity.actions.receive import receive
from comity.actions.recover import at_start
from comity.actions.seen import seen
from comity.actions.sequence import sign_checkpoint
from comity.actions.sync import settle_sync, sync_call
from comity.node.keys import open_acts_key
from comity.node.memory import SignerMemory
from comity.node.signer import FileSigner
from comity.seal.keys import SigningKey
from tests.kill.books import opened, read_books
from tests.kill.check import CHECKS, Pair
from tests.kill.dying import died
from tests.kill.houses import MEMORY, bare_house
from tests.kill.nodes import DATABASE, UNTOUCHED
from tests.kill.officer import BY, DAY, a_request
from tests.kill.storm import read_lines
from tests.node.command import PASSPHRASE

STATES = ("XNR", "XJN")


@dataclass(frozen=True, slots=True)
class Clock:
    """The machine's clock, so much later."""

    later: timedelta

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later


@dataclass(frozen=True, kw_only=True)
class Side:
    """A node's folder, its house without a signer, and the key that signs its acts."""

    folder: Path
    house: House
    acts: SigningKey

    def begun(self, later: timedelta) -> House:
        """Return the house as a process opens it at its start."""
        signer = FileSigner(self.acts, SignerMemory(self.folder / MEMORY))
        house = replace(self.house, signer=signer, clock=Clock(later))
        at_start(house)
        return house

    def state(self, held: HeldAct | None) -> str:
        """Write down what a verb returned."""
        assert held is not None
        with (self.folder / "stated").open("a") as out:
            out.write(f"\nstated {held.act.id}.\n")
        return held.act.matter_id

    def reset(self) -> None:
        for file in (*self.folder.glob(f"{DATABASE}*"), *self.folder.glob(f"{MEMORY}*")):
            file.unlink()
        shutil.copyfile(self.folder / UNTOUCHED, self.folder / DATABASE)
        (self.folder / "stated").write_text("")


def side(folder: Path) -> Side:
    acts = open_acts_key(folder / "keys", PASSPHRASE, datetime.now(UTC))
    return Side(folder=folder, house=bare_house(folder), acts=acts)


def carry(sender: House, receiver: House) -> None:
    while (call := next_call(sender, receiver.me)) is not None:
        settle(sender, call, receive(receiver, call.body).body)


def meet(caller: House, called: House) -> None:
    sync = sync_call(caller, called.me)
    settle_sync(caller, sync, receive(called, sync.call.body).body)


def exchange(asks: Side, keeps: Side) -> None:
    """Ask, answer, and let two acts cross."""
    north, jin = asks.begun(timedelta()), keeps.begun(timedelta())
    meet(north, jin)
    matter = asks.state(a_request(north, jin.me))
    carry(north, jin)
    keeps.state(seen(jin, matter, by=BY))
    keeps.state(acknowledge(jin, matter, by=BY, ours="JN-1"))
    until = first_end(jin, matter)
    kept = Kept(custodian="CloudHarbour", results=((1, "kept"),), until=until)
    keeps.state(keep(jin, matter, by=BY, kept=kept))
    carry(jin, north)
    asks.state(ask_extension(north, matter, by=BY, until=until + 30 * DAY))
    keeps.state(extend(jin, matter, by=BY, until=until + 10 * DAY))
    carry(north, jin)
    carry(jin, north)
    sign_checkpoint(north)
    sign_checkpoint(jin)


def heal(asks: Side, keeps: Side) -> None:
    """Start both again when no lease of the dead runs any more."""
    north, jin = (one.begun(LEASE + timedelta(minutes=1)) for one in (asks, keeps))
    for first, second in ((north, jin), (jin, north)):
        meet(first, second)
        carry(first, second)
        sign_checkpoint(first)


def broken(sides: tuple[Side, Side]) -> Iterator[str]:
    first, second = (one.folder for one in sides)
    with opened(first / DATABASE) as one, opened(second / DATABASE) as two:
        books = (read_books(one, first), read_books(two, second))
    lines = (*read_lines(first / "stated"), *read_lines(second / "stated"))
    pair = Pair(books=books, lines=lines)
    for check in CHECKS.values():
        yield from check(pair)


def main(folder: Path, kind: str) -> dict[str, object]:
    north, jin = sides = (side(folder / STATES[0]), side(folder / STATES[1]))
    connections.close_all()
    found: list[str] = []
    last, dies = 0, True
    while dies:
        for one in sides:
            one.reset()
        dies = died(lambda: exchange(north, jin), last, kind)
        died(lambda: heal(north, jin))
        found += [f"{last}: {sentence}" for sentence in broken(sides)]
        last += 1
    return {"deaths": last - 1, "broken": found}


if __name__ == "__main__":
    os.environ.pop("COMITY_CONFIG", None)
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
