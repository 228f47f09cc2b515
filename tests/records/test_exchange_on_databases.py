"""Delivering and receiving, on both databases: the same tests as on the memory store."""

import pytest

from tests.actions.desks import Desks, desks
from tests.actions.test_deliver import *  # noqa: F403  # the same tests, other records
from tests.actions.test_receive import *  # noqa: F403
from tests.stores import Databases

# These two reach into the memory store's tables.
del test_one_refused_act_does_not_hold_up_the_others  # noqa: F821
del test_an_act_that_is_not_held_is_shown_and_does_not_stop_the_others  # noqa: F821


@pytest.fixture(name="two", params=["sqlite", "postgres"])
def _two(databases: Databases, request: pytest.FixtureRequest) -> Desks:
    return desks(make_store=lambda me: databases.make(request.param).store(me))
