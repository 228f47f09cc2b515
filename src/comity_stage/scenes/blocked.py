"""A basis that is not in force stops the request, and the page says what would do."""

from typing import Final

from comity_stage.asking import Basis, based
from comity_stage.cast import Role
from comity_stage.scene import Scene

_STOPPED: Final = 422


def play(scene: Scene) -> None:
    """Choose the Convention first, and be stopped."""
    desk, ledger = scene.desk(Role.ASKS), scene.ledger
    desk.speak("en")
    page = desk.browser.get(f"{scene.kept['draft']}/basis")
    usable = {one.get("data-value"): one.get("data-usable") for one in page.facts("basis-option")}
    ledger.check(
        "the UN Convention is not offered as usable, Budapest is",
        (usable.get("uncc"), usable.get("budapest")) == ("no", "yes"),
        usable,
    )
    page = based(desk, page, Basis(instrument="uncc"))
    said = [one.text for one in page.root.all(data_problem="instrument")]
    scene.kept["blocked"] = " ".join(said)
    ledger.check("a basis that is not in force stops the request", page.status == _STOPPED, said)
    ledger.check(
        "the stop names the reason and says what would do",
        "does not list this treaty as in force" in scene.kept["blocked"]
        and "Budapest Convention would do" in scene.kept["blocked"],
        scene.kept["blocked"],
    )
    chosen = [pair for pair in page.form("/basis").sent() if pair[0] == "offence"]
    ledger.check("what was chosen is still there", chosen == [("offence", "A13")], chosen)
    ledger.check(
        "the error page's title says so first", page.title.startswith("Error:"), page.title
    )
    desk.speak(desk.node.state.language)
    wall = scene.desk(Role.KEEPS).wall()
    ledger.check("nothing has reached the other desk", not wall.root.all("li", data_matter="*"))
