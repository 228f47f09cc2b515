"""Refuse: a ground that the basis opens, a reason, a last look, and the press."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from comity.actions.ports import House
from comity.actions.refuse import grounds_now, problems_of_refusal, refuse
from comity.convention.rows import Ground
from comity.desk.boxes import Box, Choice, Mark, with_problems
from comity.desk.dossier import Dossier, dossier
from comity.desk.frame import page
from comity.desk.house import house
from comity.desk.matter import address
from comity.desk.officer import officer
from comity.desk.once import alone, lane_mark
from comity.desk.problems import Problems, of_error, problem
from comity.desk.speak import article
from comity.desk.step_page import moved, stale
from comity.matters.stages import Step
from comity.text import ToldError, say

LONGEST: Final = 20_000


@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, matter: str) -> HttpResponseBase:
    """Ask for grounds and a reason, show both again, then send."""
    place = house()
    with alone(matter):
        file = dossier(place, matter)
        if request.method == "GET":
            return _form(request, place, file) if file.may(Step.REFUSED) else moved(matter)
        if stale(request, file):
            return moved(matter)
        return _pressed(request, place, file)


def _pressed(request: HttpRequest, place: House, file: Dossier) -> HttpResponseBase:
    press = request.POST.get("press", "look")
    if press == "change":
        return _form(request, place, file)
    grounds, reason = tuple(request.POST.getlist("grounds")), request.POST.get("reason", "")
    found = problems_of_refusal(place, file.id, grounds, reason)
    problems = tuple(problem(one.field, one.sentence) for one in found if one.stops)
    if len(reason) > LONGEST:
        sentence = say("Shorten this text: at most %(most)s characters.", most=str(LONGEST))
        problems = (*problems, problem("reason", sentence))
    if problems:
        return _form(request, place, file, problems)
    if press != "send":
        return _look(request, place, file, tuple(one.sentence for one in found))
    try:
        refuse(place, file.id, by=officer(request), grounds=grounds, reason=reason)
    except ToldError as error:
        return _form(request, place, file, of_error(error))
    return HttpResponseRedirect(address(file.id))


def _form(
    request: HttpRequest, place: House, file: Dossier, problems: Problems = ()
) -> HttpResponse:
    boxes = (
        Box(
            name="grounds",
            kind="tick",
            label=say("On which ground?"),
            hint=say("Only the grounds that the legal basis opens are listed."),
            choices=tuple(map(_choice, grounds_now(place, file.id))),
            values=tuple(request.POST.getlist("grounds")),
        ),
        Box(
            name="reason",
            kind="text",
            label=say("The reason"),
            hint=say("The other State reads this. One or two sentences are enough."),
            rows=6,
            value=request.POST.get("reason", ""),
        ),
    )
    context = {**_shared(file), "boxes": with_problems(boxes, problems)}
    return page(request, "desk/refuse.html", context, problems=problems)


def _choice(ground: Ground) -> Choice:
    return Choice(
        value=ground.code.value,
        label=ground.title,
        hint=ground.text,
        more=article(ground.article),
    )


def _look(
    request: HttpRequest, place: House, file: Dossier, warnings: tuple[object, ...]
) -> HttpResponse:
    chosen = set(request.POST.getlist("grounds"))
    context = {
        **_shared(file),
        "chosen": [
            (one, Mark(article=one.article, evidence=one.evidence))
            for one in grounds_now(place, file.id)
            if one.code.value in chosen
        ],
        "reason": request.POST.get("reason", ""),
        "warnings": warnings,
    }
    return page(request, "desk/refuse_look.html", context)


def _shared(file: Dossier) -> dict[str, object]:
    return {
        "file": file,
        "zones": file.zones,
        "lane": lane_mark(file.matter, file.me),
        "address": address(file.id),
    }
