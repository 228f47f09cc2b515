"""The desk in this process: Django's own tables in memory, the houses too."""

import os
from collections.abc import Iterator
from typing import Protocol

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402  # needs the settings above
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402
from pytest_django.fixtures import Settings  # noqa: E402

from comity.desk import sign_in  # noqa: E402
from comity.desk.house import provide  # noqa: E402
from comity.desk.throttle import Throttle  # noqa: E402
from tests.desk.seating import PLAIN, SITTING, add_officer  # noqa: E402
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, make_desks  # noqa: E402


class SignIn(Protocol):
    """Signs an officer in at a State's desk."""

    def __call__(self, state: str, role: str = "duty_officer") -> Client: ...


class SeatedClient(Client):
    """A browser at one State's desk."""

    def __init__(self, state: str, **defaults: object) -> None:
        super().__init__(**defaults)  # type: ignore[arg-type]
        self.state = state

    def request(self, **request: object) -> object:  # type: ignore[override]
        token = SITTING.set(self.state)
        try:
            return super().request(**request)
        finally:
            SITTING.reset(token)


@pytest.fixture(autouse=True)
def _settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PLAIN.items():
        setattr(settings, name, value)
    monkeypatch.setattr(sign_in, "THROTTLE", Throttle())
    translation.activate("en")  # a page of the test before may have been in another language


@pytest.fixture
def desks() -> Iterator[Desks]:
    """Provide the houses to the desk, by who sits there."""
    made = make_desks()
    provide(
        lambda: made.house(SITTING.get()),
        zone=lambda: made.zone(SITTING.get()),
    )
    yield made
    provide(None)


@pytest.fixture
def sit(db: None, desks: Desks) -> SignIn:
    """Return who signs an officer in at a State's desk."""
    del db, desks

    def signed_in(state: str, role: str = "duty_officer") -> Client:
        client = SeatedClient(state)
        client.force_login(add_officer(f"{state}-{User.objects.count()}", role))
        return client

    return signed_in


@pytest.fixture
def northmere(sit: SignIn) -> Client:
    """An officer's browser in the State that asks."""
    return sit(NORTHMERE)


@pytest.fixture
def jinhai(sit: SignIn) -> Client:
    """An officer's browser in the State that is asked."""
    return sit(JINHAI)
