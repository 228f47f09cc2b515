"""What lies on the disk: nothing of a part, a note or an officer's name in clear."""

from pathlib import Path

import pytest
from django.db import connections

from comity.records.errors import RowChanged
from comity.seal.errors import CannotOpen
from tests.records.samples import PEER, adds, after, card, note, opening, part
from tests.stores import Database, Databases, Kind

SECRET = part(0, data=b"the mailbox of Mr Q")


def on_disk(database: Database) -> bytes:
    """Return every byte of the database's files."""
    name = Path(str(connections[database.alias].settings_dict["NAME"]))
    return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))


@pytest.fixture
def database(databases: Databases) -> Database:
    return databases.make("sqlite")


def test_parts_salts_notes_and_names_are_not_in_the_file(database: Database) -> None:
    store = database.store()
    first = opening(parts=(SECRET,))
    store.write(adds(first, parts=(SECRET,)))
    store.write(lambda unit: unit.add_note(note(body="what we think of Mr Q")))
    store.write(lambda unit: unit.put_card(card()))
    found = on_disk(database)
    assert first.envelope in found
    for secret in (SECRET.data, SECRET.salt, b"what we think", b"Ada"):
        assert secret not in found


def test_another_storage_key_opens_nothing_and_says_so(both_databases: Database) -> None:
    store = both_databases.store()
    store.write(adds(opening(), parts=(part(),)))
    store.write(lambda unit: unit.add_note(note()))
    store.write(lambda unit: unit.put_card(card()))
    other = both_databases.store(storage_key=b"x" * 32)
    assert other.read(lambda view: view.act(opening().act.id)) == opening()
    with pytest.raises(CannotOpen):
        other.read(lambda view: view.parts_of(opening().act.id))
    with pytest.raises(CannotOpen):
        other.read(lambda view: view.note("a"))
    with pytest.raises(CannotOpen):
        other.read(lambda view: view.card(PEER))


def change(database: Database, statement: str) -> None:
    with connections[database.alias].cursor() as cursor:
        cursor.execute(statement)


def test_a_part_put_in_anothers_place_does_not_open(both_databases: Database) -> None:
    parts = (part(0), part(1, "reason"))
    first = opening(parts=parts)
    both_databases.store().write(adds(first, parts=parts))
    change(
        both_databases,
        "UPDATE records_part SET sealed = (SELECT sealed FROM records_part WHERE place = 1)"
        " WHERE place = 0",
    )
    with pytest.raises(CannotOpen):
        both_databases.store().read(lambda view: view.parts_of(first.act.id))


def test_a_header_that_was_changed_on_the_disk_is_noticed(both_databases: Database) -> None:
    store = both_databases.store()
    store.write(adds(opening(), parts=(part(),)))
    store.write(adds(after(opening(), 0)))
    change(
        both_databases,
        "UPDATE records_act SET header = (SELECT header FROM records_act WHERE seq = 0"
        " AND author = 'XJN') WHERE author = 'XNR'",
    )
    with pytest.raises(RowChanged) as told:
        store.read(lambda view: view.act(opening().act.id))
    assert told.value.code == "row-changed"
    with pytest.raises(RowChanged):
        store.read(lambda view: view.acts_of(opening().act.id))


def test_a_dropped_note_leaves_no_bytes_in_the_file(database: Database) -> None:
    store = database.store(random=lambda size: b"\x99" * size)
    store.write(lambda unit: unit.add_note(note(body="x" * 3_000)))
    (sealed,) = told(database, "SELECT body FROM records_home_note")
    told(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed[20:2_000] in on_disk(database)
    store.write(lambda unit: unit.drop_note("a"))
    told(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed[20:100] not in on_disk(database)


def told(database: Database, statement: str) -> tuple[bytes, ...]:
    with connections[database.alias].cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[bytes, ...]] = cursor.fetchall()
    return found[0]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_erasing_a_matters_key_erases_its_parts_and_nothing_else(
    databases: Databases, kind: Kind
) -> None:
    database = databases.make(kind)
    store = database.store()
    store.write(adds(opening(1), opening(2), parts=(part(),)))
    change(database, f"DELETE FROM records_matter_key WHERE matter = '{opening(1).act.id}'")
    with pytest.raises(CannotOpen):
        store.read(lambda view: view.parts_of(opening(1).act.id))
    assert store.read(lambda view: view.parts_of(opening(2).act.id)) == (part(),)
    assert store.read(lambda view: view.act(opening(1).act.id)) == opening(1)
