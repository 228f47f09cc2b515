"""A file's page: seen once, three receipts, one press for one step, every entry in words."""

from dataclasses import replace

import pytest
from django.test import Client

from comity.actions.draft import Step
from comity.actions.ports import House
from comity.actions.send import send_request
from comity.actions.state import state_act
from comity.actions.talk import ask_info
from comity.seal import canonical
from tests.desk.conftest import SignIn
from tests.desk.odd import deliver, foreign, odd
from tests.desk.pages import Page, get, press
from tests.desk.test_whole_way import receipts
from tests.desk.two_desks import JINHAI, NORTHMERE, OFFICER, Desks, asked, send


def address(matter: str) -> str:
    return f"/matters/{matter.removeprefix('sha256:')}"


def steps(house: House, matter: str) -> list[str]:
    """Return the steps held of a file, in order of storing."""
    return [one.act.step for one in house.store.read(lambda view: view.acts_of(matter))]


def kept(jinhai: Client, desks: Desks, matter: str, *results: str) -> Page:
    """Order and keep; carry; return Jinhai's page."""
    place = address(matter)
    press(jinhai, get(jinhai, f"{place}/preserve"), "/preserve", sign="none_seen")
    answers = {f"result-{n}": result for n, result in enumerate(results or ("kept",), start=1)}
    page = press(jinhai, get(jinhai, f"{place}/kept"), "/kept", **answers)
    desks.carry()
    return page


def test_opening_states_seen_once(jinhai: Client, sit: SignIn, desks: Desks) -> None:
    matter = send(desks)
    for client in (jinhai, jinhai, sit(JINHAI)):
        get(client, address(matter))
    assert steps(desks.house(JINHAI), matter) == ["request", "seen"]


def test_polling_and_prefetching_are_not_seeing(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    assert jinhai.get(f"{address(matter)}/live").status_code == 200
    get(jinhai, address(matter), **{"Sec-Purpose": "prefetch;prerender"})
    assert jinhai.head(address(matter)).status_code == 200
    get(jinhai, "/")
    assert steps(desks.house(JINHAI), matter) == ["request"]


def test_the_five_lines_can_be_read_aloud(jinhai: Client, desks: Desks) -> None:
    page = get(jinhai, address(send(desks, items=3)))
    for line in (
        "WHO Northmere XNR 24/7 contact point of Northmere",
        "WANTS Keep the data of 3 items, without telling the user",
        "A false bank took the savings of a pensioner.",
        "UNTIL 3 August 2026, 08:00 here · 01:00 Northmere · 00:00 UTC",
        "RISK The provider deletes after seven days.",
    ):
        assert line in page.text
    assert [one for one in page.facts("basis") if one["data-article"] == "29"]
    assert "Budapest Convention on Cybercrime, article 29." in page.text


def test_ticks_are_only_for_what_is_checked(jinhai: Client, desks: Desks) -> None:
    page = get(jinhai, address(send(desks)))
    ticks = {one["data-tick"]: one["data-value"] for one in page.with_attribute("data-tick")}
    assert ticks == {"state": "yes", "officer": "no", "shift": "no", "call": "no"}
    assert "anchored by twelve words" in page.text


def test_taking_is_one_press_and_a_second_changes_nothing(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    wall = get(jinhai, "/")
    form = wall.form("/take")
    for _ in range(2):
        assert jinhai.post(form.action, form.fields).status_code == 302
    assert steps(desks.house(JINHAI), matter) == ["request", "acknowledge"]
    assert get(jinhai, address(matter)).fact("tag") == "taken"
    row = desks.house(JINHAI).store.read(lambda view: view.row(matter))
    assert row is not None
    assert row.ours == f"XJN-20260504-{matter.removeprefix('sha256:')[:6].upper()}"


def test_the_one_question_has_no_answer_ticked(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    form = get(jinhai, f"{address(matter)}/preserve")
    assert "sign" not in form.form("/preserve").fields
    assert form.form("/preserve").fields["custodian"] == ["CloudHarbour"]
    wrong = press(jinhai, form, "/preserve")
    assert wrong.problems() == ["sign"]
    wrong = press(jinhai, form, "/preserve", sign="none_seen", custodian=" ")
    assert wrong.problems() == ["custodian"]
    assert "ordered" not in steps(desks.house(JINHAI), matter)


def test_checking_first_orders_nothing_and_asks_every_ground(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    form = get(jinhai, f"{address(matter)}/preserve")
    page = press(jinhai, form, "/preserve", sign="check_first")
    assert page.title.startswith("Check first")
    grounds = sorted(
        {one["name"] for one in page.with_attribute("name") if "ground-" in one["name"]}
    )
    assert grounds == ["ground-B29_5A_political", "ground-B29_5B_essential"]
    half = press(jinhai, page, "/check", **{grounds[0]: "no"})
    assert half.fact("advice") == "open"
    done = press(jinhai, half, "/check", **{grounds[1]: "unsure"})
    assert done.fact("advice") == "complete"
    assert "ordered" not in steps(desks.house(JINHAI), matter)
    notes = get(jinhai, address(matter)).text
    assert "Before an order: checking first was wanted." in notes
    assert "Political offence: No" in notes


def test_preserving_twice_orders_once(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    form = get(jinhai, f"{address(matter)}/preserve").form("/preserve")
    data = form.fields | {"sign": ["none_seen"]}
    first, second = jinhai.post(form.action, data), jinhai.post(form.action, data)
    assert first.headers["Location"] == address(matter)
    assert second.headers["Location"] == f"{address(matter)}?moved=1"
    assert steps(desks.house(JINHAI), matter) == ["request", "ordered"]
    assert (
        "Nothing was sent: the file has moved on" in get(jinhai, f"{address(matter)}?moved=1").text
    )


def test_what_is_kept_is_said_item_by_item(jinhai: Client, northmere: Client, desks: Desks) -> None:
    matter = send(desks, items=3)
    place = address(matter)
    press(jinhai, get(jinhai, f"{place}/preserve"), "/preserve", sign="none_seen")
    form = get(jinhai, f"{place}/kept")
    assert form.fact("earliest") == "2026-07-04"
    assert form.form("/kept").fields["until"] == ["2026-08-03"]
    wrong = press(jinhai, form, "/kept", **{"result-1": "kept"})
    assert wrong.problems() == ["result-2"]
    wrong = press(jinhai, form, "/kept", **{f"result-{n}": "not_found" for n in (1, 2, 3)})
    assert wrong.problems() == ["result-1"]
    answers = {"result-1": "kept", "result-2": "not_found", "result-3": "not_kept"}
    early = press(jinhai, form, "/kept", until="2026-07-03", **answers)
    assert early.problems() == ["until"]
    assert "2026-07-03" in early.form("/kept").fields["until"]
    press(jinhai, early, "/kept", until="2026-07-05")
    desks.carry()
    page = get(northmere, place)
    found = {one["data-item"]: one["data-result"] for one in page.with_attribute("data-item")}
    assert found == {"1": "kept", "2": "not_found", "3": "not_kept"}
    assert page.facts("kept-until")[0]["data-at"] == "2026-07-05T00:00:00Z"


def test_the_certificate_is_there_once_something_is_kept(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    assert jinhai.get(f"{address(matter)}/certificate").status_code == 409
    page = kept(jinhai, desks, matter)
    assert f"{address(matter)}/certificate" in page.links()
    answer = jinhai.get(f"{address(matter)}/certificate")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/json"


ROUND_TRIPS = [
    # (who asks, path, typed, the other's question, path of the answer, typed, code after)
    (JINHAI, "ask", {"reason": "Which account?"}, "info", "inform", {"reason": "Both."}),
    (JINHAI, "cannot", {"reason": "It may be gone."}, "go-on", "go-on", {}),
]


@pytest.mark.parametrize(("who", "path", "typed", "question", "answer", "with_"), ROUND_TRIPS)
def test_a_question_of_the_requested_state_is_answered_on_its_own_page(
    who: str,
    path: str,
    typed: dict[str, str],
    question: str,
    answer: str,
    with_: dict[str, str],
    sit: SignIn,
    desks: Desks,
) -> None:
    matter = send(desks)
    asker, other = sit(who), sit(NORTHMERE)
    place = address(matter)
    assert press(asker, get(asker, f"{place}/{path}"), f"/{path}").problems() == ["reason"]
    press(asker, get(asker, f"{place}/{path}"), f"/{path}", **typed)
    desks.carry()
    page = get(other, place)
    assert page.fact("question") == question
    assert page.fact("tag") == "waiting"
    assert typed["reason"] in page.text
    assert f"{place}/{answer}" in page.links()
    press(other, get(other, f"{place}/{answer}"), f"/{answer}", **with_)
    desks.carry()
    assert get(asker, place).facts("question") == []


def test_an_extension_is_asked_and_given(northmere: Client, jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    kept(jinhai, desks, matter)
    place = address(matter)
    form = get(northmere, f"{place}/ask-extension")
    assert press(northmere, form, "/ask-extension", until="x").problems() == ["until"]
    early = press(northmere, form, "/ask-extension", until="2026-07-30")
    assert early.problems() == ["until"]
    press(northmere, form, "/ask-extension", until="2026-12-01", reason="Court date.")
    desks.carry()
    page = get(jinhai, place)
    assert page.fact("question") == "extension"
    assert {f"{place}/extend", f"{place}/decline"} <= set(page.links())
    press(jinhai, get(jinhai, f"{place}/extend"), "/extend", until="2026-12-01")
    desks.carry()
    assert get(northmere, place).facts("kept-until")[0]["data-at"] == "2026-12-01T00:00:00Z"


def test_an_extension_is_declined_with_a_reason(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    kept(jinhai, desks, matter)
    place = address(matter)
    press(northmere, get(northmere, f"{place}/ask-extension"), "/ask-extension", until="2026-12-01")
    desks.carry()
    press(jinhai, get(jinhai, f"{place}/decline"), "/decline", reason="Our law ends here.")
    desks.carry()
    assert "Our law ends here." in get(northmere, place).text


def test_a_follow_up_is_held_or_not_received(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    kept(jinhai, desks, matter)
    place = address(matter)
    form = get(northmere, f"{place}/follow-up")
    assert press(northmere, form, "/follow-up").problems() == ["reference"]
    press(northmere, form, "/follow-up", reference="MLA 2026/17")
    desks.carry()
    page = get(jinhai, place)
    assert {f"{place}/hold", f"{place}/not-received"} <= set(page.links())
    press(jinhai, get(jinhai, f"{place}/not-received"), "/not-received", reason="Not in our mail.")
    desks.carry()
    assert "Not in our mail." in get(northmere, place).text
    assert get(northmere, place).facts("question") == []


def test_a_hold_is_stated(northmere: Client, jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    kept(jinhai, desks, matter)
    place = address(matter)
    press(northmere, get(northmere, f"{place}/follow-up"), "/follow-up", reference="MLA 2026/17")
    desks.carry()
    page = press(jinhai, get(jinhai, f"{place}/hold"), "/hold")
    assert page.fact("code") == "kept-until-decision"


def test_a_withdrawal_makes_release_due_and_the_release_closes(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    kept(jinhai, desks, matter)
    place = address(matter)
    page = get(northmere, f"{place}/withdraw")
    assert "You cannot take this back" in page.text
    press(northmere, page, "/withdraw", reason="Wrong account.")
    desks.carry()
    assert get(jinhai, place).fact("code") == "release-due"
    closed = press(jinhai, get(jinhai, f"{place}/release"), "/release")
    assert closed.fact("tag") == "closed"
    assert "1 file closed" in get(jinhai, "/").text


def test_expiry_waits_for_the_end(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    kept(jinhai, desks, matter)
    place = address(matter)
    early = press(jinhai, get(jinhai, f"{place}/expire"), "/expire")
    assert "The end date has not passed" in early.text
    desks.clock.pass_by(days=92)
    late = get(jinhai, place)
    assert late.fact("code") == "end-date-passed"
    assert press(jinhai, get(jinhai, f"{place}/expire"), "/expire").fact("code") == "expired"


def test_a_step_that_is_not_open_leads_back_to_the_file(jinhai: Client, desks: Desks) -> None:
    place = address(send(desks))
    for path in ("kept", "refuse", "preserve", "cannot", "ask"):
        assert jinhai.get(f"{place}/{path}").status_code == 200
    for path in ("inform", "go-on", "withdraw", "hold", "release", "expire", "extend"):
        answer = jinhai.get(f"{place}/{path}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{place}?moved=1")
    assert jinhai.get(f"{place}/no-such-step").status_code == 404


@pytest.mark.parametrize(
    ("path", "typed"), [("ask", {"reason": "Which?"}), ("cannot", {"reason": "x"})]
)
def test_a_small_step_pressed_twice_is_stated_once(
    path: str, typed: dict[str, str], jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    form = get(jinhai, f"{address(matter)}/{path}").form(f"/{path}")
    data = form.fields | {name: [text] for name, text in typed.items()}
    codes = [jinhai.post(form.action, data).headers["Location"] for _ in range(2)]
    assert codes[1].endswith("?moved=1")
    assert len(steps(desks.house(JINHAI), matter)) == 2


def test_notes_stay_and_are_written_once(jinhai: Client, northmere: Client, desks: Desks) -> None:
    matter = send(desks)
    page = get(jinhai, address(matter))
    form = page.form("/note")
    for _ in range(2):
        jinhai.post(form.action, form.fields | {"note": ["<b>Call the bank</b>"]})
    page = get(jinhai, address(matter))
    assert page.html.count("&lt;b&gt;Call the bank") == 1
    assert press(jinhai, page, "/note", note=" ").problems() == ["note"]
    desks.carry()
    assert "Call the bank" not in get(northmere, address(matter)).html


def test_foreign_text_is_shown_with_care(jinhai: Client, desks: Desks) -> None:
    answers = dict(asked().answers) | {"facts": "<script>alert(1)</script> \u202egnp.exe"}
    house = desks.house(NORTHMERE)
    held = send_request(house, replace(asked(), answers=tuple(answers.items())), by=OFFICER)
    desks.carry()
    html = get(jinhai, address(held.act.id)).html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "[U+202E]gnp.exe" in html


@pytest.mark.parametrize(
    "part",
    [
        b"not canonical",
        canonical.encode({"v": 1, "items": "none"}),
        canonical.encode({"v": 1, "items": [{"n": 1, "kind": "email_address"}, 7], "facts": 3}),
        canonical.encode({"v": 1, "items": [{"n": 1, "kind": "star_chart", "z": "\u200b!"}]}),
    ],
)
def test_a_request_that_cannot_be_read_says_so_and_breaks_nothing(
    part: bytes, jinhai: Client, desks: Desks
) -> None:
    matter = foreign(desks, part)
    page = get(jinhai, address(matter))
    assert page.fact("code") in ("sent", "seen")
    shown = ("cannot be read", "cannot show", "star_chart")
    assert any(text in page.text for text in shown)


@pytest.mark.parametrize(
    ("changes", "standing", "part"),
    [
        ({"seq": 5}, "void", "This entry changes nothing"),
        ({"step": "hand_over"}, "unknown", "does not understand"),
        ({"prev": "sha256:" + "9" * 64}, "held", "waits"),
    ],
)
def test_an_entry_that_does_not_count_says_why(
    changes: dict[str, canonical.Json], standing: str, part: str, jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    deliver(desks, odd(desks, matter, **changes))
    page = get(jinhai, address(matter))
    found = [one["data-standing"] for one in page.with_attribute("data-standing")]
    assert standing in found
    assert part in page.text
    assert "It says:" in page.text


def test_two_entries_under_one_number_are_an_alarm(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    deliver(desks, odd(desks, matter))
    desks.clock.pass_by(seconds=1)
    deliver(desks, odd(desks, matter))
    page = get(jinhai, address(matter))
    assert "has signed two different entries under one number" in page.text
    assert "Call its contact point." in page.text


def test_a_restored_node_still_shows_the_file(jinhai: Client, desks: Desks) -> None:
    matter = send(desks)
    house = desks.house(JINHAI)
    house.store.write(lambda unit: unit.set_unsynced(frozenset({NORTHMERE})))
    page = get(jinhai, address(matter))
    assert page.fact("tag") == "new"
    told = press(jinhai, page, "/take")
    assert "restored from a backup" in told.text


def test_the_file_answers_304_until_something_changes(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    page = get(northmere, address(matter))
    (live,) = page.with_attribute("data-poll")
    same = northmere.get(live["data-poll"], headers={"If-None-Match": live["data-mark"]})
    assert (same.status_code, same.content) == (304, b"")
    get(jinhai, address(matter))
    desks.carry()
    news = northmere.get(live["data-poll"], headers={"If-None-Match": live["data-mark"]})
    assert news.status_code == 200
    assert receipts(Page(news.content.decode()))["seen"] == "yes"


def test_another_edition_of_the_law_is_said(jinhai: Client, desks: Desks) -> None:
    house = desks.house(NORTHMERE)
    matter = send(desks)
    state_act(house, matter, Step(step="withdraw"))
    assert "another edition" not in get(jinhai, address(matter)).text


def test_words_of_a_question_keep_their_lines(northmere: Client, desks: Desks) -> None:
    matter = send(desks)
    ask_info(desks.house(JINHAI), matter, by=OFFICER, question="First.\nSecond.")
    desks.carry()
    assert "First.\nSecond." in get(northmere, address(matter)).html
