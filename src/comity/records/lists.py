"""What lists show, in rows: matters, alarms, peers to sync with, and how often it changed."""

import json
from typing import Final

from comity.actions.ports import Alarm, Row
from comity.records.sql import Found, Rows
from comity.records.times import micros, micros_or_none, moment, moment_or_none
from comity.seal.forms import digest

_SLOTS: Final = 16

_SELECT: Final = """
    SELECT matter, peer, role, instrument, urgency, opened_at, changed_at, until, code, tag, closed,
        ours, theirs
    FROM records_row
"""
_ONE: Final = _SELECT + " WHERE matter = %s"
_NEWEST: Final = _SELECT + " WHERE closed = %s ORDER BY changed_at DESC, matter LIMIT %s OFFSET %s"
_PUT: Final = """
    INSERT INTO records_row
        (matter, peer, role, instrument, urgency, opened_at, changed_at, until, code, tag, closed,
        ours, theirs)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (matter) DO UPDATE
    SET peer = excluded.peer, role = excluded.role, instrument = excluded.instrument,
        urgency = excluded.urgency, opened_at = excluded.opened_at,
        changed_at = excluded.changed_at, until = excluded.until, code = excluded.code,
        tag = excluded.tag, closed = excluded.closed, ours = excluded.ours,
        theirs = excluded.theirs
"""
_CHANGED: Final = "SELECT COALESCE(SUM(times), 0) FROM records_changed"
_CHANGE: Final = """
    INSERT INTO records_changed (slot, times) VALUES (%s, 1)
    ON CONFLICT (slot) DO UPDATE SET times = records_changed.times + 1
"""
_ALARMS: Final = """
    SELECT code, peer, at, detail FROM records_alarm ORDER BY at DESC, id DESC LIMIT %s
"""
_ALARMS_ABOUT: Final = """
    SELECT code, peer, at, detail FROM records_alarm WHERE peer = %s AND code = %s
    ORDER BY at DESC, id DESC
"""
_RAISE: Final = """
    INSERT INTO records_alarm (key, code, peer, at, detail) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""
_UNSYNCED: Final = "SELECT peer FROM records_unsynced_peer"
_ALL_SYNCED: Final = "DELETE FROM records_unsynced_peer"
_NOT_SYNCED: Final = """
    INSERT INTO records_unsynced_peer (peer) VALUES (%s) ON CONFLICT DO NOTHING
"""


def row(rows: Rows, matter: str) -> Row | None:
    """Return one matter's row."""
    rows.settle(_PUT)
    found = rows.one(_ONE, matter)
    return None if found is None else _row(found)


def newest(rows: Rows, *, closed: bool, limit: int, offset: int) -> tuple[Row, ...]:
    """Return matters, newest change first, then by id."""
    rows.settle(_PUT)
    return tuple(map(_row, rows.all(_NEWEST, closed, limit, offset)))


def put_row(rows: Rows, new: Row) -> None:
    """Store a matter's row in place of its older one."""
    rows.later(
        _PUT,
        new.matter,
        new.peer,
        new.role,
        new.instrument,
        new.urgency,
        micros(new.opened_at),
        micros(new.changed_at),
        micros_or_none(new.until),
        new.code,
        new.tag,
        new.closed,
        new.ours,
        new.theirs,
    )


def changed(rows: Rows) -> int:
    """Return how often something changed that a list could show."""
    found = rows.one(_CHANGED)
    return 0 if found is None else int(found[0])


def change(rows: Rows, slot: int) -> None:
    """Say that something changed. Call it last: others with this slot wait for our commit."""
    rows.run(_CHANGE, slot % _SLOTS)


def alarms(rows: Rows, limit: int) -> tuple[Alarm, ...]:
    """Return the newest alarms."""
    return tuple(map(_alarm, rows.all(_ALARMS, limit)))


def alarms_about(rows: Rows, peer: str, code: str) -> tuple[Alarm, ...]:
    """Return every alarm of one code about one State, newest first."""
    return tuple(map(_alarm, rows.all(_ALARMS_ABOUT, peer, code)))


def _alarm(found: Found) -> Alarm:
    code, peer, at, detail = found
    return Alarm(code=code, peer=peer, at=moment(at), detail=detail)


def raise_alarm(rows: Rows, alarm: Alarm) -> int:
    """Keep an alarm once for each (code, peer, detail); return 1 if it is new."""
    key = digest(json.dumps([alarm.code, alarm.peer, alarm.detail]).encode())
    return rows.run(_RAISE, key, alarm.code, alarm.peer, micros(alarm.at), alarm.detail)


def unsynced(rows: Rows) -> frozenset[str]:
    """Return the peers with which a restored node has not yet synced."""
    return frozenset(peer for (peer,) in rows.all(_UNSYNCED))


def set_unsynced(rows: Rows, peers: frozenset[str]) -> None:
    """Replace the set of peers to sync with."""
    rows.run(_ALL_SYNCED)
    rows.many(_NOT_SYNCED, [(peer,) for peer in sorted(peers)])


def _row(found: Found) -> Row:
    (matter, peer, role, instrument, urgency, opened_at, changed_at) = found[:7]
    (until, code, tag, closed, ours, theirs) = found[7:]
    return Row(
        matter=matter,
        peer=peer,
        role=role,
        instrument=instrument,
        urgency=urgency,
        opened_at=moment(opened_at),
        changed_at=moment(changed_at),
        until=moment_or_none(until),
        code=code,
        tag=tag,
        closed=bool(closed),
        ours=ours,
        theirs=theirs,
    )
