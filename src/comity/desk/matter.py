"""The page of one file: five lines, two buttons, receipts, clocks, the story, our notes."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST, require_safe

from comity.actions.acknowledge import acknowledge
from comity.actions.certificate import certificate
from comity.actions.errors import ActionError, NotAllowedError
from comity.actions.notes import write_note
from comity.actions.ports import House, View
from comity.actions.seen import seen
from comity.convention import edition
from comity.desk.asked_for import AskedFor, read_request
from comity.desk.basis_line import basis_line, offence_line
from comity.desk.dossier import Dossier, dossier
from comity.desk.dues import dues
from comity.desk.frame import Context, page, piece
from comity.desk.genuine import strip
from comity.desk.house import house
from comity.desk.marks import RESULTS, urgency
from comity.desk.officer import officer
from comity.desk.once import alone
from comity.desk.problems import Problems, problem
from comity.desk.questions import open_questions
from comity.desk.small_steps import offered
from comity.desk.told_notes import told_notes
from comity.desk.told_parts import entries
from comity.matters.stages import Stage, Step
from comity.text import Sentence, say

ADDRESS: Final = "/matters/"
LONGEST_NOTE: Final = 20_000
_ACTING: Final = (Step.ACKNOWLEDGE, Step.ORDERED, Step.KEPT)
MOVED: Final = say(
    "Nothing was sent: the file has moved on since you opened that page, or you pressed twice. "
    "Look at it, then go on."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One of the three receipts, and when it came; None while it has not."""

    name: str
    label: Sentence
    at: datetime | None


def address(matter: str) -> str:
    """Return the address of a file: its digest and nothing else."""
    return f"{ADDRESS}{matter.removeprefix('sha256:')}"


def reference(me: str, matter: str, now: datetime) -> str:
    """Return the reference that this desk gives a file: State, day, six digits of its digest."""
    return f"{me}-{now:%Y%m%d}-{matter.removeprefix('sha256:')[:6].upper()}"


@require_safe
def show(request: HttpRequest, matter: str) -> HttpResponseBase:
    """Show the file; the first opening by an officer is stated as seen, once."""
    place = house()
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        # An officer may read where nothing may be signed: a restored node, a forked lane.
        with suppress(ActionError), alone(matter):
            seen(place, matter, by=officer(request))
    problems: Problems = (problem("", MOVED),) if "moved" in request.GET else ()
    file = dossier(place, matter)
    context = {**_context(file), "mark": _mark_of(request, place, matter)}
    return page(request, "desk/matter.html", context, problems=problems, status=200)


@require_safe
def live(request: HttpRequest, matter: str) -> HttpResponseBase:
    """Show the moving part of the page again, or 304. Polling is not seeing: it states nothing."""
    place = house()
    mark = _mark_of(request, place, matter)
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    file = dossier(place, matter)
    context = {**_context(file), "names": file.frame.names, "frame": file.frame}
    return HttpResponse(piece(request, "desk/matter_live.html", context), headers={"ETag": mark})


@require_POST
def take(request: HttpRequest, matter: str) -> HttpResponseBase:
    """State that we act on the request; a second press finds it taken."""
    place = house()
    with alone(matter), suppress(NotAllowedError):
        ours = reference(place.me, matter, place.clock.now())
        acknowledge(place, matter, by=officer(request), ours=ours)
    return HttpResponseRedirect(address(matter))


@require_POST
def add_note(request: HttpRequest, matter: str) -> HttpResponseBase:
    """Keep a note at home."""
    place = house()
    file = dossier(place, matter)
    body = request.POST.get("note", "").strip()
    if not body or len(body) > LONGEST_NOTE:
        sentence = say("Write the note: one to 20,000 characters. Nothing of it leaves this State.")
        context = {**_context(file), "typed_note": body}
        return page(request, "desk/matter.html", context, problems=(problem("note", sentence),))
    with alone(matter):
        last = file.notes[-1] if file.notes else None
        if last is None or last.body != body:
            write_note(place, by=officer(request), kind="note", body=body, matter=matter)
    return HttpResponseRedirect(f"{address(matter)}#notes")


@require_GET
def download(_: HttpRequest, matter: str) -> HttpResponseBase:
    """Give the certificate as a file."""
    name = f"certificate-{matter.removeprefix('sha256:')[:12]}.json"
    return HttpResponse(
        certificate(house(), matter),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def asked_for(file: Dossier) -> AskedFor | None:
    """Return what the request asks, where its part is held and readable."""
    if file.opening is None:
        return None
    data = file.part(file.opening, "request")
    return None if data is None else read_request(data)


def receipts(file: Dossier) -> tuple[Receipt, ...]:
    """Return the three receipts: they are three facts, never one."""
    peer = file.matter.requested.state
    looked = [act for act in file.counting(Step.SEEN) if act.author == peer]
    acting = [act for act in file.counting(*_ACTING) if act.author == peer]
    return (
        Receipt(name="delivered", label=say("Delivered to the node"), at=file.delivered_at),
        Receipt(
            name="seen", label=say("Seen by a person"), at=min((a.at for a in looked), default=None)
        ),
        Receipt(
            name="acting",
            label=say("Being acted on"),
            at=min((a.at for a in acting), default=None),
        ),
    )


def _mark_of(request: HttpRequest, place: House, matter: str) -> str:
    changed = place.store.read(partial(_change_of, matter=matter))
    minute = int(place.clock.now().timestamp() // 60)
    text = f"{changed} {minute} {matter} {get_language()} {request.user.pk}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'


def _change_of(view: View, matter: str) -> int:
    del matter  # the records count changes for the whole house
    return view.changed()


def _context(file: Dossier) -> Context:
    opening = file.opening
    asked = asked_for(file)
    results = {one.item: RESULTS[one.result] for one in file.matter.requested.results}
    kept = {one.item: one.result for one in file.matter.requested.results}
    stage = file.matter.requested.stage
    return {
        "file": file,
        "address": address(file.id),
        "zones": file.zones,
        "opening": opening,
        "asked": asked,
        "items": [
            (one, results.get(one.n), kept.get(one.n, "")) for one in (asked.items if asked else ())
        ],
        "offence": offence_line(opening.offence) if opening else None,
        "basis": basis_line(opening, edition()) if opening else None,
        "urgency": urgency(opening.urgency) if opening else None,
        "ticks": strip(file.peer_card, file.now),
        "phones": file.peer_card.card.authorities if file.peer_card else (),
        "dues": dues(file.matter, file.now),
        "receipts": receipts(file),
        "entries": entries(file),
        "questions": open_questions(file),
        "offered": offered(file),
        "can_preserve": file.may(Step.ORDERED),
        "can_take": file.may(Step.ACKNOWLEDGE),
        "can_keep": file.may(Step.KEPT),
        "can_refuse": file.may(Step.REFUSED),
        "ordered": stage is Stage.ORDERED and file.requested,
        "certified": bool(file.counting(Step.KEPT)),
        "notes": told_notes(file.notes),
        "pastes": [one for one in file.notes if one.kind == "paste"],
    }
