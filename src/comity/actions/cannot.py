"""Preservation cannot be assured, or would harm the case (Convention 42(7))."""

from comity.actions.answers import open_question
from comity.actions.draft import Step
from comity.actions.extend import need_reason, reason_part
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import state_act


def cannot_assure(house: House, matter: str, *, by: Officer, reason: str) -> HeldAct:
    """Tell the requesting State promptly; it decides whether to go on."""
    must_be(by, DESK)
    need_reason(reason)
    return state_act(house, matter, Step(step="cannot", parts=reason_part(reason)))


def go_on(house: House, matter: str, *, by: Officer, reason: str = "") -> HeldAct:
    """Decide that the request is to be carried out all the same."""
    must_be(by, DESK)
    asked = open_question(house, matter, "cannot")
    return state_act(house, matter, Step(step="go_on", answers=asked, parts=reason_part(reason)))
