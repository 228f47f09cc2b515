"""Nobody but an officer opens a page, and what is absent looks like what is forbidden."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from comity.desk.access import is_open
from tests.desk.conftest import SeatedClient, SignIn
from tests.desk.pages import get
from tests.desk.seating import add_officer
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, send

OPEN = {"sign-in", "sign-out", "language", "palette", "favicon.ico", "static/"}
A_MATTER = "ab" * 32
A_DRAFT = "Abcdefghij0123456789"
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def patterns() -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns:
        assert isinstance(one, URLPattern)
        yield one


def address(one: URLPattern) -> str:
    """Return an address that the pattern matches."""
    text = re.sub(r"<matter:\w+>", A_MATTER, str(one.pattern))
    text = re.sub(r"<draft:\w+>", A_DRAFT, text)
    return "/" + re.sub(r"<(?:slug|str):\w+>", "x", text)


CLOSED = [one for one in patterns() if not is_open(one.callback)]


def test_only_the_door_is_open_to_all() -> None:
    found = {str(one.pattern).partition("<")[0] for one in patterns() if is_open(one.callback)}
    assert found == OPEN


@pytest.mark.parametrize("pattern", CLOSED, ids=lambda one: str(one.pattern))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_page_sends_a_stranger_to_the_door(
    pattern: URLPattern, method: str, db: None, desks: Desks
) -> None:
    del db, desks
    answer = getattr(SeatedClient(NORTHMERE), method)(address(pattern))
    if method == "post":
        assert answer.status_code == 200
        assert b'action="/sign-in"' in answer.content
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("pattern", CLOSED, ids=lambda one: str(one.pattern))
def test_an_account_without_a_role_opens_nothing(pattern: URLPattern, sit: SignIn) -> None:
    client = sit(NORTHMERE, "cleaner")
    answer = client.get(address(pattern))
    assert answer.status_code == 403
    assert b"no role" in answer.content


def test_a_file_of_others_looks_like_no_file(sit: SignIn, desks: Desks) -> None:
    matter = send(desks)
    client = sit("QMR")
    found = [
        client.get(f"/matters/{one}{rest}")
        for one in (matter.removeprefix("sha256:"), A_MATTER)
        for rest in ("", "/live", "/preserve", "/certificate", "/withdraw")
    ]
    assert {answer.status_code for answer in found} == {404}
    bodies = {re.sub(rb'value="[^"]*"', b"", answer.content) for answer in found}
    assert len(bodies) == 1


def test_an_unknown_step_or_draft_is_not_there(northmere: Client) -> None:
    assert northmere.get(f"/requests/{A_DRAFT}/check").status_code == 404
    assert northmere.get("/matters/short").status_code == 404


def test_a_stranger_who_polls_is_told_to_sign_in(db: None, desks: Desks) -> None:
    del db, desks
    answer = SeatedClient(NORTHMERE).get("/live", headers={"X-Requested-With": "poll"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/help", "/static/x/desk.css"])
def test_every_answer_carries_the_policy(path: str, northmere: Client) -> None:
    answer = northmere.get(path)
    assert set(answer.headers["Content-Security-Policy"].split("; ")) >= POLICY
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_style_is_kept_for_ever_under_its_digest(northmere: Client) -> None:
    page = northmere.get("/").content.decode()
    (css,) = re.findall(r'href="(/static/\w+/desk\.css)"', page)
    answer = northmere.get(css)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert northmere.get(css.replace("desk.css", "desk.css.map")).status_code == 404
    assert northmere.get(css.replace("desk.css", "..")).status_code == 404


def test_a_press_without_the_token_is_refused_in_words(db: None, desks: Desks) -> None:
    del db
    matter = send(desks).removeprefix("sha256:")
    client = SeatedClient(JINHAI, enforce_csrf_checks=True)
    client.force_login(add_officer("strict", "duty_officer"))
    answer = client.post(f"/matters/{matter}/take")
    assert answer.status_code == 403
    assert b"nothing was sent" in answer.content
    assert get(client, f"/matters/{matter}").fact("tag") == "new"


def test_another_host_is_refused_in_words(northmere: Client) -> None:
    answer = northmere.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400


def test_a_body_too_large_is_refused_in_words(northmere: Client) -> None:
    answer = northmere.post(
        "/requests/new", data=b"x", content_type="text/plain", headers={"Content-Length": "9000000"}
    )
    assert answer.status_code == 413
    assert b"larger than 8 MB" in answer.content


def test_an_error_of_our_own_is_a_page_in_words(
    northmere: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        message = "broken for a test"
        raise RuntimeError(message)

    monkeypatch.setattr("comity.desk.lists._waiting", breaks)
    northmere.raise_request_exception = False
    answer = northmere.get("/queue")
    assert answer.status_code == 500
    assert b"Something went wrong here" in answer.content
    assert b"broken for a test" not in answer.content
