"""The door: a name, a password, a slow answer to whoever guesses, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client

from comity.desk.sign_in import inside
from comity.desk.throttle import FREE, LONGEST, MOST_KEPT, Throttle
from tests.desk.conftest import SeatedClient
from tests.desk.pages import Page, get, press
from tests.desk.seating import PASSWORD, add_officer
from tests.desk.two_desks import JINHAI, NORTHMERE, START, Desks, send


@pytest.fixture
def door(db: None, desks: Desks) -> Client:
    del db, desks
    add_officer("officer", "duty_officer")
    return SeatedClient(NORTHMERE)


def attempt(
    client: Client, password: str, address: str = "192.0.2.1", name: str = "officer"
) -> int:
    answer = client.post("/sign-in", {"username": name, "password": password}, REMOTE_ADDR=address)
    return answer.status_code


def test_the_right_password_opens_the_desk(door: Client) -> None:
    assert attempt(door, PASSWORD) == 302
    assert door.get("/").status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_name(door: Client) -> None:
    answer = door.post("/sign-in", {"username": "officer", "password": "Zebra-42"})
    page = Page(answer.content.decode())
    assert answer.status_code == 422
    assert page.title.startswith("Error:")
    assert page.problems() == ["username"]
    assert page.form("/sign-in").fields["username"] == ["officer"]
    assert "Zebra-42" not in page.html


def test_after_five_wrong_tries_one_waits(door: Client, desks: Desks) -> None:
    assert [attempt(door, "wrong") for _ in range(FREE)] == [422] * FREE
    assert attempt(door, PASSWORD) == 429
    desks.clock.pass_by(seconds=16)
    assert attempt(door, PASSWORD) == 302


def test_nobody_is_locked_out_by_others(door: Client) -> None:
    for _ in range(FREE + 3):
        attempt(door, "wrong", address="198.51.100.66")
    assert attempt(door, PASSWORD, address="198.51.100.66") == 429
    assert attempt(door, PASSWORD, address="192.0.2.1") == 302


def test_another_name_from_the_same_place_is_not_held_up(door: Client) -> None:
    add_officer("colleague", "duty_officer")
    for _ in range(FREE + 1):
        attempt(door, "wrong")
    assert attempt(door, PASSWORD, name="colleague") == 302


def test_waiting_grows_and_ends() -> None:
    throttle, now = Throttle(), START
    waits = []
    for _ in range(FREE + 12):
        throttle.wrong("a", "b", now)
        waits.append(throttle.wait("a", "b", now))
    assert waits[: FREE - 1] == [timedelta(0)] * (FREE - 1)
    assert waits[FREE - 1 :] == sorted(waits[FREE - 1 :])
    assert waits[-1] == LONGEST
    assert throttle.wait("a", "b", now + LONGEST) == timedelta(0)


def test_old_wrong_tries_are_forgotten() -> None:
    throttle = Throttle()
    for _ in range(FREE):
        throttle.wrong("a", "b", START)
    later = START + timedelta(hours=2)
    throttle.wrong("a", "b", later)
    assert throttle.wait("a", "b", later) == timedelta(0)


def test_guessing_many_names_fills_no_memory() -> None:
    throttle = Throttle()
    for number in range(MOST_KEPT + 50):
        throttle.wrong(f"name-{number}", "b", START)
    assert len(throttle._tries) == MOST_KEPT  # noqa: SLF001  # the bound is the point


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/queue", "/queue"),
        ("", "/"),
        (None, "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/law?q=secret", "/law"),
    ],
)
def test_the_way_back_stays_inside(target: str | None, lands: str) -> None:
    assert inside(target) == lands


def test_a_stranger_lands_where_she_wanted(door: Client) -> None:
    answer = door.get("/queue", follow=True)
    page = Page(answer.content.decode())
    done = press(door, page, "/sign-in", username="officer", password=PASSWORD)
    assert done.title.startswith("Queue")


def test_signing_out_ends_the_session(northmere: Client) -> None:
    press(northmere, get(northmere, "/"), "/sign-out")
    assert northmere.get("/").status_code == 302


def test_language_and_palette_are_remembered(northmere: Client) -> None:
    page = press(northmere, get(northmere, "/queue"), "/language", language="ar")
    assert ('dir="rtl"' in page.html, 'lang="ar"' in page.html) == (True, True)
    page = press(northmere, page, "/palette", palette="night")
    assert 'data-palette="night"' in page.html
    assert page.title.startswith("قائمة")


@pytest.mark.parametrize("language", ["xx", "../../etc", "en-xa"])
def test_a_language_that_is_not_offered_changes_nothing(language: str, northmere: Client) -> None:
    northmere.post("/language", {"language": language, "next": "/"})
    assert 'lang="en"' in get(northmere, "/").html


def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in(
    door: Client, desks: Desks
) -> None:
    send(desks)
    door.force_login(add_officer("asker", "duty_officer"))
    matter = desks.house(NORTHMERE).store.read(lambda view: view.rows(closed=False, limit=1))[0]
    address = f"/matters/{matter.matter.removeprefix('sha256:')}"
    form = get(door, address)
    door.logout()
    late = press(door, form, "/note", note="Two lines\nof thought.")
    assert late.form("/sign-in").method == "post"
    wrong = press(door, late, "/sign-in", username="officer", password="wrong")
    again = press(door, wrong, "/sign-in", username="officer", password=PASSWORD)
    assert "It has not been sent" in again.text
    done = press(door, again, "/note")
    assert "of thought." in done.text


@pytest.mark.parametrize("kept", ["[" * 100_000, "{", "[1, 2]", '["/x", 5]', '["//else", []]'])
def test_a_kept_press_that_is_not_in_its_form_is_left_out(door: Client, kept: str) -> None:
    answer = door.post("/sign-in", {"username": "officer", "password": PASSWORD, "again": kept})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_press_from_elsewhere_is_not_carried_through_the_door(db: None, desks: Desks) -> None:
    del db
    matter = send(desks).removeprefix("sha256:")
    stranger = SeatedClient(JINHAI, enforce_csrf_checks=True)
    answer = stranger.post(f"/matters/{matter}/withdraw", {"reason": "planted"})
    assert answer.status_code == 302
    assert b"planted" not in answer.content
