"""The network: it loses, doubles, delays and cuts, by the seed."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.world.nodes import STATES, Time

HOUR = 3_600_000
LONGEST = 48 * HOUR


@dataclass(frozen=True)
class Weather:
    """How bad the network is. ``loss`` and ``twice`` are chances from 0 to 1."""

    loss: float = 0.30
    twice: float = 0.15
    slow: float = 0.05
    cut: float = 0.02


CALM = Weather(loss=0.0, twice=0.0, slow=0.0, cut=0.0)


@dataclass
class Network:
    """A queue of things to happen, in the order of their time; ties by the order of asking."""

    random: Random
    time: Time
    weather: Weather
    queue: list[tuple[int, int, Callable[[], None]]] = field(default_factory=list)
    asked: int = 0
    partition: dict[str, int] = field(default_factory=dict)

    def at(self, after: int, work: Callable[[], None]) -> None:
        """Do ``work`` in ``after`` milliseconds."""
        self.asked += 1
        heapq.heappush(self.queue, (self.time.ms + after, self.asked, work))

    def carry(self, sender: str, receiver: str, work: Callable[[], None]) -> None:
        """Bring something from one node to another: never, once or twice, now or late."""
        if self._cut(sender, receiver) or self.random.random() < self.weather.loss:
            return
        times = 2 if self.random.random() < self.weather.twice else 1
        for _ in range(times):
            late = self.random.random() < self.weather.slow
            delay = self.random.randint(0, LONGEST) if late else self.random.randint(5, 4_000)
            self.at(delay, work)

    def shake(self) -> None:
        """Cut the States into two camps, or join them."""
        if self.partition:
            self.partition = {}
        elif self.random.random() < self.weather.cut * 10:
            self.partition = {name: self.random.randint(0, 1) for name in STATES}

    def run(self, until: int) -> None:
        """Let things happen until the world's clock shows ``until``."""
        while self.queue and self.queue[0][0] <= until:
            self.time.ms, _, work = heapq.heappop(self.queue)
            work()
        self.time.ms = max(self.time.ms, until)

    def heal(self) -> None:
        """From now on everything arrives."""
        self.weather = CALM
        self.partition = {}

    def _cut(self, sender: str, receiver: str) -> bool:
        return bool(self.partition) and self.partition[sender] != self.partition[receiver]
