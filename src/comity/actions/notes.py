"""Home notes: what this State thinks for itself. Nothing here reaches ``wire``."""

from dataclasses import replace

from comity.actions.ports import HomeNote, House, Officer, Unit
from comity.seal.forms import b64

ID = 15


def write_note(
    house: House, *, by: Officer, kind: str, body: str, matter: str | None = None
) -> HomeNote:
    """Keep a note, a draft, a paste or a check under a new id."""
    note = HomeNote(
        id=b64(house.random(ID)).replace("+", "-").replace("/", "_"),
        matter=matter,
        kind=kind,
        author=by.id,
        at=house.clock.now(),
        body=body,
    )
    house.store.write(lambda unit: unit.add_note(note))
    return note


def rewrite_note(house: House, note: HomeNote, body: str) -> HomeNote:
    """Keep a draft's newer text under the same id."""
    newer = replace(note, body=body, at=house.clock.now())

    def put(unit: Unit) -> None:
        unit.drop_note(note.id)
        unit.add_note(newer)

    house.store.write(put)
    return newer


def drop_note(house: House, note_id: str) -> None:
    """Throw a draft away."""
    house.store.write(lambda unit: unit.drop_note(note_id))
