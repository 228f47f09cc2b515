"""The whole way of a preservation, and of a peer's card, on both databases."""

import pytest

from comity.actions.certificate import certificate
from comity.actions.ports import Store
from comity.actions.verdict import Verdict
from comity.actions.verify import verify_certificate
from tests.actions.desks import DAY, Desks, desks
from tests.actions.test_preservation import *  # noqa: F403  # the same tests, other records
from tests.actions.test_preservation import kept
from tests.directory.states import NOW
from tests.stores import Databases
from tests.suite0 import SUITES_0


@pytest.fixture(name="two", params=["sqlite", "postgres"])
def _two(databases: Databases, request: pytest.FixtureRequest) -> Desks:
    def make(me: str) -> Store:
        return databases.make(request.param).store(me)

    return desks(make_store=make)


def test_a_certificate_made_from_rows_is_intact(two: Desks) -> None:
    roots = {name: state.root.public.id for name, state in two.states.items()}
    data = certificate(two.north, kept(two))
    report = verify_certificate(data, roots, now=NOW + DAY, suites=SUITES_0)
    assert report.verdict is Verdict.INTACT
