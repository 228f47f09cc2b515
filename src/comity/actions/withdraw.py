"""Withdraw, release, expire: how a preservation ends."""

from comity.actions.draft import Step
from comity.actions.errors import NotAllowedError
from comity.actions.extend import reason_part
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import matter_of, state_act
from comity.matters.fold import Standing
from comity.matters.present import present
from comity.text import say


def withdraw(house: House, matter: str, *, by: Officer, reason: str = "") -> HeldAct:
    """Take the request back; the requested State then releases the data."""
    must_be(by, DESK)
    return state_act(house, matter, Step(step="withdraw", parts=reason_part(reason)))


def release(house: House, matter: str, *, by: Officer, reason: str = "") -> HeldAct:
    """State that the data is no longer kept, naming the withdrawal where there is one."""
    must_be(by, DESK)
    folded = house.store.read(lambda view: matter_of(view, matter))
    withdrawn = [
        one.act
        for one in folded.judged
        if one.act.step == "withdraw" and one.standing is Standing.COUNTS
    ]
    answers = withdrawn[-1].id if withdrawn else None
    step = Step(step="released", answers=answers, parts=reason_part(reason))
    return state_act(house, matter, step)


def expire(house: House, matter: str, *, by: Officer) -> HeldAct:
    """State that the end date has passed and the data is no longer kept.

    Raises NotAllowedError before the end date, or while an extension or a
    follow-up request of which we know is unanswered (42(8)).
    """
    must_be(by, DESK)
    folded = house.store.read(lambda view: matter_of(view, matter))
    until = present(folded, house.clock.now()).until
    if until is None or house.clock.now() <= until:
        raise NotAllowedError(
            say("The end date has not passed. The data must stay until then: change nothing.")
        )
    return state_act(house, matter, Step(step="expired", until=until))
