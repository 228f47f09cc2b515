"""Queue, directory, law and help: lists that answer one question each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from comity.actions.ports import Delivery, HeldCard, House, View
from comity.convention import edition, law_rows
from comity.convention.load import laws
from comity.convention.rows import Evidence, Row
from comity.desk.dues import age, remaining
from comity.desk.frame import Context, page
from comity.desk.house import house
from comity.desk.marks import EVIDENCE, EVIDENCE_MEANS, ROLES, SHAPES
from comity.desk.obstacles import obstacle
from comity.desk.speak import speak
from comity.directory.anchor import WordsAnchor
from comity.directory.likeness import look_alikes
from comity.seal.words import twelve_words
from comity.text import Sentence, say

_NOT_TRIED: Final = say("Not tried yet")
_WORD_LIMIT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One delivery that waits."""

    delivery: Delivery
    age: Sentence
    again: Sentence
    error: Sentence
    matter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One State as the directory shows it."""

    held: HeldCard
    anchor: Sentence
    anchored_at: datetime
    words: str
    warnings: tuple[Sentence, ...]
    expired: bool
    mine: bool


@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """Show what waits to be sent, how old it is, and what stands in the way."""
    place = house()
    found = place.store.read(lambda view: _waiting(place, view))
    return page(request, "desk/queue.html", {"waiting": found})


def _waiting(house: House, view: View) -> tuple[Waiting, ...]:
    now = house.clock.now()
    found = []
    for one in view.deliveries(waiting_only=True):
        held = view.act(one.act_id)
        found.append(
            Waiting(
                delivery=one,
                age=age(now - one.created),
                again=remaining(one.next_at - now),
                error=obstacle(one.error) if one.error else _NOT_TRIED,
                matter="" if held is None else held.act.matter_id,
            )
        )
    return tuple(found)


@require_safe
def directory(request: HttpRequest) -> HttpResponseBase:
    """Show who speaks for each State, and on what that hangs."""
    place = house()
    found = place.store.read(lambda view: view.cards())
    peers = tuple(_peer(place, held, found) for held in found)
    return page(request, "desk/directory.html", {"peers": peers, "roles": ROLES})


def _peer(house: House, held: HeldCard, every: tuple[HeldCard, ...]) -> Peer:
    by_words = isinstance(held.pinned.anchor, WordsAnchor)
    return Peer(
        held=held,
        anchor=say("Two officers compared the twelve words.")
        if by_words
        else say("The registrar has signed for its root key."),
        anchored_at=held.pinned.anchor.at,
        words=" ".join(twelve_words(held.card.root.id)),
        warnings=look_alikes(held.card, [one.card for one in every]),
        expired=held.card.expires <= house.clock.now(),
        mine=held.card.state == house.me,
    )


@require_safe
def law(request: HttpRequest) -> HttpResponseBase:
    """Show the law rows with their marks, and search them."""
    asked = request.GET.get("q", "").strip()[:_WORD_LIMIT]
    counts = [
        (SHAPES[mark], EVIDENCE[mark], EVIDENCE_MEANS[mark], _count(mark)) for mark in Evidence
    ]
    context: Context = {
        "q": asked,
        "rows": [one for one in law_rows() if _fits(one, asked)],
        "names": {each.instrument: speak(each.name) for each in laws()},
        "counts": counts,
        "edition": edition(),
    }
    return page(request, "desk/law.html", context)


def _fits(row: Row, asked: str) -> bool:
    text = f"{row.id} {row.article} {speak(row.title)} {speak(row.text)}".casefold()
    return all(word in text for word in asked.casefold().split())


def _count(mark: Evidence) -> int:
    return sum(row.evidence is mark for row in law_rows())


@require_safe
def help_page(request: HttpRequest) -> HttpResponseBase:
    """Say how the desk is used, in a page."""
    return page(request, "desk/help.html")
