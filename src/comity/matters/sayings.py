"""What the present is called: its codes, its status words, and a sentence for each.

A sentence speaks of both States by name, so that it reads right at either
desk. Sentences are templates here; ``comity.matters.present`` fills them.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from comity.text import Sentence, say


class Code(StrEnum):
    """What a matter is now, as a stable word for lists, tests and colours."""

    NOT_ARRIVED = "not-arrived"
    NOT_UNDERSTOOD = "not-understood"
    NOTHING_ASKED = "nothing-asked"
    SENT = "sent"
    SEEN = "seen"
    ACKNOWLEDGED = "acknowledged"
    BEING_PRESERVED = "being-preserved"
    PRESERVED = "preserved"
    HOLD_DUE = "hold-due"
    END_DATE_PASSED = "end-date-passed"
    MUST_NOT_LAPSE = "must-not-lapse"
    KEPT_UNTIL_DECISION = "kept-until-decision"
    REFUSED = "refused"
    REFUSED_FOLLOW_UP = "refused-follow-up"
    ASKS_GO_ON = "asks-go-on"
    TOLD_TO_GO_ON = "told-to-go-on"
    EXPIRED = "expired"
    RELEASED_UNASKED = "released-unasked"
    CROSSED_EXPIRED = "crossed-expired"
    CROSSED_RELEASED = "crossed-released"
    WITHDRAWN = "withdrawn"
    RELEASE_DUE = "release-due"
    CLOSED = "closed"


class Tag(StrEnum):
    """The status word on the screen; there are no others and no synonyms."""

    NEW = "new"
    TAKEN = "taken"
    PRESERVING = "preserving"
    PRESERVED = "preserved"
    WAITING = "waiting"
    REFUSED = "refused"
    CLOSED = "closed"


TAGS: Final[Mapping[Tag, Sentence]] = MappingProxyType(
    {
        Tag.NEW: say("New"),
        Tag.TAKEN: say("Taken"),
        Tag.PRESERVING: say("Preserving"),
        Tag.PRESERVED: say("Preserved"),
        Tag.WAITING: say("Waiting for %(who)s", who=""),
        Tag.REFUSED: say("Refused"),
        Tag.CLOSED: say("Closed"),
    }
)
"""The status words."""

HEADLINES: Final[Mapping[Code, Sentence]] = MappingProxyType(
    {
        Code.NOT_ARRIVED: say(
            "Entries have arrived before the request that they belong to. They are kept and wait "
            "for it."
        ),
        Code.NOT_UNDERSTOOD: say(
            "This file is of a kind that this node does not understand. It is kept. Bring this "
            "node up to date to read it."
        ),
        Code.NOTHING_ASKED: say(
            "No request that counts has been made in this file. The two States should call each "
            "other."
        ),
        Code.SENT: say(
            "The request was sent to %(requested)s. Nobody there has opened it yet.",
            requested="",
        ),
        Code.SEEN: say(
            "A person in %(requested)s has seen the request. Nobody has taken it yet.",
            requested="",
        ),
        Code.ACKNOWLEDGED: say(
            "%(requested)s has taken the request and is acting on it.", requested=""
        ),
        Code.BEING_PRESERVED: say(
            "%(requested)s has ordered that the data be kept. The custodian has not confirmed it "
            "yet.",
            requested="",
        ),
        Code.PRESERVED: say(
            "%(requested)s states that the data is kept until %(until)s.", requested="", until=""
        ),
        Code.HOLD_DUE: say(
            "%(requested)s states that the data is kept until %(until)s. %(requesting)s has filed "
            "the follow-up request: %(requested)s must now hold the data until it is decided.",
            requested="",
            requesting="",
            until="",
        ),
        Code.END_DATE_PASSED: say(
            "The end date %(until)s has passed. %(requested)s has not said what became of the "
            "data.",
            requested="",
            until="",
        ),
        Code.MUST_NOT_LAPSE: say(
            "The end date %(until)s has passed, and %(requested)s has not answered "
            "%(requesting)s. The data must not lapse: call each other now.",
            requested="",
            requesting="",
            until="",
        ),
        Code.KEPT_UNTIL_DECISION: say(
            "%(requested)s keeps the data until the follow-up request is decided.", requested=""
        ),
        Code.REFUSED: say(
            "%(requested)s has refused. Ground: %(grounds)s.", requested="", grounds=""
        ),
        Code.REFUSED_FOLLOW_UP: say(
            "%(requested)s has refused. Ground: %(grounds)s. The follow-up request runs on by "
            "itself.",
            requested="",
            grounds="",
        ),
        Code.ASKS_GO_ON: say(
            "%(requested)s cannot assure that the data is kept, or keeping it could harm the "
            "case. It asks %(requesting)s: go on?",
            requested="",
            requesting="",
        ),
        Code.TOLD_TO_GO_ON: say(
            "%(requesting)s has decided to go on. %(requested)s must now order again that the "
            "data be kept.",
            requested="",
            requesting="",
        ),
        Code.EXPIRED: say(
            "%(requested)s states that the time has run out. The data is no longer kept.",
            requested="",
        ),
        Code.RELEASED_UNASKED: say(
            "%(requested)s has released the data, and %(requesting)s had not withdrawn its "
            "request. Call each other now.",
            requested="",
            requesting="",
        ),
        Code.CROSSED_EXPIRED: say(
            "%(requested)s states that the time has run out, and %(requesting)s has filed the "
            "follow-up request. Call each other now.",
            requested="",
            requesting="",
        ),
        Code.CROSSED_RELEASED: say(
            "%(requested)s has released the data, and %(requesting)s has filed the follow-up "
            "request. Call each other now.",
            requested="",
            requesting="",
        ),
        Code.WITHDRAWN: say(
            "%(requesting)s has withdrawn the request before anything was ordered or kept.",
            requesting="",
        ),
        Code.RELEASE_DUE: say(
            "%(requesting)s has withdrawn the request. %(requested)s must release the data and "
            "say so.",
            requested="",
            requesting="",
        ),
        Code.CLOSED: say(
            "%(requesting)s has withdrawn the request, and %(requested)s keeps nothing for it.",
            requested="",
            requesting="",
        ),
    }
)
"""The one sentence for each code."""

PRESERVED_PARTLY: Final = say(
    "%(requested)s states that a part of the data is kept until %(until)s. The other part is "
    "not kept.",
    requested="",
    until="",
)
"""The sentence of ``preserved`` where some result is not ``kept``."""

PARTLY: Final = say("A part of what was asked for is not kept; the entry says which items.")
FILED: Final = say("%(requesting)s has filed the follow-up request.", requesting="")
HOLD_DUE_TOO: Final = say(
    "%(requesting)s has filed the follow-up request: what is kept must be held until it is "
    "decided.",
    requesting="",
)
INFORMATION_ASKED: Final = say(
    "%(requested)s has asked for more information. It waits for %(requesting)s.",
    requested="",
    requesting="",
)
EXTENSION_ASKED: Final = say(
    "%(requesting)s has asked that the data be kept until %(asked)s. %(requested)s has not "
    "answered.",
    asked="",
    requested="",
    requesting="",
)
FORKED: Final = say(
    "%(author)s has signed two different entries under one number. Its entries from there on do "
    "not count, and both are kept as proof. Call its contact point.",
    author="",
)
ENTRIES_WAIT: Final = say("Some entries wait for others that have not arrived here yet.")
ENTRIES_UNKNOWN: Final = say(
    "Some entries are not understood by this node. Bring it up to date to read them."
)
