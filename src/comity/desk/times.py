"""Times as people read them: here, there, and UTC. A time alone misleads somebody."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.directory.card import Card

_OFFSET = re.compile(r"UTC\s?(?P<sign>[+\-\u2212])(?P<hours>\d{1,2})(?::(?P<minutes>\d\d))?")
_NAMED = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?")
_MOST_HOURS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Our zone, and the other State's where its card tells it."""

    here: tzinfo
    there: tzinfo | None = None
    there_state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One reading of a moment: where, and what the clock shows there."""

    place: str
    text: str


def zone_of(card: Card) -> tzinfo | None:
    """Return the zone that a card's hours name, as ``Asia/Shanghai`` or ``UTC+8``."""
    for authority in card.authorities:
        for name in _NAMED.findall(authority.hours):
            try:
                return ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError):
                continue
        if found := _OFFSET.search(authority.hours):
            return _fixed(found)
    return None


def _fixed(found: re.Match[str]) -> tzinfo | None:
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > _MOST_HOURS or minutes > 59:  # noqa: PLR2004  # minutes of an hour
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if found["sign"] == "+" else -offset)


def clocks(moment: datetime, zones: Zones, there: str = "") -> tuple[Clock, ...]:
    """Return the readings of a moment: here first, UTC last, each place once."""
    here = moment.astimezone(zones.here)
    utc = moment.astimezone(UTC)
    found = [Clock(place=_("here"), text=written_time(here))]
    if zones.there is not None:
        far = moment.astimezone(zones.there)
        found.append(Clock(place=there or zones.there_state, text=_beside(far, here)))
    if here.utcoffset() == timedelta(0):
        return (Clock(place=_("here and UTC"), text=found[0].text), *found[1:])
    return (*found, Clock(place="UTC", text=_beside(utc, here)))


def _beside(moment: datetime, first: datetime) -> str:
    if moment.date() == first.date():
        return _hour(moment)
    return written_time(moment)


def written_day(moment: date) -> str:
    """Return a date in long form: the day before the month wherever English is read."""
    english = (get_language() or "en").startswith("en")
    return formats.date_format(moment, "j F Y" if english else "DATE_FORMAT")


def written_time(moment: datetime) -> str:
    """Return a date in long form with hour and minute, as its zone shows them."""
    return _("%(day)s, %(hour)s") % {"day": written_day(moment), "hour": _hour(moment)}


def _hour(moment: datetime) -> str:
    return f"{moment:%H:%M}"
