"""A State without any treaty: reciprocity, marked as such, and a page in another script."""

import time
from typing import Final

from comity_stage.asking import Basis, addressed, based, blank, filled, named, sent
from comity_stage.browser import Page
from comity_stage.cast import Role
from comity_stage.desk import matter_of
from comity_stage.scene import Scene
from comity_stage.scenes.preserved import ordered, stated
from comity_stage.scenes.sent import card_seconds

RIGHT_TO_LEFT: Final = ("ar",)
_READERS: Final = ("ar", "zh-hans", "en")
_SCRIPTS: Final = {
    "ar": ("\u0600", "\u06ff"),
    "zh-hans": ("\u4e00", "\u9fff"),
    "en": ("A", "z"),
}
_SOUGHT: Final = (("domain", "mail5.inb-international.com"),)


def play(scene: Scene) -> None:
    """Ask, answer and read without a treaty."""
    desk, third, ledger = scene.desk(Role.ASKS), scene.desk(Role.THIRD), scene.ledger
    page = addressed(desk, named(desk, blank(desk), (), _SOUGHT), scene.cast.state(Role.THIRD).code)
    usable = [
        one.get("data-value")
        for one in page.facts("basis-option")
        if one.get("data-usable") == "yes"
    ]
    ledger.check(
        "between these two, only reciprocity can be used", usable == ["reciprocity"], usable
    )
    page = based(desk, page, Basis(instrument="reciprocity"))
    page = filled(desk, page, custodian=scene.cast.state(Role.THIRD).custodian)
    matter = matter_of(sent(desk, page))
    scene.matters["reciprocity"] = matter
    card_seconds(third, matter, time.monotonic())
    third.file(matter)
    third.take(matter)
    ordered(third, matter)
    stated(third, matter, ("kept",))
    page, there = desk.until(matter, "preserved"), third.until(matter, "preserved")
    bases = [one.fact("basis").get("data-value") for one in (page, there)]
    ledger.check("both desks name reciprocity", bases == ["reciprocity"] * 2, bases)
    _check_languages(scene, matter)


def _check_languages(scene: Scene, matter: str) -> None:
    """Read one file in each language of the desks: same facts, its own script and direction."""
    desk, ledger = scene.desk(Role.THIRD), scene.ledger
    ends = set()
    for language in _READERS:
        desk.speak(language)
        page = desk.file(matter)
        ends.add(page.fact("kept-until").get("data-at"))
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        ledger.check(
            f"the page in {language} says so, and runs {direction}",
            page.language == (language, direction),
            page.language,
        )
        ledger.check(
            f"the page in {language} is in its script",
            _in_script(page, language),
            page.fact("code").text,
        )
    ledger.check("every language tells the same end", len(ends) == 1, ends)
    desk.speak(desk.node.state.language)


def _in_script(page: Page, language: str) -> bool:
    """Say whether most letters of the file's sentence are of the language's script."""
    first, last = _SCRIPTS[language]
    letters = [letter for letter in page.fact("code").text if letter.isalpha()]
    own = sum(1 for letter in letters if first <= letter <= last)
    return own > len(letters) / 2
