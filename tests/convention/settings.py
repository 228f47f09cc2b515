"""Treaties, bases and times that several tests of the law room share."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from comity.convention.basis import Basis
from comity.convention.treaties import PartyStatus, Treaty

TODAY: Final = date(2026, 11, 24)
KEPT: Final = datetime(2026, 11, 24, 2, 58, tzinfo=UTC)
DAY: Final = timedelta(days=1)
SECOND: Final = timedelta(seconds=1)

UNCC: Final = Basis(instrument="uncc", form="uncc")
BUDAPEST: Final = Basis(instrument="budapest", form="budapest")
BUDAPEST_ON_UNCC_FORM: Final = Basis(instrument="budapest", form="uncc")
RECIPROCITY: Final = Basis(instrument="reciprocity", form="uncc")
RECIPROCITY_ON_BUDAPEST_FORM: Final = Basis(instrument="reciprocity", form="budapest")
ALL_BASES: Final = (
    UNCC,
    BUDAPEST,
    BUDAPEST_ON_UNCC_FORM,
    RECIPROCITY,
    RECIPROCITY_ON_BUDAPEST_FORM,
)


def party(instrument: str, since: date = date(2004, 7, 1)) -> Treaty:
    """Return a treaty in force for a State since that day."""
    return Treaty(
        instrument=instrument,
        in_force_from=since,
        source="Treaty office, status list",
        confirmed_by="Legal department",
    )


def signatory(instrument: str) -> Treaty:
    """Return a treaty that a State has only signed."""
    return Treaty(
        instrument=instrument,
        in_force_from=None,
        status=PartyStatus.SIGNATORY,
        source="Depositary, status list",
        confirmed_by="Legal department",
    )


def denounced(instrument: str, since: date, until: date) -> Treaty:
    """Return a treaty that bound a State from one day until before another."""
    return Treaty(
        instrument=instrument,
        in_force_from=since,
        in_force_until=until,
        status=PartyStatus.DENOUNCED,
        source="Depositary, status list",
        confirmed_by="Legal department",
    )
