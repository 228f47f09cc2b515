"""The follow-up request: filed by one State, received or not by the other."""

from comity.actions.answers import open_question
from comity.actions.draft import Step
from comity.actions.errors import IncompleteError
from comity.actions.extend import need_reason, reason_part
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import state_act
from comity.text import say


def follow_up(house: House, matter: str, *, by: Officer, reference: str) -> HeldAct:
    """Say that the request for assistance is filed, under ``reference``.

    From then the data is to be held until a decision on it (42(8); Budapest 29(7)).
    """
    must_be(by, DESK)
    if not reference.strip():
        raise IncompleteError(
            (("reference", say("Write the reference of the request you filed.")),)
        )
    step = Step(step="follow_up", refs=((house.me, reference.strip()),))
    return state_act(house, matter, step)


def hold(house: House, matter: str, *, by: Officer) -> HeldAct:
    """Keep until the follow-up request is decided."""
    must_be(by, DESK)
    asked = open_question(house, matter, "follow_up")
    return state_act(house, matter, Step(step="held", answers=asked))


def not_received(house: House, matter: str, *, by: Officer, reason: str) -> HeldAct:
    """Say that the follow-up request has not arrived here."""
    must_be(by, DESK)
    need_reason(reason)
    asked = open_question(house, matter, "follow_up")
    step = Step(step="not_received", answers=asked, parts=reason_part(reason))
    return state_act(house, matter, step)
