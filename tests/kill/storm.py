"""The storm: officers act at both nodes while processes are killed at seeded random moments."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final, Literal

from tests.kill.books import opened, read_books
from tests.kill.check import Pair
from tests.kill.nodes import DATABASE, Node, each
from tests.transport.ground import wait_for

LATEST: Final = 0.4
"""Seconds after the restart was ready within which the next one is killed."""

CALM_SECONDS: Final = 240.0
"""An abandoned lease runs for 60 s; then a queue must come to its end."""

Target = Literal["node", "child", "officer", "both nodes"]
TARGETS: Final[tuple[tuple[Target, int], ...]] = (
    ("node", 4),
    ("child", 4),
    ("officer", 2),
    ("both nodes", 1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blow:
    """One kill: at which node, what of it, how many seconds after all was ready."""

    at: int
    target: Target
    after: float
    pick: float


@dataclass(kw_only=True)
class Storm:
    """What was played, and what came of it."""

    seed: int
    folder: Path
    nodes: tuple[Node, Node]
    kills: Counter[str] = field(default_factory=Counter)

    def play(self, blows: int) -> None:
        """Kill as planned, start again what was killed; the officers stop at the end."""
        each(self.nodes, Node.begin)
        each(self.nodes, Node.begin_officer)
        for blow in planned(self.seed, blows):
            self._until_ready()
            time.sleep(blow.after)
            self._strike(blow)
        self._until_ready()
        each(self.nodes, Node.kill_officer)

    def calm(self) -> None:
        """Let both nodes run undisturbed until nothing waits, then ask them to stop."""
        wait_for(lambda: not any(map(waiting, self.nodes)), CALM_SECONDS)
        each(self.nodes, Node.stop)

    def pair(self) -> Pair:
        """Read the books of both nodes."""
        first, second = (node.home.folder for node in self.nodes)
        with opened(first / DATABASE) as one, opened(second / DATABASE) as two:
            books = (read_books(one, first), read_books(two, second))
        lines = tuple(line for node in self.nodes for line in read_lines(node.stated))
        return Pair(books=books, lines=lines)

    def logs(self) -> str:
        """Return all that the nodes and officers printed."""
        files = sorted(file for node in self.nodes for file in node.home.folder.glob("*.log"))
        return "\n".join(f"{file}:\n{file.read_text()}" for file in files)

    def _until_ready(self) -> None:
        each(self.nodes, Node.until_up)
        each(self.nodes, Node.until_whole)
        each(self.nodes, Node.until_officer)

    def _strike(self, blow: Blow) -> None:
        node = self.nodes[blow.at]
        if blow.target == "child":
            self.kills[node.kill_child(blow.pick)] += 1
            return
        self.kills[blow.target] += 1
        if blow.target == "officer":
            node.kill_officer()
            node.begin_officer()
            return
        struck = self.nodes if blow.target == "both nodes" else (node,)
        each(struck, Node.kill)
        each(struck, Node.begin)


def planned(seed: int, blows: int) -> Iterator[Blow]:
    """Yield the kills of a seed: at either node in turn."""
    random = Random(seed)
    targets, weights = zip(*TARGETS, strict=True)
    for number in range(blows):
        (target,) = random.choices(targets, weights)
        after, pick = random.random() * LATEST, random.random()
        yield Blow(at=number % 2, target=target, after=after, pick=pick)


def read_lines(file: Path) -> Iterator[tuple[str, ...]]:
    """Yield what an officer wrote down; a line that a kill cut off says nothing."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.endswith("."):
            yield tuple(line.removesuffix(".").split())


def waiting(node: Node) -> int:
    """Return how many deliveries of a node have no receipt yet."""
    with closing(sqlite3.connect(node.home.folder / DATABASE, timeout=20)) as rows:
        (found,) = rows.execute(
            "SELECT COUNT(*) FROM records_delivery WHERE delivered_at IS NULL"
        ).fetchone()
    return int(found)
