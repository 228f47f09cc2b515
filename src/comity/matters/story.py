"""The story of a matter: one plain sentence for each act, causes before effects.

An act that does not count keeps its line: its sentence says why it changes
nothing, and what it states stays readable beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from comity.matters.act import KEPT, Act
from comity.matters.fold import Judged, Standing, View
from comity.matters.stages import Step
from comity.matters.words import NOT_SAID, filled, time_or_not_said
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act in the story: whose, the time it states, what to read aloud, its standing.

    ``states`` is what the act says; ``sentence`` is the same where the act
    counts, and otherwise says why it does not. ``assurance`` is ``node`` or
    ``recorded``: a recorded act is an officer's word, and shown so.
    """

    act_id: str
    who: str
    at: datetime
    sentence: Sentence
    standing: Standing
    states: Sentence
    assurance: str


SAID: Final[Mapping[Step, Sentence]] = MappingProxyType(
    {
        Step.REQUEST: say(
            "%(author)s asked %(other)s to keep data until %(until)s. Items: %(items)s.",
            author="",
            other="",
            until="",
            items="",
        ),
        Step.FOLLOW_UP: say(
            "%(author)s filed the follow-up request for the data, reference %(reference)s.",
            author="",
            reference="",
        ),
        Step.WITHDRAW: say("%(author)s withdrew its request.", author=""),
        Step.INFORM: say("%(author)s gave the information that was asked for.", author=""),
        Step.ASK_EXTENSION: say(
            "%(author)s asked %(other)s to keep the data longer, until %(until)s.",
            author="",
            other="",
            until="",
        ),
        Step.GO_ON: say("%(author)s decided to go on.", author=""),
        Step.SEEN: say("A person in %(author)s opened the file.", author=""),
        Step.ACKNOWLEDGE: say("%(author)s took the request and is acting on it.", author=""),
        Step.ORDERED: say("%(author)s ordered a custodian to keep the data.", author=""),
        Step.KEPT: say(
            "%(author)s states that the data is kept until %(until)s. Items kept: %(kept)s of "
            "%(items)s.",
            author="",
            until="",
            kept="",
            items="",
        ),
        Step.REFUSED: say("%(author)s refused. Ground: %(grounds)s.", author="", grounds=""),
        Step.CANNOT: say(
            "%(author)s cannot assure that the data is kept, or keeping it could harm the case. "
            "It asked %(other)s whether to go on.",
            author="",
            other="",
        ),
        Step.HELD: say(
            "%(author)s holds the data until the follow-up request is decided.", author=""
        ),
        Step.NOT_RECEIVED: say(
            "%(author)s states that it has not received the follow-up request.", author=""
        ),
        Step.EXTEND: say("%(author)s keeps the data longer, until %(until)s.", author="", until=""),
        Step.DECLINE_EXTENSION: say("%(author)s declined to keep the data longer.", author=""),
        Step.ASK_INFO: say("%(author)s asked %(other)s for more information.", author="", other=""),
        Step.RELEASED: say("%(author)s released the data.", author=""),
        Step.EXPIRED: say(
            "%(author)s states that the time ran out on %(until)s and the data is no longer kept.",
            author="",
            until="",
        ),
    }
)
"""What each step says, in words."""

UNREADABLE: Final = say(
    "%(author)s stated something that this node does not understand.", author=""
)


def story(view: View) -> tuple[Line, ...]:
    """Return the lines of a matter, in the order of the view."""
    return tuple(_line(one) for one in view.judged)


def _line(one: Judged) -> Line:
    act = one.act
    states = _states(act)
    return Line(
        act_id=act.id,
        who=act.author,
        at=act.at,
        sentence=one.why or states,
        standing=one.standing,
        states=states,
        assurance=act.assurance,
    )


def _states(act: Act) -> Sentence:
    if not act.understood:
        return filled(UNREADABLE, {"author": act.author})
    other = next((party.state for party in act.parties if party.state != act.author), NOT_SAID)
    return filled(
        SAID[Step(act.step)],
        {
            "author": act.author,
            "other": other,
            "until": time_or_not_said(act.until),
            "items": str(act.items or len(act.results)),
            "kept": str(sum(1 for one in act.results if one.result == KEPT)),
            "grounds": ", ".join(act.grounds) or NOT_SAID,
            "reference": dict(act.refs).get(act.author, NOT_SAID),
        },
    )
