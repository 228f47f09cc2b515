"""Asking for more, and answering: neither moves a stage."""

from comity.actions.answers import open_question
from comity.actions.draft import Step
from comity.actions.extend import need_reason, reason_part
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import state_act


def ask_info(house: House, matter: str, *, by: Officer, question: str) -> HeldAct:
    """Ask the requesting State for more."""
    must_be(by, DESK)
    need_reason(question)
    return state_act(house, matter, Step(step="ask_info", parts=reason_part(question)))


def inform(house: House, matter: str, *, by: Officer, answer: str) -> HeldAct:
    """Answer the requested State's newest open question."""
    must_be(by, DESK)
    need_reason(answer)
    asked = open_question(house, matter, "ask_info")
    return state_act(house, matter, Step(step="inform", answers=asked, parts=reason_part(answer)))
