"""Each atheris target runs for a moment, in a process of its own with bounded memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DEEP
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
SECONDS = 120 if DEEP else 1


def atheris(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz.atheris_wire", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS + 120,
    )


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found(name: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    done = atheris("--target", name, "--seconds", str(SECONDS), "--corpus", str(corpus))
    assert done.returncode == 0, done.stderr[-3_000:]
    assert "DONE" in done.stderr
    assert (corpus / "seed").read_bytes() == TARGETS[name].seed


def test_a_file_can_be_run_again(tmp_path: Path) -> None:
    found = tmp_path / "found"
    found.write_bytes(b"{")
    assert atheris("--target", "canonical", "--replay", str(found)).returncode == 0


def test_an_unknown_target_is_named() -> None:
    done = atheris("--target", "nothing")
    assert done.returncode == 2
    assert "invalid choice" in done.stderr
