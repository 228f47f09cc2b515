"""One history of the world, from a seed: people act, the network misbehaves, then it heals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from random import Random

from comity.actions.deliver import Call, blocked, failed, next_call, settle
from comity.actions.receive import receive
from comity.actions.recover import at_start, mark_restored
from comity.actions.sync import SyncCall, settle_sync, sync_call
from comity.text import ToldError
from comity.wire.errors import TheirFault
from comity.wire.sync import Conclusion
from tests.world.network import HOUR, Network, Weather
from tests.world.nodes import STATES, Node, Time, build
from tests.world.people import HOME, act

ACTS = 60
DAYS = 3
TIMEOUT = 30_000
BEAT = 60_000
IDLE = 200_000
SYNC_EVERY = 600_000


@dataclass
class History:
    """What one seed did, and what it broke."""

    seed: int
    acts: int = 0
    delivered: int = 0
    restores: int = 0
    restarts: int = 0
    trace: str = ""
    violations: list[str] = field(default_factory=list)


class World:
    """Seven nodes, their couriers, and everything that befalls them."""

    def __init__(self, seed: int, *, live: bool = False, acts: int = ACTS) -> None:
        self.random = Random(seed)
        self.time = Time()
        self.history = History(seed=seed)
        self.trace = sha256()
        self.leaks: list[str] = []
        self.nodes = build(seed, self.time, self._see, live=live)
        self.network = Network(random=self.random, time=self.time, weather=Weather())
        self.busy: dict[tuple[str, str], int] = {}
        self.last: dict[tuple[str, str], Conclusion] = {}
        self.synced: set[tuple[str, str, int]] = set()
        self.calls = 0
        self.next_sync: dict[tuple[str, str], int] = {}
        self.acts = acts
        self.known: dict[str, str] = {}
        self.lost: set[str] = set()

    def play(self) -> History:
        """Run the storm, then the calm, and say what was broken."""
        storm = DAYS * 24 * HOUR
        for node in self.nodes.values():
            for _ in range(self.acts):
                self.network.at(self.random.randint(0, storm), partial(self._press, node))
        for name in STATES:
            self.network.at(self.random.randint(0, BEAT), partial(self._beat, name))
        for _ in range(DAYS * 2):
            self.network.at(self.random.randint(0, storm), self.network.shake)
            self.network.at(self.random.randint(0, storm), self._backup)
        for _ in range(3):
            self.network.at(self.random.randint(0, storm), self._restart)
        for _ in range(2):
            self.network.at(self.random.randint(storm // 3, storm), self._restore)
        self.network.run(storm)
        self.network.heal()
        self.network.run(storm + 50 * HOUR)
        self.history.trace = self.trace.hexdigest()
        return self.history

    def _see(self, plaintext: bytes) -> None:
        if HOME in plaintext:
            self.leaks.append("home bytes crossed the border")

    def _press(self, node: Node) -> None:
        act_id = act(node)
        if act_id:
            self.history.acts += 1
            self.known[act_id] = node.name
            self.trace.update(f"{self.time.ms} {node.name} {act_id}\n".encode())

    def _beat(self, name: str) -> None:
        """One round of a node's courier: sync where that is due, then deliver what is due."""
        node = self.nodes[name]
        now = node.house.clock.now()
        due, unsynced = node.store.read(lambda view: (view.due_peers(now), view.unsynced()))
        rest = BEAT if due or unsynced else IDLE
        self.network.at(rest + self.random.randint(0, rest), partial(self._beat, name))
        for peer in STATES:
            if peer == name or self.busy.get((name, peer), 0) > self.time.ms:
                continue
            meet = (name, peer, node.epoch) not in self.synced or peer in unsynced
            if meet and self.next_sync.get((name, peer), 0) <= self.time.ms:
                self.next_sync[name, peer] = self.time.ms + SYNC_EVERY
                self._sync(node, peer)
            elif peer in due:
                self._deliver(node, peer)

    def _deliver(self, node: Node, peer: str) -> None:
        try:
            call = next_call(node.house, peer)
        except ToldError as fault:
            blocked(node.house, peer, fault.code)
            return
        if call is not None:
            self._post(node, call, partial(self._settle, node, call), call)

    def _sync(self, node: Node, peer: str) -> None:
        sync = sync_call(node.house, peer)
        self._post(node, sync.call, partial(self._settle_sync, node, sync), None)

    def _post(
        self, node: Node, call: Call, back: Callable[[bytes], None], waiting: Call | None
    ) -> None:
        self.calls += 1
        number, epoch, peer = self.calls, node.epoch, call.peer
        self.busy[node.name, peer] = self.time.ms + TIMEOUT
        open_calls = {number}

        def arrive() -> None:
            answer = receive(self.nodes[peer].house, call.body)
            self.network.carry(peer, node.name, partial(answered, answer.body))

        def answered(body: bytes) -> None:
            if number in open_calls and node.epoch == epoch:
                open_calls.discard(number)
                self.busy[node.name, peer] = 0
                back(body)

        def timed_out() -> None:
            if number in open_calls and node.epoch == epoch:
                open_calls.discard(number)
                if waiting is not None:
                    failed(node.house, waiting, "no-answer")
                self.synced.discard((node.name, peer, epoch))

        self.network.carry(node.name, peer, arrive)
        self.network.at(TIMEOUT, timed_out)

    def _settle(self, node: Node, call: Call, body: bytes) -> None:
        try:
            settled = settle(node.house, call, body)
        except TheirFault as fault:
            failed(node.house, call, fault.code)
            return
        self.history.delivered += settled.delivered

    def _settle_sync(self, node: Node, sync: SyncCall, body: bytes) -> None:
        peer = sync.call.peer
        try:
            found = settle_sync(node.house, sync, body, before=self.last.get((node.name, peer)))
        except TheirFault:
            return
        self.last[node.name, peer] = found.conclusion
        if found.again:
            self._sync(node, peer)
        elif found.conclusion.may_sign:
            self.synced.add((node.name, peer, node.epoch))

    def _forget(self, node: Node) -> None:
        """What a process loses when it stops: calls under way, and when it last synced."""
        for peer in STATES:
            self.busy.pop((node.name, peer), None)
            self.next_sync.pop((node.name, peer), None)
            self.last.pop((node.name, peer), None)

    def _backup(self) -> None:
        node = self.random.choice(list(self.nodes.values()))
        node.backups.append((self.time.ms, node.store.snapshot()))

    def _restart(self) -> None:
        node = self.random.choice(list(self.nodes.values()))
        self.history.restarts += 1
        node.epoch += 1
        self._forget(node)
        at_start(node.house)

    def _restore(self) -> None:
        """Come back from an old backup; half the time nobody says so and the node must notice."""
        node = self.random.choice([one for one in self.nodes.values() if one.backups] or [None])
        if node is None:
            return
        self.history.restores += 1
        node.epoch += 1
        self._forget(node)
        taken, backup = self.random.choice(node.backups)
        # A later backup belongs to a history that this restore gives up (limitations.md).
        node.backups = [one for one in node.backups if one[0] <= taken]
        sure = {one for one, (_, yes) in _by_id(node).items() if yes}
        node.store.load(backup)  # type: ignore[arg-type]
        gone = {
            act_id
            for act_id, author in self.known.items()
            if author == node.name
            and node.store.read(lambda view, a=act_id: view.act(a)) is None  # type: ignore[misc]
            and act_id not in sure
        }
        self.lost |= gone
        if self.random.random() < 0.5:
            mark_restored(node.house, detail="said so")
        else:
            at_start(node.house)


def _by_id(node: Node) -> dict[str, tuple[str, bool]]:
    return {act_id: (matter, sure) for (matter, _), (act_id, sure) in node.signer.signed.items()}
