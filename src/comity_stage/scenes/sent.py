"""Under the Budapest Convention, on the form of the Hanoi Convention: signed and sent."""

import time
from typing import Final

from comity_stage.asking import Basis, based, filled, sent
from comity_stage.browser import Page
from comity_stage.cast import Role
from comity_stage.desk import WAIT_SECONDS, Desk, matter_of
from comity_stage.scene import Scene
from comity_stage.script import COMPLAINANT, SOUGHT

_POLL: Final = 0.02


def card_seconds(desk: Desk, matter: str, since: float) -> float | None:
    """Return how long after ``since`` (monotonic) a file's card stood on a desk's wall."""
    while time.monotonic() - since < WAIT_SECONDS:
        if desk.card(matter) is not None:
            return time.monotonic() - since
        time.sleep(_POLL)
    return None


def play(scene: Scene) -> None:
    """Choose a basis in force, write, check and send."""
    desk, other, ledger = scene.desk(Role.ASKS), scene.desk(Role.KEEPS), scene.ledger
    page = desk.browser.get(f"{scene.kept['draft']}/basis")
    page = based(desk, page, Basis(instrument="budapest"))
    marks = {one.get("class") for one in page.root.all("span") if "mark-" in one.get("class")}
    ledger.check("each box shows how sure its law row is", marks, sorted(marks))
    page = filled(desk, page, custodian=scene.cast.state(Role.KEEPS).custodian)
    _check_last_look(scene, page)
    began = time.monotonic()
    page = sent(desk, page)
    matter = matter_of(page)
    seconds = card_seconds(other, matter, began)
    scene.matters["main"] = matter
    ledger.check("the card stands on the other desk", seconds is not None, f"{seconds} s")
    if seconds is not None:
        scene.timings["press_to_card_s"] = round(seconds, 3)
    card = other.card(matter)
    ticks = (
        {}
        if card is None
        else {one.get("data-tick"): one.get("data-value") for one in card.all("li", data_tick="*")}
    )
    ledger.check(
        "only what was checked is ticked on the card",
        ticks.pop("state", "") == "yes" and set(ticks.values()) == {"no"},
        ticks,
    )


def _check_last_look(scene: Scene, page: Page) -> None:
    ledger, leaves = scene.ledger, page.fact("leaves").source
    ledger.check("what leaves names what was ticked", all(text in leaves for text in SOUGHT))
    ledger.check(
        "what leaves does not hold the complainant's address",
        not any(address in leaves for address in COMPLAINANT),
        len(leaves),
    )
    ledger.check(
        "the basis and the form are named apart",
        page.fact("basis").get("data-value") == "budapest" and "29" in page.fact("basis").text,
        page.fact("basis").text,
    )
