"""Home notes, and what lists show: rows, alarms, peers to sync with."""

from dataclasses import replace
from datetime import timedelta
from operator import methodcaller

import pytest

from comity.actions.ports import Alarm, Store
from comity.records.errors import AlreadyHeld
from tests.records.samples import NOW, OTHER, PEER, SECOND, bytes_of, note, opening, row


def matter(number: int) -> str:
    return opening(number).act.id


def check_a_note_comes_back(store: Store) -> None:
    store.write(lambda unit: unit.add_note(note()))
    assert store.read(lambda view: view.note("a")) == note()
    assert store.read(lambda view: view.note("b")) is None


def check_a_note_id_is_used_once(store: Store) -> None:
    store.write(lambda unit: unit.add_note(note()))
    with pytest.raises(AlreadyHeld):
        store.write(lambda unit: unit.add_note(note(body="another")))
    assert store.read(lambda view: view.note("a")) == note()


def check_notes_come_by_matter_and_kind_oldest_first(store: Store) -> None:
    notes = [
        note("a", matter=matter(1), at=NOW + SECOND),
        note("b", matter=matter(1), at=NOW, kind="screening"),
        note("c"),
        note("d", matter=matter(2)),
        note("e", matter=matter(1), at=NOW),
        note("f", kind="paste", body=""),
    ]
    for one in notes:
        store.write(methodcaller("add_note", one))

    def named(of: str | None, kind: str | None = None) -> str:
        return "".join(one.id for one in store.read(lambda view: view.notes_of(of, kind=kind)))

    assert [named(matter(1)), named(matter(2)), named(None)] == ["bea", "d", "cf"]
    assert [named(matter(1), "draft"), named(None, "paste")] == ["ea", "f"]
    assert named(matter(3)) == ""


def check_a_dropped_note_is_gone(store: Store) -> None:
    store.write(lambda unit: unit.add_note(note()))
    store.write(lambda unit: unit.drop_note("a"))
    store.write(lambda unit: unit.drop_note("a"))
    assert store.read(lambda view: view.note("a")) is None
    store.write(lambda unit: unit.add_note(note(body="again")))
    assert store.read(lambda view: view.note("a")) == note(body="again")


def check_a_long_note_comes_back(store: Store) -> None:
    paste = note(body="From: 中文\0\r\n" * 100_000)
    store.write(lambda unit: unit.add_note(paste))
    assert store.read(lambda view: view.note("a")) == paste


def check_a_row_replaces_the_one_before(store: Store) -> None:
    first = row(matter(1))
    later = row(
        matter(1),
        peer=OTHER,
        role="requested",
        instrument="uncc",
        urgency="routine",
        opened_at=NOW - SECOND,
        changed_at=NOW + SECOND,
        until=None,
        code="refused",
        tag="refused",
        closed=True,
        ours="",
        theirs="JN/9",
    )
    store.write(lambda unit: unit.put_row(first))
    assert store.read(lambda view: view.row(matter(1))) == first
    store.write(lambda unit: unit.put_row(later))
    assert store.read(lambda view: view.row(matter(1))) == later
    assert store.read(lambda view: view.row(matter(2))) is None


def check_rows_come_newest_change_first(store: Store) -> None:
    ids = sorted(matter(number) for number in range(5))
    for at, one in enumerate((ids[2], ids[0], ids[1], ids[3])):
        new = row(one, changed_at=NOW + timedelta(seconds=at // 2 * 5))
        store.write(methodcaller("put_row", new))
    store.write(lambda unit: unit.put_row(row(ids[4], closed=True)))

    def found(*, closed: bool = False, limit: int = 9, offset: int = 0) -> list[int]:
        rows = store.read(lambda view: view.rows(closed=closed, limit=limit, offset=offset))
        return [ids.index(one.matter) for one in rows]

    assert found() == [1, 3, 0, 2]
    assert found(limit=2) == [1, 3]
    assert found(limit=2, offset=1) == [3, 0]
    assert found(closed=True) == [4]


def check_an_alarm_is_kept_once(store: Store) -> None:
    first = Alarm(code="number-reused", peer=PEER, at=NOW, detail="n 4")
    for alarm in (first, replace(first, at=NOW + SECOND), replace(first, detail="n 5")):
        store.write(methodcaller("raise_alarm", alarm))
    found = store.read(lambda view: view.alarms(limit=9))
    assert found == (replace(first, detail="n 5"), first)


def check_the_newest_alarms_come_first(store: Store) -> None:
    for number, age in enumerate((3, 1, 2, 1)):
        alarm = Alarm(code="restored", peer=PEER, at=NOW - age * SECOND, detail=str(number))
        store.write(methodcaller("raise_alarm", alarm))
    found = store.read(lambda view: view.alarms(limit=3))
    assert [one.detail for one in found] == ["3", "1", "2"]
    found = store.read(lambda view: view.alarms_about(PEER, "restored"))
    assert [one.detail for one in found] == ["3", "1", "2", "0"]
    assert store.read(lambda view: view.alarms_about(PEER, "other")) == ()


def check_alarms_whose_words_meet_are_told_apart(store: Store) -> None:
    for code, detail in (("a", "b c"), ("a", "b"), ("ab", ""), ("a", bytes_of(1).hex() * 99)):
        alarm = Alarm(code=code, peer=PEER, at=NOW, detail=detail)
        store.write(methodcaller("raise_alarm", alarm))
    assert len(store.read(lambda view: view.alarms(limit=9))) == 4


def check_the_peers_to_sync_with_are_replaced(store: Store) -> None:
    assert store.read(lambda view: view.unsynced()) == frozenset()
    for peers in ({PEER, OTHER}, {OTHER}, {PEER}, set()):
        store.write(methodcaller("set_unsynced", frozenset(peers)))
        assert store.read(lambda view: view.unsynced()) == peers
