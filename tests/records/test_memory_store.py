"""What only the store in memory does: snapshots, to come back to as from a backup."""

from operator import methodcaller

import pytest

from comity.actions.ports import Unit
from tests.memory_store import MemoryStore
from tests.records.checks_writes import before, everything, seen
from tests.records.samples import NOW, PEER, adds, note, opening, part


def test_a_snapshot_brings_everything_back() -> None:
    store = MemoryStore()
    store.write(before)
    old = store.read(seen)
    snapshot = store.snapshot()
    store.write(everything)
    assert store.read(seen) != old
    store.load(snapshot)
    assert store.read(seen) == old


def test_a_snapshot_can_be_loaded_twice_and_into_another_store() -> None:
    store = MemoryStore()
    store.write(before)
    old = store.read(seen)
    snapshot = store.snapshot()
    for target in (store, MemoryStore(), store):
        target.load(snapshot)
        assert target.read(seen) == old
        target.write(everything)
        assert target.read(seen) != old


def test_a_restored_store_gives_the_same_numbers_again() -> None:
    store = MemoryStore()
    store.write(adds(opening(1), opening(2), parts=(part(),)))
    snapshot = store.snapshot()

    def give(unit: Unit) -> int:
        return unit.add_delivery(peer=PEER, act_id=opening(1).act.id, urgent=False, now=NOW)

    first = store.write(give)
    store.load(snapshot)
    assert store.write(give) == first


def test_values_are_never_copied() -> None:
    store = MemoryStore()
    first = opening()
    store.write(adds(first, parts=(part(),)))
    copy = MemoryStore()
    copy.load(store.snapshot())
    assert copy.read(lambda view: view.act(first.act.id)) is first


def test_undoing_keeps_the_order_of_storing() -> None:
    store = MemoryStore()
    for name in "abc":
        store.write(methodcaller("add_note", note(name)))

    def work(unit: Unit) -> None:
        unit.drop_note("a")
        unit.add_note(note("a"))
        assert [one.id for one in unit.notes_of(None)] == ["b", "c", "a"]
        raise KeyError

    with pytest.raises(KeyError):
        store.write(work)
    assert [one.id for one in store.read(lambda view: view.notes_of(None))] == ["a", "b", "c"]
