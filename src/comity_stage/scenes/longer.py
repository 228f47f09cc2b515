"""More time: asked before the end, and granted by the one who keeps."""

from datetime import datetime, timedelta
from typing import Final

from comity_stage.cast import Role
from comity_stage.desk import waited
from comity_stage.scene import Scene
from comity_stage.script import line

MORE: Final = timedelta(days=30)


def play(scene: Scene) -> None:
    """Ask for more time and grant it."""
    desk, other, ledger = scene.desk(Role.ASKS), scene.desk(Role.KEEPS), scene.ledger
    matter = scene.matters["main"]
    end = desk.file(matter).fact("kept-until").get("data-at")
    wanted = (datetime.fromisoformat(end) + MORE).date().isoformat()
    reason = line(desk.node.state.language, "extend_reason")
    desk.press(matter, "ask-extension", {"until": wanted, "reason": reason})
    page = waited(lambda: other.file(matter), lambda one: bool(one.facts("question")))
    asked = [one.get("data-value") for one in page.facts("question")]
    ledger.check("the question for more time stands on the other desk", asked, asked)
    ledger.check("the reason is read where it was sent", reason in page.text)
    other.press(matter, "extend", {"until": wanted})
    page = waited(
        lambda: desk.file(matter),
        lambda one: one.fact("kept-until").get("data-at").startswith(wanted),
    )
    ends = [one.fact("kept-until").get("data-at") for one in (page, other.file(matter))]
    ledger.check(
        "the extension that was asked is granted on both desks",
        all(one.startswith(wanted) for one in ends),
        ends,
    )
    ledger.check("no question is left open", not page.facts("question"))
