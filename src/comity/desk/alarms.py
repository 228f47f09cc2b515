"""Alarms in words that an officer can act on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comity.actions.ports import Alarm
from comity.text import Sentence, say

_SAYS: Final[Mapping[str, Callable[[Alarm], Sentence]]] = {
    "restored": lambda one: say(
        "The records of %(who)s came back from a backup. In shared files nothing is signed until "
        "both nodes have compared what they hold. Call the other desk if it is urgent.",
        who=one.peer,
    ),
    "peer-restored": lambda one: say(
        "%(who)s came back from a backup. Both nodes compare what they hold; look again at the "
        "files that you share.",
        who=one.peer,
    ),
    "number-reused": lambda one: say(
        "%(who)s gave one number to two different entries. Neither was dropped. Call its contact "
        "point.",
        who=one.peer,
    ),
    "card-changed": lambda one: say(
        "The card of %(who)s has changed in a way you must read before you rely on it. See the "
        "directory.",
        who=one.peer,
    ),
    "equivocation": lambda one: say(
        "%(who)s signed two different entries under one number. Both are kept as proof. Call its "
        "contact point, and tell your head of unit.",
        who=one.peer,
    ),
    "act-missing": lambda one: say(
        "An entry that %(who)s signed is missing from the records here. Tell the administrator.",
        who=one.peer,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alarm as the wall shows it."""

    code: str
    sentence: Sentence
    at: datetime


def told(alarm: Alarm) -> Told:
    """Return an alarm in words; one of an unknown code is still shown."""
    known = _SAYS.get(alarm.code)
    sentence = (
        known(alarm)
        if known
        else say(
            "Something is wrong between the two nodes, about %(who)s (%(code)s). Tell the "
            "administrator.",
            who=alarm.peer,
            code=alarm.code,
        )
    )
    return Told(code=alarm.code, sentence=sentence, at=alarm.at)
