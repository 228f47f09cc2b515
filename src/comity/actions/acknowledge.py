"""Acknowledge: this State is acting on the request (the third receipt)."""

from comity.actions.draft import Step
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import state_act


def acknowledge(house: House, matter: str, *, by: Officer, ours: str) -> HeldAct:
    """State that the request is being acted on, under our own reference ``ours``."""
    must_be(by, DESK)
    return state_act(house, matter, Step(step="acknowledge", refs=((house.me, ours),)))
