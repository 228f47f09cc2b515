"""Whether a treaty binds a State on a day, as that State's card says; nothing is certified here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol

from comity.convention.codes import ClockName
from comity.convention.errors import NotATreaty, UnknownInstrument
from comity.convention.instruments import RECIPROCITY, UNCC, check_instrument
from comity.convention.load import rows_of
from comity.convention.rows import Clock
from comity.text import say

_NO_TREATIES: Final = (RECIPROCITY, "police_to_police")


class PartyStatus(StrEnum):
    """How a State stands to a treaty. Only a party is bound; a signatory is not."""

    NONE = "none"
    SIGNATORY = "signatory"
    PARTY = "party"
    DENOUNCED = "denounced"


class Standing(StrEnum):
    """What a State's card says about a treaty on one day."""

    BINDS = "binds"
    NOT_LISTED = "not_listed"
    SIGNED_ONLY = "signed_only"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """One treaty on a State's card.

    ``in_force_from`` is the first day (UTC) on which it binds the State,
    ``in_force_until`` the first day on which it no longer does. ``source`` and
    ``confirmed_by`` say where the entry comes from and who checked it. Raises
    UnknownInstrument, NotATreaty.
    """

    instrument: str
    in_force_from: date | None
    source: str
    confirmed_by: str
    status: PartyStatus = PartyStatus.PARTY
    in_force_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse an entry that contradicts itself."""
        if check_instrument(self.instrument) in _NO_TREATIES:
            raise NotATreaty(
                say('"%(code)s" is no treaty. Remove it from the treaties.', code=self.instrument)
            )
        _check_dates(self)

    def standing(self, on: date) -> Standing:
        """Say whether the treaty binds this State on that day."""
        if self.in_force_from is None:
            signed = self.status is PartyStatus.SIGNATORY
            return Standing.SIGNED_ONLY if signed else Standing.NOT_LISTED
        if self.in_force_until is not None and on >= self.in_force_until:
            return Standing.ENDED
        return Standing.BINDS if on >= self.in_force_from else Standing.LATER


class Listed(Protocol):
    """An entry of a directory card: a treaty in force for the State (card-v1)."""

    @property
    def instrument(self) -> str:
        """Return the instrument's code, which this edition may not know."""
        ...

    @property
    def in_force_from(self) -> date:
        """Return the first day on which it binds the State."""
        ...

    @property
    def source(self) -> str:
        """Return where the entry comes from."""
        ...

    @property
    def confirmed_by(self) -> str:
        """Return who checked it."""
        ...


def treaties_listed(entries: Iterable[Listed]) -> tuple[Treaty, ...]:
    """Return the treaties of a card.

    An instrument that this edition does not know is left out: it cannot be a
    basis here, and a card of a newer edition must not stop the others.
    """
    return tuple(
        Treaty(
            instrument=each.instrument,
            in_force_from=each.in_force_from,
            source=each.source,
            confirmed_by=each.confirmed_by,
        )
        for each in entries
        if _is_treaty(each.instrument)
    )


def pick_treaty(treaties: Iterable[Treaty], instrument: str, on: date) -> Treaty | None:
    """Return the card's entry for the instrument: one that binds on that day, if there is one."""
    entries = [each for each in treaties if each.instrument == instrument]
    binding = [each for each in entries if each.standing(on) is Standing.BINDS]
    return next(iter(binding or entries), None)


def general_entry(fortieth_deposit: date) -> date:
    """Return the day on which the Convention enters into force (65(1)).

    ``fortieth_deposit`` is the day of the fortieth instrument; the instrument
    of a regional organization is not counted.
    """
    return fortieth_deposit + _days(ClockName.ENTRY_INTO_FORCE)


def entry_for(deposit: date, *, fortieth_deposit: date | None) -> date | None:
    """Return the day on which the Convention enters into force for a State (65(1), 65(2)).

    ``None`` while there are fewer than forty instruments: then nobody is bound.
    """
    if fortieth_deposit is None:
        return None
    return max(deposit + _days(ClockName.ENTRY_LATER_PARTY), general_entry(fortieth_deposit))


def _is_treaty(instrument: str) -> bool:
    try:
        return check_instrument(instrument) not in _NO_TREATIES
    except UnknownInstrument:
        return False


def _days(name: ClockName) -> timedelta:
    return next(
        timedelta(days=row.days)
        for row in rows_of(UNCC)
        if isinstance(row, Clock) and row.name is name and row.days is not None
    )


def _check_dates(treaty: Treaty) -> None:
    needs_start = treaty.status in {PartyStatus.PARTY, PartyStatus.DENOUNCED}
    if needs_start != (treaty.in_force_from is not None):
        raise NotATreaty(
            say(
                "%(code)s: a treaty has a day from which it is in force if the State is a"
                " party, and none if the State has only signed. Correct the entry.",
                code=treaty.instrument,
            )
        )
    ended = treaty.in_force_until is not None
    if ended != (treaty.status is PartyStatus.DENOUNCED):
        raise NotATreaty(
            say(
                "%(code)s: a denounced treaty, and only that, has a day on which it ends."
                " Correct the entry.",
                code=treaty.instrument,
            )
        )
