"""The whole way at both desks: without a script, with it, and by keyboard alone."""

import json
import time

from playwright.sync_api import Browser, Page, expect

from comity.actions.verdict import Verdict
from comity.actions.verify import verify_certificate
from tests.browser.officer import Officer, build, sit_down
from tests.browser.seats import Seats
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, send


def address(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def preserve(jinhai: Officer, file: str) -> None:
    """Open, decide and state what is kept."""
    page = jinhai.go("/")
    page.click("[data-band=now] .card h3 a")
    assert address(page) == file
    page.click("#preserve")
    page.check("#sign-none_seen")
    page.click("main .button")
    expect(page.locator("[data-fact=not-disclosed]")).to_contain_text("not disclosed anything")
    page.click("#keep")
    page.check("#result-1-kept")
    page.click("main .button")
    assert jinhai.code() == "preserved"


def test_the_whole_way_needs_no_script(browser: Browser, seats: Seats, desks: Desks) -> None:
    northmere = sit_down(browser, seats, NORTHMERE, java_script_enabled=False)
    jinhai = sit_down(browser, seats, JINHAI, java_script_enabled=False)
    page = build(northmere)
    page.click("#send")
    file = address(page)
    assert northmere.code() == "sent"
    preserve(jinhai, file)
    northmere.go(file)
    assert northmere.receipts() == {"delivered": "yes", "seen": "yes", "acting": "yes"}
    with page.expect_download() as waiting:
        page.click("[data-fact=certificate] a")
    data = waiting.value.path().read_bytes()
    assert json.loads(data)["type"] == "preservation-certificate"
    house = desks.house(NORTHMERE)
    cards = house.store.read(lambda view: view.cards())
    roots = {held.card.state: held.card.root.id for held in cards}
    report = verify_certificate(data, roots, now=desks.clock.now(), suites=house.suites)
    assert report.verdict is Verdict.INTACT


def test_a_refusal_needs_no_script(browser: Browser, seats: Seats, desks: Desks) -> None:
    file = f"/matters/{send(desks).removeprefix('sha256:')}"
    jinhai = sit_down(browser, seats, JINHAI, java_script_enabled=False)
    page = jinhai.go(file)
    page.click("#refuse")
    page.check("#grounds-B29_5B_essential")
    page.fill("#reason", "It would harm an essential interest.")
    page.click("button[value=look]")
    expect(page.locator("h1")).to_contain_text("will be told that you refuse")
    page.click("button[value=change]")
    assert page.input_value("#reason") == "It would harm an essential interest."
    page.click("button[value=look]")
    page.click("button[value=send]")
    assert jinhai.code() == "refused"


def test_a_request_appears_by_itself_within_a_second(
    browser: Browser, seats: Seats, desks: Desks
) -> None:
    jinhai = sit_down(browser, seats, JINHAI)
    northmere = sit_down(browser, seats, NORTHMERE)
    expect(jinhai.page.locator("[data-band=now]")).to_contain_text("Nothing needs you")
    page = build(northmere)
    began = time.perf_counter()
    page.click("#send")
    expect(jinhai.page.locator("[data-band=now] .card")).to_contain_text("NM-77", timeout=3_000)
    assert time.perf_counter() - began < 2.0
    file = address(page)
    assert desks.house(JINHAI).store.read(lambda view: view.acts_of(f"sha256:{file[9:]}"))


def test_receipts_appear_by_themselves(browser: Browser, seats: Seats, desks: Desks) -> None:
    file = f"/matters/{send(desks).removeprefix('sha256:')}"
    northmere = sit_down(browser, seats, NORTHMERE)
    jinhai = sit_down(browser, seats, JINHAI)
    page = northmere.go(file)
    assert northmere.receipts() == {"delivered": "yes", "seen": "no", "acting": "no"}
    page.locator("#technical summary").click()
    page.fill("#note", "Half a thought")
    jinhai.go(file)
    # Somebody who types is left in peace; the news comes when she is done.
    page.locator("h1").click()
    expect(page.locator("[data-receipt=seen]")).to_have_attribute(
        "data-value", "yes", timeout=5_000
    )
    assert page.input_value("#note") == "Half a thought"
    assert page.locator("#technical").get_attribute("open") is not None


def test_a_press_of_the_keyboard_is_enough(browser: Browser, seats: Seats, desks: Desks) -> None:
    file = f"/matters/{send(desks).removeprefix('sha256:')}"
    jinhai = sit_down(browser, seats, JINHAI)
    page = jinhai.go(file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "preserve")
    page.keyboard.press("Enter")
    page.wait_for_url("**/preserve")
    tab_to(page, "sign-none_seen")
    page.keyboard.press("Space")
    tab_to(page, "custodian")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{file}")
    assert jinhai.code() == "being-preserved"
    tab_to(page, "keep")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kept")
    tab_to(page, "result-1-kept")
    page.keyboard.press("Space")
    tab_to(page, "until")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{file}")
    assert jinhai.code() == "preserved"


def tab_to(page: Page, element: str) -> None:
    """Press Tab until an element has the focus, which must be visible."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == element:
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(style) == "solid"
            return
    raise AssertionError(element)


def test_an_error_moves_nothing_that_was_typed(browser: Browser, seats: Seats) -> None:
    northmere = sit_down(browser, seats, NORTHMERE)
    page = northmere.go("/requests/new")
    page.click("button[value=skip]")
    page.fill("#text-1", "not an address")
    page.click("button[value=go]")
    assert page.title().startswith("Error:")
    assert page.input_value("#text-1") == "not an address"
    page.locator("#problems a").first.click()
    assert page.evaluate("document.activeElement.id") == "text-1"
