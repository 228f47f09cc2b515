"""Sender and receiver die together as a statement of theirs begins: the storm's moments, in order.

What the storm meets by chance is met here one after the other: every state in which a disk
can be left, and in a deep run every statement.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import DEEP
from tests.kill.dying import EVERY, WRITE
from tests.kill.nodes import DATABASE, UNTOUCHED
from tests.kill.storm import Storm
from tests.node.command import ROOT

SECONDS = 3600 if DEEP else 240


def copied(storm: Storm, folder: Path) -> None:
    """Give the two nodes as they were before their first act."""
    for node in storm.nodes:
        old, new = node.home.folder, folder / node.state
        new.mkdir(0o700)
        for name in ("comity.toml", f"{node.state}.card.json", UNTOUCHED):
            shutil.copy2(old / name, new / name)
        shutil.copytree(old / "keys", new / "keys")
        shutil.copyfile(old / UNTOUCHED, new / DATABASE)


def test_an_exchange_that_dies_at_any_statement_keeps_every_promise(
    storm: Storm, tmp_path: Path
) -> None:
    copied(storm, tmp_path)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COMITY_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.exchanging", str(tmp_path), EVERY if DEEP else WRITE],
        cwd=ROOT,
        env={**environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["broken"] == []
    assert found["deaths"] > 30, "the exchange writes often"
