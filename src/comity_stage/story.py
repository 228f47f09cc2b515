"""The story: its steps in order, told by ``story.toml`` and played by ``scenes``."""

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, Final

from comity_stage.cast import Role
from comity_stage.errors import BadCast
from comity_stage.scene import Look, Scene, Sees, Step
from comity_stage.scenes import (
    blocked,
    certificate,
    directory,
    home,
    longer,
    paste,
    preserved,
    receipts,
    reciprocity,
    refused,
    released,
    sent,
)

FILE: Final = "story.toml"

PLAYS: Final[Mapping[str, Callable[[Scene], None]]] = {
    "directory": directory.play,
    "paste": paste.play,
    "blocked": blocked.play,
    "sent": sent.play,
    "receipts": receipts.play,
    "preserved": preserved.play,
    "certificate": certificate.play,
    "longer": longer.play,
    "reciprocity": reciprocity.play,
    "refused": refused.play,
    "released": released.play,
    "home": home.play,
}
"""What is done and checked in each step."""


def packaged_story() -> tuple[Step, ...]:
    """Return the steps in the order of ``story.toml``; every play is told exactly once."""
    text = (files("comity_stage") / FILE).read_text(encoding="utf-8")
    steps = tuple(_step(table) for table in tomllib.loads(text)["steps"])
    if sorted(step.key for step in steps) != sorted(PLAYS):
        raise BadCast(FILE)
    return steps


def _step(table: Mapping[str, Any]) -> Step:
    key = str(table["key"])
    if key not in PLAYS:
        raise BadCast(key)
    return Step(
        key=key,
        title=str(table["title"]),
        tells=tuple(map(str, table["tells"])),
        looks=tuple(_look(one) for one in table["looks"]),
        sees=tuple(Sees(who=one["who"], what=one["what"]) for one in table["sees"]),
        play=PLAYS[key],
    )


def _look(table: Mapping[str, str]) -> Look:
    return Look(
        role=Role(table["role"]),
        path=table["path"],
        what=table["what"],
        language=table.get("language", ""),
    )
