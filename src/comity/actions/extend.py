"""Extension before expiry: asked by the requesting State, decided by the requested one."""

from datetime import datetime

from comity.actions.answers import open_question
from comity.actions.draft import DraftPart, Step
from comity.actions.errors import IncompleteError
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import matter_of, state_act
from comity.matters.present import present
from comity.text import say


def ask_extension(
    house: House, matter: str, *, by: Officer, until: datetime, reason: str = ""
) -> HeldAct:
    """Ask that the data be kept until ``until`` (Convention 42(9), evidence: unconfirmed).

    Raises IncompleteError when the end has passed or is not later than the present one.
    """
    must_be(by, DESK)
    _later(house, matter, until)
    return state_act(
        house, matter, Step(step="ask_extension", until=until, parts=reason_part(reason))
    )


def extend(house: House, matter: str, *, by: Officer, until: datetime) -> HeldAct:
    """Keep until ``until``, in answer to the question where one is open."""
    must_be(by, DESK)
    _later(house, matter, until)
    folded = house.store.read(lambda view: matter_of(view, matter))
    asked = [one.act for one in folded.questions if one.act.step == "ask_extension"]
    newest = max(asked, key=lambda act: act.seq, default=None)
    answers = newest.id if newest else None
    return state_act(house, matter, Step(step="extend", until=until, answers=answers))


def decline_extension(house: House, matter: str, *, by: Officer, reason: str) -> HeldAct:
    """Say no to the extension, with a reason."""
    must_be(by, DESK)
    need_reason(reason)
    answers = open_question(house, matter, "ask_extension")
    step = Step(step="decline_extension", answers=answers, parts=reason_part(reason))
    return state_act(house, matter, step)


def reason_part(reason: str) -> tuple[DraftPart, ...]:
    """Return the reason as a part, or nothing when it is empty."""
    text = reason.strip()
    return (DraftPart(role="reason", data=text.encode()),) if text else ()


def need_reason(reason: str) -> None:
    """Raise IncompleteError when no reason is written."""
    if not reason.strip():
        raise IncompleteError(
            (
                (
                    "reason",
                    say("Write the reason. One sentence is enough; the other State reads it."),
                ),
            )
        )


def _later(house: House, matter: str, until: datetime) -> None:
    folded = house.store.read(lambda view: matter_of(view, matter))
    now = house.clock.now()
    held = present(folded, now).until
    if until <= now:
        raise IncompleteError((("until", say("This date has passed. Choose a later one.")),))
    if held is not None and until <= held:
        raise IncompleteError(
            (("until", say("The data is kept until then already. Choose a later date.")),)
        )
    if held is not None and now > held:
        raise IncompleteError(
            (
                (
                    "until",
                    say("The end date has passed. An extension is asked before it: call them now."),
                ),
            )
        )
