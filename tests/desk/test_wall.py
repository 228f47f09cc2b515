"""The wall: what needs us comes first, an unchanged wall costs nothing, a long one stays fast."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from comity.actions.ports import Alarm, Delivery, House, Row
from comity.actions.send import send_request
from comity.actions.talk import ask_info
from comity.actions.withdraw import withdraw
from comity.desk.bands import Band, folded, settled
from comity.matters.fold import NO_MATTER
from comity.matters.present import present
from comity.matters.sayings import Code
from tests.desk.pages import Page, get
from tests.desk.two_desks import JINHAI, NORTHMERE, OFFICER, START, Desks, asked, send

ROW = Row(
    matter="sha256:" + "a" * 64,
    peer=NORTHMERE,
    role="requested",
    instrument="budapest",
    urgency="immediate_247",
    opened_at=START,
    changed_at=START,
    until=None,
    code="sent",
    tag="new",
    closed=False,
    ours="",
    theirs="NM-1",
)
OURS = {
    "requested": {
        "sent",
        "seen",
        "acknowledged",
        "being-preserved",
        "hold-due",
        "told-to-go-on",
        "release-due",
    },
    "requesting": {"asks-go-on"},
}
BOTH = {
    "nothing-asked",
    "not-understood",
    "released-unasked",
    "crossed-expired",
    "crossed-released",
    "end-date-passed",
    "must-not-lapse",
}


def band(page: Page, name: str) -> str:
    return page.html.split(f'data-band="{name}"')[1].split('data-band="')[0]


def alarm(house: House, code: str, peer: str = NORTHMERE) -> None:
    one = Alarm(code=code, peer=peer, at=house.clock.now(), detail="n 3")
    house.store.write(lambda unit: unit.raise_alarm(one))


def test_an_empty_wall_says_that_nothing_needs_us(jinhai: Client) -> None:
    page = get(jinhai, "/")
    assert "Nothing needs you. What arrives appears here by itself." in page.text
    assert "0 files closed" in page.text


def test_a_card_says_who_wants_what_and_until_when(jinhai: Client, desks: Desks) -> None:
    send(desks)
    desks.clock.pass_by(minutes=4)
    now = band(get(jinhai, "/"), "now")
    page = Page(now)
    assert "Northmere asks us to keep data XNR New" in page.text
    assert "Target: acknowledged · 11 min left" in page.text
    assert "✔ State key: in the directory, anchored by twelve words" in page.text
    assert page.text.count("not checked yet") == 3
    assert "Their reference NM-1 Take it" in page.text


def test_targets_and_law_are_told_apart(jinhai: Client, northmere: Client, desks: Desks) -> None:
    matter = send(desks).removeprefix("sha256:")
    desks.clock.pass_by(minutes=20)
    page = get(jinhai, "/")
    assert "Target: acknowledged · missed by 5 min" in page.text
    assert {one["data-clock"] for one in page.with_attribute("data-clock")} == {"target"}
    jinhai.get(f"/matters/{matter}/preserve")
    form = get(jinhai, f"/matters/{matter}/preserve").form("/preserve")
    jinhai.post(form.action, form.fields | {"sign": ["none_seen"]})
    form = get(jinhai, f"/matters/{matter}/kept").form("/kept")
    jinhai.post(form.action, form.fields | {"result-1": ["kept"]})
    desks.carry()
    page = get(northmere, "/")
    assert {one["data-clock"] for one in page.with_attribute("data-clock")} == {"law"}
    assert "§ Law Earliest end that the law allows · 60 days left" in page.text.replace("59", "60")


def test_what_we_asked_waits_for_others(northmere: Client, desks: Desks) -> None:
    send(desks)
    page = get(northmere, "/")
    assert "We asked Jinhai to keep data" in band(page, "waiting")
    assert "We asked" not in band(page, "now")


def test_a_question_to_us_needs_us_and_one_of_ours_waits(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    ask_info(desks.house(JINHAI), matter, by=OFFICER, question="Which?")
    desks.carry()
    assert "We asked Jinhai" in band(get(northmere, "/"), "now")
    assert "Northmere asks us" in band(get(jinhai, "/"), "now")


@pytest.mark.parametrize("role", ["requested", "requesting"])
@pytest.mark.parametrize("code", sorted(Code))
def test_the_band_follows_from_who_must_act(role: str, code: Code) -> None:
    row = replace(ROW, role=role, code=code.value)  # type: ignore[arg-type]
    ours = code.value in OURS[role] | BOTH
    assert settled(row) is (Band.NOW if ours else Band.WAITING)
    asks = settled(replace(row, tag="waiting"))
    assert asks is (Band.NOW if ours else None)


def test_an_alarm_or_a_debt_of_ours_needs_us_whatever_the_row_says() -> None:
    quiet = present(NO_MATTER, START)
    row = replace(ROW, code="preserved", tag="waiting")
    assert folded(row, quiet, JINHAI) is Band.WAITING
    assert folded(row, replace(quiet, alarm=True), JINHAI) is Band.NOW
    assert folded(row, replace(quiet, owing=(NORTHMERE,)), JINHAI) is Band.WAITING
    assert folded(row, replace(quiet, owing=(NORTHMERE, JINHAI)), JINHAI) is Band.NOW


def test_life_comes_before_everything_else(jinhai: Client, desks: Desks) -> None:
    send(desks, ours="NM-routine")
    desks.clock.pass_by(minutes=1)
    life = replace(asked(), urgency="emergency_life_safety", ours="NM-life")
    send_request(desks.house(NORTHMERE), life, by=OFFICER)
    desks.carry()
    now = band(get(jinhai, "/"), "now")
    assert now.index("NM-life") < now.index("NM-routine")


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("peer-restored", "came back from a backup"),
        ("number-reused", "gave one number to two different entries"),
        ("card-changed", "has changed in a way you must read"),
        ("equivocation", "tell your head of unit"),
        ("restored", "nothing is signed until"),
        ("act-missing", "is missing from the records here"),
        ("something-new", "something-new"),
    ],
)
def test_an_alarm_is_told_in_words(code: str, part: str, jinhai: Client, desks: Desks) -> None:
    alarm(desks.house(JINHAI), code)
    page = get(jinhai, "/")
    assert page.fact("alarm") == code
    assert part in page.text
    assert "n 3" not in page.text


def test_an_old_alarm_leaves_the_wall(jinhai: Client, desks: Desks) -> None:
    alarm(desks.house(JINHAI), "number-reused")
    desks.clock.pass_by(days=8)
    assert get(jinhai, "/").facts("alarm") == []


def test_the_queue_is_on_the_wall_with_its_age(northmere: Client, desks: Desks) -> None:
    send_request(desks.house(NORTHMERE), asked(), by=OFFICER)
    desks.clock.pass_by(minutes=12)
    page = get(northmere, "/")
    assert page.fact("queue") == "1"
    assert "1 entry waits to be sent · Jinhai XJN · 12 min old" in page.text
    assert page.facts("mode") == []


def test_a_line_that_fails_for_all_is_said_above_every_page(
    northmere: Client, desks: Desks
) -> None:
    house = desks.house(NORTHMERE)
    send_request(house, asked(), by=OFFICER)

    def fail(one: Delivery) -> None:
        tried = replace(one, attempts=3, error="no-answer")
        house.store.write(lambda unit: unit.update_delivery(tried))

    for one in house.store.read(lambda view: view.deliveries(waiting_only=True)):
        fail(one)
    assert get(northmere, "/help").fact("mode") == "offline"
    assert "OFFLINE – 1 item will send by itself." in get(northmere, "/help").text


def test_what_was_closed_today_is_counted(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    withdraw(desks.house(NORTHMERE), matter, by=OFFICER)
    desks.carry()
    assert "1 file closed" in get(jinhai, "/").text
    desks.clock.pass_by(days=2)
    assert "0 files closed" in get(jinhai, "/").text


def test_an_unchanged_wall_answers_304(jinhai: Client, desks: Desks) -> None:
    send(desks)
    page = get(jinhai, "/")
    (live,) = page.with_attribute("data-poll")
    assert 300 <= int(live["data-every"]) <= 1_000
    same = jinhai.get("/live", headers={"If-None-Match": live["data-mark"]})
    assert (same.status_code, same.content) == (304, b"")
    send(desks, ours="NM-2")
    news = jinhai.get("/live", headers={"If-None-Match": live["data-mark"]})
    assert news.status_code == 200
    assert b"NM-2" in news.content
    assert b"<html" not in news.content
    again = jinhai.get("/live", headers={"If-None-Match": news.headers["ETag"]})
    assert again.status_code == 304
    desks.clock.pass_by(minutes=1)
    assert jinhai.get("/live", headers={"If-None-Match": news.headers["ETag"]}).status_code == 200


def test_another_language_is_another_wall(jinhai: Client, desks: Desks) -> None:
    send(desks)
    mark = jinhai.get("/live").headers["ETag"]
    jinhai.post("/language", {"language": "ar", "next": "/"})
    answer = jinhai.get("/live", headers={"If-None-Match": mark})
    assert answer.status_code == 200
    assert "نورثمير" in answer.content.decode()


def test_pages_hold_fifty(northmere: Client, desks: Desks) -> None:
    for number in range(52):
        send_request(desks.house(NORTHMERE), asked(ours=f"NM-{number}"), by=OFFICER)
        desks.clock.pass_by(seconds=1)
    first, second = get(northmere, "/"), get(northmere, "/?page=2")
    cards = [len(page.with_attribute("data-tag")) for page in (first, second)]
    assert cards == [50, 2]
    assert "Page 2 of 2" in second.text
    assert "52" in first.text
    for odd in ("0", "-1", "x", "9" * 30, "٣"):
        assert northmere.get("/", {"page": odd}).status_code == 200


def test_a_wall_of_1000_files_stays_fast(northmere: Client, desks: Desks) -> None:
    house = desks.house(NORTHMERE)
    for number in range(1_000):
        send_request(house, asked(ours=f"NM-{number}"), by=OFFICER)
    get(northmere, "/")
    began = time.perf_counter()
    page = get(northmere, "/")
    drawn = time.perf_counter() - began
    (live,) = page.with_attribute("data-poll")
    began = time.perf_counter()
    for _ in range(10):
        northmere.get("/live", headers={"If-None-Match": live["data-mark"]})
    polled = (time.perf_counter() - began) / 10
    assert drawn < 0.5
    assert polled < 0.05


def test_a_card_that_has_expired_takes_the_tick_away(jinhai: Client, desks: Desks) -> None:
    send(desks)
    desks.clock.pass_by(days=301)
    ticks = [one["data-value"] for one in get(jinhai, "/").with_attribute("data-tick")]
    assert ticks[0] == "against"
    assert desks.clock.now() - START > timedelta(days=300)
