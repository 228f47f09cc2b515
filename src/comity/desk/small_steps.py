"""Steps that are one question and one press: each is a page of its own.

A row says what the page asks and which verb it calls; ``step_page`` draws and
sends all of them alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from comity.actions import cannot, extend, follow_up, talk, withdraw
from comity.actions.errors import IncompleteError
from comity.actions.ports import House, Officer
from comity.desk.boxes import Kind
from comity.desk.dossier import Dossier
from comity.facts import BadPeriod
from comity.facts.period import day
from comity.matters.stages import Step
from comity.text import Sentence, say

Typed = Mapping[str, str]
Verb = Callable[[House, str, Officer, Typed], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One box of such a page."""

    name: str
    kind: Kind
    label: Sentence
    hint: Sentence | None = None
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStep:
    """One page: its question, what follows from the press, its boxes and its verb."""

    path: str
    step: Step
    title: Sentence
    follows: Sentence
    press: Sentence
    offer: Sentence
    verb: Verb
    asks: tuple[Ask, ...] = ()
    danger: bool = False


def typed_end(text: str) -> datetime:
    """Return midnight UTC of a typed day. Raises IncompleteError at ``until``."""
    try:
        found = day(text)
    except BadPeriod as error:
        raise IncompleteError((("until", error.sentence),)) from error
    return datetime(found.year, found.month, found.day, tzinfo=UTC)


def _reason(label: Sentence, hint: Sentence | None = None, *, required: bool = True) -> Ask:
    return Ask(name="reason", kind="text", label=label, hint=hint, required=required)


_UNTIL: Final = Ask(
    name="until",
    kind="date",
    label=say("Until which day?"),
    hint=say("The data is kept until midnight UTC at the start of that day."),
)
_READS: Final = say("The other State reads this.")

SMALL_STEPS: Final[tuple[SmallStep, ...]] = (
    SmallStep(
        path="ask",
        step=Step.ASK_INFO,
        title=say("What do you need to know from the other State?"),
        follows=say("Your question is sent. Nothing else changes: the clocks go on."),
        press=say("Send the question"),
        offer=say("Ask the other State for more"),
        asks=(_reason(say("Your question"), _READS),),
        verb=lambda house, matter, by, typed: talk.ask_info(
            house, matter, by=by, question=typed["reason"]
        ),
    ),
    SmallStep(
        path="cannot",
        step=Step.CANNOT,
        title=say("Why can the data not be kept for sure, or why could keeping it harm the case?"),
        follows=say(
            "The other State is told at once and decides whether to go on (article 42(7) of the UN "
            "Convention)."
        ),
        press=say("Tell them"),
        offer=say("Say that it cannot be kept for sure, or could harm the case"),
        asks=(_reason(say("The reason"), _READS),),
        verb=lambda house, matter, by, typed: cannot.cannot_assure(
            house, matter, by=by, reason=typed["reason"]
        ),
    ),
    SmallStep(
        path="extend",
        step=Step.EXTEND,
        title=say("Until when do you keep the data?"),
        follows=say("The new end date is stated to the other State."),
        press=say("State the new end date"),
        offer=say("Keep it longer"),
        asks=(_UNTIL,),
        verb=lambda house, matter, by, typed: extend.extend(
            house, matter, by=by, until=typed_end(typed["until"])
        ),
    ),
    SmallStep(
        path="decline",
        step=Step.DECLINE_EXTENSION,
        title=say("Why do you not keep the data longer?"),
        follows=say("The end date stays as it is, and the other State is told."),
        press=say("Decline the extension"),
        offer=say("Decline to keep it longer"),
        asks=(_reason(say("The reason"), _READS),),
        verb=lambda house, matter, by, typed: extend.decline_extension(
            house, matter, by=by, reason=typed["reason"]
        ),
    ),
    SmallStep(
        path="hold",
        step=Step.HELD,
        title=say("Do you hold the data until the follow-up request is decided?"),
        follows=say("You state that the data does not lapse before the decision."),
        press=say("Hold until it is decided"),
        offer=say("Hold until it is decided"),
        verb=lambda house, matter, by, _: follow_up.hold(house, matter, by=by),
    ),
    SmallStep(
        path="not-received",
        step=Step.NOT_RECEIVED,
        title=say("Has the follow-up request not arrived?"),
        follows=say("The other State is told, so that it can send it again."),
        press=say("Say that it has not arrived"),
        offer=say("Say that the follow-up request has not arrived"),
        asks=(_reason(say("Where did you look?"), _READS),),
        verb=lambda house, matter, by, typed: follow_up.not_received(
            house, matter, by=by, reason=typed["reason"]
        ),
    ),
    SmallStep(
        path="release",
        step=Step.RELEASED,
        title=say("Is the data no longer kept?"),
        follows=say(
            "The other State is told that the data is released. You cannot take this back: "
            "released data may be gone."
        ),
        press=say("State the release"),
        offer=say("State that the data is released"),
        asks=(_reason(say("The reason"), _READS, required=False),),
        verb=lambda house, matter, by, typed: withdraw.release(
            house, matter, by=by, reason=typed["reason"]
        ),
        danger=True,
    ),
    SmallStep(
        path="expire",
        step=Step.EXPIRED,
        title=say("Has the time run out, and is the data no longer kept?"),
        follows=say("The file ends. You cannot take this back: the data may be gone."),
        press=say("State that it has expired"),
        offer=say("State that the time has run out"),
        verb=lambda house, matter, by, _: withdraw.expire(house, matter, by=by),
        danger=True,
    ),
    SmallStep(
        path="inform",
        step=Step.INFORM,
        title=say("What do you answer?"),
        follows=say("Your answer is sent, and their question is closed."),
        press=say("Send the answer"),
        offer=say("Answer the question"),
        asks=(_reason(say("Your answer"), _READS),),
        verb=lambda house, matter, by, typed: talk.inform(
            house, matter, by=by, answer=typed["reason"]
        ),
    ),
    SmallStep(
        path="ask-extension",
        step=Step.ASK_EXTENSION,
        title=say("Until when should the data be kept?"),
        follows=say("The other State decides. Ask before the end date passes."),
        press=say("Ask for the extension"),
        offer=say("Ask to keep it longer"),
        asks=(_UNTIL, _reason(say("The reason"), _READS, required=False)),
        verb=lambda house, matter, by, typed: extend.ask_extension(
            house, matter, by=by, until=typed_end(typed["until"]), reason=typed["reason"]
        ),
    ),
    SmallStep(
        path="go-on",
        step=Step.GO_ON,
        title=say("Is the request to be carried out all the same?"),
        follows=say("The other State orders that the data be kept, with the risk it told you of."),
        press=say("Go on"),
        offer=say("Go on"),
        asks=(_reason(say("A word to the other State"), _READS, required=False),),
        verb=lambda house, matter, by, typed: cannot.go_on(
            house, matter, by=by, reason=typed["reason"]
        ),
    ),
    SmallStep(
        path="follow-up",
        step=Step.FOLLOW_UP,
        title=say("Under which reference did you file the request for assistance?"),
        follows=say(
            "From now on the other State must hold the data until that request is decided."
        ),
        press=say("State that it is filed"),
        offer=say("Say that the follow-up request is filed"),
        asks=(
            Ask(
                name="reference",
                kind="line",
                label=say("Reference of the request for assistance"),
                hint=say("At most 64 characters. Write no name of a person here."),
            ),
        ),
        verb=lambda house, matter, by, typed: follow_up.follow_up(
            house, matter, by=by, reference=typed["reference"]
        ),
    ),
    SmallStep(
        path="withdraw",
        step=Step.WITHDRAW,
        title=say("Do you take the request back?"),
        follows=say(
            "The other State must release what it keeps. You cannot take this back: the data may "
            "then be gone."
        ),
        press=say("Withdraw the request"),
        offer=say("Withdraw the request"),
        asks=(_reason(say("The reason"), _READS, required=False),),
        verb=lambda house, matter, by, typed: withdraw.withdraw(
            house, matter, by=by, reason=typed["reason"]
        ),
        danger=True,
    ),
)


def small_step(path: str) -> SmallStep | None:
    """Return the step of a path."""
    return next((one for one in SMALL_STEPS if one.path == path), None)


def offered(file: Dossier) -> tuple[SmallStep, ...]:
    """Return the small steps that this State may take now and that answer no open question."""
    answers = {"inform", "decline", "hold", "not-received", "go-on"}
    return tuple(one for one in SMALL_STEPS if one.path not in answers and file.may(one.step))
