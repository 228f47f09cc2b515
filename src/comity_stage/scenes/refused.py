"""A lawful no: with a ground, a reason, and no more steps than a yes."""

import time
from typing import Final

from comity_stage.asking import Basis, addressed, based, blank, filled, named, sent
from comity_stage.cast import Role
from comity_stage.desk import matter_of
from comity_stage.scene import Scene
from comity_stage.scenes.sent import card_seconds
from comity_stage.script import line

GROUND: Final = "B29_5A_political"
_STOPPED: Final = 422


def play(scene: Scene) -> None:
    """Ask for what may not be asked, and refuse it."""
    asker, refuser, ledger = scene.desk(Role.KEEPS), scene.desk(Role.ASKS), scene.ledger
    state = scene.cast.state(Role.ASKS)
    custodian = state.custodian.partition(",")[0]
    page = named(asker, blank(asker), (), [("account", f"{custodian}: riverpen")])
    page = based(asker, addressed(asker, page, state.code), _claimed())
    facts = line(asker.node.state.language, "refused_facts")
    page = filled(asker, page, custodian=state.custodian, more={"facts": facts})
    matter = matter_of(sent(asker, page))
    scene.matters["refused"] = matter
    scene.ledger.check(
        "the roles can turn: the one who kept now asks",
        card_seconds(refuser, matter, time.monotonic()) is not None,
    )
    _refuse(scene, matter)
    here, there = refuser.until(matter, "refused"), asker.until(matter, "refused")
    shown = [one.fact("code").get("data-value") for one in (here, there)]
    ledger.check("the refusal stands on both desks", shown == ["refused"] * 2, shown)
    reason = line(refuser.node.state.language, "refuse_reason")
    ledger.check(
        "the reason stands on both desks", all(reason in one.text for one in (here, there))
    )
    ledger.check("the ground is named on both desks", _ground_named(scene, matter))


def _claimed() -> Basis:
    return Basis(instrument="budapest", offence="B_serious_crime", penalty="60")


def _refuse(scene: Scene, matter: str) -> None:
    desk, ledger = scene.desk(Role.ASKS), scene.ledger
    page = desk.press(matter, "refuse", {"reason": "", "grounds": ()}, press="press=look")
    ledger.check(
        "a refusal without ground and reason is stopped", page.status == _STOPPED, page.status
    )
    reason = line(desk.node.state.language, "refuse_reason")
    typed = {"grounds": (GROUND,), "reason": reason}
    page = desk.press(matter, "refuse", typed, press="press=look")
    form = page.form("/refuse", holding="press")
    desk.browser.submit(page, form, press="press=send")


def _ground_named(scene: Scene, matter: str) -> bool:
    """Read the file in English at both desks: the ground's title stands in the story."""
    found = []
    for role in (Role.ASKS, Role.KEEPS):
        desk = scene.desk(role)
        desk.speak("en")
        found.append("Political offence" in desk.file(matter).text)
        desk.speak(desk.node.state.language)
    return all(found)
