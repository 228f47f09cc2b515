"""A backup: the same answers afterwards, on either database, or nothing at all."""

import io
import json
import threading
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group, User
from hypothesis import given
from hypothesis import strategies as st

from comity.actions.ports import Unit
from comity.records.backup import check_backup, read_backup, write_backup
from comity.records.errors import NotABackup, NotEmpty, NotHeld, OtherState, OtherVersion
from comity.seal.errors import CannotOpen
from tests.records.checks_writes import before, everything, seen
from tests.records.samples import NOW, PEER, adds, note, opening, part
from tests.stores import Database, Databases, Kind

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

KINDS: tuple[Kind, ...] = ("sqlite", "postgres")
MADE = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)


def filled(databases: Databases, kind: Kind) -> Database:
    database = databases.make(kind)
    store = database.store()
    store.write(before)
    store.write(everything)
    return database


def written(database: Database, *more: str) -> io.BytesIO:
    out = io.BytesIO()
    write_backup(database.store(), out, now=NOW, more=more)
    return out


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_a_backup_answers_as_the_records_did(
    databases: Databases, source: Kind, target: Kind
) -> None:
    old = filled(databases, source)
    new = databases.make(target).store()
    out = io.BytesIO()
    made = write_backup(old.store(), out, now=NOW)
    assert read_backup(new, out) == made
    assert (made.state, made.made) == ("XNR", MADE)
    expected = old.store().read(lambda view: (seen(view), view.changed()))
    assert new.read(lambda view: (seen(view), view.changed())) == expected


@pytest.mark.parametrize("target", KINDS)
def test_a_restored_node_goes_on(databases: Databases, target: Kind) -> None:
    old = filled(databases, "sqlite")
    new = databases.make(target).store()
    read_backup(new, written(old))
    later = opening(77)

    def work(unit: Unit) -> tuple[int, int]:
        unit.add_act(later, (part(),))
        n = unit.add_delivery(peer=PEER, act_id=later.act.id, urgent=False, now=NOW)
        return n, unit.number_leaves().size

    assert new.write(work) == (2, 4)
    assert new.read(lambda view: view.leaf_index(later.act.id)) == 3


@pytest.mark.parametrize("target", KINDS)
def test_what_must_be_said_of_a_restored_node_is_stored_with_its_rows_or_not_at_all(
    databases: Databases, target: Kind
) -> None:
    out = written(filled(databases, "sqlite"))
    new = databases.make(target).store()

    def mark(made: datetime, unit: Unit) -> None:
        assert made == MADE
        assert unit.act(opening(1, by=PEER).act.id) is not None
        unit.set_unsynced(frozenset({"XVL"}))

    def fail(made: datetime, unit: Unit) -> None:
        mark(made, unit)
        raise NotHeld(PEER)

    with pytest.raises(NotHeld):
        read_backup(new, out, then=fail)
    assert new.read(lambda view: (view.cards(), view.unsynced())) == ((), frozenset())
    read_backup(new, out, then=mark)
    assert new.read(lambda view: view.unsynced()) == frozenset({"XVL"})


def test_two_backups_of_the_same_records_are_the_same_bytes(both_databases: Database) -> None:
    both_databases.store().write(before)
    assert written(both_databases).getvalue() == written(both_databases).getvalue()


class WritesMeanwhile(io.BytesIO):
    """Lets another thread write to the records when the first line arrives."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._done = False

    def write(self, data: "ReadableBuffer", /) -> int:
        if not self._done:
            self._done = True
            other = threading.Thread(target=self._write_to_records)
            other.start()
            other.join()
        return super().write(data)

    def _write_to_records(self) -> None:
        self._database.store().write(adds(opening(9), parts=(part(),)))
        self._database.close()


def test_a_backup_shows_one_instant(both_databases: Database) -> None:
    store = both_databases.store()
    store.write(before)
    whole = written(both_databases).getvalue()
    out = WritesMeanwhile(both_databases)
    write_backup(store, out, now=NOW)
    assert store.read(lambda view: view.act(opening(9).act.id)) == opening(9)
    assert out.getvalue() == whole


def test_nothing_sealed_opens_without_the_storage_key(databases: Databases) -> None:
    old = filled(databases, "sqlite")
    out = written(old)
    for secret in (b"what is asked", b"the complainant"):
        assert secret not in out.getvalue()
    other = databases.make("sqlite").store(storage_key=b"k" * 32)
    read_backup(other, out)
    with pytest.raises(CannotOpen):
        other.read(lambda view: view.parts_of(opening(1, by=PEER).act.id))
    with pytest.raises(CannotOpen):
        other.read(lambda view: view.note("b"))


def test_a_backup_is_restored_into_an_empty_database_only(both_databases: Database) -> None:
    store = both_databases.store()
    store.write(before)
    out = written(both_databases)
    with pytest.raises(NotEmpty) as told:
        read_backup(store, out)
    assert told.value.code == "not-empty"


def test_one_note_makes_a_database_not_empty(databases: Databases) -> None:
    out = written(filled(databases, "sqlite"))
    store = databases.make("sqlite").store()
    store.write(lambda unit: unit.add_note(note("z")))
    with pytest.raises(NotEmpty):
        read_backup(store, out)
    assert store.read(lambda view: view.notes_of(None)) == (note("z"),)


def test_another_states_backup_is_refused(databases: Databases) -> None:
    out = written(filled(databases, "sqlite"))
    with pytest.raises(OtherState) as told:
        read_backup(databases.make("sqlite").store("XJN"), out)
    assert told.value.code == "other-state"


def test_a_backup_of_other_tables_is_refused(databases: Databases) -> None:
    lines = written(filled(databases, "sqlite")).getvalue().splitlines(keepends=True)
    head = json.loads(lines[0])
    head["tables"]["records"] = "0999_later"
    with pytest.raises(OtherVersion) as told:
        read_backup(databases.make("sqlite").store(), closed([dumped(head), *lines[1:-1]]))
    assert "0999_later" in str(told.value)


def dumped(line: object) -> bytes:
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def closed(lines: list[bytes]) -> io.BytesIO:
    """Return lines with the right end to them."""
    body = b"".join(lines)
    end = {"rows": len(lines) - 1, "sha256": sha256(body).hexdigest()}
    return io.BytesIO(body + dumped(end))


def test_a_backup_that_was_changed_or_cut_is_refused(
    databases: Databases,
) -> None:
    whole = written(filled(databases, "sqlite")).getvalue()
    target = databases.make("sqlite").store()

    @given(st.data())
    def spoiled(data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(whole) - 1))
        changed = bytes([whole[at] ^ data.draw(st.integers(1, 255))])
        for bad in (whole[:at], whole[:at] + changed + whole[at + 1 :], whole + changed):
            with pytest.raises(NotABackup):
                read_backup(target, io.BytesIO(bad))

    spoiled()
    assert target.read(lambda view: view.cards()) == ()
    assert read_backup(target, io.BytesIO(whole)).rows == whole.count(b"\n") - 2


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\n",
        b"[]\n",
        b"[]\n[]\n",
        b'{"comity-backup":1}\n',
        b"\x1f\x8b not json",
    ],
)
def test_what_is_no_backup_is_refused(bad: bytes) -> None:
    with pytest.raises(NotABackup) as told:
        check_backup(io.BytesIO(bad))
    assert told.value.code == "not-a-backup"


@pytest.mark.parametrize(
    "head",
    [
        {"comity-backup": 2, "state": "XNR", "made": "2026-05-04T03:00:00Z", "tables": {}},
        {"comity-backup": 1, "state": "XNR", "made": "yesterday", "tables": {}},
        {"state": "XNR", "made": "2026-05-04T03:00:00Z", "tables": {}},
    ],
)
def test_a_well_ended_file_with_another_head_is_refused(head: dict[str, object]) -> None:
    with pytest.raises(NotABackup):
        check_backup(closed([dumped(head)]))


@pytest.mark.parametrize(
    "row",
    [
        {"model": "auth.user", "pk": 1, "fields": {"username": "intruder"}},
        {"model": "records.act", "pk": 1, "fields": {"no_such_field": 1}},
        {"model": "records.act", "pk": "one", "fields": {}},
        {"pk": 1},
        {
            "model": "records.leaf",
            "pk": 99,
            "fields": {"act": "sha256:" + "0" * 64, "number": 99, "hash": "AAAA"},
        },
    ],
)
def test_a_well_ended_file_with_a_foreign_row_stores_nothing(
    databases: Databases, row: dict[str, object]
) -> None:
    lines = written(filled(databases, "sqlite")).getvalue().splitlines(keepends=True)
    store = databases.make("sqlite").store()
    with pytest.raises(NotABackup):
        read_backup(store, closed([*lines[:-1], dumped(row)]))
    assert store.read(lambda view: view.cards()) == ()


def test_people_are_taken_along_where_it_is_asked(databases: Databases) -> None:
    old = filled(databases, "sqlite")
    group = Group.objects.using(old.alias).create(name="desk")
    user = User.objects.db_manager(old.alias).create_user("officer-7", password="x" * 12)
    user.groups.add(group)
    more = ("auth.group", "auth.user")
    new = databases.make("postgres")
    read_backup(new.store(), written(old, *more), more=more)
    found = User.objects.using(new.alias).get(username="officer-7")
    assert found.check_password("x" * 12)
    assert [one.name for one in found.groups.all()] == ["desk"]
    again = User.objects.db_manager(new.alias).create_user("officer-8")
    assert again.pk != found.pk
