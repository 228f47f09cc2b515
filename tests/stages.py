"""Run the stages of `make test` in order, and add them up in one closing line.

`python -m tests.stages [NAME...]` runs all stages, or those that are named. A folder
below ``tests/`` that no stage claims belongs to "rooms", so a new room's tests are
picked up without an edit. A stage goes on to the end when one of its commands fails;
so does the run.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

ROOT: Final = Path(__file__).parents[1]
TESTS: Final = ROOT / "tests"
RESULTS: Final = ROOT / "build" / "tests"
BIN: Final = Path(sys.executable).parent
DEEP: Final = os.environ.get("COMITY_DEPTH") == "deep"

MINUTES_QUICK: Final = 15
MINUTES_DEEP: Final = 10 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            skipped=self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A named step: commands that pass or fail as a whole, then folders of tests."""

    name: str
    what: str
    commands: tuple[tuple[str, ...], ...] = ()
    folders: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


def _world(seeds: int, *more: str) -> tuple[str, ...]:
    return ("python", "-m", "tests.world", "--seeds", str(seeds), *more, "--json")


STAGES: Final = (
    Stage(
        name="rules",
        what="format, lint, types, layers",
        commands=(
            ("ruff", "format", "--check", "--quiet", "."),
            ("ruff", "check", "--quiet", "."),
            ("mypy", "--no-error-summary"),
            ("lint-imports", "--no-logo"),
        ),
    ),
    Stage(name="house", what="the rules of the house", folders=("house",)),
    Stage(name="rooms", what="pure rooms", options=("-n", "2")),
    Stage(
        name="world",
        what="seven nodes on a seeded clock and network",
        commands=(_world(50_000 if DEEP else 200), _world(200 if DEEP else 5, "--suite1")),
        folders=("world",),
    ),
    Stage(
        name="databases",
        what="rows, ports, desk and command, on SQLite and PostgreSQL",
        folders=("records", "vault", "transport", "desk", "node", "stage"),
    ),
    Stage(name="kill", what="real processes, killed at random moments", folders=("kill",)),
    Stage(name="fuzz", what="foreign bytes", folders=("fuzz",)),
    Stage(name="browser", what="the desk in a real browser", folders=("browser",)),
)


def with_tests(tests: Path) -> set[str]:
    """Return what below ``tests`` holds tests: names of folders, and of single files."""
    return {test.relative_to(tests).parts[0] for test in tests.rglob("test_*.py")}


def paths(stage: Stage, there: set[str]) -> list[str]:
    """Return what of ``there`` a stage runs; "rooms" runs what no stage claims."""
    claimed = {folder for other in STAGES for folder in other.folders}
    mine = there - claimed if stage.name == "rooms" else there & set(stage.folders)
    return [f"tests/{name}" for name in sorted(mine)]


def run(command: Sequence[str]) -> bool:
    """Run ``command`` to its end or its limit; nothing it started is left behind."""
    minutes = MINUTES_DEEP if DEEP else MINUTES_QUICK
    process = subprocess.Popen(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, start_new_session=True
    )
    try:
        return process.wait(timeout=minutes * 60) == 0
    except subprocess.TimeoutExpired:
        print(f"stopped after {minutes} minutes", flush=True)
        return False
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def read_report(report: Path) -> Tally:
    """Add up a JUnit report."""
    suites = ET.parse(report).getroot().iter("testsuite")
    total = Tally()
    for suite in suites:
        run, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Tally(passed=run - failed - skipped, failed=failed, skipped=skipped)
    return total


def _pytest(stage: Stage, tests: Sequence[str]) -> Tally:
    """Run pytest on ``tests``; a crash without a failed test counts as one."""
    report = RESULTS / f"{stage.name}.xml"
    report.unlink(missing_ok=True)
    well = run(["pytest", "--quiet", *stage.options, f"--junitxml={report}", *tests])
    tally = read_report(report) if report.exists() else Tally()
    return tally if well or tally.failed else tally + Tally(failed=1)


def _work(stage: Stage) -> Iterator[Tally]:
    for command in stage.commands:
        print("$", *command, flush=True)
        yield Tally(passed=1) if run(command) else Tally(failed=1)
    if tests := paths(stage, with_tests(TESTS)):
        yield _pytest(stage, tests)
    elif not stage.commands:
        print("This stage has no tests.", flush=True)
        yield Tally(failed=1)


def main(names: Sequence[str]) -> int:
    """Run the stages named, or all; return the exit code."""
    if unknown := set(names) - {stage.name for stage in STAGES}:
        known = ", ".join(stage.name for stage in STAGES)
        print(f"No stage is called {', '.join(sorted(unknown))}. There are: {known}.")
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    total, lines = Tally(), []
    for stage in STAGES:
        if names and stage.name not in names:
            continue
        print(f"\n== {stage.name}: {stage.what}", flush=True)
        began = time.monotonic()
        tally = sum(_work(stage), start=Tally())
        lines.append(f"{stage.name:<10} {time.monotonic() - began:7.1f} s  {tally}")
        print(f"== {lines[-1]}", flush=True)
        total += tally
    print("\n" + "\n".join(lines))
    print(total, flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
