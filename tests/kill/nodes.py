"""Two real nodes on disk, run by `comity up`, and what kills them: SIGKILL, as a machine would."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.node.command import ROOT, Home, Made, add_peer, make_node, several
from tests.node.test_up import parents, session
from tests.transport.ground import answers, wait_for

READY_SECONDS: Final = 60.0
GONE_SECONDS: Final = 20.0
PROC: Final = Path("/proc")
DATABASE: Final = "comity.sqlite3"
EARLY: Final = "early.backup"
UNTOUCHED: Final = "untouched.sqlite3"


def make_two(folder: Path) -> Made:
    """Make Northmere and Jinhai with `comity init --demo`, each other's peers.

    Each keeps a backup and a copy of its database from before its first act.
    """
    northmere = make_node(folder, "XNR", "Northmere", "--demo")
    jinhai = make_node(folder, "XJN", "Jinhai", "--demo")
    for home, peer in ((northmere, jinhai), (jinhai, northmere)):
        command = add_peer(peer.folder / f"{peer.folder.name}.card.json", peer.done.words)
        for done in several([command, ("backup", EARLY)], folder=home.folder):
            assert done.code == 0, done.err
        shutil.copyfile(home.folder / DATABASE, home.folder / UNTOUCHED)
    return Made(folder=folder, northmere=northmere, jinhai=jinhai)


def start(arguments: list[str], home: Home, log: Path) -> "subprocess.Popen[bytes]":
    """Start a Python module in a session of its own, its words in a file of the node."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMITY_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=home.folder,
            env={**kept, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def family(leader: int) -> list[int]:
    """Return the living processes of a session, oldest first."""
    pids = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
    return sorted(pid for pid in pids if session(pid) == leader)


def kill_session(process: "subprocess.Popen[bytes]") -> None:
    """SIGKILL a session's whole process group at once, and wait until nothing of it is left."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(GONE_SECONDS)
    wait_for(lambda: not family(process.pid), GONE_SECONDS)


@dataclass(kw_only=True)
class Node:
    """One State's node: `comity up`, killed and started again, and its officer's process."""

    home: Home
    seed: int
    up: "subprocess.Popen[bytes] | None" = None
    officer: "subprocess.Popen[bytes] | None" = None
    whole: int = 0
    starts: int = 0
    logs: list[Path] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.home.folder.name

    @property
    def peer(self) -> str:
        return "XJN" if self.state == "XNR" else "XNR"

    @property
    def stated(self) -> Path:
        """Where its officer writes down what the verbs returned."""
        return self.home.folder / "stated"

    def begin(self) -> None:
        """Start `comity up`; it ends with this process (`comity_stage.kept`)."""
        self.starts += 1
        self.logs.append(self.home.folder / f"up-{self.starts}.log")
        self.up = start(["comity_stage.kept", str(os.getpid()), "up"], self.home, self.logs[-1])

    def begin_officer(self) -> None:
        """Start the process in which an officer states acts, on and on."""
        words = [str(self.home.folder), self.peer, str(self.seed + self.starts), str(os.getpid())]
        self.starts += 1
        log = self.home.folder / "officer.log"
        self.officer = start(["tests.kill.officer", *words], self.home, log)

    def until_up(self) -> None:
        """Wait until the node says that it is up, and know how many processes it then has."""
        up = self._running()
        log = self.logs[-1]

        def ready() -> bool:
            assert up.poll() is None, log.read_text()
            return "Stop with Ctrl-C." in log.read_text()

        wait_for(ready, READY_SECONDS)
        self.whole = max(self.whole, len(family(up.pid)))

    def until_whole(self) -> None:
        """Wait until what was killed of the node has been started again and answers."""
        up = self._running()

        def whole() -> bool:
            assert up.poll() is None, self.logs[-1].read_text()
            ports = (self.home.desk, self.home.node)
            return len(family(up.pid)) >= self.whole and all(map(answers, ports))

        wait_for(whole, READY_SECONDS)

    def until_officer(self) -> None:
        """Wait until the officer's process has opened the node."""
        officer = self.officer
        assert officer is not None
        line = f"ready {officer.pid}."

        def ready() -> bool:
            assert officer.poll() is None, (self.home.folder / "officer.log").read_text()
            return self.stated.exists() and line in self.stated.read_text().splitlines()

        wait_for(ready, READY_SECONDS)

    def kill(self) -> None:
        """Kill every process of `comity up` at once."""
        kill_session(self._running())
        self.up = None

    def kill_child(self, pick: float) -> str:
        """Kill one process below `comity up`; ``pick`` from 0 to 1 chooses which."""
        up = self._running()
        victims = [pid for pid in family(up.pid) if pid != up.pid]
        victim = victims[int(pick * len(victims))]
        what = "a role" if parents(victim) == up.pid else "an answering process"
        os.kill(victim, signal.SIGKILL)
        wait_for(lambda: session(victim) == 0, GONE_SECONDS)
        return what

    def kill_officer(self) -> None:
        if self.officer is not None:
            kill_session(self.officer)
            self.officer = None

    def stop(self) -> None:
        """Ask `comity up` to stop, as an operator does."""
        up = self._running()
        up.terminate()
        assert up.wait(GONE_SECONDS) == 0, self.logs[-1].read_text()
        wait_for(lambda: not family(up.pid), GONE_SECONDS)
        self.up = None

    def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        self.kill_officer()
        if self.up is not None:
            self.kill()

    def _running(self) -> "subprocess.Popen[bytes]":
        assert self.up is not None
        return self.up


@contextmanager
def both(made: Made, seed: int) -> Iterator[tuple[Node, Node]]:
    """Give both nodes; no process of theirs outlives the block."""
    nodes = (Node(home=made.northmere, seed=seed), Node(home=made.jinhai, seed=seed + 500_000))
    try:
        yield nodes
    finally:
        for node in nodes:
            node.end()


def each(nodes: tuple[Node, ...], work: Callable[[Node], None]) -> None:
    for node in nodes:
        work(node)
