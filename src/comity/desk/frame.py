"""The frame around every page: who we are, in which mode, and how to get about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.actions.ports import House, View
from comity.desk.assets import asset
from comity.desk.house import home_zone, house
from comity.desk.problems import Problems
from comity.desk.times import Zones

Context: TypeAlias = dict[str, object]

PALETTES: Final = ("auto", "light", "night")
PALETTE_COOKIE: Final = "comity-palette"
NAV: Final = (
    ("/", _("Desk")),
    ("/requests/new", _("New request")),
    ("/queue", _("Queue")),
    ("/directory", _("Directory")),
    ("/law", _("Law")),
    ("/help", _("Help")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """What the strip below the top bar says."""

    demo: bool
    unsent: int
    offline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the frame shows."""

    me: str
    names: Mapping[str, str]
    mode: Mode
    now: datetime


def frame_of(house: House, view: View) -> Frame:
    """Return the frame of a house at this moment."""
    return Frame(
        me=house.me,
        names=names_of(view),
        mode=_mode(house, view),
        now=house.clock.now(),
    )


def names_of(view: View) -> dict[str, str]:
    """Return each State's name in the reader's language, by code."""
    language = (get_language() or "en").split("-")[0]
    return {held.card.state: held.card.name(language) for held in view.cards()}


def page(
    request: HttpRequest,
    template: str,
    context: Context | None = None,
    *,
    problems: Problems = (),
    status: int | None = None,
) -> HttpResponse:
    """Return a page inside the frame; with problems it is an error page and says so."""
    place = house()
    frame = place.store.read(lambda view: frame_of(place, view))
    whole: Context = {
        **bare(request),
        "frame": frame,
        "names": frame.names,
        "zones": Zones(here=home_zone()),
        "problems": problems,
        **(context or {}),
    }
    code = status or (422 if problems else 200)
    return HttpResponse(render_to_string(template, whole, request), status=code)


def piece(request: HttpRequest, template: str, context: Context) -> str:
    """Return a piece of a page, as polling asks for it."""
    return render_to_string(template, {**bare(request), **context}, request)


def bare(request: HttpRequest) -> Context:
    """Return what a page needs even where there is no house to ask."""
    palette = request.COOKIES.get(PALETTE_COOKIE, "auto")
    return {
        "tokens_css": asset("tokens.css").url,
        "desk_css": asset("desk.css").url,
        "poll_js": asset("poll.js").url,
        "palette": palette if palette in PALETTES else "auto",
        "palettes": PALETTES,
        "nav": NAV,
        "here": request.path,
    }


def _mode(house: House, view: View) -> Mode:
    waiting = view.deliveries(waiting_only=True)
    failing = [one for one in waiting if one.attempts and one.error]
    return Mode(
        demo=house.demo,
        unsent=len(waiting),
        offline=bool(failing) and len(failing) == len(waiting),
    )
