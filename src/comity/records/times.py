"""Times in rows: microseconds since 1970-01-01T00:00:00Z, the same on every database."""

from datetime import UTC, datetime, timedelta
from typing import Final

_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ONE: Final = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Return the microseconds of an aware time; ``ValueError`` for a time without a zone."""
    if moment.utcoffset() is None:
        message = "a time needs a zone"
        raise ValueError(message)
    return (moment - _START) // _ONE


def moment(number: int) -> datetime:
    """Return the UTC time of ``number`` microseconds."""
    return _START + timedelta(microseconds=number)


def micros_or_none(moment: datetime | None) -> int | None:
    """Return the microseconds, or None for no time."""
    return None if moment is None else micros(moment)


def moment_or_none(number: int | None) -> datetime | None:
    """Return the time, or None for no number."""
    return None if number is None else moment(number)
