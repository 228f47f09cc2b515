"""Preserve: the one question, then what the custodian confirmed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from comity.actions.notes import write_note
from comity.actions.ports import House
from comity.actions.preserve import Kept, first_end, keep, order
from comity.actions.refuse import basis_of, grounds_now
from comity.convention.clocks import clock_row
from comity.convention.codes import ClockName
from comity.convention.errors import ConventionError
from comity.convention.rows import Clock
from comity.desk.asked_for import AskedFor
from comity.desk.boxes import Box, Choice, with_problems
from comity.desk.dossier import Dossier, dossier
from comity.desk.frame import page
from comity.desk.house import house
from comity.desk.marks import RESULTS, SAID
from comity.desk.matter import address, asked_for, reference
from comity.desk.officer import officer
from comity.desk.once import alone, lane_mark
from comity.desk.problems import Problems, of_error, problem
from comity.desk.small_steps import typed_end
from comity.desk.step_page import moved, stale
from comity.desk.told_parts import member_of
from comity.matters.stages import Step
from comity.safeguards.grounds import Said, screen
from comity.safeguards.purpose import PurposeSign
from comity.text import ToldError, say

SIGN: Final = say("Do you see any sign that this request serves an improper purpose?")
SIGN_HINT: Final = say(
    "Such as: it is about what a person thinks, believes, writes or is, not about the offence."
)
NOT_ANSWERED: Final = say("Answer this question. Nobody answers it for you.")
_SIGNS: Final = (
    Choice(value=PurposeSign.NONE_SEEN.value, label=say("No. Preserve.")),
    Choice(value=PurposeSign.CHECK_FIRST.value, label=say("I want to check first.")),
)


@require_http_methods(["GET", "POST"])
def preserve(request: HttpRequest, matter: str) -> HttpResponseBase:
    """Ask the one question and order the custodian to keep the data."""
    place = house()
    with alone(matter):
        file = dossier(place, matter)
        if request.method == "GET":
            return _preserve(request, file) if file.may(Step.ORDERED) else moved(matter)
        if stale(request, file):
            return moved(matter)
        return _order(request, place, file)


def _order(request: HttpRequest, place: House, file: Dossier) -> HttpResponseBase:
    answer = request.POST.get("sign", "")
    if answer not in set(PurposeSign):
        return _preserve(request, file, (problem("sign", NOT_ANSWERED),))
    try:
        order(
            place,
            file.id,
            by=officer(request),
            sign=PurposeSign(answer),
            custodian=request.POST.get("custodian", ""),
            ours=_own_reference(file),
        )
    except ToldError as error:
        if answer == PurposeSign.CHECK_FIRST:
            return HttpResponseRedirect(f"{address(file.id)}/check")
        return _preserve(request, file, of_error(error))
    return HttpResponseRedirect(address(file.id))


def _own_reference(file: Dossier) -> str:
    """Return a reference where this State has not given one yet."""
    opening = file.opening
    given = any(
        state == file.me
        for one in file.matter.judged
        for state, _ in one.act.refs
        if one.act.author == file.me
    )
    return "" if given or opening is None else reference(file.me, file.id, file.now)


def _preserve(request: HttpRequest, file: Dossier, problems: Problems = ()) -> HttpResponse:
    asked = asked_for(file)
    custodian = request.POST.get("custodian") or (asked.custodian if asked else "")
    boxes = (
        Box(
            name="sign",
            kind="radio",
            label=SIGN,
            hint=SIGN_HINT,
            choices=_SIGNS,
            value=request.POST.get("sign", ""),
        ),
        Box(
            name="custodian",
            label=say("Who holds the data and gets the order?"),
            value=custodian,
        ),
    )
    return _draw(request, file, "desk/preserve.html", boxes, problems)


@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest, matter: str) -> HttpResponseBase:
    """Ask item by item what is kept, and until when."""
    place = house()
    with alone(matter):
        file = dossier(place, matter)
        if request.method == "GET":
            return _kept(request, place, file) if file.may(Step.KEPT) else moved(matter)
        if stale(request, file):
            return moved(matter)
        try:
            keep(place, matter, by=officer(request), kept=_stated(request, file))
        except ToldError as error:
            return _kept(request, place, file, _at_items(request, file, of_error(error)))
    return HttpResponseRedirect(address(matter))


def _stated(request: HttpRequest, file: Dossier) -> Kept:
    results = tuple(
        (n, found) for n in _numbers(file) if (found := request.POST.get(f"result-{n}", ""))
    )
    return Kept(
        custodian=request.POST.get("custodian", ""),
        results=results,
        until=typed_end(request.POST.get("until", "")),
        note=request.POST.get("note", ""),
    )


def _at_items(request: HttpRequest, file: Dossier, problems: Problems) -> Problems:
    """Put "answer for every item" at the first item that has no answer."""
    unanswered = [n for n in _numbers(file) if not request.POST.get(f"result-{n}")]
    place = f"result-{(unanswered or [1])[0]}"
    return tuple(
        problem(place if one.field == "results" else one.field, one.sentence) for one in problems
    )


def _numbers(file: Dossier) -> range:
    return range(1, (file.opening.items if file.opening else 0) + 1)


def _kept(
    request: HttpRequest, place: House, file: Dossier, problems: Problems = ()
) -> HttpResponse:
    earliest = first_end(place, file.id)
    asked = asked_for(file)
    captions = {one.n: one for one in asked.items} if asked else {}
    results = tuple(
        Box(
            name=f"result-{n}",
            kind="radio",
            label=say("Item %(n)s", n=str(n)),
            more=captions[n].caption if n in captions else "",
            inline=True,
            value=request.POST.get(f"result-{n}", ""),
            choices=tuple(Choice(value=code, label=label) for code, label in RESULTS.items()),
        )
        for n in _numbers(file)
    )
    boxes = (
        Box(
            name="custodian",
            label=say("Who holds the data and confirmed it?"),
            value=request.POST.get("custodian") or _custodian(file, asked),
        ),
        *results,
        Box(
            name="until",
            kind="date",
            label=say("Kept until which day?"),
            hint=say("The data is kept until midnight UTC at the start of that day."),
            value=request.POST.get("until") or f"{_proposed(file, earliest):%Y-%m-%d}",
        ),
        Box(
            name="note",
            kind="text",
            label=say("A word to the other State"),
            hint=say("The other State reads this."),
            required=False,
            rows=2,
            value=request.POST.get("note", ""),
        ),
    )
    more = {"earliest": earliest, "floor": _floor(file)}
    return _draw(request, file, "desk/kept.html", boxes, problems, more)


def _custodian(file: Dossier, asked: AskedFor | None) -> str:
    for act in reversed(file.counting(Step.ORDERED)):
        if found := member_of(file, act, "order", "custodian"):
            return found
    return asked.custodian if asked else ""


def _proposed(file: Dossier, earliest: datetime) -> datetime:
    wanted = file.opening.until if file.opening else None
    return max(earliest, wanted) if wanted else earliest


def _floor(file: Dossier) -> Clock | None:
    if file.opening is None:
        return None
    try:
        return clock_row(basis_of(file.opening), ClockName.FLOOR)[0]
    except ConventionError:
        return None


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, matter: str) -> HttpResponseBase:
    """Ask every ground, one by one; the answers stay home and order nothing."""
    place = house()
    file = dossier(place, matter)
    if file.opening is None or not file.requested:
        return moved(matter)
    grounds = grounds_now(place, matter)
    answers = {one.code.value: request.POST.get(f"ground-{one.code.value}", "") for one in grounds}
    screening = screen(grounds, answers) if request.method == "POST" else None
    if screening is not None and screening.complete:
        body = "\n".join(f"{code}: {said}" for code, said in answers.items())
        write_note(place, by=officer(request), kind="screening", body=body, matter=matter)
    boxes = tuple(
        Box(
            name=f"ground-{one.code.value}",
            kind="radio",
            label=one.title,
            hint=one.text,
            inline=True,
            value=answers[one.code.value],
            choices=tuple(Choice(value=said.value, label=SAID[said.value]) for said in Said),
        )
        for one in grounds
    )
    more = {
        "screening": screening,
        "can_preserve": file.may(Step.ORDERED),
        "can_refuse": file.may(Step.REFUSED),
        "can_ask": file.may(Step.ASK_INFO),
        "can_take": file.may(Step.ACKNOWLEDGE),
    }
    return _draw(request, file, "desk/check.html", boxes, (), more)


def _draw(
    request: HttpRequest,
    file: Dossier,
    template: str,
    boxes: tuple[Box, ...],
    problems: Problems,
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    context = {
        "file": file,
        "zones": file.zones,
        "boxes": with_problems(boxes, problems),
        "asked": asked_for(file),
        "lane": lane_mark(file.matter, file.me),
        "address": address(file.id),
        **(more or {}),
    }
    return page(request, template, context, problems=problems)
