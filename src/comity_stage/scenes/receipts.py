"""Delivered, seen, being acted on: three facts, never one."""

import time
from itertools import pairwise
from typing import Final

from comity_stage.browser import Page
from comity_stage.cast import Role
from comity_stage.desk import waited
from comity_stage.markup import Element
from comity_stage.scene import Scene

NAMES: Final = ("delivered", "seen", "acting")
_READING_SECONDS: Final = 1.1
"""An officer looks before she presses; times on the page show whole seconds."""


def receipts(page: Page) -> dict[str, Element]:
    """Return the three receipts of a file's page."""
    return {one.get("data-receipt"): one for one in page.root.all(data_receipt="*")}


def given(page: Page) -> tuple[str, ...]:
    """Return the names of those that have come."""
    found = receipts(page)
    return tuple(name for name in NAMES if name in found and found[name].get("data-value") == "yes")


def play(scene: Scene) -> None:
    """Open the file and take it; watch the receipts."""
    desk, other, ledger = scene.desk(Role.ASKS), scene.desk(Role.KEEPS), scene.ledger
    matter = scene.matters["main"]

    def read(count: int) -> Page:
        return waited(lambda: desk.file(matter), lambda page: len(given(page)) >= count)

    ledger.check("delivered comes before anybody looked", given(read(1)) == NAMES[:1])
    time.sleep(_READING_SECONDS)
    opened = other.file(matter)
    ledger.check("seen comes when a person opened the file", given(read(2)) == NAMES[:2])
    time.sleep(_READING_SECONDS)
    other.take(matter)
    page = read(3)
    ledger.check("being acted on comes when a person pressed", given(page) == NAMES)
    found = receipts(page)
    labels = {name: one.all("span")[0].text for name, one in found.items()}
    ledger.check(
        "the three receipts have three names", len(set(labels.values())) == len(NAMES), labels
    )
    times = [one.get("data-at") for name in NAMES for one in found[name].all("time")]
    ledger.check("the three receipts have three times, in order", _rising(times), times)
    ledger.same(
        "both desks name the same basis",
        _basis(page),
        _basis(opened),
    )


def _rising(times: list[str]) -> bool:
    return len(times) == len(NAMES) and all(a < b for a, b in pairwise(times))


def _basis(page: Page) -> tuple[str, str]:
    fact = page.fact("basis")
    return fact.get("data-value"), fact.get("data-article")
