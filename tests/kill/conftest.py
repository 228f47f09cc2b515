"""One storm for the whole folder: played once, then calm, then the books are read."""

import faulthandler
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DEEP
from tests.kill.check import Pair, repeated
from tests.kill.nodes import both, make_two
from tests.kill.storm import Storm
from tests.stores import all_databases, databases

__all__ = ["all_databases", "databases"]

BLOWS = 200 if DEEP else 25


@dataclass(frozen=True, kw_only=True)
class Healed:
    """Two nodes after the storm, stopped, with nothing on its way."""

    storm: Storm
    pair: Pair

    @property
    def told(self) -> str:
        return f"seed {self.storm.seed}, kept in {self.storm.folder}"


def a_seed() -> int:
    """Return the seed that was asked for, else the same one for quick runs, a new one for deep."""
    asked = os.environ.get("COMITY_KILL_SEED")
    if asked is not None:
        return int(asked)
    return int.from_bytes(os.urandom(4), "big") if DEEP else 1


@pytest.fixture(scope="session")
def kept_if_red(request: pytest.FixtureRequest) -> Iterator[tuple[int, Path]]:
    """Give a seed and a folder; a run with a failure keeps the folder and names both."""
    seed, folder = a_seed(), Path(tempfile.mkdtemp(prefix="comity-kill-"))
    failed_before = request.session.testsfailed
    yield seed, folder
    if request.session.testsfailed == failed_before:
        shutil.rmtree(folder)
    else:
        told(request, f"kill: play it again with COMITY_KILL_SEED={seed}; kept in {folder}")


@pytest.fixture(scope="session")
def storm(kept_if_red: tuple[int, Path], request: pytest.FixtureRequest) -> Iterator[Storm]:
    """Give both nodes after the last kill: running, with queues that are not empty yet."""
    seed, folder = kept_if_red
    faulthandler.cancel_dump_traceback_later()  # a deep storm is long; its waits have limits
    began = time.monotonic()
    with both(make_two(folder), seed) as nodes:
        played = Storm(seed=seed, folder=folder, nodes=nodes)
        played.play(BLOWS)
        told(request, f"kill: {BLOWS} kills in {time.monotonic() - began:.0f} s, seed {seed}")
        yield played


@pytest.fixture(scope="session")
def healed(storm: Storm, request: pytest.FixtureRequest) -> Healed:
    """Give both nodes stopped, once nothing waited any more."""
    began = time.monotonic()
    storm.calm()
    pair = storm.pair()
    acts = len(pair.books[0].acts)
    calm = time.monotonic() - began
    told(request, f"kill: {acts} acts, {repeated(pair)} receipted twice, calm after {calm:.0f} s")
    return Healed(storm=storm, pair=pair)


def told(request: pytest.FixtureRequest, sentence: str) -> None:
    """Write a line under the run, although what tests print is captured."""
    capture: Any = request.config.pluginmanager.get_plugin("capturemanager")
    reporter: Any = request.config.pluginmanager.get_plugin("terminalreporter")
    with capture.global_and_fixture_disabled():
        reporter.write_line(f"\n{sentence}")
