"""Acts in rows."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from comity.actions.ports import HeldAct
from comity.matters.act import Act, read_act
from comity.records.errors import AlreadyHeld, LaneTaken, NotHeld, RowChanged
from comity.records.log import add_leaf
from comity.records.sql import Found, Rows, Subject
from comity.records.times import micros, moment

_ADD: Final = """
    INSERT INTO records_act
        (act_id, matter, author, seq, ours, part_count, header, envelope, stored_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_ONE: Final = "SELECT act_id, header, envelope, stored_at FROM records_act WHERE act_id = %s"
_OF_MATTER: Final = """
    SELECT act_id, header, envelope, stored_at FROM records_act WHERE matter = %s ORDER BY id
"""
_HELD: Final = "SELECT matter, part_count FROM records_act WHERE act_id = %s"

# A matter is folded again and again; its headers never change.
_REMEMBERED: Final = 1024
_read: Final = lru_cache(maxsize=_REMEMBERED)(read_act)


def act(rows: Rows, act_id: str) -> HeldAct | None:
    """Return the act held under this id."""
    found = rows.one(_ONE, act_id)
    return None if found is None else _held(found)


def acts_of(rows: Rows, matter: str, known: Mapping[str, HeldAct]) -> tuple[HeldAct, ...]:
    """Return a matter's acts in the order of storing; those ``known`` are not read again."""
    return tuple(known.get(found[0]) or _held(found) for found in rows.all(_OF_MATTER, matter))


def must_hold(rows: Rows, act_id: str) -> tuple[str, int]:
    """Return the matter and the number of parts of an act; raise ``NotHeld``."""
    found = rows.one(_HELD, act_id)
    if found is None:
        raise NotHeld(act_id)
    matter, count = found
    return matter, count


def add_act(rows: Rows, held: HeldAct, me: str) -> None:
    """Store an act and its leaf. Raises ``AlreadyHeld``, ``LaneTaken``."""
    stated = held.act
    matter = stated.matter_id
    rows.hold(Subject.MATTER, matter)
    added = rows.run(
        _ADD,
        stated.id,
        matter,
        stated.author,
        stated.seq,
        stated.author == me,
        len(stated.parts),
        stated.header,
        held.envelope,
        micros(held.stored_at),
    )
    if not added:
        if rows.one(_HELD, stated.id):
            raise AlreadyHeld(stated.id)
        raise LaneTaken(matter, stated.seq)
    add_leaf(rows, stated.id)


def _held(found: Found) -> HeldAct:
    act_id, header, envelope, stored_at = found
    stated: Act = _read(bytes(header))
    if stated.id != act_id:
        raise RowChanged(act_id)
    return HeldAct(act=stated, envelope=bytes(envelope), stored_at=moment(stored_at))
