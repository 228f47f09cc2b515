"""Every page in a real browser: it fits, it is mirrored, it can be read, it stays small."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Request

from tests.browser.officer import PHONE, Officer, build, sit_down
from tests.browser.seats import Seats
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, send

ASSETS: Final = Path(__file__).parent / "assets"
LANGUAGES: Final = ("en", "zh-hans", "ar", "en-xa")
FIRST_PAGE: Final = 60_000
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AUDIT: Final = """
async (rules) => (await axe.run(document, {runOnly: {type: "tag", values: rules}}))
  .violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target).join(" | "))
"""


@pytest.fixture
def paths(desks: Desks) -> list[str]:
    """The pages of Jinhai's desk with a request to decide, and one that is kept."""
    matter = f"/matters/{send(desks, items=2).removeprefix('sha256:')}"
    steps = ("preserve", "kept", "check", "refuse", "ask", "cannot")
    lists = ("/", "/requests/new", "/requests", "/queue", "/directory", "/law", "/help", "/nowhere")
    return [*lists, matter, *(f"{matter}/{step}" for step in steps)]


def test_the_checker_is_the_one_that_was_taken_in() -> None:
    digest = hashlib.sha256((ASSETS / "axe.min.js").read_bytes()).hexdigest()
    assert digest in (ASSETS / "PROVENANCE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_phone(
    language: str, browser: Browser, seats: Seats, paths: list[str]
) -> None:
    jinhai = sit_down(browser, seats, JINHAI, viewport=PHONE)
    jinhai.speak(language)
    wide = [path for path in paths if _overflows(jinhai, path)]
    northmere = sit_down(browser, seats, NORTHMERE, viewport=PHONE)
    northmere.speak(language)
    page = build(northmere)
    assert wide == []
    for step in ("identifiers", "state", "basis", "contents", "check"):
        place = page.url.rsplit("/", 1)[0] + f"/{step}"
        assert not _overflows(northmere, place.removeprefix(northmere.home)), step


def _overflows(officer: Officer, path: str) -> bool:
    page = officer.go(path)
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_arabic_is_mirrored_and_not_clipped(
    browser: Browser, seats: Seats, paths: list[str]
) -> None:
    jinhai = sit_down(browser, seats, JINHAI)
    sides = {}
    for language in ("en", "ar"):
        jinhai.speak(language)
        page = jinhai.go(paths[0])
        nav, main = page.locator(".nav").bounding_box(), page.locator("main").bounding_box()
        press, words = (
            page.locator(".card form").bounding_box(),
            page.locator(".card h3").first.bounding_box(),
        )
        assert nav
        assert main
        assert press
        assert words
        sides[language] = (nav["x"] < main["x"], press["x"] > words["x"])
        page = jinhai.go(paths[8])
        knot = page.evaluate("getComputedStyle(document.querySelector('.story')).borderRightWidth")
        assert (knot != "0px") is (language == "ar")
    assert sides == {"en": (True, True), "ar": (False, False)}


def test_foreign_identifiers_keep_their_direction_in_arabic(
    browser: Browser, seats: Seats, paths: list[str]
) -> None:
    jinhai = sit_down(browser, seats, JINHAI)
    jinhai.speak("ar")
    page = jinhai.go(paths[8])
    item = page.locator("tr[data-item='1'] bdi")
    assert item.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "isolate"
    assert item.inner_text() == "offender0@example.org"


@pytest.mark.parametrize(
    ("language", "palette"),
    [("en", "light"), ("en", "night"), ("zh-hans", "light"), ("ar", "night")],
)
def test_axe_finds_nothing(
    language: str, palette: str, browser: Browser, seats: Seats, paths: list[str]
) -> None:
    jinhai = sit_down(browser, seats, JINHAI, bypass_csp=True)
    jinhai.speak(language)
    cookie = {"name": "comity-palette", "value": palette, "url": jinhai.home}
    jinhai.page.context.add_cookies([cookie])  # type: ignore[list-item]
    found = {path: list(_audit(jinhai, path)) for path in paths}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_axe_finds_nothing_in_the_builder_or_on_the_asking_side(
    browser: Browser, seats: Seats, desks: Desks
) -> None:
    matter = f"/matters/{send(desks, ours='NM-9').removeprefix('sha256:')}"
    northmere = sit_down(browser, seats, NORTHMERE, bypass_csp=True)
    page = build(northmere)
    draft = page.url.removeprefix(northmere.home).rsplit("/", 1)[0]
    found = {}
    for step in ("identifiers", "state", "basis", "contents", "check"):
        found[step] = list(_audit(northmere, f"{draft}/{step}"))
    found["file"] = list(_audit(northmere, matter))
    found["withdraw"] = list(_audit(northmere, f"{matter}/withdraw"))
    northmere.page.click("main button")
    northmere.page.context.clear_cookies()
    found["door"] = list(_audit(northmere, "/sign-in"))
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_checker_finds_a_planted_fault(browser: Browser, seats: Seats) -> None:
    northmere = sit_down(browser, seats, NORTHMERE, bypass_csp=True)
    northmere.go("/help").evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        "'<input type=text><p style=\"color:#ccc;background:#fff\">too pale to read</p>')"
    )
    found = " ".join(_faults(northmere))
    assert "label: " in found
    assert "color-contrast: " in found


def _audit(officer: Officer, path: str) -> Iterator[str]:
    officer.go(path)
    yield from _faults(officer)


def _faults(officer: Officer) -> Iterator[str]:
    officer.page.add_script_tag(path=str(ASSETS / "axe.min.js"))
    yield from officer.page.evaluate(AUDIT, RULES)


def test_forced_colours_keep_every_frame(browser: Browser, seats: Seats, paths: list[str]) -> None:
    jinhai = sit_down(browser, seats, JINHAI, forced_colors="active")
    page = jinhai.go(paths[8])
    for one in page.locator(".button, .tag, .clock").all():
        assert one.evaluate("(it) => getComputedStyle(it).borderTopStyle") != "none"


def test_night_is_dark_by_the_device_and_by_choice(
    browser: Browser, seats: Seats, paths: list[str]
) -> None:
    device = sit_down(browser, seats, JINHAI, color_scheme="dark")
    assert _brightness(device, paths[0]) < 0.1
    chosen = sit_down(browser, seats, JINHAI)
    assert _brightness(chosen, paths[0]) > 0.8
    chosen.page.get_by_role("button", name="Night colours").click()
    assert _brightness(chosen, paths[0]) < 0.1


def _brightness(officer: Officer, path: str) -> float:
    page = officer.go(path)
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = (int(one) for one in colour.strip("rgb()").split(",")[:3])
    return (red + green + blue) / 765


def test_print_leaves_out_what_paper_cannot_press(
    browser: Browser, seats: Seats, paths: list[str]
) -> None:
    jinhai = sit_down(browser, seats, JINHAI)
    page = jinhai.go(paths[8])
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible()
    assert not page.locator(".presses").first.is_visible()
    assert page.locator(".lines").is_visible()
    assert page.locator("#law-rows .inset").first.is_visible()
    assert len(page.pdf()) > 10_000


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_pressed_on_a_phone_is_large_enough(
    language: str, browser: Browser, seats: Seats, paths: list[str]
) -> None:
    jinhai = sit_down(browser, seats, JINHAI, viewport=PHONE)
    jinhai.speak(language)
    small = []
    for path in paths:
        page = jinhai.go(path)
        for one in page.locator(".button, button, select, .nav a, summary").all():
            box = one.bounding_box()
            if box and box["height"] < 43.5:
                small.append((path, one.inner_text(), box["height"]))
    assert small == []


def test_the_first_page_is_light_and_leaves_the_house_for_nothing(
    browser: Browser, seats: Seats, paths: list[str]
) -> None:
    jinhai = sit_down(browser, seats, JINHAI)
    asked: list[str] = []
    said: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    jinhai.page.on("request", note)
    jinhai.page.on("console", hear)
    for path in (paths[0], paths[8]):
        seats.answered.clear()
        asked.clear()
        jinhai.go(path)
        assert [url for url in asked if not url.startswith(jinhai.home)] == []
        assert 0 < sum(size for _, _, size in seats.answered) < FIRST_PAGE
    assert said == []
