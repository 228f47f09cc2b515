"""Last: what never left home, and what both sides hold in common."""

import re
from collections.abc import Iterator
from typing import Final

from comity_stage.browser import Page
from comity_stage.cast import Role
from comity_stage.desk import Desk, waited
from comity_stage.markup import Element
from comity_stage.scene import Scene
from comity_stage.scenes.paste import ACCOUNT
from comity_stage.script import COMPLAINANT, SOUGHT, line

LISTS: Final = ("/", "/requests", "/queue", "/directory", "/law", "/help")
LOCAL: Final = re.compile(r"\b[A-Za-z0-9.]+ [A-Za-z0-9,]+ \d{4}, \d\d:\d\d \S+")
_TRIES: Final = 3
FILES: Final = ("main", "reciprocity", "refused")


def play(scene: Scene) -> None:
    """Look for what must not be abroad, and compare what is shared."""
    desk, ledger, matter = scene.desk(Role.ASKS), scene.ledger, scene.matters["main"]
    note = line(desk.node.state.language, "home_note")
    page = desk.file(matter)
    page = desk.browser.submit(page, page.form("/note"), {"note": note})
    ledger.check("the officer's note is on her own desk", note in page.text)
    ledger.check(
        "the paste is on her own desk, with the file",
        any(COMPLAINANT[0] in one.source for one in page.root.all("pre")),
    )
    abroad = [
        (role, page.body.decode("utf-8", "replace"))
        for role in (Role.KEEPS, Role.THIRD)
        for page in _all_pages(scene, role)
    ]
    for name, secrets in (
        ("no page abroad holds the complainant's address", COMPLAINANT),
        ("no page abroad holds the note", (note,)),
        ("no page abroad holds the text of the mail", ("Debt Specialist", "opting-in")),
    ):
        found = [role.value for role, text in abroad if any(one in text for one in secrets)]
        ledger.check(name, not found, f"{len(abroad)} pages")
    ledger.check(
        "the same search does find what was sent",
        all(any(one in text for _, text in abroad) for one in SOUGHT),
    )
    _check_stories(scene)
    _check_calm(scene)
    _check_polling(scene)
    _check_titles(scene)


def _all_pages(scene: Scene, role: Role) -> Iterator[Page]:
    """Read every page that a desk offers on the files of the story."""
    desk = scene.desk(role)
    for path in LISTS:
        yield desk.browser.get(path)
    for name in FILES:
        page = desk.file(scene.matters[name])
        if page.status == 200:  # noqa: PLR2004  # not every State is in every file
            yield page


def _story(desk: Desk, matter: str) -> list[tuple[str, str, str]]:
    """Return each line of a file's story in English: entry, standing, time and sentence.

    Dates within a sentence are local at each desk, so they are left out here.
    """
    desk.speak("en")
    lines = [
        (one.get("data-act"), one.get("data-standing"), _sentence(one))
        for one in desk.file(matter).root.all("li", data_act="*")
    ]
    desk.speak(desk.node.state.language)
    return lines


def _sentence(entry: Element) -> str:
    said, at = entry.first("p"), entry.first("time")
    text = "" if said is None else LOCAL.sub("…", said.text)
    return f"{'' if at is None else at.get('datetime')} {text}"


def _check_stories(scene: Scene) -> None:
    ledger, standings = scene.ledger, set[str]()
    pairs = (("main", Role.KEEPS), ("reciprocity", Role.THIRD), ("refused", Role.KEEPS))
    for name, role in pairs:
        here, there = (_story(scene.desk(one), scene.matters[name]) for one in (Role.ASKS, role))
        ledger.check(
            f"both desks tell the same story, line for line ({name})",
            here and here == there,
            f"{len(here)} lines",
        )
        standings |= {standing for _, standing, _ in (*here, *there)}
    ledger.check("no entry is void, frozen, held or unknown", standings == {"counts"}, standings)
    outsider = scene.desk(Role.THIRD).file(scene.matters["main"])
    missing = 404
    ledger.check(
        "a State that is not party cannot open the file",
        outsider.status == missing,
        outsider.status,
    )


def _check_calm(scene: Scene) -> None:
    waiting = []
    for role in Role:
        desk = scene.desk(role)
        page = waited(
            lambda desk=desk: desk.browser.get("/queue"),  # type: ignore[misc]
            lambda page: not page.facts("waiting"),
        )
        waiting += page.facts("waiting")
    scene.ledger.check("every queue is empty", not waiting, len(waiting))
    alarms = [one.text for role in Role for one in scene.desk(role).wall().facts("alarm")]
    scene.ledger.check("no desk shows an alarm", not alarms, alarms)


def _check_polling(scene: Scene) -> None:
    """Ask for the wall's news as the page's script does: nothing new is an empty answer."""
    browser = scene.desk(Role.ASKS).browser
    asked = []
    for _ in range(_TRIES):
        live = browser.get("/").root.first(data_poll="*")
        if live is not None:
            news = browser.get(live.get("data-poll"), **{"If-None-Match": live.get("data-mark")})
            asked.append((news.status, len(news.body)))
    scene.ledger.check("polling without news costs an empty answer", (304, 0) in asked, asked)


def _check_titles(scene: Scene) -> None:
    secrets = (*COMPLAINANT, *SOUGHT, ACCOUNT, "riverpen", "netnoteinc", "65.162.84")
    seen = [
        text
        for desk in scene.desks.values()
        for path, title in desk.browser.visited
        for text in (path, title)
    ]
    found = [text for text in seen if any(one in text for one in secrets)]
    scene.ledger.check(
        "no title and no address holds personal data", not found, f"{len(seen)} read"
    )
