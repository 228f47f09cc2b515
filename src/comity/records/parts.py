"""Parts in rows, sealed under their matter's key (seal-v1 section 5)."""

from typing import Final

from comity.actions.ports import HeldPart
from comity.records.cipher import RestCipher
from comity.records.errors import PartsDoNotFit
from comity.records.sql import Rows, Subject

_ADD: Final = """
    INSERT INTO records_part (act_id, place, role, sealed) VALUES (%s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""
_OF_ACT: Final = """
    SELECT act.matter, act.part_count, matter_key.wrapped, part.place, part.role, part.sealed
    FROM records_act AS act
    LEFT JOIN records_matter_key AS matter_key ON matter_key.matter = act.matter
    LEFT JOIN records_part AS part ON part.act_id = act.act_id
    WHERE act.act_id = %s
"""
_KEY: Final = "SELECT wrapped FROM records_matter_key WHERE matter = %s"
_ADD_KEY: Final = """
    INSERT INTO records_matter_key (matter, wrapped) VALUES (%s, %s) ON CONFLICT DO NOTHING
"""


def must_fit(act_id: str, count: int, parts: tuple[HeldPart | None, ...]) -> None:
    """Raise ``PartsDoNotFit`` unless each of ``count`` parts is in its place or absent."""
    fit = [one is None or one.index == place for place, one in enumerate(parts)]
    if fit != [True] * count:
        raise PartsDoNotFit(act_id)


def add_parts(
    rows: Rows, cipher: RestCipher, matter: str, act_id: str, parts: tuple[HeldPart | None, ...]
) -> None:
    """Store the parts that are here; one that is held already stays."""
    here = [one for one in parts if one is not None]
    if not here:
        return
    rows.hold(Subject.MATTER, matter)
    key = _matter_key(rows, cipher, matter)
    for one in here:
        sealed = cipher.seal_part(key, act_id, one.index, one.salt, one.data)
        rows.later(_ADD, act_id, one.index, one.role, sealed)


def parts_of(rows: Rows, cipher: RestCipher, act_id: str) -> tuple[HeldPart | None, ...]:
    """Return the parts of an act, opened; nothing for an act that is not held."""
    rows.settle(_ADD)
    found = rows.all(_OF_ACT, act_id)
    if not found:
        return ()
    matter, count, wrapped = found[0][:3]
    opened: list[HeldPart | None] = [None] * count
    if here := [row[3:] for row in found if row[3] is not None]:
        key = cipher.unwrap(matter, bytes(wrapped or b""))
        for place, role, sealed in here:
            salt, data = cipher.open_part(key, act_id, place, bytes(sealed))
            opened[place] = HeldPart(index=place, role=role, salt=salt, data=data)
    return tuple(opened)


def _matter_key(rows: Rows, cipher: RestCipher, matter: str) -> bytes:
    found = rows.one(_KEY, matter)
    if found is not None:
        return cipher.unwrap(matter, bytes(found[0]))
    key = cipher.new_matter_key()
    rows.run(_ADD_KEY, matter, cipher.wrap(matter, key))
    return key
