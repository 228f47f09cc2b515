"""The table of stages, and how it adds up."""

from pathlib import Path

import pytest

from tests.stages import STAGES, Tally, main, paths, read_report, run, with_tests

REPORT = """<?xml version="1.0"?>
<testsuites>
<testsuite name="pytest" tests="7" failures="1" errors="1" skipped="2"/>
</testsuites>
"""
BY_NAME = {stage.name: stage for stage in STAGES}


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    for name in (
        "seal/test_a.py",
        "kill/deep/test_b.py",
        "new/test_c.py",
        "test_d.py",
        "void/e.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_a_new_room_is_picked_up_without_an_edit(tests: Path) -> None:
    there = with_tests(tests)
    assert paths(BY_NAME["rooms"], there) == ["tests/new", "tests/seal", "tests/test_d.py"]
    assert paths(BY_NAME["kill"], there) == ["tests/kill"]
    assert paths(BY_NAME["fuzz"], there) == []


def test_every_test_runs_in_exactly_one_stage() -> None:
    there = with_tests(Path(__file__).parents[1])
    ran = [path for stage in STAGES for path in paths(stage, there)]
    assert sorted(ran) == sorted(f"tests/{name}" for name in there)


def test_a_report_is_added_up(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, encoding="utf-8")
    assert read_report(report) == Tally(passed=3, failed=2, skipped=2)
    total = read_report(report) + Tally(passed=1)
    assert str(total) == "4 passed, 2 failed, 2 skipped"


def test_a_command_passes_or_fails() -> None:
    assert run(["python", "-c", ""])
    assert not run(["python", "-c", "raise SystemExit(1)"])


def test_an_unknown_stage_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kil"]) == 2
    assert "There are: rules, house, rooms" in capsys.readouterr().out
