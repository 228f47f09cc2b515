"""Send a request for preservation: basis, form, scope, powers, limits, then the act.

Every problem is found before anything is signed, each named by its field, so
that the desk can keep what was typed and say what to do.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from comity.actions.cards import both_cards, card_of, live_card
from comity.actions.draft import DraftPart, Frame, Step
from comity.actions.errors import IncompleteError, TooLargeError
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import open_matter
from comity.actions.written import written
from comity.convention import edition
from comity.convention.basis import Basis, BasisOption, basis_options, require_basis
from comity.convention.clocks import floor_problems
from comity.convention.codes import Measure, PowerKind
from comity.convention.errors import ConventionError
from comity.convention.forms import Form, missing, preservation_form
from comity.convention.powers import power_problems
from comity.convention.scope import classify, permits
from comity.convention.treaties import treaties_listed
from comity.facts.limits import request_problems
from comity.facts.period import Period
from comity.facts.read import Value
from comity.seal import canonical
from comity.seal.forms import day_text
from comity.text import Sentence, say

MOST_PART: Final = 300_000
LONGEST: Final = 20_000
TEXTS: Final = ("authority", "facts", "data", "link", "custodian", "necessity")
Problems = tuple[tuple[str, Sentence], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an officer asks of another State. ``answers`` are the form's boxes by code."""

    to: str
    instrument: str
    form: str
    offence: str
    max_penalty_months: int | None = None
    answers: tuple[tuple[str, str], ...]
    items: tuple[Value, ...]
    period: Period | None = None
    until: datetime
    lang: str
    urgency: str = "immediate_247"
    channel: str = "poc_247"
    contact: str = ""
    ours: str


def basis_choices(house: House, to: str) -> tuple[BasisOption, ...]:
    """Return every basis between this State and ``to`` today, usable or not, with why."""
    mine, theirs = both_cards(house, to)
    return basis_options(
        treaties_listed(mine.treaties),
        treaties_listed(theirs.treaties),
        on=house.clock.now().date(),
    )


def form_of(asked: Asked) -> Form:
    """Return the form that the request fills; raises ConventionError."""
    return preservation_form(asked.instrument, asked.form)


def problems_of(house: House, asked: Asked, by: Officer) -> Problems:
    """Return what stands between ``asked`` and a request that can go, by field."""
    try:
        form = form_of(asked)
        found = _law_problems(house, asked, form, by)
    except ConventionError as fault:
        return (("instrument", fault.sentence),)
    now = house.clock.now()
    found += [
        (one.field, one.sentence)
        for one in request_problems(asked.items, asked.period, today=now.date())
    ]
    found += [
        (code, say("Shorten this text: at most %(most)s characters.", most=str(LONGEST)))
        for code, text in asked.answers
        if len(text) > LONGEST
    ]
    if not asked.ours.strip():
        found.append(
            ("ours", say("Write your own reference, so that both desks can name the file."))
        )
    if asked.until <= now:
        found.append(("until", say("This date has passed. Choose a later one.")))
    return tuple(found)


def send_request(house: House, asked: Asked, *, by: Officer) -> HeldAct:
    """Sign and queue the request.

    Raises IncompleteError (each field), BasisNotInForce (says what would do),
    UnknownPeerError, CardExpired, RestoredError, TooLargeError.
    """
    must_be(by, DESK)
    mine, theirs = card_of(house, house.me), live_card(house, asked.to)
    basis = Basis(instrument=asked.instrument, form=asked.form)
    option = require_basis(
        basis,
        treaties_listed(mine.treaties),
        treaties_listed(theirs.treaties),
        on=house.clock.now().date(),
    )
    problems = problems_of(house, asked, by)
    if problems:
        raise IncompleteError(problems)
    request = request_part(asked)
    if len(request) > MOST_PART:
        raise TooLargeError(len(request), MOST_PART)
    frame = Frame(
        parties=tuple(sorted(((house.me, "requesting"), (asked.to, "requested")))),
        instrument=option.instrument,
        article=option.article,
        form=asked.form,
        channel=asked.channel,
        urgency=asked.urgency,
        offence=asked.offence,
        lang=asked.lang,
        edition=edition(),
    )
    step = Step(
        step="request",
        until=asked.until,
        items=len(asked.items),
        rows=form_of(asked).rows,
        refs=((house.me, written(asked.ours)),),
        parts=(DraftPart(role="request", data=request),),
    )
    return open_matter(house, step, frame)


def request_part(asked: Asked) -> bytes:
    """Return the bytes of the part that carries what is asked (act-v1 section 4)."""
    answers = dict(asked.answers)
    members: dict[str, canonical.Json] = {code: written(answers.get(code, "")) for code in TEXTS}
    period = asked.period
    return canonical.encode(
        {
            "v": 1,
            **members,
            "follow_up": "yes" if answers.get("follow_up") == "yes" else "no",
            "secrecy": answers.get("secrecy") == "yes",
            "items": [
                {"n": number, **{name: _plain(each) for name, each in item.as_data().items()}}
                for number, item in enumerate(asked.items, 1)
            ],
            "period": None
            if period is None
            else {"from": day_text(period.first), "to": day_text(period.last)},
            "contact": written(asked.contact),
        }
    )


def _law_problems(
    house: House, asked: Asked, form: Form, by: Officer
) -> list[tuple[str, Sentence]]:
    now = house.clock.now()
    asks = {field.code for field in form.fields}
    filled = {code: text for code, text in asked.answers if code in asks}
    if "offence" in asks:
        filled["offence"] = asked.offence
    problems = [
        *missing(form, filled),
        *power_problems(house.powers, PowerKind.ASK, instrument=asked.instrument, roles=by.roles),
        *(one for one in floor_problems(now, asked.until, form.basis) if one.stops),
    ]
    found = [(one.field, one.sentence) for one in problems]
    scope = classify(asked.offence, max_penalty_months_requesting=asked.max_penalty_months)
    permit = permits(scope.scope_class, asked.instrument, Measure.PRESERVE)
    if not permit.allowed:
        found.append(("offence", permit.sentence))
    return found


def _plain(value: str | int) -> canonical.Json:
    return written(value) if isinstance(value, str) else value


def default_end(house: House) -> datetime:
    """Return the end that a new request proposes: 90 days ahead, at midnight UTC."""
    day: date = (house.clock.now() + timedelta(days=91)).date()
    return datetime(day.year, day.month, day.day, tzinfo=house.clock.now().tzinfo)
