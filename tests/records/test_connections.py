"""Connections keep what is committed, and are closed."""

import threading
from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction

from comity.actions.ports import Unit
from comity.records.cipher import RestCipher
from comity.records.connections import prepare
from comity.records.errors import NotDurable
from comity.records.store import DjangoStore
from tests.records.samples import PEER, card, note, opening
from tests.stores import Database, Databases, forget, open_database


def answer(database: Database, statement: str) -> object:
    with connections[database.alias].cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found[0][0]


@pytest.fixture
def sqlite(databases: Databases) -> Database:
    return databases.make("sqlite")


@pytest.fixture
def postgres(databases: Databases) -> Database:
    return databases.make("postgres")


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_every_sqlite_connection_is_durable(
    sqlite: Database, pragma: str, expected: object
) -> None:
    assert answer(sqlite, f"PRAGMA {pragma}") == expected
    found: list[object] = []

    def other() -> None:
        found.append(answer(sqlite, f"PRAGMA {pragma}"))
        sqlite.close()

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert found == [expected]


@pytest.mark.usefixtures("databases")
def test_a_database_that_does_not_obey_is_refused(tmp_path: Path) -> None:
    # Without shared memory SQLite keeps to its old journal, and readers would block the writer.
    old = open_database(f"sqlite:///file:{tmp_path}/vfs?vfs=unix-none")
    connections[old.alias].settings_dict["OPTIONS"] = {"uri": True}
    try:
        with pytest.raises(NotDurable) as told:
            answer(old, "SELECT 1")
    finally:
        forget(old)
    assert told.value.code == "not-durable"
    assert "journal_mode" in str(told.value)


@pytest.mark.usefixtures("databases")
def test_a_database_in_memory_is_prepared_for_tests() -> None:
    memory = open_database("sqlite:///:memory:")
    prepare(connections[memory.alias])
    forget(memory)


def test_postgres_commits_wait_for_the_disk_whatever_the_server_says(postgres: Database) -> None:
    answer(postgres, "SELECT set_config('synchronous_commit', 'off', false)")
    prepare(connections[postgres.alias])
    assert answer(postgres, "SHOW synchronous_commit") == "on"


def test_a_stronger_setting_of_postgres_stays(postgres: Database) -> None:
    answer(postgres, "SELECT set_config('synchronous_commit', 'remote_apply', false)")
    prepare(connections[postgres.alias])
    assert answer(postgres, "SHOW synchronous_commit") == "remote_apply"


def test_a_store_in_memory_is_our_mistake() -> None:
    memory = open_database("sqlite:///:memory:")
    with pytest.raises(ValueError, match="file"):
        memory.store()
    forget(memory)


def test_the_lock_file_may_lie_elsewhere(sqlite: Database, tmp_path: Path) -> None:
    cipher = RestCipher(bytes(32), bytes)
    store = DjangoStore(sqlite.alias, me="XNR", cipher=cipher, lock_path=tmp_path / "turn")
    store.write(lambda unit: unit.number_leaves())
    assert (tmp_path / "turn").exists()


def test_a_thread_keeps_one_connection_and_closes_it(both_databases: Database) -> None:
    store = both_databases.store()
    store.write(lambda unit: unit.add_note(note()))
    mine = connections[both_databases.alias].connection
    for _ in range(3):
        store.read(lambda view: view.note("a"))
        store.write(lambda unit: unit.drop_note("a"))
    assert connections[both_databases.alias].connection is mine
    store.close()
    assert connections[both_databases.alias].connection is None
    assert store.read(lambda view: view.note("a")) is None


def test_a_connection_that_broke_is_made_again(postgres: Database, databases: Databases) -> None:
    store = postgres.store()
    store.write(lambda unit: unit.add_note(note()))
    pid = answer(postgres, "SELECT pg_backend_pid()")
    other = databases.open(postgres.url)
    answer(other, f"SELECT pg_terminate_backend({pid}, 5000)")
    assert store.read(lambda view: view.note("a")) == note()


def test_a_connection_that_breaks_in_a_unit_stores_nothing_of_it(
    postgres: Database, databases: Databases
) -> None:
    store = postgres.store()
    pid = answer(postgres, "SELECT pg_backend_pid()")
    other = databases.open(postgres.url)

    def work(unit: Unit) -> None:
        unit.add_note(note("a"))
        answer(other, f"SELECT pg_terminate_backend({pid}, 5000)")
        unit.add_note(note("b"))

    with pytest.raises(DatabaseError):
        store.write(work)
    assert store.read(lambda view: view.notes_of(None)) == ()


def test_records_do_not_join_a_transaction_of_django(both_databases: Database) -> None:
    store = both_databases.store()
    with transaction.atomic(both_databases.alias):
        with pytest.raises(RuntimeError, match="inside another"):
            store.write(lambda unit: unit.add_note(note()))
        with pytest.raises(RuntimeError, match="inside another"):
            store.read(lambda view: view.act(opening().act.id))


def test_an_error_of_the_database_is_djangos(both_databases: Database) -> None:
    store = both_databases.store()
    with pytest.raises(DatabaseError):
        store.write(lambda unit: unit.keep_checkpoint(object(), b""))  # type: ignore[arg-type]
    with pytest.raises(DatabaseError):
        store.read(lambda view: view.own_number("XJN", object()))  # type: ignore[arg-type]
    assert store.read(lambda view: view.checkpoint()) is None


def test_a_card_is_read_from_its_bytes_once(both_databases: Database) -> None:
    store = both_databases.store()
    store.write(lambda unit: unit.put_card(card()))
    first = store.read(lambda view: view.card(PEER))
    assert first is not None
    assert store.read(lambda view: view.card(PEER)) is first
    assert store.read(lambda view: view.cards()[0]) is first
