"""Preserve: two facts, ordered and kept (act.md; Convention 25, 42; Budapest 16, 29)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from comity.actions.draft import DraftPart, Step
from comity.actions.errors import IncompleteError, NotAllowedError, NotFoundError
from comity.actions.notes import write_note
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.refuse import basis_of
from comity.actions.roles import DESK, must_be
from comity.actions.state import matter_of, state_act
from comity.actions.written import written
from comity.convention.clocks import clock_row, domestic_cap, earliest_end, floor_problems
from comity.convention.codes import ClockName, PowerKind
from comity.convention.powers import power_problems
from comity.matters.act import Act
from comity.safeguards.purpose import PurposeCheck, PurposeSign, stands_in_the_way
from comity.seal import canonical
from comity.seal.forms import time_text
from comity.text import say

RESULTS = frozenset({"kept", "not_found", "not_kept"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the custodian confirmed: a result for each item from 1, and until when."""

    custodian: str
    results: tuple[tuple[int, str], ...]
    until: datetime
    note: str = ""


def order(  # the officer's answers, each named
    house: House,
    matter: str,
    *,
    by: Officer,
    sign: PurposeSign,
    custodian: str,
    ours: str = "",
    note: str = "",
) -> HeldAct:
    """Order the custodian to keep the data: one press, after the one question.

    The answer is kept as a home note. Raises NotAllowedError when the officer
    wants to check first or may not order, IncompleteError without a custodian.
    """
    must_be(by, DESK)
    now = house.clock.now()
    opening = _opening(house, matter)
    problems = power_problems(
        house.powers, PowerKind.ORDER, instrument=opening.basis.instrument, roles=by.roles
    )
    if problems:
        raise NotAllowedError(problems[0].sentence)
    check = PurposeCheck(by=by.id, at=now, sign=sign, note=note)
    write_note(house, by=by, kind="screening", body=check.written(), matter=matter)
    against = stands_in_the_way(check)
    if against is not None:
        raise NotAllowedError(against)
    if not custodian.strip():
        raise IncompleteError(
            (("custodian", say("Write who holds the data: the provider that gets the order.")),)
        )
    data = canonical.encode(
        {
            "v": 1,
            "custodian": written(custodian),
            "ordered_at": time_text(now),
            "ends": time_text(domestic_cap(now, basis_of(opening)).ends),
        }
    )
    cap, _ = clock_row(basis_of(opening), ClockName.DOMESTIC_CAP)
    return state_act(
        house,
        matter,
        Step(
            step="ordered",
            rows=(cap.id,),
            refs=((house.me, ours),) if ours else (),
            parts=(DraftPart(role="order", data=data),),
        ),
    )


def keep(house: House, matter: str, *, by: Officer, kept: Kept) -> HeldAct:
    """State what is kept and until when. Raises IncompleteError naming each field."""
    must_be(by, DESK)
    now = house.clock.now()
    opening = _opening(house, matter)
    _check(kept, opening, now)
    data = canonical.encode(
        {
            "v": 1,
            "custodian": written(kept.custodian),
            "confirmed_at": time_text(now),
            "until": time_text(kept.until),
            "items": [{"n": item, "result": result} for item, result in kept.results],
            "note": written(kept.note),
        }
    )
    row, _ = clock_row(basis_of(opening), ClockName.FLOOR)
    return state_act(
        house,
        matter,
        Step(
            step="kept",
            until=kept.until,
            results=kept.results,
            rows=(row.id,),
            parts=(DraftPart(role="kept", data=data),),
        ),
    )


def first_end(house: House, matter: str) -> datetime:
    """Return the earliest end that the basis allows if the data are kept now, in whole days."""
    opening = _opening(house, matter)
    end = earliest_end(house.clock.now(), basis_of(opening))
    return end.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _check(kept: Kept, opening: Act, now: datetime) -> None:
    found = []
    if not kept.custodian.strip():
        found.append(("custodian", say("Write who holds the data and confirmed it.")))
    if [item for item, _ in kept.results] != list(range(1, opening.items + 1)):
        found.append(("results", say("Answer for every item: kept, not found, or not kept.")))
    elif any(result not in RESULTS for _, result in kept.results):
        found.append(("results", say("Choose one of: kept, not found, not kept.")))
    elif not any(result == "kept" for _, result in kept.results):
        found.append(
            (
                "results",
                say("Nothing is kept. Say that it cannot be assured, or refuse, with a reason."),
            )
        )
    problems = floor_problems(now, kept.until, basis_of(opening))
    found += [("until", one.sentence) for one in problems if one.stops]
    if found:
        raise IncompleteError(tuple(found))


def _opening(house: House, matter: str) -> Act:
    opening = house.store.read(partial(matter_of, matter=matter)).opening
    if opening is None:
        raise NotFoundError
    return opening
