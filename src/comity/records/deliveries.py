"""Deliveries in rows: what each peer must still receive, and under which number."""

from datetime import datetime
from typing import Final

from comity.actions.ports import Delivery
from comity.records.errors import AlreadyHeld, NotHeld, NumberTaken
from comity.records.sql import Found, Rows, Subject
from comity.records.times import micros, micros_or_none, moment, moment_or_none

_SELECT: Final = """
    SELECT peer, n, act_id, urgent, created, attempts, next_at, tried_at, error, delivered_at, code
    FROM records_delivery
"""
_ALL: Final = _SELECT + " ORDER BY created, peer, n"
_WAITING: Final = _SELECT + " WHERE delivered_at IS NULL ORDER BY created, peer, n"
_OF_ACT: Final = _SELECT + " WHERE act_id = %s ORDER BY peer"
_DUE_PEERS: Final = """
    SELECT DISTINCT peer FROM records_delivery
    WHERE delivered_at IS NULL AND next_at <= %s AND (leased_until IS NULL OR leased_until <= %s)
    ORDER BY peer
"""
_TAKE: Final = (
    _SELECT
    + """
    WHERE peer = %s AND delivered_at IS NULL AND next_at <= %s
        AND (leased_until IS NULL OR leased_until <= %s)
    ORDER BY n LIMIT %s
"""
)
_GIVEN: Final = "SELECT COALESCE(MAX(n), 0) FROM records_delivery WHERE peer = %s"
_BY_NUMBER: Final = "SELECT act_id FROM records_delivery WHERE peer = %s AND n = %s"
_INSERT: Final = """
    INSERT INTO records_delivery
        (peer, n, act_id, urgent, created, attempts, next_at, tried_at, error, delivered_at, code)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_LEASE: Final = "UPDATE records_delivery SET leased_until = %s WHERE peer = %s AND n = %s"
_UPDATE: Final = """
    UPDATE records_delivery
    SET urgent = %s, attempts = %s, next_at = %s, tried_at = %s, error = %s, delivered_at = %s,
        code = %s, leased_until = NULL
    WHERE peer = %s AND n = %s AND act_id = %s
"""
_RESEND: Final = """
    UPDATE records_delivery
    SET next_at = %s, attempts = 0, error = '', delivered_at = NULL, code = '', leased_until = NULL
    WHERE peer = %s AND n >= %s
"""

_HASTEN: Final = """
    UPDATE records_delivery SET next_at = %s
    WHERE peer = %s AND delivered_at IS NULL AND next_at > %s
        AND (leased_until IS NULL OR leased_until <= %s)
"""

_DELIVERED_ABOVE: Final = """
    SELECT n FROM records_delivery
    WHERE peer = %s AND n > %s AND delivered_at IS NOT NULL ORDER BY n
"""


def given(rows: Rows, peer: str) -> int:
    """Return the highest number given to an act for this peer, 0 for none."""
    found = rows.one(_GIVEN, peer)
    return 0 if found is None else int(found[0])


def own_number(rows: Rows, peer: str, n: int) -> str | None:
    """Return the act that has number ``n`` for this peer."""
    found = rows.one(_BY_NUMBER, peer, n)
    return None if found is None else found[0]


def deliveries(rows: Rows, *, waiting_only: bool) -> tuple[Delivery, ...]:
    """Return deliveries, oldest first."""
    return tuple(map(_delivery, rows.all(_WAITING if waiting_only else _ALL)))


def deliveries_of(rows: Rows, act_id: str) -> tuple[Delivery, ...]:
    """Return the deliveries of one act, by peer."""
    return tuple(map(_delivery, rows.all(_OF_ACT, act_id)))


def due_peers(rows: Rows, now: datetime) -> tuple[str, ...]:
    """Return the peers with a delivery due and not leased, sorted."""
    at = micros(now)
    return tuple(peer for (peer,) in rows.all(_DUE_PEERS, at, at))


def add_delivery(rows: Rows, *, peer: str, act_id: str, urgent: bool, now: datetime) -> int:
    """Queue an act that is held under the next number; raise ``AlreadyHeld`` if it has one."""
    rows.hold(Subject.PAIR, peer)
    n = given(rows, peer) + 1
    new = Delivery(peer=peer, n=n, act_id=act_id, urgent=urgent, created=now, next_at=now)
    if not _insert(rows, new):
        raise AlreadyHeld(act_id)
    return n


def restore_delivery(rows: Rows, delivery: Delivery) -> None:
    """Store a delivery under its old number; raise ``NumberTaken`` if another act has it."""
    rows.hold(Subject.PAIR, delivery.peer)
    if _insert(rows, delivery):
        return
    if own_number(rows, delivery.peer, delivery.n) != delivery.act_id:
        raise NumberTaken(delivery.peer, delivery.n)


def lease(
    rows: Rows, peer: str, *, now: datetime, until: datetime, limit: int
) -> tuple[Delivery, ...]:
    """Take due deliveries that nobody else has, lowest number first."""
    at = micros(now)
    take = _TAKE + (" FOR UPDATE SKIP LOCKED" if rows.shared else "")
    taken = tuple(map(_delivery, rows.all(take, peer, at, at, limit)))
    rows.many(_LEASE, [(micros(until), peer, one.n) for one in taken])
    return taken


def update_delivery(rows: Rows, delivery: Delivery) -> None:
    """Store a delivery's state and end its lease; raise ``NotHeld`` if there is none."""
    updated = rows.run(
        _UPDATE,
        delivery.urgent,
        delivery.attempts,
        micros(delivery.next_at),
        micros_or_none(delivery.tried_at),
        delivery.error,
        micros_or_none(delivery.delivered_at),
        delivery.code,
        delivery.peer,
        delivery.n,
        delivery.act_id,
    )
    if not updated:
        raise NotHeld(delivery.act_id)


def resend_from(rows: Rows, peer: str, n: int, now: datetime) -> int:
    """Make every delivery with number >= ``n`` due again; return how many."""
    return rows.run(_RESEND, micros(now), peer, n)


def hasten(rows: Rows, peer: str, now: datetime) -> int:
    """Make due now what waits for a peer and is not under way; return how many."""
    moment_now = micros(now)
    return rows.run(_HASTEN, moment_now, peer, moment_now, moment_now)


def _insert(rows: Rows, new: Delivery) -> int:
    return rows.run(
        _INSERT,
        new.peer,
        new.n,
        new.act_id,
        new.urgent,
        micros(new.created),
        new.attempts,
        micros(new.next_at),
        micros_or_none(new.tried_at),
        new.error,
        micros_or_none(new.delivered_at),
        new.code,
    )


def _delivery(found: Found) -> Delivery:
    peer, n, act_id, urgent, created, attempts, next_at, tried_at, error, delivered_at, code = found
    return Delivery(
        peer=peer,
        n=n,
        act_id=act_id,
        urgent=bool(urgent),
        created=moment(created),
        attempts=attempts,
        next_at=moment(next_at),
        tried_at=moment_or_none(tried_at),
        error=error,
        delivered_at=moment_or_none(delivered_at),
        code=code,
    )


def delivered_above(rows: Rows, peer: str, n: int) -> tuple[int, ...]:
    """Return the numbers above ``n`` under which a peer has receipted an act, sorted."""
    return tuple(found for (found,) in rows.all(_DELIVERED_ABOVE, peer, n))
