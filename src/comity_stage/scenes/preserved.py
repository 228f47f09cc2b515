"""Preserve: one question, one press; then, item by item, what the custodian confirmed."""

from datetime import UTC, datetime, timedelta
from typing import Final

from comity_stage.browser import Page
from comity_stage.cast import Role
from comity_stage.desk import Desk
from comity_stage.scene import Scene
from comity_stage.script import line

FLOOR: Final = timedelta(days=60)
_STOPPED: Final = 422


def ordered(desk: Desk, matter: str) -> Page:
    """Answer the one question with no, and send the order."""
    return desk.press(matter, "preserve", {"sign": "none_seen"})


def stated(desk: Desk, matter: str, results: tuple[str, ...], **more: str) -> Page:
    """State what is kept, item by item."""
    typed = {f"result-{number}": result for number, result in enumerate(results, 1)}
    return desk.press(matter, "kept", {**typed, **more})


def play(scene: Scene) -> None:
    """Order, then state what is kept."""
    desk, other, ledger = scene.desk(Role.ASKS), scene.desk(Role.KEEPS), scene.ledger
    matter = scene.matters["main"]
    page = other.press(matter, "preserve")
    ledger.check(
        "nobody answers the one question for the officer",
        page.status == _STOPPED and page.root.first(data_problem="sign") is not None,
        page.status,
    )
    page = ordered(other, matter)
    ledger.check("an order discloses nothing, and the page says so", page.facts("not-disclosed"))
    page = desk.until(matter, "being-preserved")
    ledger.check(
        "the one who asked sees that the order is out",
        page.fact("code").get("data-value") == "being-preserved",
        page.fact("code").text,
    )
    soon = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
    results = ("kept", "kept", "not_found")
    page = stated(other, matter, results, until=soon)
    ledger.check(
        "an end before the sixty days is stopped at its field",
        page.status == _STOPPED and page.root.first(data_problem="until") is not None,
        page.status,
    )
    note = line(other.node.state.language, "kept_note")
    stated(other, matter, results, note=note)
    _check_kept(scene, matter)


def _check_kept(scene: Scene, matter: str) -> None:
    desk, other, ledger = scene.desk(Role.ASKS), scene.desk(Role.KEEPS), scene.ledger
    page, there = desk.until(matter, "preserved"), other.until(matter, "preserved")
    ends = [one.fact("kept-until").get("data-at") for one in (page, there)]
    ledger.same("both desks show the same end date", *ends)
    end = datetime.fromisoformat(ends[0])
    ledger.check("the end is at least 60 days ahead", end - datetime.now(UTC) >= FLOOR, ends[0])
    shown = [
        [row.get("data-result") for row in one.root.all("tr", data_item="*")]
        for one in (page, there)
    ]
    ledger.check(
        "both desks say item by item what is kept",
        shown[0] == shown[1] == ["kept", "kept", "not_found"],
        shown[0],
    )
    ledger.check(
        "times are shown in both zones and in UTC",
        "UTC" in page.fact("kept-until").text and len(page.fact("kept-until").all("bdi")) > 1,
        page.fact("kept-until").text,
    )
