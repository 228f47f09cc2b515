"""The ground of a measurement: two real nodes with real keys, and what their processes weigh."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from comity_stage.cast import Cast, Role, packaged_cast
from comity_stage.commands import environment
from comity_stage.nodes import Node, make_nodes
from comity_stage.ports import free

Process: TypeAlias = "subprocess.Popen[bytes]"

READY_SECONDS: Final = 90.0
STOP_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A node whose processes run, and how long it took until it said that it was ready."""

    node: Node
    process: Process
    ready_s: float


def two_nodes(folder: Path) -> tuple[Cast, Mapping[Role, Node]]:
    """Make the nodes of the demonstration's cast; only those that ask and keep are run."""
    folder.mkdir()
    cast = packaged_cast()
    ports = free([(state.code, state.name) for state in cast.states])
    nodes = {node.state.code: node for node in make_nodes(cast, folder, ports)}
    return cast, {role: nodes[cast.state(role).code] for role in (Role.ASKS, Role.KEEPS)}


@contextmanager
def up(node: Node) -> Iterator[Running]:
    """Run ``comity up`` until the end of the block."""
    said = node.folder / "bench.log"
    started = time.perf_counter()
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "comity_stage.kept", str(os.getpid()), "up"],
            cwd=node.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _until_ready(process, said)
        yield Running(node=node, process=process, ready_s=time.perf_counter() - started)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _until_ready(process: Process, said: Path) -> None:
    until = time.perf_counter() + READY_SECONDS
    while b"Stop with Ctrl-C" not in said.read_bytes():
        if process.poll() is not None or time.perf_counter() > until:
            message = f"the node did not become ready: {said.read_text(encoding='utf-8')[-600:]}"
            raise RuntimeError(message)
        time.sleep(0.02)


def weight_mb(process: Process) -> float:
    """Return the summed PSS of a node's processes in MB (10^6 bytes)."""
    return sum(_pss_kib(pid) for pid in _family(process.pid)) * 1024 / 1e6


def _family(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="ascii", errors="replace")
            except OSError:
                continue
            parent = int(stat.rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += parents.get(pid, [])
    return found


def _pss_kib(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
