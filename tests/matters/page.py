"""The tables of ``spec/act-v1.md`` as the page prints them, for comparing with the code."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "spec" / "act-v1.md"
STAGES = {
    "Requesting": ("none", "open", "followed", "withdrawn"),
    "Requested": (
        "none",
        "seen",
        "ack",
        "ordered",
        "kept",
        "held",
        "refused",
        "cannot",
        "expired",
        "released",
    ),
}
MEMBERS = frozenset({"nonce", "items", "until", "offence", "refs", "results", "grounds"})


@cache
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def table(after: str) -> list[list[str]]:
    """The rows of the first table after a text, its two heading lines left out."""
    lines = text().split(after, 1)[1].splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[first:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
    return [rows[0], *rows[2:]]


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@dataclass(frozen=True)
class Line:
    """One line of a step table of section 5."""

    step: str
    sources: frozenset[str]
    target: str | None
    needs: frozenset[str]
    may: frozenset[str]
    answers: frozenset[str]
    after_go_on: bool


def lines(lane: str) -> list[Line]:
    """The step table of the ``Requesting`` or the ``Requested`` lane."""
    stages = STAGES[lane]
    found: list[Line] = []
    full: dict[str, str] = {}
    for step, source, target, needed, may in table(f"{lane} lane ")[1:]:
        name = words(step)[0]
        needs = full.setdefault(name, needed) if needed == "the same" else needed
        full[name] = needs
        others = frozenset[str]().union(*(one.sources for one in found if one.step == name))
        found.append(
            Line(
                step=name,
                sources=sources(source.removesuffix(", after `go_on`"), stages, others),
                target=None if target == "stays" else target,
                needs=carried(needs),
                may=carried(may),
                answers=answered(needs) | answered(may),
                after_go_on="after `go_on`" in source,
            )
        )
    return found


def sources(cell: str, stages: tuple[str, ...], others: frozenset[str]) -> frozenset[str]:
    if cell == "any other stage":
        return frozenset(stages) - others
    if cell.startswith("any but "):
        return frozenset(stages) - frozenset(cell.removeprefix("any but ").split(", "))
    named = frozenset(cell.split(", "))
    assert named <= frozenset(stages), cell
    return named


def carried(cell: str) -> frozenset[str]:
    """The members and parts that a cell names."""
    parts = {f"part {role}" for role in re.findall(r"part `(\w+)`", cell)}
    members = {name for name in words(cell) if name in MEMBERS}
    return frozenset(parts | members | ({"answers"} if "`answers`" in cell else set()))


def answered(cell: str) -> frozenset[str]:
    return frozenset(re.findall(r"`answers` an? `(\w+)`", cell))


def presents() -> dict[tuple[str, str], str]:
    """The text of each cell of the present table, by both stages."""
    heading, *rows = table("**Present.**")
    columns = [name.split(", ") for name in heading[1:]]
    cells: dict[tuple[str, str], str] = {}
    above: dict[str, str] = {}
    for asking, *texts in rows:
        left = ""
        for names, cell in zip(columns, texts, strict=True):
            printed = left if cell == "same" else cell
            left = printed
            for number, keeping in enumerate(names):
                parted = printed.split(" / ")
                one = parted[number] if len(parted) == len(names) else printed
                cells[asking, keeping] = one.replace("same", above.get(keeping, ""))
        above = {keeping: cells[asking, keeping] for names in columns for keeping in names}
    return cells
