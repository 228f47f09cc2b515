"""Seen: a signed-in officer opened the matter for the first time.

Written once for each act of the other side that asks something; it is the
second of the three receipts (delivered, seen, being acted on).
"""

from comity.actions.draft import Step
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import matter_of, state_act
from comity.matters.fold import Standing
from comity.matters.steps import allowed

ASKS = frozenset({"request", "follow_up", "ask_extension", "ask_info", "cannot", "withdraw"})


def seen(house: House, matter: str, *, by: Officer) -> HeldAct | None:
    """State that a person has seen the file; None when nothing new asks for it."""
    must_be(by, DESK)
    folded = house.store.read(lambda view: matter_of(view, matter))
    mine = [j.act for j in folded.judged if j.act.author == house.me]
    read = {act_id for act in mine for _, act_id in act.read}
    theirs = [j for j in folded.judged if j.act.author != house.me]
    new = [j.act for j in theirs if j.act.step in ASKS and j.standing is Standing.COUNTS]
    last = max(new, key=lambda act: act.seq, default=None)
    # What was read is the newest act of their lane then, which need not be one that asks.
    if last is None or _covers(read, last.seq, {j.act.id: j.act.seq for j in theirs}):
        return None
    if "seen" not in allowed(folded, house.me):
        return None
    return state_act(house, matter, Step(step="seen"))


def _covers(read: set[str], seq: int, known: dict[str, int]) -> bool:
    return any(known.get(act_id, -1) >= seq for act_id in read)
