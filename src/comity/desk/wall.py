"""The wall: what needs us now, what waits for others, what was done today.

Rows are cheap and hold no personal data; only the files that are shown are
folded, and a fold is remembered until its file changes.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Lock
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from comity.actions.ports import Alarm, Delivery, HeldCard, House, Row, View
from comity.desk import drafts
from comity.desk.alarms import Told, told
from comity.desk.bands import Band, folded, settled
from comity.desk.dues import Due, age, dues
from comity.desk.frame import Context, names_of, page, piece
from comity.desk.genuine import Tick, strip
from comity.desk.house import home_zone, house
from comity.desk.times import Zones
from comity.matters.fold import View as Matter
from comity.matters.fold import fold
from comity.matters.present import Present, present
from comity.matters.stages import Step
from comity.matters.steps import allowed
from comity.text import Sentence, say

SHOWN: Final = 50
MOST_ROWS: Final = 5_000
MOST_ALARMS: Final = 5
_REMEMBERED: Final = 2_000
_DAY: Final = timedelta(days=1)
_RANK: Final = {"emergency_life_safety": 0, "immediate_247": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One file on the wall."""

    row: Row
    present: Present
    wants: Sentence
    strip: tuple[Tick, ...]
    dues: tuple[Due, ...]
    takeable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What waits for one peer."""

    peer: str
    count: int
    oldest: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """All that the wall shows."""

    now: tuple[Card, ...]
    waiting: tuple[Card, ...]
    now_count: int
    waiting_count: int
    done: tuple[Row, ...]
    drafts: int
    queues: tuple[Queue, ...]
    alarms: tuple[Told, ...]
    page: int
    pages: int


class _Folds:
    """Remembers what acts fold to, by the row of their file."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Row], Matter] = OrderedDict()
        self._lock = Lock()

    def of(self, view: View, me: str, row: Row) -> Matter:
        key = (me, row)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = fold(one.act for one in view.acts_of(row.matter))
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return found


_FOLDS: Final = _Folds()


@require_safe
def wall(request: HttpRequest) -> HttpResponseBase:
    """Show the whole page."""
    place = house()
    number = _number(request)
    found, mark = place.store.read(lambda view: (_wall(place, view, number), _mark(request, view)))
    return page(request, "desk/wall.html", {**_context(found), "mark": mark, "live": _live(number)})


@require_safe
def live(request: HttpRequest) -> HttpResponseBase:
    """Show the bands again, or 304 when nothing that they show has changed."""
    place = house()
    mark = place.store.read(partial(_mark, request))
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    number = _number(request)
    found, names = place.store.read(lambda view: (_wall(place, view, number), names_of(view)))
    html = piece(
        request,
        "desk/wall_live.html",
        {**_context(found), "names": names, "zones": Zones(here=home_zone())},
    )
    return HttpResponse(html, headers={"ETag": mark})


def _context(found: Wall) -> Context:
    return {"wall": found}


def _live(number: int) -> str:
    return "/live" if number == 1 else f"/live?page={number}"


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1  # noqa: PLR2004  # digits


def _mark(request: HttpRequest, view: View) -> str:
    """Name what the bands show: the records' change, the minute, the reader and language."""
    minute = int(house().clock.now().timestamp() // 60)
    seen = f"{view.changed()} {minute} {get_language()} {request.user.pk} {_number(request)}"
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:20]}"'


def _wall(house: House, view: View, number: int) -> Wall:
    now = house.clock.now()
    rows = view.rows(closed=False, limit=MOST_ROWS)
    bands = _sorted_into(house, view, rows, now)
    first = (number - 1) * SHOWN
    listed = [*bands[Band.NOW], *bands[Band.WAITING]][first : first + SHOWN]
    cards = {row.matter: _card(house, view, row, now) for row in listed}
    kept = {band: tuple(cards[r.matter] for r in bands[band] if r.matter in cards) for band in Band}
    closed = view.rows(closed=True, limit=SHOWN)
    waiting = view.deliveries(waiting_only=True)
    return Wall(
        now=kept[Band.NOW],
        waiting=kept[Band.WAITING],
        now_count=len(bands[Band.NOW]),
        waiting_count=len(bands[Band.WAITING]),
        done=tuple(row for row in closed if now - row.changed_at < _DAY),
        drafts=len(drafts.open_drafts(view)),
        queues=_queues(waiting, now),
        alarms=tuple(map(told, _recent(view.alarms(limit=MOST_ALARMS), now))),
        page=number,
        pages=max(1, -(-len(rows) // SHOWN)),
    )


def _sorted_into(
    house: House, view: View, rows: Iterable[Row], now: datetime
) -> dict[Band, list[Row]]:
    bands: dict[Band, list[Row]] = {band: [] for band in Band}
    for row in rows:
        band = settled(row)
        if band is None:
            band = folded(row, present(_FOLDS.of(view, house.me, row), now), house.me)
        bands[band].append(row)
    bands[Band.NOW].sort(key=lambda row: (_RANK.get(row.urgency, 2), row.opened_at))
    bands[Band.WAITING].sort(key=lambda row: row.opened_at)
    return bands


def _card(house: House, view: View, row: Row, now: datetime) -> Card:
    matter = _FOLDS.of(view, house.me, row)
    asked = row.role == "requested"
    wants = (
        say("%(who)s asks us to keep data", who=row.peer)
        if asked
        else say("We asked %(who)s to keep data", who=row.peer)
    )
    held: HeldCard | None = view.card(row.peer)
    return Card(
        row=row,
        present=present(matter, now),
        wants=wants,
        strip=strip(held, now) if asked else (),
        dues=dues(matter, now),
        takeable=asked and Step.ACKNOWLEDGE in allowed(matter, house.me),
    )


def _queues(waiting: Iterable[Delivery], now: datetime) -> tuple[Queue, ...]:
    by_peer: dict[str, list[Delivery]] = {}
    for one in waiting:
        by_peer.setdefault(one.peer, []).append(one)
    return tuple(
        Queue(peer=peer, count=len(found), oldest=age(now - min(one.created for one in found)))
        for peer, found in sorted(by_peer.items())
    )


def _recent(alarms: Iterable[Alarm], now: datetime) -> Iterable[Alarm]:
    return (one for one in alarms if now - one.at < 7 * _DAY)
