"""Dates and times as logs and mails write them, and the instant that they mean.

Abbreviations such as CST or IST name several zones each and are read as no zone at all;
only UTC, GMT, Z and the North American ones of RFC 5322 section 4.3 (in mails) count.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from comity.facts.errors import BadMoment
from comity.facts.typed import as_typed
from comity.text import say

LONGEST: Final = 80
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = r"(?P<name>[JFMASOND][a-z]{2})"
_CLOCK: Final = r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
_ZONE: Final = r"(?:[ ]?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?![\w:]))?"
_STYLES: Final = tuple(
    re.compile(rf"(?<![\w:/-]){style}", re.ASCII)
    for style in (
        # ISO 8601, RFC 3339, and with slashes as nginx writes its error log
        rf"(?P<year>\d{{4}})[-/](?P<month>\d\d)[-/](?P<day>\d\d)[T ]{_CLOCK}{_ZONE}",
        # Apache and nginx access logs: 10/Oct/2000:13:55:36 -0700
        rf"(?P<day>\d\d)/{_MONTH}/(?P<year>\d{{4}}):{_CLOCK}{_ZONE}",
        # RFC 5322: Thu, 22 Aug 2002 13:27:39 +0100
        rf"(?P<day>\d\d?) {_MONTH} (?P<year>\d{{4}}) {_CLOCK}{_ZONE}",
        # ctime: Thu Aug 22 13:27:39 2002
        rf"{_MONTH}  ?(?P<day>\d\d?) {_CLOCK} (?P<year>\d{{4}}){_ZONE}",
        # syslog (RFC 3164), which writes no year: Oct 11 22:14:15
        rf"{_MONTH}  ?(?P<day>\d\d?) {_CLOCK}",
    )
)
_OFFSET: Final = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)?\Z")
_SECONDS: Final = re.compile(r"\d:\d\d:\d\d")
_LARGEST_OFFSET: Final = timedelta(hours=18)
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as it was written.

    ``local`` is what the clock showed, None where no year was written. ``zone`` is ``UTC``,
    an offset such as ``+02:00`` or a zone's name; ``at`` is the instant in UTC, known only
    with a zone. ``assumed``: the zone was not written. ``to_second``: seconds were written.
    """

    written: str
    local: datetime | None = None
    zone: str | None = None
    at: datetime | None = None
    assumed: bool = False
    to_second: bool = True


def clean(text: str, *, zone: ZoneInfo | None = None) -> Moment:
    """Return the moment that a person typed; ``zone`` is used where the text has none.

    :raises BadMoment: no date and time, no such time, or one that clocks in ``zone`` showed
        twice or never.
    """
    typed = as_typed(text, longest=LONGEST)
    found = next((m for style in _STYLES if (m := style.fullmatch(typed))), None)
    local = _local(found) if found else None
    if not found or not local:
        raise BadMoment(
            say("Write date and time to the second with the zone: 2026-05-01 14:03:27 +02:00.")
        )
    return _moment(found, local, zone)


def find(text: str, *, zone: ZoneInfo | None = None) -> Moment | None:
    """Return the time on a line of a log, or None.

    Where ``zone`` had that time twice or never, the moment has no zone: it must be asked for.
    """
    found = next((m for style in _STYLES if (m := style.search(text))), None)
    if not found:
        return None
    try:
        local = _local(found)
    except BadMoment:
        return None
    if not local:
        return Moment(written=found.group())
    try:
        return _moment(found, local, zone)
    except BadMoment:
        return _plain(found, local)


def from_mail(text: str) -> Moment | None:
    """Return the moment of an RFC 5322 date, obsolete forms and zone names included."""
    written = text[:LONGEST].strip()
    try:
        parsed = parsedate_to_datetime(written)
        checked = _in_range(parsed.replace(tzinfo=None))
    except (ValueError, TypeError, IndexError, OverflowError, BadMoment):
        return None
    exact = _SECONDS.search(written) is not None
    if parsed.tzinfo is None and "-0000" in written:
        parsed = parsed.replace(tzinfo=UTC)  # RFC 5322: UTC, the local zone is not told
    if parsed.tzinfo is None:
        return Moment(written=written, local=checked, to_second=exact)
    return Moment(
        written=written,
        local=checked,
        zone=_zone_name(parsed.utcoffset() or timedelta()),
        at=parsed.astimezone(UTC),
        to_second=exact,
    )


def in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant in UTC at which clocks in ``zone`` showed ``local``.

    :raises BadMoment: the clock skipped that time, or showed it twice.
    """
    early, late = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() != late.utcoffset():
        raise BadMoment(
            say(
                "Clocks were changed then, so %(zone)s had this time twice or never. "
                "Write it with its offset, such as +02:00.",
                zone=zone.key,
            )
        )
    return early.astimezone(UTC)


def _moment(found: re.Match[str], local: datetime, zone: ZoneInfo | None) -> Moment:
    plain = _plain(found, local)
    written = found.groupdict().get("zone")
    if written:
        offset = _offset(written)
        at = local.replace(tzinfo=timezone(offset)).astimezone(UTC)
        return replace(plain, zone=_zone_name(offset), at=at)
    if zone:
        return replace(plain, zone=zone.key, at=in_zone(local, zone), assumed=True)
    return plain


def _plain(found: re.Match[str], local: datetime) -> Moment:
    exact = found.groupdict().get("second") is not None
    return Moment(written=found.group(), local=local, to_second=exact)


def _local(found: re.Match[str]) -> datetime | None:
    parts = found.groupdict()
    if "year" not in parts:
        return None
    month = int(parts["month"]) if "month" in parts else _month(parts["name"])
    fraction = (parts["part"] or "").ljust(6, "0")[:6]
    try:
        written = datetime(  # noqa: DTZ001 -- as the clock showed it; its zone is told apart
            int(parts["year"]),
            month,
            int(parts["day"]),
            int(parts["hour"]),
            int(parts["minute"]),
            int(parts["second"] or 0),
            int(fraction),
        )
    except ValueError as error:
        raise BadMoment(say("There is no such date or time: check each part.")) from error
    return _in_range(written)


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _in_range(local: datetime) -> datetime:
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise BadMoment(say("This year cannot be right: write it with four digits."))
    return local


def _offset(written: str) -> timedelta:
    found = _OFFSET.match(written)
    if not found:
        return timedelta()
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    if size >= _LARGEST_OFFSET:
        raise BadMoment(say("No zone is that far from UTC: check the offset."))
    return -size if found["sign"] == "-" else size


def _zone_name(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "UTC"
