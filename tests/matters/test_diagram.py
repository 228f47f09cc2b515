"""The drawn table is the table, and the committed drawing is fresh."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from comity.matters.diagram import main, markdown, mermaid
from comity.matters.present import CELLS
from comity.matters.stages import ROWS, STAGES, TABLE, Role

DRAWING = Path(__file__).parents[2] / "spec" / "diagrams" / "preservation.mmd"
ARROW = re.compile(r"^ +(\w+?)_(\w+) --> \w+?_(\w+): (.*)$", re.MULTILINE)


def test_the_committed_drawing_is_fresh() -> None:
    assert DRAWING.read_text(encoding="utf-8") == mermaid(), (
        "Run: python -m comity.matters.diagram diagram > spec/diagrams/preservation.mmd"
    )


def test_every_step_from_every_stage_is_an_arrow() -> None:
    drawn = {
        (role, source, label.removesuffix(" (after go_on)"), target)
        for role, source, target, labels in ARROW.findall(mermaid())
        for label in labels.split(", ")
    }
    assert drawn == {
        (role.value, stage.value, step, row.after(stage).value)
        for role in Role
        for (stage, step), row in TABLE[role].items()
    }


def test_one_arrow_joins_two_stages() -> None:
    pairs = [(role, source, target) for role, source, target, _ in ARROW.findall(mermaid())]
    assert len(pairs) == len(set(pairs))


def test_what_needs_a_go_on_is_marked() -> None:
    assert mermaid().count("(after go_on)") == 2


def test_the_tables_hold_every_line_and_every_cell() -> None:
    lines = markdown().splitlines()
    steps = [line for line in lines if line.count(" | ") == 4 and "needs" not in line]
    assert len([line for line in steps if "---" not in line]) == sum(map(len, ROWS.values()))
    cells = [line for line in lines if line.count("|") == len(STAGES[Role.REQUESTED]) + 2][2:]
    assert sum(line.count(" | ") for line in cells) == len(CELLS)


def test_every_table_row_is_as_wide_as_its_heading() -> None:
    for block in markdown().split("\n\n"):
        assert len({line.count("|") for line in block.splitlines()}) == 1


@pytest.mark.parametrize("chosen", [["diagram"], ["table"], []])
def test_the_program_prints_what_is_asked_for(
    chosen: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(chosen) == 0
    printed = capsys.readouterr().out
    assert (mermaid() in printed) is (chosen != ["table"])
    assert (markdown() in printed) is (chosen != ["diagram"])


def test_the_program_says_what_it_can_print(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["picture"]) == 2
    assert "diagram, table" in capsys.readouterr().err


def test_the_program_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "comity.matters.diagram", "diagram"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == mermaid()
