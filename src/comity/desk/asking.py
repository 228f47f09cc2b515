"""From what was typed into a draft to what is asked, with every problem at its field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.actions.ports import House, Officer
from comity.actions.send import Asked, basis_choices, form_of, problems_of
from comity.convention.basis import BasisOption
from comity.convention.errors import ConventionError, PenaltyMissing, WrongPenalty
from comity.convention.scope import classify
from comity.desk.drafts import Draft
from comity.desk.problems import Problem, Problems, problem
from comity.facts import Connection, FactError, Period, Value, clean, typed_problems
from comity.facts.connection import clean_parts
from comity.facts.limits import count_problems, period_problems
from comity.facts.period import day
from comity.text import say

TYPED_ROWS: Final = 60
EMPTY_ROWS: Final = 3
IDENTIFIERS: Final = "identifiers"
_OFFSET: Final = re.compile(r"Z|UTC|GMT|[+-]\d\d(?::?\d\d)?")
PENALTY: Final = "penalty"
FOR_CONTENTS: Final = (
    "authority",
    "facts",
    "data",
    "link",
    "custodian",
    "necessity",
    "follow_up",
    "secrecy",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The identifiers that would go out, and what is wrong with them."""

    values: tuple[Value, ...]
    problems: Problems


def items_of(draft: Draft) -> Items:
    """Return the ticked findings with their pieces, then what was typed by hand."""
    values: list[Value] = []
    problems: list[Problem] = []
    for index in draft.ticked:
        if index < len(draft.found):
            try:
                value = _with_pieces(draft, index)
            except FactError as error:
                problems.append(problem(f"when-{index}", error.sentence))
                continue
            values.append(value)
            problems += _no_zone(value, index)
    for row in range(1, TYPED_ROWS + 1):
        text, kind = draft.text(f"text-{row}").strip(), draft.text(f"kind-{row}")
        if not text:
            continue
        wrong = typed_problems(kind, text, field=f"text-{row}")
        problems += [problem(one.field, one.sentence) for one in wrong]
        if not wrong:
            values.append(clean(kind, text))
    problems += [problem(one.field, one.sentence) for one in count_problems(len(values))]
    return Items(values=tuple(values), problems=tuple(problems))


def _with_pieces(draft: Draft, index: int) -> Value:
    """Return a finding with the port, time and zone that the officer added."""
    value = draft.found[index].value
    if not isinstance(value, Connection):
        return value
    port, when, zone = (draft.text(f"{name}-{index}").strip() for name in ("port", "when", "zone"))
    if not (port or when or zone):
        return value
    if not when and value.local is not None:
        when = value.local.isoformat(sep=" ")
    if not when:
        added = clean_parts(str(value.ip), port=port or str(value.port or ""))
        return replace(value, port=added.port)
    number = port or str(value.port or "")
    if _OFFSET.fullmatch(zone):
        return clean_parts(str(value.ip), port=number, when=f"{when} {zone}")
    return clean_parts(str(value.ip), port=number, when=when, zone=_zone(zone))


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _no_zone(value: Value, index: int) -> Iterator[Problem]:
    if isinstance(value, Connection) and value.local is not None:
        sentence = say(
            "This time has no zone, so nobody can tell which second is meant. Choose the zone "
            "that the log used."
        )
        yield problem(f"zone-{index}", sentence)


def period_of(draft: Draft) -> Period | None:
    """Return the period typed, where both ends are days in order."""
    try:
        return Period(first=day(draft.text("period_from")), last=day(draft.text("period_to")))
    except FactError:
        return None


def until_of(draft: Draft) -> datetime | None:
    """Return midnight UTC of the typed end, where it is a day."""
    try:
        found: date = day(draft.text("until"))
    except FactError:
        return None
    return datetime(found.year, found.month, found.day, tzinfo=UTC)


def penalty_of(draft: Draft) -> int | None:
    """Return the months typed, where they are a number."""
    text = draft.text(PENALTY).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None  # noqa: PLR2004  # digits


def asked_of(draft: Draft, house: House, language: str) -> Asked:
    """Return what the draft asks; what is missing is empty and found by ``all_problems``."""
    return Asked(
        to=draft.text("to"),
        instrument=draft.text("instrument"),
        form=draft.text("form"),
        offence=draft.text("offence"),
        max_penalty_months=penalty_of(draft),
        answers=tuple((code, draft.text(code)) for code in FOR_CONTENTS if draft.text(code)),
        items=items_of(draft).values,
        period=period_of(draft),
        until=until_of(draft) or house.clock.now(),
        lang=draft.text("lang") or language,
        urgency=draft.text("urgency") or "immediate_247",
        contact=draft.text("contact"),
        ours=draft.text("ours"),
    )


def option_of(draft: Draft, house: House) -> BasisOption | None:
    """Return the legal basis chosen, usable or not."""
    chosen = draft.text("instrument")
    return next(
        (one for one in basis_choices(house, draft.text("to")) if one.instrument == chosen), None
    )


def basis_problems(draft: Draft, house: House) -> Problems:
    """Return what is wrong with basis, form and offence."""
    option = option_of(draft, house)
    if option is None:
        return (problem("instrument", say("Choose the legal basis.")),)
    if not option.usable:
        found = [problem("instrument", option.why)]
        return (*found, problem("instrument", option.instead)) if option.instead else tuple(found)
    try:
        classify(draft.text("offence"), max_penalty_months_requesting=penalty_of(draft))
        form_of(asked_of(draft, house, "en"))
    except (PenaltyMissing, WrongPenalty) as error:
        return (problem(PENALTY, error.sentence),)
    except ConventionError as error:
        return (problem("offence" if not draft.text("offence") else "instrument", error.sentence),)
    return ()


def contents_problems(draft: Draft, house: House, by: Officer, language: str) -> Problems:
    """Return what is wrong with the contents: each box, the period, the end, the reference."""
    found = dict[tuple[str, str], Problem]()
    today = house.clock.now().date()
    first, last = draft.text("period_from"), draft.text("period_to")
    for one in period_problems(first, last, today=today):
        found[one.field, one.sentence.text] = problem(one.field, one.sentence)
    if until_of(draft) is None:
        sentence = say("Write a date as year, month and day, such as 2026-01-31.")
        found["until", sentence.text] = problem("until", sentence)
    asked = asked_of(draft, house, language)
    for field, sentence in problems_of(house, asked, by):
        skipped = field.startswith("identifier") or (field == "until" and until_of(draft) is None)
        period = field.startswith("period") and period_of(draft) is None
        if not skipped and not period:
            found[field, sentence.text] = problem(field, sentence)
    return tuple(found.values())


def all_problems(draft: Draft, house: House, by: Officer, language: str) -> Problems:
    """Return everything between the draft and a request that can go."""
    return (
        *items_of(draft).problems,
        *basis_problems(draft, house),
        *contents_problems(draft, house, by, language),
    )


STEP_OF: Final[Mapping[str, str]] = {
    "to": "state",
    "instrument": "basis",
    "form": "basis",
    "offence": "basis",
    PENALTY: "basis",
    "role": "basis",
    IDENTIFIERS: "identifiers",
}


def step_of(field: str) -> str:
    """Return the page of the builder on which a field stands."""
    if field in STEP_OF:
        return STEP_OF[field]
    parted = field.partition("-")[0]
    return "identifiers" if parted in ("text", "when", "zone", "port", "identifier") else "contents"
