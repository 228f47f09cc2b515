"""`comity demo` whole: the story on the real pages, the stage page, and nothing left behind."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from comity_stage.browser import Browser
from comity_stage.cast import packaged_cast
from comity_stage.commands import begin, environment
from comity_stage.errors import CommandFailed
from comity_stage.nodes import Node
from comity_stage.ports import HOST
from tests.stage.ground import made
from tests.stage.test_ports import spare_block
from tests.transport.ground import ROOT, answers, wait_for

MINUTES = 8
PROC = Path("/proc")
WANTED = (
    "the three receipts have three names",
    "the three receipts have three times, in order",
    "the end is at least 60 days ahead",
    "the certificate verifies offline",
    "with one byte changed it is not intact",
    "a basis that is not in force stops the request",
    "the stop names the reason and says what would do",
    "both desks name the same basis",
    "both desks name reciprocity",
    "no page abroad holds the complainant's address",
    "every queue is empty",
    "no entry is void, frozen, held or unknown",
)


def comity(*words: str) -> list[str]:
    return [sys.executable, "-m", "comity.node.cli", *words]


@dataclass(frozen=True, kw_only=True)
class Played:
    """A headless run that has ended, and the folder that it left."""

    folder: Path
    code: int
    lines: list[str]
    said: str

    @property
    def facts(self) -> dict[str, bool]:
        rows = [json.loads(line) for line in self.lines[:-1]]
        return {row["name"]: row["held"] for row in rows if "name" in row}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("played") / "demo"
    done = subprocess.run(
        comity("demo", "--headless", "--json", "--folder", str(folder)),
        cwd=folder.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )
    return Played(
        folder=folder, code=done.returncode, lines=done.stdout.splitlines(), said=done.stderr
    )


def test_the_story_plays_on_the_pages_and_every_fact_holds(played: Played) -> None:
    assert json.loads(played.lines[-1])["failed"] == [], played.said
    assert played.code == 0
    assert json.loads(played.lines[-1])["facts"] >= 25
    assert set(WANTED) <= set(played.facts)


def test_how_long_a_press_takes_to_the_other_desk_is_told(played: Played) -> None:
    (told,) = [json.loads(line) for line in played.lines if '"timing"' in line]
    assert told["timing"] == "press_to_card_s"
    assert told["seconds"] > 0


def test_no_log_of_a_node_holds_what_the_officers_wrote(played: Played) -> None:
    secrets = ("netnoteinc", "65.162.84", "reliefdesk77", "riverpen", "bank details")
    for state in packaged_cast().states:
        log = (played.folder / state.code / "up.log").read_text(encoding="utf-8")
        assert not any(secret in log for secret in secrets)
        assert "Traceback" not in log


def test_a_live_node_refuses_a_card_of_the_demonstration(played: Played, tmp_path: Path) -> None:
    registrar, anchor = played.folder / "registrar.pub.json", played.folder / "XJN.anchor.json"
    live = made(tmp_path, "XVL", "Valombre", "--registrar", registrar)
    words: list[str | Path] = ["peer", "add", played.folder / "XJN" / "XJN.card.json"]
    process = begin([*words, "--anchor", anchor], live)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "demonstration" in said
    listed = begin(["peer", "list"], live)
    assert "XJN" not in listed.communicate(timeout=60)[0]


def test_a_busy_port_is_named_and_nothing_is_started(tmp_path: Path) -> None:
    first = spare_block()
    with socket.create_server((HOST, first + 3)):
        done = subprocess.run(
            comity("demo", "--port", str(first), "--folder", str(tmp_path / "demo")),
            env=environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(f"comity: Port {first + 3}, for the desk of Jinhai, is busy.")
    assert done.stderr.count("\n") == 1
    assert [one.name for one in (tmp_path / "demo").iterdir()] == ["comity-demo.lock"]


@pytest.mark.parametrize("port", ["0", "99999", "x", "-1"])
def test_a_port_that_cannot_be_is_refused_with_its_bounds(port: str) -> None:
    done = subprocess.run(
        comity("demo", f"--port={port}"), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "write a number from 1024 to 65000" in done.stderr


class Running:
    """`comity demo` with its page, in a session of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.log = folder.parent / "demo.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                comity("demo", "--port", str(port), "--folder", str(folder)),
                cwd=ROOT,
                env={**environment(), "SSH_CONNECTION": "192.0.2.7 50000 192.0.2.9 22"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        return next(word for word in self.said.split() if "?key=" in word)

    def stage(self) -> Browser:
        """Return a browser that trusts the stage page's certificate."""
        home = self.folder.parent / "stage"
        (home / "keys").mkdir(parents=True, exist_ok=True)
        (home / "keys" / "tls.crt").write_bytes((self.folder / "stage.crt").read_bytes())
        state = packaged_cast().states[0]
        return Browser(Node(state=state, folder=home, desk=self.port, port=1, password=""))

    def family(self) -> list[int]:
        """Return every process that runs somewhere below the folder, or in the session."""
        return [int(one.name) for one in PROC.iterdir() if one.name.isdigit() and self._ours(one)]

    def _ours(self, one: Path) -> bool:
        try:
            fields = (one / "stat").read_text().rpartition(")")[2].split()
            where = (one / "cwd").readlink()
        except OSError:
            return False
        alive = fields[0] != "Z"
        return alive and (where.is_relative_to(self.folder) or int(fields[3]) == self.process.pid)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    one = Running(tmp_path_factory.mktemp("shown") / "demo", spare_block())
    try:
        wait_for(lambda: "Ctrl-C" in one.said or one.process.poll() is not None, MINUTES * 60)
        assert one.process.poll() is None, one.said
        wait_for(lambda: answers(one.port))
        yield one
    finally:
        for pid in one.family():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        one.process.wait()


def test_it_says_where_the_stage_is_how_to_reach_it_and_how_to_stop(shown: Running) -> None:
    assert shown.address.startswith(f"https://{HOST}:{shown.port}/?key=")
    assert f"ssh -N -L {shown.port}:{HOST}:{shown.port} " in shown.said
    assert "Stop with Ctrl-C." in shown.said


def test_the_stage_hands_over_a_desk_that_is_signed_in(shown: Running) -> None:
    browser = shown.stage()
    page = browser.get(shown.address.partition(str(shown.port))[2])
    assert page.path == "/"
    entry = page.root.first("li", data_state="XJN")
    assert entry is not None
    before = dict(browser.cookies)
    answer = browser.submit(page, page.form("/open/XJN"))
    browser.close()
    handed = {name: value for name, value in browser.cookies.items() if name not in before}
    assert set(handed) == {"__Host-comity-xjn", "__Host-comity-language-xjn"}
    assert answer.path == "/"  # it leads to another port, which this browser does not follow
    desk = _desk_of(shown, "XJN")
    assert desk.get("/").path == "/sign-in"
    desk.cookies |= handed
    wall = desk.get("/")
    desk.close()
    assert wall.path == "/"
    assert wall.language == ("zh-hans", "ltr")


def test_a_second_start_in_the_same_folder_is_refused(shown: Running) -> None:
    process = begin(["demo", "--folder", shown.folder], shown.folder.parent)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "is running in" in said
    assert shown.process.poll() is None


def test_when_it_is_killed_nothing_is_left_behind(shown: Running) -> None:
    assert len(shown.family()) >= 10
    shown.process.kill()
    shown.process.wait()
    wait_for(lambda: shown.family() == [], 60)
    assert not answers(shown.port)


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    made(tmp_path, "XVL", "Valombre")
    with pytest.raises(CommandFailed, match="already there"):
        made(tmp_path, "XVL", "Valombre")


def _desk_of(shown: Running, code: str) -> Browser:
    states = packaged_cast().states
    number = [state.code for state in states].index(code)
    folder = shown.folder / code
    return Browser(
        Node(
            state=states[number],
            folder=folder,
            desk=shown.port + 1 + 2 * number,
            port=shown.port + 2 + 2 * number,
            password="",
        )
    )
