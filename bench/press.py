"""From "send" pressed at one desk to the card on the other desk's wall, over real pages."""

import statistics
import time
from dataclasses import dataclass

from comity_stage.asking import Basis, addressed, based, blank, filled, named
from comity_stage.desk import Desk, matter_of
from comity_stage.nodes import Node

LOOK = 0.7
"""Seconds between two looks of an open wall (the desk's own interval)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Seconds, sorted. ``there``: until the other node could show it; ``seen``: with polling."""

    there: tuple[float, ...]
    seen: tuple[float, ...]


def press_to_card(asks: Node, keeps: Node, *, requests: int) -> Pressed:
    """Send ``requests`` requests through the builder; watch the other wall as its page does."""
    home, away = Desk(asks), Desk(keeps)
    home.sign_in("en")
    away.sign_in("en")
    there: list[float] = []
    seen: list[float] = []
    for number in range(requests):
        check = _builder(home, keeps, number)
        mark = away.browser.get("/live").headers["etag"]
        started = time.perf_counter()
        page = home.browser.submit(check, check.form("/check"))
        matter = matter_of(page)
        # A wall looks at moments that have nothing to do with the press: every share of the
        # interval comes up once in a hundred requests.
        wait = LOOK * ((number * 37) % 100) / 100
        while True:
            answer = away.browser.get("/live", **{"If-None-Match": mark})
            if answer.status == 200 and matter.encode() in answer.body:  # noqa: PLR2004
                break
            mark = answer.headers.get("etag", mark)
            time.sleep(0.01)
        arrived = time.perf_counter() - started
        there.append(arrived)
        looks = max(0, -(-(arrived - wait) // LOOK))
        seen.append(max(arrived, wait + looks * LOOK))
    return Pressed(there=tuple(sorted(there)), seen=tuple(sorted(seen)))


def _builder(home: Desk, keeps: Node, number: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    page = blank(home)
    page = named(home, page, [], [("email_address", f"panel{number}@harbour.example")])
    page = addressed(home, page, keeps.state.code)
    page = based(home, page, Basis(instrument="reciprocity"))
    return filled(home, page, custodian="CloudHarbour")


def quantile(sorted_values: tuple[float, ...], share: float) -> float:
    """Return the value below which ``share`` of the values lie."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def middle(sorted_values: tuple[float, ...]) -> float:
    """Return the median."""
    return statistics.median(sorted_values)
