"""A real browser before two desks that run in this process."""

import os
from collections.abc import Iterator

# The browser's driver runs a loop in this thread; the tests still ask the database in turn.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")

import django

django.setup()

import pytest  # noqa: E402  # needs the settings above
from django.conf import settings as django_settings  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from pytest_django.fixtures import Settings  # noqa: E402

from comity.desk import sign_in  # noqa: E402
from comity.desk.house import provide  # noqa: E402
from comity.desk.throttle import Throttle  # noqa: E402
from tests.browser.seats import Seats, seated  # noqa: E402
from tests.desk.seating import PLAIN, SITTING, add_officer  # noqa: E402
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, make_desks  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep accounts in a file: every request of the browser opens it anew."""
    file = tmp_path_factory.mktemp("accounts") / "accounts.sqlite3"
    django_settings.DATABASES["default"]["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _plain(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PLAIN.items():
        setattr(settings, name, value)
    settings.LANGUAGES = [*settings.LANGUAGES, ("en-xa", "[Pseudo]")]
    monkeypatch.setattr(sign_in, "THROTTLE", Throttle())


@pytest.fixture
def desks() -> Iterator[Desks]:
    """The houses behind the desks."""
    made = make_desks()
    provide(lambda: made.house(SITTING.get()), zone=lambda: made.zone(SITTING.get()))
    yield made
    provide(None)


@pytest.fixture
def seats(transactional_db: None, desks: Desks) -> Iterator[Seats]:
    """Both desks, with an officer who can sign in at each."""
    del transactional_db
    for state in (NORTHMERE, JINHAI):
        add_officer(f"officer-{state.lower()}", "duty_officer")
    with seated(desks, (NORTHMERE, JINHAI)) as found:
        yield found
