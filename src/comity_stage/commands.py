"""The node's own command, run as an operator runs it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from comity_stage.errors import CommandFailed

_SECONDS: Final = 120
_LONGEST: Final = 600

Words = Sequence[str | Path]


def environment() -> dict[str, str]:
    """Return this process's environment without what would point a node elsewhere."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COMITY_") and name != "DJANGO_SETTINGS_MODULE"
    }


def begin(words: Words, folder: Path) -> "subprocess.Popen[str]":
    """Start ``comity WORDS`` in ``folder``, without a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "comity.node.cli", *map(str, words)],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: "subprocess.Popen[str]", words: Words) -> str:
    """Wait for a command; return what it printed, or raise ``CommandFailed``."""
    try:
        said, _ = process.communicate(timeout=_SECONDS)
    finally:
        process.kill()
    if process.returncode:
        raise CommandFailed(str(words[0]), said.strip()[-_LONGEST:])
    return said


def comity(words: Words, folder: Path) -> str:
    """Run ``comity WORDS`` to its end."""
    return finish(begin(words, folder), words)


def together(commands: Sequence[tuple[Words, Path]]) -> None:
    """Run commands at the same time, one for each node."""
    running = [(begin(words, folder), words) for words, folder in commands]
    try:
        for process, words in running:
            finish(process, words)
    finally:
        for process, _ in running:
            process.kill()
            process.wait()
