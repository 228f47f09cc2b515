"""One desk and its officer: signing in, opening files, pressing what the pages offer."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from comity_stage.browser import Browser, Page
from comity_stage.errors import NotOnThePage
from comity_stage.markup import Element
from comity_stage.nodes import Node

WAIT_SECONDS: Final = 30.0
"""How long the story waits for the other desk before it says that nothing came."""
_LOOK: Final = 0.05


class Desk:
    """An officer at the desk of one State."""

    def __init__(self, node: Node) -> None:
        """Sit down; nobody is signed in yet."""
        self.node = node
        self.browser = Browser(node)

    def sign_in(self, language: str = "") -> None:
        """Sign in through the desk's own form, and read in a language (the State's own)."""
        page = self.browser.get("/sign-in")
        typed = {"username": self.node.state.officer, "password": self.node.password}
        page = self.browser.submit(page, page.form("/sign-in", holding="password"), typed)
        if page.root.first("form", action="/sign-out") is None:
            raise NotOnThePage("/sign-out", page.path)
        self.speak(language or self.node.state.language)

    def speak(self, language: str) -> None:
        """Choose the language of the pages."""
        page = self.browser.get("/")
        if page.language[0] != language:
            self.browser.submit(page, page.form("/language"), {"language": language})

    def wall(self) -> Page:
        """Open the wall."""
        return self.browser.get("/")

    def card(self, matter: str) -> Element | None:
        """Return the card of a file on the wall, or None while it is not there."""
        found = self.wall().root.all("li", data_matter="*")
        return next((one for one in found if one.get("data-matter").endswith(matter)), None)

    def file(self, matter: str) -> Page:
        """Open the page of a file; ``matter`` is its digest without its prefix."""
        return self.browser.get(f"/matters/{matter}")

    def until(self, matter: str, code: str, *, seconds: float = WAIT_SECONDS) -> Page:
        """Read a file until its present has a code, or the time is over."""
        return waited(
            lambda: self.file(matter),
            lambda page: code in [one.get("data-value") for one in page.facts("code")],
            seconds=seconds,
        )

    def press(
        self,
        matter: str,
        step: str,
        typed: Mapping[str, str | Sequence[str]] | None = None,
        *,
        press: str = "",
    ) -> Page:
        """Open the page of a step in a file, fill its form and press."""
        action = f"/matters/{matter}/{step}"
        page = self.browser.get(action)
        return self.browser.submit(page, page.form(action), typed or {}, press=press)

    def take(self, matter: str) -> Page:
        """Press "Take it" on the page of a file."""
        page = self.file(matter)
        return self.browser.submit(page, page.form(f"/matters/{matter}/take"))


def matter_of(page: Page) -> str:
    """Return the digest of the file whose page this is."""
    parts = urlsplit(page.path).path.split("/")
    if len(parts) < 3 or parts[1] != "matters":  # noqa: PLR2004  # "", "matters", digest
        raise NotOnThePage("/matters/", page.path)
    return parts[2]


def waited(
    read: Callable[[], Page], enough: Callable[[Page], bool], *, seconds: float = WAIT_SECONDS
) -> Page:
    """Read a page again until it shows enough, or the time is over; return it as it is."""
    until = time.monotonic() + seconds
    while True:
        page = read()
        if enough(page) or time.monotonic() > until:
            return page
        time.sleep(_LOOK)
