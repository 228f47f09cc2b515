"""The request builder: paste, identifiers, State, legal basis, contents, one last look, send.

Each page keeps what was typed before it judges it, so that no error and no
broken line loses a letter.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.actions.ports import House
from comity.actions.send import request_part, send_request
from comity.desk import build_boxes, drafts
from comity.desk.asked_for import item_of, read_request
from comity.desk.asking import (
    TYPED_ROWS,
    all_problems,
    asked_of,
    basis_problems,
    contents_problems,
    items_of,
    option_of,
    step_of,
)
from comity.desk.boxes import with_problems
from comity.desk.drafts import Draft
from comity.desk.frame import Context, names_of, page
from comity.desk.house import home_zone, house
from comity.desk.matter import address
from comity.desk.officer import officer
from comity.desk.once import alone
from comity.desk.problems import Problem, Problems, of_error, problem
from comity.desk.speak import isolated
from comity.desk.times import Zones, zone_of
from comity.facts import PasteTooLarge, recognise
from comity.text import ToldError, say

Draw = Callable[[HttpRequest, House, Draft, Problems], HttpResponse]

STEPS: Final = (
    ("identifiers", say("Identifiers")),
    ("state", say("State")),
    ("basis", say("Legal basis")),
    ("contents", say("Contents")),
    ("check", say("Check and send")),
)
_LANGUAGES: Final = {"zh-hans": "zh-Hans", "en-xa": "en"}


def language() -> str:
    """Return the reader's language as the act names it."""
    code = get_language() or "en"
    return _LANGUAGES.get(code, code)


def place_of(draft: Draft, step: str) -> str:
    """Return the address of a step of a draft."""
    return f"/requests/{draft.id}/{step}"


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Show the drafts that were not sent."""
    found = house().store.read(drafts.open_drafts)
    return page(request, "desk/drafts.html", {"drafts": tuple(reversed(found))})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Ask for a paste, or go on without one."""
    if request.method == "GET":
        return _new(request)
    place, by = house(), officer(request)
    text = request.POST.get("paste", "")
    if request.POST.get("press") == "skip" or not text.strip():
        return HttpResponseRedirect(place_of(drafts.begin(place, by), "identifiers"))
    try:
        read = recognise(text, default_zone=None)
    except PasteTooLarge as error:
        return _new(request, (problem("paste", error.sentence),))
    draft = drafts.with_paste(place, drafts.begin(place, by), by, text, read)
    return HttpResponseRedirect(place_of(draft, "identifiers"))


@require_http_methods(["GET", "POST"])
def identifiers(request: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Show what was found; what is ticked goes out, and nothing else."""
    place = house()
    draft = drafts.draft_of(place, draft_id)
    if draft.sent:
        return HttpResponseRedirect(address(draft.sent))
    if request.method == "GET":
        return _identifiers(request, place, draft, ())
    ticked = tuple(
        sorted(
            {
                int(one)
                for one in request.POST.getlist("tick")
                if one.isascii() and one.isdigit() and len(one) < 5 and int(one) < len(draft.found)  # noqa: PLR2004  # digits
            }
        )
    )
    names = [f"{name}-{n}" for name in ("port", "when", "zone") for n in range(len(draft.found))]
    names += [f"{name}-{n}" for name in ("kind", "text") for n in range(1, TYPED_ROWS + 1)]
    draft = drafts.typed(place, replace(draft, ticked=ticked), _typed(request, names))
    if request.POST.get("press") == "more":
        return HttpResponseRedirect(f"{place_of(draft, 'identifiers')}#by-hand")
    problems = items_of(draft).problems
    if problems:
        return _identifiers(request, place, draft, problems)
    return HttpResponseRedirect(place_of(draft, "state"))


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Ask which State is asked."""
    place = house()
    draft = drafts.draft_of(place, draft_id)
    if draft.sent:
        return HttpResponseRedirect(address(draft.sent))
    peers = place.store.read(lambda view: {one.card.state for one in view.cards()}) - {place.me}
    if request.method == "GET":
        return _boxes(request, place, draft, (), "state")
    draft = drafts.typed(place, draft, _typed(request, ["to"]))
    if draft.text("to") not in peers:
        sentence = say("Choose the State that is to keep the data.")
        return _boxes(request, place, draft, (problem("to", sentence),), "state")
    return HttpResponseRedirect(place_of(draft, "basis"))


@require_http_methods(["GET", "POST"])
def basis(request: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Ask for basis, form and offence; a basis that is not in force stops here."""
    place = house()
    draft = drafts.draft_of(place, draft_id)
    if early := _not_yet(draft):
        return early
    if request.method == "GET":
        return _boxes(request, place, draft, (), "basis")
    fields = ["instrument", "form", "offence", "penalty"]
    draft = drafts.typed(place, draft, _typed(request, fields))
    if problems := basis_problems(draft, place):
        return _boxes(request, place, draft, problems, "basis")
    return HttpResponseRedirect(place_of(draft, "contents"))


@require_http_methods(["GET", "POST"])
def contents(request: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Ask for what the form must contain, with the article at each box."""
    place = house()
    draft = drafts.draft_of(place, draft_id)
    if early := _not_yet(draft):
        return early
    if basis_problems(draft, place):
        return HttpResponseRedirect(place_of(draft, "basis"))
    if request.method == "GET":
        return _boxes(request, place, draft, (), "contents")
    names = [box.name for box in build_boxes.contents(place, draft, language())]
    draft = drafts.typed(place, draft, _typed(request, names))
    if problems := contents_problems(draft, place, officer(request), language()):
        return _boxes(request, place, draft, problems, "contents")
    return HttpResponseRedirect(place_of(draft, "check"))


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Show all that leaves, and send it on the press."""
    place, by = house(), officer(request)
    with alone(draft_id):
        draft = drafts.draft_of(place, draft_id)
        if early := _not_yet(draft):
            return early
        problems = all_problems(draft, place, by, language())
        if request.method == "GET" or problems:
            return _check(request, place, draft, problems)
        try:
            held = send_request(place, asked_of(draft, place, language()), by=by)
        except ToldError as error:
            return _check(request, place, draft, of_error(error))
        drafts.mark_sent(place, draft, held.act.id, by)
    return HttpResponseRedirect(address(held.act.id))


@require_POST
def drop(_: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Throw a draft and its paste away."""
    place = house()
    with alone(draft_id):
        drafts.throw_away(place, drafts.draft_of(place, draft_id))
    return HttpResponseRedirect("/requests")


def _not_yet(draft: Draft) -> HttpResponseBase | None:
    if draft.sent:
        return HttpResponseRedirect(address(draft.sent))
    return None if draft.text("to") else HttpResponseRedirect(place_of(draft, "state"))


def _typed(request: HttpRequest, names: list[str]) -> dict[str, str]:
    return {name: request.POST[name] for name in names if name in request.POST}


def _new(request: HttpRequest, problems: Problems = ()) -> HttpResponse:
    context: Context = {
        "paste": request.POST.get("paste", ""),
        "errors": [p.sentence for p in problems],
    }
    return page(request, "desk/new.html", context, problems=problems)


def _identifiers(
    request: HttpRequest, place: House, draft: Draft, problems: Problems
) -> HttpResponse:
    del place
    context = {
        "draft": draft,
        "steps": STEPS,
        "step": "identifiers",
        "findings": build_boxes.findings(draft, problems),
        "typed": build_boxes.typed_rows(draft, problems),
        "kinds": build_boxes.KIND_CHOICES,
    }
    return page(request, "desk/identifiers.html", context, problems=problems)


def _boxes(
    request: HttpRequest, place: House, draft: Draft, problems: Problems, step: str
) -> HttpResponse:
    make = {
        "state": build_boxes.states,
        "basis": build_boxes.basis,
        "contents": build_boxes.contents,
    }[step]
    context = {
        "draft": draft,
        "steps": STEPS,
        "step": step,
        "boxes": with_problems(make(place, draft, language()), problems),
        "options": build_boxes.options(place, draft) if step == "basis" else (),
        "zones": _zones(place, draft),
    }
    return page(request, f"desk/build_{step}.html", context, problems=problems)


def _check(request: HttpRequest, place: House, draft: Draft, problems: Problems) -> HttpResponse:
    asked = asked_of(draft, place, language())
    part = request_part(asked)
    context = {
        "draft": draft,
        "steps": STEPS,
        "step": "check",
        "asked": asked,
        "who": isolated(place.store.read(names_of).get(asked.to, asked.to)),
        "option": option_of(draft, place),
        "reads": read_request(part),
        "items": [item_of(n, value) for n, value in enumerate(asked.items, start=1)],
        "left_out": len(draft.found) - len(draft.ticked),
        "exact": part.decode(),
        "urgency": build_boxes.urgency_of(asked.urgency),
        "offence": build_boxes.offence_of(asked.offence),
        "zones": _zones(place, draft),
        "changes": [(one, place_of(draft, step_of(one.field))) for one in problems],
    }
    linked = tuple(Problem(field="", sentence=one.sentence) for one in problems)
    return page(request, "desk/build_check.html", context, problems=linked)


def _zones(place: House, draft: Draft) -> Zones:
    held = place.store.read(lambda view: view.card(draft.text("to"))) if draft.text("to") else None
    return Zones(
        here=home_zone(),
        there=None if held is None else zone_of(held.card),
        there_state=draft.text("to"),
    )
