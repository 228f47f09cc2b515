"""Time limits that a law sets, computed in UTC from the times that acts state.

A day is 24 hours. Where no treaty is the basis, the limits of the form are
*undertaken*: shown and kept to, never called required. Service targets are
another thing and another type: see ``targets``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from comity.convention.basis import Basis
from comity.convention.codes import ClockName, ClockType, Severity
from comity.convention.errors import NoSuchClock, NotUtc
from comity.convention.load import rows_of
from comity.convention.problems import Problem
from comity.convention.rows import Clock
from comity.text import Sentence, say


class Binding(StrEnum):
    """Whether a limit is required by the basis or only undertaken (reciprocity)."""

    REQUIRED = "required"
    UNDERTAKEN = "undertaken"


class FollowUp(StrEnum):
    """How far the request for the data themselves has come (42(8))."""

    NONE = "none"
    PENDING = "pending"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalClock:
    """A time limit of the law at work: from ``starts`` to ``ends``, both UTC.

    It has no order and equals no service target.
    """

    row_id: str
    name: ClockName
    type: ClockType
    binding: Binding
    starts: datetime
    ends: datetime

    def left(self, now: datetime) -> timedelta:
        """Return the time until the end; negative when it has passed."""
        return self.ends - utc(now)


def utc(moment: datetime) -> datetime:
    """Return the moment if it is a time in UTC. Raises NotUtc."""
    if moment.utcoffset() == timedelta(0):
        return moment
    raise NotUtc(
        say(
            "The time %(time)s is not in UTC. Convert it to UTC before any time limit is computed.",
            time=moment.isoformat(),
        )
    )


def clock_row(basis: Basis, name: ClockName) -> tuple[Clock, Binding]:
    """Return the row that sets a limit for this basis, and whether it binds.

    A treaty's own row comes first; what it does not set is taken from the form
    and undertaken. Raises NoSuchClock.
    """
    for instrument in (basis.instrument, basis.form):
        binds = instrument == basis.instrument
        for row in rows_of(instrument):
            if isinstance(row, Clock) and row.name is name:
                return row, Binding.REQUIRED if binds else Binding.UNDERTAKEN
    raise _no_clock(name)


def legal_clock(name: ClockName, starts: datetime, basis: Basis) -> LegalClock:
    """Return a limit that has a number of days, at work from ``starts``. Raises NoSuchClock."""
    row, binding = clock_row(basis, name)
    if row.days is None:
        raise _no_clock(name)
    return LegalClock(
        row_id=row.id,
        name=row.name,
        type=row.type,
        binding=binding,
        starts=utc(starts),
        ends=starts + timedelta(days=row.days),
    )


def floor(kept_at: datetime, basis: Basis) -> LegalClock:
    """Return the shortest time of preservation, counted from when the data were kept (42(8))."""
    return legal_clock(ClockName.FLOOR, kept_at, basis)


def earliest_end(kept_at: datetime, basis: Basis) -> datetime:
    """Return the earliest end of a preservation that began at ``kept_at``."""
    return floor(kept_at, basis).ends


def floor_problems(kept_at: datetime, until: datetime, basis: Basis) -> tuple[Problem, ...]:
    """Return what is wrong with an end: before the floor. A warning if the floor is undertaken."""
    limit = floor(kept_at, basis)
    if utc(until) >= limit.ends:
        return ()
    if limit.binding is Binding.REQUIRED:
        sentence = say(
            "Choose an end on or after %(end)s UTC: the data must stay kept for at least %(days)s"
            " days.",
            end=_shown(limit.ends),
            days=str((limit.ends - limit.starts).days),
        )
    else:
        sentence = say(
            "The end is before %(end)s UTC. The %(days)s days of the form are undertaken, not"
            " required: keep to them if your law allows.",
            end=_shown(limit.ends),
            days=str((limit.ends - limit.starts).days),
        )
    return (
        Problem(
            code="end-too-early",
            field="until",
            sentence=sentence,
            rows=(limit.row_id,),
            severity=_severity(limit),
        ),
    )


def domestic_cap(ordered_at: datetime, basis: Basis) -> LegalClock:
    """Return the longest run of one domestic order (25(2); Budapest 16(2))."""
    return legal_clock(ClockName.DOMESTIC_CAP, ordered_at, basis)


def order_problems(ordered_at: datetime, ends: datetime, basis: Basis) -> tuple[Problem, ...]:
    """Return what is wrong with the end of a domestic order.

    It may not run longer than the cap, and not shorter than the floor that the
    other State is owed. Warnings only where no treaty binds.
    """
    cap = domestic_cap(ordered_at, basis)
    if utc(ends) <= cap.ends:
        short = floor_problems(ordered_at, ends, basis)
        return tuple(replace(problem, field="order_until") for problem in short)
    return (
        Problem(
            code="order-too-long",
            field="order_until",
            sentence=_too_long(cap),
            rows=(cap.row_id,),
            severity=_severity(cap),
        ),
    )


def renewals_due(
    ordered_at: datetime,
    *,
    until: datetime | None,
    basis: Basis,
    renewed: Sequence[datetime] = (),
) -> tuple[datetime, ...]:
    """Return the times by which the domestic order must be renewed to reach ``until``.

    ``renewed`` are the times of the renewals made. With ``until`` None (kept
    until a decision) only the next time is known.
    """
    cap = domestic_cap(max((ordered_at, *renewed), key=utc), basis)
    if until is None:
        return (cap.ends,)
    step = cap.ends - cap.starts
    due, end = [], cap.ends
    while end < utc(until):
        due.append(end)
        end += step
    return tuple(due)


def extension_open(until: datetime, now: datetime) -> bool:
    """Say whether an extension can still be asked for: strictly before the end (42(9))."""
    return utc(now) < utc(until)


def may_lapse(*, until: datetime, now: datetime, follow_up: FollowUp) -> bool:
    """Say whether a preservation may end by time.

    Never while the request for the data is undecided (42(8)); otherwise once
    its end has passed.
    """
    return follow_up is not FollowUp.PENDING and utc(now) > utc(until)


def _no_clock(name: ClockName) -> NoSuchClock:
    return NoSuchClock(
        say(
            'Neither the legal basis nor the form sets the limit "%(name)s". Use the form of'
            " the UN Convention (uncc), or go on without this limit.",
            name=name,
        )
    )


def _too_long(cap: LegalClock) -> Sentence:
    days, end = str((cap.ends - cap.starts).days), _shown(cap.ends)
    if cap.binding is Binding.REQUIRED:
        return say(
            "One order may run at most %(days)s days, here until %(end)s UTC. Choose an"
            " earlier end, and renew the order before it.",
            days=days,
            end=end,
        )
    return say(
        "The order runs longer than %(days)s days, past %(end)s UTC. The form's longest time is"
        " undertaken, not required: a shorter order that is renewed protects people better.",
        days=days,
        end=end,
    )


def _severity(clock: LegalClock) -> Severity:
    return Severity.STOP if clock.binding is Binding.REQUIRED else Severity.WARN


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
