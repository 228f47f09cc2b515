"""An officer at a real browser: signs in, goes through the builder, decides."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.seats import Seats
from tests.desk.seating import PASSWORD
from tests.desk.test_whole_way import CONTENTS, MAIL
from tests.desk.two_desks import JINHAI

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Officer:
    """A signed-in browser at one State's desk."""

    page: Page
    home: str

    def go(self, path: str) -> Page:
        """Open a page of the desk."""
        self.page.goto(f"{self.home}{path}")
        return self.page

    def speak(self, language: str) -> None:
        """Read the desk in another language from now on."""
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.home}])

    def fact(self, name: str, attribute: str = "data-value") -> str:
        """Return what the page says of a fact."""
        found = self.page.locator(f"[data-fact='{name}']").first.get_attribute(attribute)
        return found or ""

    def code(self) -> str:
        """Return what the file is now."""
        return self.fact("code")

    def receipts(self) -> dict[str, str]:
        """Return which receipts are there."""
        found = self.page.locator("[data-receipt]").all()
        return {
            str(o.get_attribute("data-receipt")): str(o.get_attribute("data-value")) for o in found
        }


def sit_down(
    browser: Browser,
    seats: Seats,
    state: str,
    **options: Any,  # noqa: ANN401  # whatever a context of the browser takes
) -> Officer:
    """Sign an officer in at a State's desk."""
    context = browser.new_context(**({"viewport": DESKTOP, "locale": "en-GB"} | options))
    page = context.new_page()
    officer = Officer(page=page, home=seats.addresses[state])
    officer.go("/sign-in")
    page.fill("#username", f"officer-{state.lower()}")
    page.fill("#password", PASSWORD)
    page.click("main button")
    return officer


def build(officer: Officer) -> Page:
    """Go through the builder up to the last look."""
    page = officer.go("/requests/new")
    page.fill("#paste", MAIL)
    page.click("button[value=read]")
    page.locator("[data-finding]", has_text="collect@drop.example").locator("input").first.check()
    page.click("button[value=go]")
    page.check(f"#to-{JINHAI}")
    page.click("main .button:not(.second)")
    page.check("#instrument-budapest")
    page.select_option("#offence", "A13")
    page.click("main .button:not(.second)")
    for name, value in CONTENTS.items():
        if name in ("follow_up", "secrecy"):
            page.check(f"#{name}-{value}")
        else:
            page.fill(f"#{name}", value)
    page.click("main .button:not(.second)")
    return page
