"""The preservation table drawn: ``python -m comity.matters.diagram`` prints it.

First the two lanes as a Mermaid state diagram, which is the committed file
``spec/diagrams/preservation.mmd``; then the tables in Markdown. ``diagram`` or
``table`` as the argument prints that one alone.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from comity.matters.present import CELLS
from comity.matters.stages import ROWS, STAGES, Member, Role, Row, Stage

HEADING: Final = "%% Written by `python -m comity.matters.diagram diagram`: do not edit."


def mermaid() -> str:
    """Return both lanes as a Mermaid state diagram."""
    lines = [HEADING, "stateDiagram-v2"]
    for role in Role:
        lines.append(f"    state {role} {{")
        lines += [f"        {line}" for line in _arrows(role)]
        lines.append("    }")
    return "\n".join(lines) + "\n"


def markdown() -> str:
    """Return the steps of both lanes and the present of every pair, as Markdown tables."""
    blocks = [_steps(role) for role in Role]
    return "\n\n".join([*blocks, _presents()]) + "\n"


def _arrows(role: Role) -> Iterator[str]:
    yield f"[*] --> {_node(role, Stage.NONE)}"
    labels: dict[tuple[Stage, Stage], list[str]] = {}
    for row in ROWS[role]:
        label = f"{row.step} (after go_on)" if row.after_go_on else row.step
        for stage in row.sources:
            labels.setdefault((stage, row.after(stage)), []).append(label)
    for source, target in product(STAGES[role], repeat=2):
        if names := labels.get((source, target)):
            yield f"{_node(role, source)} --> {_node(role, target)}: {', '.join(names)}"
    for stage in STAGES[role]:
        yield f"{_node(role, stage)}: {stage}"


def _node(role: Role, stage: Stage) -> str:
    """Return a name that is one node's alone: both lanes have a ``none``."""
    return f"{role}_{stage}"


def _in_order(role: Role, row: Row) -> list[Stage]:
    return [stage for stage in STAGES[role] if stage in row.sources]


def _steps(role: Role) -> str:
    lines = [f"| {role}: step | from | to | needs | may have |", "| --- | --- | --- | --- | --- |"]
    for row in ROWS[role]:
        sources = ", ".join(_in_order(role, row)) + (" after go_on" if row.after_go_on else "")
        target = "stays" if row.target is None else row.target
        needs, may = _members(row, row.needs), _members(row, row.may)
        lines.append(f"| {row.step} | {sources} | {target} | {needs} | {may} |")
    return "\n".join(lines)


def _members(row: Row, members: frozenset[Member]) -> str:
    answered = " or ".join(sorted(row.answers))
    names = (
        f"answers {answered}" if member is Member.ANSWERS else member.value
        for member in Member
        if member in members
    )
    return ", ".join(names)


def _presents() -> str:
    columns = STAGES[Role.REQUESTED]
    lines = [
        "| requesting \\ requested | " + " | ".join(columns) + " |",
        "| --- |" + " --- |" * len(columns),
    ]
    for asking in STAGES[Role.REQUESTING]:
        cells = " | ".join(CELLS[asking, keeping] for keeping in columns)
        lines.append(f"| {asking} | {cells} |")
    return "\n".join(lines)


PICTURES: Final = {"diagram": mermaid, "table": markdown}


def main(arguments: Sequence[str]) -> int:
    """Write what the arguments name, or everything; return the exit code."""
    unknown = [name for name in arguments if name not in PICTURES]
    if unknown:
        sys.stderr.write(f"{unknown[0]}: no such picture. Give diagram, table, or nothing.\n")
        return 2
    chosen = arguments or tuple(PICTURES)
    sys.stdout.write("\n".join(PICTURES[name]() for name in chosen))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
