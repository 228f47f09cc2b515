"""What was promised survives the loss of power: every process asks the disk to keep it."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kill.nodes import DATABASE, READY_SECONDS, kill_session, start
from tests.node.command import Home, make_node
from tests.transport.ground import connected, head, reply, wait_for

FULL = 2
FILES = {DATABASE, "signer.sqlite3"}
ROLES = {"desk", "node port", "worker"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return make_node(tmp_path_factory.mktemp("power"), "XNR", "Northmere", "--demo")


def telling(home: Home, out: Path, *command: str) -> "subprocess.Popen[bytes]":
    words = ["tests.kill.telling", str(out), str(os.getpid()), *command]
    return start(words, home, home.folder / "told.log")


@pytest.fixture(scope="module")
def told(home: Home) -> list[tuple[str, str, str, int]]:
    """Run a node and call both its ports; return how each process has set its files.

    That is its role, the file, the journal and `synchronous`. An answering process counts as
    the role that it answers for.
    """
    out, log = home.folder / "told", home.folder / "told.log"
    up = telling(home, out, "up")
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
    return [
        (next((name for name in names if name in ROLES), names[0]), file, journal, synchronous)
        for names, file, journal, synchronous in lines(out, "set")
    ]


def lines(out: Path, what: str) -> Iterator[list[Any]]:
    for line in out.read_text().splitlines():
        kind, *rest = json.loads(line)
        if kind == what:
            yield rest


def test_every_process_told_of_both_its_files(told: list[tuple[str, str, str, int]]) -> None:
    seen = {(role, file) for role, file, *_ in told}
    assert seen >= {(role, file) for role in ROLES for file in FILES}


def test_every_connection_is_write_ahead_and_waits_for_the_disk(
    told: list[tuple[str, str, str, int]],
) -> None:
    assert {(journal, synchronous) for _, _, journal, synchronous in told} == {("wal", FULL)}


def test_a_backup_is_on_the_disk_with_its_name_before_it_is_announced(home: Home) -> None:
    out = home.folder / "told-by-backup"
    done = telling(home, out, "backup", "tonight")
    assert done.wait(READY_SECONDS) == 0
    assert list(lines(out, "fsync")) == [
        [str(home.folder / "tonight.begun")],
        [str(home.folder)],
    ]
