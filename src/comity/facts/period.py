"""A closed period in whole days."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from comity.facts.data import Data, text_of
from comity.facts.errors import BadPeriod
from comity.facts.typed import as_typed
from comity.text import Sentence, say

LONGEST: Final = 60
_DAY: Final = r"(\d{4}-\d\d-\d\d)"
_TYPED: Final = re.compile(rf"{_DAY}\s*(?:to|/|\.\.|\u2013|\u2014)\s*{_DAY}\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first day to the last, both included (calendar days, UTC)."""

    kind: ClassVar[str] = "period"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "first", "last"})
    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            raise BadPeriod(say("The last day is before the first day: swap or correct them."))

    @property
    def days(self) -> int:
        """Return how many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def normal(self) -> str:
        """Return the form to compare by."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    def caption(self) -> str:
        """Return both days."""
        return f"{self.first.isoformat()} \u2013 {self.last.isoformat()}"

    def as_data(self) -> Data:
        """Return the wire form."""
        return {
            "kind": self.kind,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
        }


def clean(text: str) -> Period:
    """Return the period typed as ``2026-01-01 to 2026-01-31``.

    :raises BadPeriod: not two dates, or the last before the first.
    """
    typed = _TYPED.match(as_typed(text, longest=LONGEST))
    if not typed:
        raise BadPeriod(_help())
    return Period(first=day(typed[1]), last=day(typed[2]))


def day(text: str) -> date:
    """Return the date written as ``2026-01-31``.

    :raises BadPeriod: there is no such day.
    """
    typed = as_typed(text, longest=LONGEST)
    if not re.fullmatch(_DAY, typed, re.ASCII):
        raise BadPeriod(_help())
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise BadPeriod(say("There is no such day: check month and day.")) from error


def from_data(data: Mapping[str, str | int]) -> Period:
    """Return the period of its wire form."""
    return Period(first=day(text_of(data, "first")), last=day(text_of(data, "last")))


def _help() -> Sentence:
    return say("Write a date as year, month and day, such as 2026-01-31.")
