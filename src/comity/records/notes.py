"""Home notes in rows: a table of their own, bodies sealed, no way to what travels."""

from typing import Final

from comity.actions.ports import HomeNote
from comity.records.cipher import RestCipher
from comity.records.errors import AlreadyHeld
from comity.records.sql import Found, Rows
from comity.records.times import micros, moment

_SELECT: Final = "SELECT note_id, matter, kind, author, at, body FROM records_home_note"
_ONE: Final = _SELECT + " WHERE note_id = %s"
_ORDER: Final = " ORDER BY at, id"
_ADD: Final = """
    INSERT INTO records_home_note (note_id, matter, kind, author, at, body)
    VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_DROP: Final = "DELETE FROM records_home_note WHERE note_id = %s"


def note(rows: Rows, cipher: RestCipher, note_id: str) -> HomeNote | None:
    """Return one home note."""
    found = rows.one(_ONE, note_id)
    return None if found is None else _note(found, cipher)


def notes_of(
    rows: Rows, cipher: RestCipher, matter: str | None, kind: str | None
) -> tuple[HomeNote, ...]:
    """Return the notes of a matter, or those without one, oldest first."""
    values = [one for one in (matter, kind) if one is not None]
    asked = _SELECT + (" WHERE matter IS NULL" if matter is None else " WHERE matter = %s")
    if kind is not None:
        asked += " AND kind = %s"
    return tuple(_note(found, cipher) for found in rows.all(asked + _ORDER, *values))


def add_note(rows: Rows, cipher: RestCipher, new: HomeNote) -> None:
    """Store a home note; raise ``AlreadyHeld`` if the id is taken."""
    body = cipher.seal_note(new.id, new.body)
    if not rows.run(_ADD, new.id, new.matter, new.kind, new.author, micros(new.at), body):
        raise AlreadyHeld(new.id)


def drop_note(rows: Rows, note_id: str) -> int:
    """Remove a note; return how many there were."""
    return rows.run(_DROP, note_id)


def _note(found: Found, cipher: RestCipher) -> HomeNote:
    note_id, matter, kind, author, at, body = found
    return HomeNote(
        id=note_id,
        matter=matter,
        kind=kind,
        author=author,
        at=moment(at),
        body=cipher.open_note(note_id, bytes(body)),
    )
