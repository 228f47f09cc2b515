"""A victim's mail: what is in it is found, and none of it goes out by itself."""

from typing import Final

from comity_stage.asking import addressed, named, pasted
from comity_stage.browser import Page
from comity_stage.cast import Role
from comity_stage.errors import NotOnThePage
from comity_stage.scene import Scene
from comity_stage.script import COMPLAINANT, SOUGHT, mail

ACCOUNT: Final = "reliefdesk77"
_FEWEST: Final = 5


def finding(page: Page, text: str) -> str:
    """Return the number of the finding whose line shows a text."""
    for one in page.root.all(data_finding="*"):
        label = one.first("label")
        if label is not None and text in label.text:
            return one.get("data-finding")
    raise NotOnThePage(text, page.path)


def play(scene: Scene) -> None:
    """Paste the mail and tick what the request is about."""
    desk, ledger = scene.desk(Role.ASKS), scene.ledger
    page = pasted(desk, mail())
    found = page.root.all(data_finding="*")
    ledger.check("the mail yields identifiers", len(found) >= _FEWEST, len(found))
    ticked = [one for one in page.root.all("input", name="tick") if "checked" in one.attributes]
    ledger.check("nothing is ticked by itself", not ticked, len(ticked))
    section = _left_out(page)
    ledger.check(
        "the complainant's addresses are set apart and left out",
        all(address in section for address in COMPLAINANT),
        section,
    )
    ticks = [finding(page, text) for text in SOUGHT]
    custodian = scene.cast.state(Role.KEEPS).custodian.partition(",")[0]
    page = named(desk, page, ticks, [("account", f"{custodian}: {ACCOUNT}")])
    page = addressed(desk, page, scene.cast.state(Role.KEEPS).code)
    scene.kept["draft"] = page.path.rpartition("/")[0]


def _left_out(page: Page) -> str:
    """Return the text below the heading for what is left out."""
    boxes = page.root.first(id="identifiers")
    if boxes is None:
        raise NotOnThePage("identifiers", page.path)
    headings = boxes.all("h2")
    if not headings:
        return ""
    after = boxes.parts[boxes.parts.index(headings[0]) :]
    return " ".join(part if isinstance(part, str) else part.text for part in after)
