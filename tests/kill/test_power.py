"""A commit survives the loss of power: every process asks SQLite to wait for the disk."""

import json
import os
from pathlib import Path

import pytest

from tests.kill.nodes import DATABASE, READY_SECONDS, kill_session, start
from tests.node.command import make_node
from tests.transport.ground import connected, head, reply, wait_for

FULL = 2
FILES = {DATABASE, "signer.sqlite3"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str, int]]:
    """Run a node and call both its ports; return what each process told of its files."""
    home = make_node(tmp_path_factory.mktemp("power"), "XNR", "Northmere", "--demo")
    out, log = home.folder / "told", home.folder / "up.log"
    up = start(["tests.kill.telling", str(out), str(os.getpid()), "up"], home, log)
    try:
        wait_for(lambda: "Stop with Ctrl-C." in log.read_text(), READY_SECONDS)
        with connected(home.desk) as door:
            door.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reply(door)[0] == 200
        with connected(home.node) as door:
            door.sendall(head("/inbox", 5) + b"hello")
            assert reply(door)[0] == 400
        up.terminate()
        assert up.wait(READY_SECONDS) == 0, log.read_text()
    finally:
        kill_session(up)
    return list(lines(out))


def lines(out: Path) -> list[tuple[str, str, str, int]]:
    """Return (role, file, journal, synchronous): a role's answering process counts as the role."""
    found = []
    for line in out.read_text().splitlines():
        names, file, journal, synchronous = json.loads(line)
        role = next((name for name in names if name in {"desk", "node port", "worker"}), names[0])
        found.append((role, file, journal, synchronous))
    return found


def test_every_process_told_of_both_its_files(told: list[tuple[str, str, str, int]]) -> None:
    seen = {(role, file) for role, file, *_ in told}
    assert seen >= {(role, file) for role in ("desk", "node port", "worker") for file in FILES}


def test_every_connection_is_write_ahead_and_waits_for_the_disk(
    told: list[tuple[str, str, str, int]],
) -> None:
    assert {(journal, synchronous) for _, _, journal, synchronous in told} == {("wal", FULL)}
