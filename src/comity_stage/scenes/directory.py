"""First: who is who. Two ways to trust a key, and no centre that could see a case."""

from typing import Final

from comity_stage.browser import Page
from comity_stage.cast import Role
from comity_stage.errors import NotOnThePage
from comity_stage.markup import Element
from comity_stage.scene import Scene

_WORDS: Final = 12


def words_of(page: Page, code: str) -> str:
    """Return the twelve words that a directory page shows for a State."""
    for one in entry_of(page, code).all("bdi"):
        if len(one.text.split()) == _WORDS:
            return one.text
    raise NotOnThePage(code, page.path)


def entry_of(page: Page, code: str) -> Element:
    """Return a State's entry on a directory page."""
    found = page.root.first(data_fact="peer", data_value=code)
    if found is None:
        raise NotOnThePage(code, page.path)
    return found


def play(scene: Scene) -> None:
    """Compare the two directory pages."""
    ledger = scene.ledger
    pages: dict[Role, Page] = {}
    for role in (Role.ASKS, Role.KEEPS):
        desk = scene.desk(role)
        desk.speak("en")
        pages[role] = desk.browser.get("/directory")
        desk.speak(desk.node.state.language)
    asks, keeps = (scene.cast.state(role).code for role in (Role.ASKS, Role.KEEPS))
    here, there = pages[Role.ASKS], pages[Role.KEEPS]
    for code in (asks, keeps):
        name = f"both directory pages show the same twelve words for {code}"
        ledger.same(name, words_of(here, code), words_of(there, code))
    vouched, heard = entry_of(here, keeps).text, entry_of(there, asks).text
    ledger.check("one root is anchored by the registrar", "registrar has signed" in vouched)
    ledger.check("one root is anchored by words that two officers heard", "Two officers" in heard)
    ledger.check(
        "the desk says that this is a demonstration",
        any(one.get("data-value") == "demo" for one in here.facts("mode")),
    )
    ledger.check(
        "the treaty of the story is listed on both cards, and as fiction",
        all("Budapest" in text and "fiction" in text for text in (vouched, heard)),
    )
