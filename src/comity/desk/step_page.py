"""Draw and send the small steps: one question, one press, then back to the file."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from comity.desk.boxes import Box, with_problems
from comity.desk.dossier import Dossier, dossier
from comity.desk.frame import page
from comity.desk.house import house
from comity.desk.matter import address
from comity.desk.officer import officer
from comity.desk.once import alone, lane_mark
from comity.desk.problems import Problems, of_error
from comity.desk.small_steps import SmallStep, small_step
from comity.text import ToldError


@require_http_methods(["GET", "POST"])
def step_page(request: HttpRequest, matter: str, path: str) -> HttpResponseBase:
    """Ask the question of a step, or take the step."""
    step = small_step(path)
    if step is None:
        raise Http404
    place = house()
    file = dossier(place, matter)
    if request.method == "GET":
        if not file.may(step.step):
            return moved(matter)
        return _draw(request, file, step, {})
    typed = {ask.name: request.POST.get(ask.name, "") for ask in step.asks}
    with alone(matter):
        file = dossier(place, matter)
        if stale(request, file):
            return moved(matter)
        try:
            step.verb(place, matter, officer(request), typed)
        except ToldError as error:
            return _draw(request, file, step, typed, of_error(error))
    return HttpResponseRedirect(address(matter))


def stale(request: HttpRequest, file: Dossier) -> bool:
    """Say whether this press comes from a page drawn before our lane moved on."""
    return request.POST.get("lane") != lane_mark(file.matter, file.me)


def moved(matter: str) -> HttpResponseBase:
    """Return to the file and say that nothing was sent."""
    return HttpResponseRedirect(f"{address(matter)}?moved=1")


def _draw(
    request: HttpRequest,
    file: Dossier,
    step: SmallStep,
    typed: Mapping[str, str],
    problems: Problems = (),
) -> HttpResponse:
    fields = {ask.name for ask in step.asks}
    # A reason stands in a box of another name on some pages; whatever has no box is said on top.
    named = tuple(
        one if one.field in fields else of_error(ToldError(one.sentence))[0] for one in problems
    )
    boxes = tuple(
        Box(
            name=ask.name,
            label=ask.label,
            kind=ask.kind,
            hint=ask.hint,
            required=ask.required,
            value=typed.get(ask.name, ""),
        )
        for ask in step.asks
    )
    context = {
        "file": file,
        "zones": file.zones,
        "step": step,
        "boxes": with_problems(boxes, named),
        "lane": lane_mark(file.matter, file.me),
        "address": address(file.id),
    }
    return page(request, "desk/step.html", context, problems=named)
