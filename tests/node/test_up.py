"""`comity up` and `comity serve`: real processes, watched, and none left behind."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.node.command import Home, Made, make_node
from tests.postgres import postgres, url_of
from tests.transport.ground import answers, connected, head, reply, wait_for

PROC = Path("/proc")


@pytest.fixture(scope="module")
def home(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return made.copied(tmp_path_factory.mktemp("up")).northmere


class Running:
    """A command that runs, and what it said so far."""

    def __init__(self, home: Home, *command: str) -> None:
        self.log = home.folder / f"{'-'.join(command)}-{time.monotonic_ns()}.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "comity.node.cli", *command],
                cwd=home.folder,
                env={name: v for name, v in os.environ.items() if not name.startswith("COMITY_")},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def family(self) -> list[int]:
        """Return all processes of this command's session, oldest first."""
        pids = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
        return sorted(pid for pid in pids if session(pid) == self.process.pid)


def session(pid: int) -> int:
    """Return the session of a process that still runs, else 0."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[3])


def parents(pid: int) -> int:
    return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])


@contextlib.contextmanager
def running(home: Home, *command: str) -> Iterator[Running]:
    one = Running(home, *command)
    try:
        yield one
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait()
        wait_for(lambda: one.family() == [])


@contextlib.contextmanager
def up(home: Home) -> Iterator[Running]:
    with running(home, "up") as one:
        wait_for(lambda: "Stop with Ctrl-C." in one.said or one.process.poll() is not None, 60)
        assert one.process.poll() is None, one.said
        yield one


def test_it_says_where_it_is_and_how_to_stop(home: Home) -> None:
    with up(home) as one:
        assert re.search(r"Northmere \(XNR\) is up after [0-9.]+ s\.", one.said)
        assert f"https://127.0.0.1:{home.desk}/" in one.said
        assert f"https://127.0.0.1:{home.node}/" in one.said
        for port in (home.desk, home.node):
            with connected(port) as door:
                assert door.version() == "TLSv1.3"
        with connected(home.node) as door:
            door.sendall(head("/inbox", 5) + b"hello")
            assert reply(door)[0] == 400
        one.process.send_signal(signal.SIGINT)
        assert one.process.wait(timeout=20) == 0
        wait_for(lambda: one.family() == [])
        assert "Traceback" not in one.said


def test_it_stops_on_sigterm_and_leaves_nothing(home: Home) -> None:
    with up(home) as one:
        assert len(one.family()) >= 4
        one.process.terminate()
        assert one.process.wait(timeout=20) == 0
        wait_for(lambda: one.family() == [])
        assert not answers(home.desk)
        assert not answers(home.node)


def test_when_the_parent_is_killed_nothing_is_left(home: Home) -> None:
    with up(home) as one:
        one.process.kill()
        one.process.wait()
        wait_for(lambda: one.family() == [])


def test_what_is_killed_is_started_again(home: Home) -> None:
    with up(home) as one:
        for _ in range(2):
            victims = [pid for pid in one.family() if parents(pid) == one.process.pid]
            assert len(victims) == 3
            for pid in victims:
                os.kill(pid, signal.SIGKILL)
            wait_for(lambda old=set(victims): len(set(one.family()) - old) >= 4)
            wait_for(lambda: answers(home.desk) and answers(home.node))
        assert one.said.count("stopped unexpectedly") >= 3
        assert "It is started again in 0.5 s." in one.said
        assert one.process.poll() is None


def test_two_hundred_stalled_bodies_keep_no_officer_waiting(home: Home) -> None:
    with up(home) as one, contextlib.ExitStack() as stack:
        for _ in range(200):
            door = stack.enter_context(connected(home.desk))
            door.sendall(head("/sign-in", 1000) + b"slow")
        began = time.monotonic()
        for _ in range(10):
            with connected(home.desk) as door:
                door.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n")
                status, page = reply(door)
                assert status == 200
                assert b"<!doctype html>" in page
        assert time.monotonic() - began < 10
        assert one.process.poll() is None


def test_a_busy_port_is_said_in_one_sentence(home: Home) -> None:
    with socket.create_server(("127.0.0.1", home.node)), running(home, "up") as one:
        assert one.process.wait(timeout=60) == 2
        assert one.said.count("\n") == 1
        assert f"Port {home.node}" in one.said
        assert "busy" in one.said
        assert "comity.toml" in one.said


def test_a_second_up_finds_the_ports_busy(home: Home) -> None:
    with up(home), running(home, "up") as second:
        assert second.process.wait(timeout=60) == 2
        assert f"Port {home.desk}" in second.said


def test_the_node_port_runs_alone(home: Home) -> None:
    with running(home, "serve", "node") as one:
        wait_for(lambda: answers(home.node) or one.process.poll() is not None, 60)
        with connected(home.node) as door:
            door.sendall(head("/sync", 3) + b"abc")
            assert reply(door)[0] == 400
        one.process.terminate()
        one.process.wait(timeout=20)
        wait_for(lambda: one.family() == [])


def test_the_worker_runs_alone_and_stops_when_asked(home: Home) -> None:
    with running(home, "work") as one:
        checked = home.folder / "comity.sqlite3-wal"
        wait_for(lambda: checked.exists() or one.process.poll() is not None, 60)
        one.process.terminate()
        assert one.process.wait(timeout=20) in (0, -signal.SIGTERM)
        assert "Traceback" not in one.said


def test_a_node_on_postgresql_is_made_and_runs(tmp_path: Path) -> None:
    with postgres() as folder:
        url = url_of(folder, "postgres")
        home = make_node(tmp_path, "XNR", "Northmere", "--database", url)
        assert not list(home.folder.glob("*.sqlite3"))
        with up(home) as one:
            with connected(home.desk) as door:
                door.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert reply(door)[0] == 200
            one.process.terminate()
            assert one.process.wait(timeout=20) == 0
            assert "Traceback" not in one.said
