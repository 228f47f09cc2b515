"""What one request may name: few identifiers, each exact, over a closed past period.

A request is for named data, never a net cast wide. Every problem is returned, each with
its field, so that the officer mends them all at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.facts import period, read
from comity.facts.errors import FactError
from comity.facts.period import Period
from comity.facts.read import Value
from comity.facts.typed import has_wildcard
from comity.facts.unknown import Unknown
from comity.text import Sentence, say

MOST_IDENTIFIERS: Final = 50
MOST_DAYS: Final = 365

# In a web address ? and % are letters like any other; in a digest or IBAN they cannot stand.
_NO_WILDCARD: Final = frozenset({"account", "email_address", "domain", "phone", "wallet"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A field of a form and the sentence to show beside it."""

    field: str
    sentence: Sentence


def count_problems(count: int, *, field: str = "identifiers") -> tuple[Problem, ...]:
    """Return what is wrong with the number of identifiers in one request."""
    if count == 0:
        return (Problem(field=field, sentence=say("Name at least one account or identifier.")),)
    if count > MOST_IDENTIFIERS:
        return (
            Problem(
                field=field,
                sentence=say(
                    "One request takes at most %(limit)s identifiers and this one has %(count)s. "
                    "Leave some out, or send the others in a second request.",
                    limit=str(MOST_IDENTIFIERS),
                    count=str(count),
                ),
            ),
        )
    return ()


def typed_problems(kind: str, text: str, *, field: str) -> tuple[Problem, ...]:
    """Return what is wrong with an identifier as it was typed; nothing: ``clean`` takes it."""
    sentence = _reaches_wide(kind, text)
    if sentence is None:
        try:
            read.clean(kind, text)
        except FactError as error:
            sentence = error.sentence
    return (Problem(field=field, sentence=sentence),) if sentence else ()


def value_problems(value: Value, *, field: str) -> tuple[Problem, ...]:
    """Return what is wrong with a value that is about to be asked for."""
    if isinstance(value, Unknown):
        return (
            Problem(
                field=field,
                sentence=say(
                    "This version does not know this kind of identifier and cannot send it. "
                    "Describe it in the facts."
                ),
            ),
        )
    if value.kind not in read.IDENTIFIERS:
        sentence = say("A period is not an identifier: it belongs in the period of the request.")
        return (Problem(field=field, sentence=sentence),)
    return ()


def period_problems(
    first: str, last: str, *, today: date, fields: tuple[str, str] = ("period_from", "period_to")
) -> tuple[Problem, ...]:
    """Return what is wrong with the two ends of a period as they were typed.

    :param today: the day in UTC.
    :param fields: the names of the two fields of the form.
    """
    problems = []
    days: list[date] = []
    for text, field in zip((first, last), fields, strict=True):
        try:
            days.append(period.day(text))
        except FactError as error:
            problems.append(Problem(field=field, sentence=_absent(text) or error.sentence))
    if len(days) < len(fields):
        return tuple(problems)
    try:
        asked = Period(first=days[0], last=days[1])
    except FactError as error:
        return (Problem(field=fields[1], sentence=error.sentence),)
    return closed_problems(asked, today=today, fields=fields)


def closed_problems(
    asked: Period, *, today: date, fields: tuple[str, str] = ("period_from", "period_to")
) -> tuple[Problem, ...]:
    """Return what is wrong with a period: in the future, or longer than a request may ask."""
    problems = [
        Problem(
            field=field,
            sentence=say("This day has not come yet: ask for data that exists today."),
        )
        for day, field in zip((asked.first, asked.last), fields, strict=True)
        if day > today
    ]
    if asked.days > MOST_DAYS:
        problems.append(
            Problem(
                field=fields[1],
                sentence=say(
                    "The period has %(days)s days and may have %(limit)s: shorten it.",
                    days=str(asked.days),
                    limit=str(MOST_DAYS),
                ),
            )
        )
    return tuple(problems)


def request_problems(
    values: Sequence[Value], asked: Period | None, *, today: date
) -> tuple[Problem, ...]:
    """Return everything that is wrong with what a request asks for.

    Fields are ``identifiers``, ``identifier-1`` and on, ``period_from`` and ``period_to``.
    """
    problems = [*count_problems(len(values))]
    seen: set[tuple[str, str]] = set()
    for number, value in enumerate(values, start=1):
        field = f"identifier-{number}"
        problems += value_problems(value, field=field)
        if (value.kind, value.normal) in seen:
            twice = say("This identifier is in the request twice: take one of them out.")
            problems.append(Problem(field=field, sentence=twice))
        seen.add((value.kind, value.normal))
    if asked is None:
        problems.append(Problem(field="period_from", sentence=_no_day()))
    else:
        problems += closed_problems(asked, today=today)
    return tuple(problems)


def _reaches_wide(kind: str, text: str) -> Sentence | None:
    if kind in _NO_WILDCARD and has_wildcard(text):
        return say(
            "Name one identifier: a wildcard (%(signs)s) asks for the data of many people.",
            signs="* ? %",
        )
    return None


def _absent(text: str) -> Sentence | None:
    return None if text.strip() else _no_day()


def _no_day() -> Sentence:
    return say("Give both days: a request without an end asks for everything.")
