"""A call of 64 acts costs few statements; the budget is counted, not timed."""

import sqlite3
from collections import Counter

import pytest
from django.db import connections

from comity.actions.ports import Unit
from tests.records.samples import NOW, PEER, opening, part, receipt, row
from tests.stores import Database, Databases

COUNT = 64
ACTS = [opening(number, by=PEER) for number in range(COUNT)]


def receive(unit: Unit) -> None:
    """Do what receiving 64 acts does: look, store, fold, number, receipt."""
    for n, held in enumerate(ACTS, start=1):
        assert unit.number_act(PEER, n) is None
        unit.note_number(PEER, n, held.act.id)
        assert unit.act(held.act.id) is None
        unit.add_act(held, (part(),))
    for held in ACTS:
        assert unit.acts_of(held.act.id) == unit.acts_of(held.act.id)
        unit.put_row(row(held.act.id))
    assert unit.number_leaves().size == COUNT
    for n, held in enumerate(ACTS, start=1):
        assert unit.number_act(PEER, n) == held.act.id
        assert unit.given_receipt(held.act.id) is None
        unit.keep_given(receipt(held.act.id, n))


def send(unit: Unit) -> None:
    """Do what stating 64 acts does."""
    for held in ACTS:
        unit.add_act(held, (part(),))
        unit.add_delivery(peer=PEER, act_id=held.act.id, urgent=False, now=NOW)
        unit.put_row(row(held.act.id))
    unit.number_leaves()


@pytest.mark.parametrize(("work", "most"), [(receive, 13), (send, 9)])
def test_an_act_costs_few_statements(databases: Databases, work: object, most: int) -> None:
    database = databases.make("sqlite")
    said = statements(database, work)
    once = 16
    assert sum(said.values()) <= most * COUNT + once, said.most_common(12)
    assert said["COMMIT"] == 1


def statements(database: Database, work: object) -> Counter[str]:
    """Return how often SQLite was told each statement, in the write of ``work``."""
    store = database.store()
    store.read(lambda view: view.changed())
    driver: sqlite3.Connection = connections[database.alias].connection
    said: Counter[str] = Counter()
    driver.set_trace_callback(lambda text: said.update([text.split("(")[0].strip()[:60]]))
    store.write(work)  # type: ignore[arg-type]
    driver.set_trace_callback(None)
    return said
