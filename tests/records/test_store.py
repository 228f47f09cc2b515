"""Every store does what the ports say: in memory, on SQLite, on PostgreSQL."""

from collections.abc import Callable

import pytest

from comity.actions.ports import Store
from tests.memory_store import MemoryStore
from tests.records.check_store import CHECKS, check_store
from tests.stores import Databases


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_a_store(check: Callable[[Store], None], store: Store) -> None:
    check(store)


def test_the_whole_suite_runs_on_a_store() -> None:
    check_store(MemoryStore)


def test_two_databases_are_two_after_one_was_opened_twice(databases: Databases) -> None:
    first = databases.make("postgres")
    databases.open(first.url)
    databases.forget_all()
    assert databases.make("postgres").url != databases.make("postgres").url
