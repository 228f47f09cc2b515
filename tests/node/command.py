"""Running the real command in a process of its own, as an operator does."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.transport.ground import free_port

ROOT = Path(__file__).parents[2]
ABOUT = """
languages = ["zh", "en"]
[names]
en = "Jinhai"
zh = "金海"
[[authorities]]
code = "XJN-247"
name = "24/7 desk"
roles = ["contact_point"]
phone = "+999 5550 200"
[[treaties]]
instrument = "budapest"
in_force_from = 2020-01-01
source = "a fictional register"
confirmed_by = "Ministry"
"""
PASSPHRASE = "correct horse battery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """The twelve words among what was printed, in order."""
        rows = [row.split() for row in (self.out + self.err).splitlines()]
        pairs = [
            (int(row[at]), row[at + 1])
            for row in rows
            for at in range(0, len(row) - 1, 2)
            if row[at].isdigit() and row[at + 1].isalpha()
        ]
        return " ".join(word for _, word in sorted(pairs))


Words = Sequence[str | Path]


def comity(*args: str | Path, folder: Path | None = None, **environ: str) -> Done:
    """Run ``comity`` once, without a terminal."""
    (done,) = several([args], folder=folder, **environ)
    return done


def several(commands: Sequence[Words], *, folder: Path | None = None, **environ: str) -> list[Done]:
    """Run commands one after another in one process of their own, without a terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMITY_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.node.several"],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environ},
        input=json.dumps([[str(word) for word in command] for command in commands]),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Done(**one) for one in json.loads(done.stdout)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A node's folder, its two ports, and what ``comity init`` said."""

    folder: Path
    desk: int
    node: int
    done: Done


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Two nodes side by side in one folder, beside their passphrase file."""

    folder: Path
    northmere: Home
    jinhai: Home

    def copied(self, to: Path) -> "Made":
        """Return a copy that a test may change."""
        shutil.copytree(self.folder, to, dirs_exist_ok=True)
        return Made(
            folder=to,
            northmere=replace(self.northmere, folder=to / "XNR"),
            jinhai=replace(self.jinhai, folder=to / "XJN"),
        )


def make_two(folder: Path) -> Made:
    (folder / "about.toml").write_text(ABOUT, encoding="utf-8")
    northmere = make_node(folder, "XNR", "Northmere")
    jinhai = make_node(folder, "XJN", "Jinhai", "--about", folder / "about.toml")
    return Made(folder=folder, northmere=northmere, jinhai=jinhai)


def make_node(folder: Path, state: str, name: str, *more: str | Path) -> Home:
    """Run ``comity init`` in ``folder/state``, on free ports."""
    file = folder / "passphrase"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    desk, node = free_port(), free_port()
    listen = ("--desk-listen", f"127.0.0.1:{desk}", "--node-listen", f"127.0.0.1:{node}")
    who = ("--state", state, "--name", name, "--passphrase-file", file)
    done = comity("init", folder / state, *who, *listen, *more)
    assert done.code == 0, done.err
    return Home(folder=folder / state, desk=desk, node=node, done=done)


def add_peer(card: Path, words: str) -> Words:
    """Return the command that adds a peer by its words."""
    officers = ("--officer", "Ann Example", "--officer", "Bo Example")
    return ("peer", "add", card, "--words", words, *officers)
