"""Acts and their parts in rows."""

from functools import lru_cache
from typing import Final

from comity.actions.ports import HeldAct, HeldPart
from comity.matters.act import Act, read_act
from comity.records.cipher import RestCipher
from comity.records.errors import AlreadyHeld, LaneTaken, NotHeld, PartsDoNotFit, RowChanged
from comity.records.sql import Found, Rows, Subject
from comity.records.times import micros, moment
from comity.seal.tree import ACT_LEAF, leaf_data, leaf_hash

_ADD: Final = """
    INSERT INTO records_act
        (act_id, matter, author, seq, ours, part_count, header, envelope, stored_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_ADD_LEAF: Final = "INSERT INTO records_leaf (act_id, hash) VALUES (%s, %s)"
_ONE: Final = "SELECT act_id, header, envelope, stored_at FROM records_act WHERE act_id = %s"
_OF_MATTER: Final = """
    SELECT act_id, header, envelope, stored_at FROM records_act WHERE matter = %s ORDER BY id
"""
_HELD: Final = "SELECT matter, part_count FROM records_act WHERE act_id = %s"
_ADD_PART: Final = """
    INSERT INTO records_part (act_id, place, role, sealed) VALUES (%s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""
_PARTS: Final = "SELECT place, role, sealed FROM records_part WHERE act_id = %s"
_KEY: Final = "SELECT wrapped FROM records_matter_key WHERE matter = %s"
_ADD_KEY: Final = "INSERT INTO records_matter_key (matter, wrapped) VALUES (%s, %s)"

# A matter is folded again and again; its headers never change.
_REMEMBERED: Final = 1024
_read: Final = lru_cache(maxsize=_REMEMBERED)(read_act)


def act(rows: Rows, act_id: str) -> HeldAct | None:
    """Return the act held under this id."""
    found = rows.one(_ONE, act_id)
    return None if found is None else _held(found)


def acts_of(rows: Rows, matter: str) -> tuple[HeldAct, ...]:
    """Return a matter's acts in the order of storing."""
    return tuple(map(_held, rows.all(_OF_MATTER, matter)))


def must_hold(rows: Rows, act_id: str) -> tuple[str, int]:
    """Return the matter and the number of parts of an act; raise ``NotHeld``."""
    found = rows.one(_HELD, act_id)
    if found is None:
        raise NotHeld(act_id)
    matter, count = found
    return matter, count


def add_act(
    rows: Rows, cipher: RestCipher, held: HeldAct, parts: tuple[HeldPart | None, ...], me: str
) -> None:
    """Store an act, its leaf and its parts. Raises ``AlreadyHeld``, ``LaneTaken``."""
    stated = held.act
    if [one is None or one.index == place for place, one in enumerate(parts)] != [True] * len(
        stated.parts
    ):
        raise PartsDoNotFit(stated.id)
    matter = stated.matter_id
    rows.hold(Subject.MATTER, matter)
    added = rows.run(
        _ADD,
        stated.id,
        matter,
        stated.author,
        stated.seq,
        stated.author == me,
        len(parts),
        stated.header,
        held.envelope,
        micros(held.stored_at),
    )
    if not added:
        if rows.one(_HELD, stated.id):
            raise AlreadyHeld(stated.id)
        raise LaneTaken(matter, stated.seq)
    rows.run(_ADD_LEAF, stated.id, leaf_hash(leaf_data(ACT_LEAF, stated.id)))
    _add_parts(rows, cipher, matter, stated.id, [one for one in parts if one is not None])


def add_part(rows: Rows, cipher: RestCipher, act_id: str, part: HeldPart) -> None:
    """Store a part that came later; one held already stays. Raises ``NotHeld``."""
    matter, count = must_hold(rows, act_id)
    if not 0 <= part.index < count:
        raise PartsDoNotFit(act_id)
    rows.hold(Subject.MATTER, matter)
    _add_parts(rows, cipher, matter, act_id, [part])


def parts_of(rows: Rows, cipher: RestCipher, act_id: str) -> tuple[HeldPart | None, ...]:
    """Return the parts of an act, opened; nothing for an act that is not held."""
    known = rows.one(_HELD, act_id)
    if known is None:
        return ()
    matter, count = known
    opened: list[HeldPart | None] = [None] * count
    if found := rows.all(_PARTS, act_id):
        key = _matter_key(rows, cipher, matter)
        for place, role, sealed in found:
            salt, data = cipher.open_part(key, act_id, place, bytes(sealed))
            opened[place] = HeldPart(index=place, role=role, salt=salt, data=data)
    return tuple(opened)


def _held(found: Found) -> HeldAct:
    act_id, header, envelope, stored_at = found
    stated: Act = _read(bytes(header))
    if stated.id != act_id:
        raise RowChanged(act_id)
    return HeldAct(act=stated, envelope=bytes(envelope), stored_at=moment(stored_at))


def _add_parts(
    rows: Rows, cipher: RestCipher, matter: str, act_id: str, parts: list[HeldPart]
) -> None:
    if not parts:
        return
    key = _matter_key(rows, cipher, matter)
    rows.many(
        _ADD_PART,
        [
            (
                act_id,
                part.index,
                part.role,
                cipher.seal_part(key, act_id, part.index, part.salt, part.data),
            )
            for part in parts
        ],
    )


def _matter_key(rows: Rows, cipher: RestCipher, matter: str) -> bytes:
    found = rows.one(_KEY, matter)
    if found is not None:
        return cipher.unwrap(matter, bytes(found[0]))
    key = cipher.new_matter_key()
    rows.run(_ADD_KEY, matter, cipher.wrap(matter, key))
    return key
