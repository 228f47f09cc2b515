"""A backup or a restore that is killed leaves all of it, or nothing that could be taken for it."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from comity.records.backup import check_backup
from tests.conftest import DEEP
from tests.kill.nodes import DATABASE, EARLY, kill_session, start
from tests.kill.storm import Storm
from tests.node.command import ROOT, Done, Home, several
from tests.transport.ground import wait_for

KILLS = 30 if DEEP else 4
SECONDS = 60.0
NEW_HOME = ("comity.toml", "about.toml", "keys")


def begun(home: Home, *command: str) -> "subprocess.Popen[bytes]":
    return start(["comity.node.cli", *command], home, home.folder / f"{command[0]}-killed.log")


def killed_after(process: "subprocess.Popen[bytes]", seconds: float) -> int:
    """Kill a command so many seconds from now, or let it end before; return its exit code."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        kill_session(process)
    return process.wait(SECONDS)


def test_a_killed_backup_leaves_no_file_or_a_whole_one(storm: Storm) -> None:
    home = storm.nodes[0].home
    random = Random(storm.seed)
    target, unfinished = home.folder / "tonight", home.folder / "tonight.begun"
    there = 0
    length = 1.0
    for number in range(KILLS):
        target.unlink(missing_ok=True)
        unfinished.unlink(missing_ok=True)
        process = begun(home, "backup", target.name)
        wait_for(lambda: unfinished.exists() or target.exists(), SECONDS)
        began = time.monotonic()
        if number == 0:
            assert process.wait(SECONDS) == 0, "the first one is left alone"
            length = time.monotonic() - began
        elif killed_after(process, length * random.random()) == -signal.SIGKILL:
            there += unfinished.exists()
        if target.exists():
            with target.open("rb") as source:
                assert check_backup(source).state == storm.nodes[0].state
    assert there, "some were killed while they wrote"
    target.unlink(missing_ok=True)
    (whole,) = several([("backup", target.name)], folder=home.folder)
    assert whole.code == 0, whole.err
    assert not unfinished.exists()


@pytest.fixture
def new_home(storm: Storm, tmp_path: Path) -> Home:
    """Give Northmere's keys on a new machine: no database, and a signer that forgot all."""
    old = storm.nodes[0].home
    home = Home(folder=tmp_path / "XNR", desk=old.desk, node=old.node, done=old.done)
    home.folder.mkdir(0o700)
    for name in NEW_HOME:
        copy = shutil.copytree if (old.folder / name).is_dir() else shutil.copy2
        copy(old.folder / name, home.folder / name)
    for file in (home.folder / "keys").glob("signer.sqlite3*"):
        file.unlink()
    return home


def found(home: Home) -> tuple[int, int]:
    """Return how many cards and how many peers to sync with the database holds."""
    database = home.folder / DATABASE
    if not database.exists():
        return (0, 0)
    with closing(sqlite3.connect(database)) as rows:
        names = {name for (name,) in rows.execute("SELECT name FROM sqlite_schema")}
        if "records_unsynced_peer" not in names:
            return (0, 0)
        (cards,) = rows.execute("SELECT COUNT(*) FROM records_card").fetchone()
        (peers,) = rows.execute("SELECT COUNT(*) FROM records_unsynced_peer").fetchone()
    return cards, peers


def restored(home: Home, backup: Path) -> Done:
    (done,) = several([("restore", str(backup))], folder=home.folder)
    return done


def test_a_killed_restore_leaves_nothing_or_a_node_that_knows_it_was_restored(
    storm: Storm, new_home: Home
) -> None:
    random = Random(storm.seed)
    backup = new_home.folder / "backup"
    (made,) = several([("backup", str(backup))], folder=storm.nodes[0].home.folder)
    assert made.code == 0, made.err
    began = time.monotonic()
    assert restored(new_home, backup).code == 0
    length = time.monotonic() - began
    whole = found(new_home)
    assert whole == (2, 1)
    for _ in range(KILLS - 1):
        for file in new_home.folder.glob(f"{DATABASE}*"):
            file.unlink()
        process = begun(new_home, "restore", str(backup))
        killed_after(process, length * random.random())
        after = found(new_home)
        again = restored(new_home, backup)
        if after == (0, 0):
            assert again.code == 0, again.err
        else:
            assert after == whole, "rows without the mark would sign again under old numbers"
            assert (again.code, "not empty" in again.err) == (2, True)
        assert found(new_home) == whole


def test_a_restore_that_dies_before_any_of_its_statements_leaves_all_or_nothing(
    storm: Storm, new_home: Home
) -> None:
    backup = storm.nodes[0].home.folder / EARLY
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COMITY_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.restoring", str(new_home.folder), str(backup)],
        cwd=ROOT,
        env={**environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = [tuple(one) for one in json.loads(done.stdout)]
    nothing, everything = (0, 0, 0, 0), (0, 2, 1, 1)
    assert set(left) == {nothing, everything}
    assert left == sorted(left), "once it is all there it stays"
    assert left.count(nothing) > 20, "it died at many places"
