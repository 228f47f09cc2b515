"""The preservation table (act-v1 section 5), as data: steps, stages, questions.

Nothing else in the house lists a stage, a step or what a step needs. The page
is compared with these tables by a test, and the diagram is drawn from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

KIND: Final = "preservation"
KINDS: Final = frozenset({KIND})
"""The kinds of matter that this reader knows."""


class Role(StrEnum):
    """What a State is in a preservation matter; one State each."""

    REQUESTING = "requesting"
    REQUESTED = "requested"


class Stage(StrEnum):
    """How far a lane has come; ``none`` begins both lanes."""

    NONE = "none"
    OPEN = "open"
    FOLLOWED = "followed"
    WITHDRAWN = "withdrawn"
    SEEN = "seen"
    ACK = "ack"
    ORDERED = "ordered"
    KEPT = "kept"
    HELD = "held"
    REFUSED = "refused"
    CANNOT = "cannot"
    EXPIRED = "expired"
    RELEASED = "released"


class Step(StrEnum):
    """What an act does."""

    REQUEST = "request"
    FOLLOW_UP = "follow_up"
    WITHDRAW = "withdraw"
    INFORM = "inform"
    ASK_EXTENSION = "ask_extension"
    GO_ON = "go_on"
    SEEN = "seen"
    ACKNOWLEDGE = "acknowledge"
    ORDERED = "ordered"
    KEPT = "kept"
    REFUSED = "refused"
    CANNOT = "cannot"
    HELD = "held"
    NOT_RECEIVED = "not_received"
    EXTEND = "extend"
    DECLINE_EXTENSION = "decline_extension"
    ASK_INFO = "ask_info"
    RELEASED = "released"
    EXPIRED = "expired"


class Member(StrEnum):
    """A member of the header, or a part by its role, that only some steps carry."""

    NONCE = "nonce"
    REQUEST = "part request"
    ITEMS = "items"
    UNTIL = "until"
    OFFENCE = "offence"
    REFS = "refs"
    ANSWERS = "answers"
    REASON = "part reason"
    ORDER = "part order"
    RESULTS = "results"
    KEPT = "part kept"
    GROUNDS = "grounds"


PARTS: Final[Mapping[str, Member]] = MappingProxyType(
    {
        "request": Member.REQUEST,
        "reason": Member.REASON,
        "order": Member.ORDER,
        "kept": Member.KEPT,
    }
)
"""The roles of parts that this reader knows; any step may carry a part of another role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. ``target`` is ``None`` where the stage stays.

    ``answers`` are the steps that an act of this row may answer. A row with
    ``after_go_on`` holds only where the act's own past has a ``go_on`` that
    answers the lane's latest ``cannot``.
    """

    step: Step
    sources: frozenset[Stage]
    target: Stage | None
    needs: frozenset[Member] = frozenset()
    may: frozenset[Member] = frozenset()
    answers: frozenset[Step] = frozenset()
    after_go_on: bool = False

    def after(self, stage: Stage) -> Stage:
        """Return the lane's stage once this row was taken from ``stage``."""
        return self.target or stage


STAGES: Final[Mapping[Role, tuple[Stage, ...]]] = MappingProxyType(
    {
        Role.REQUESTING: (Stage.NONE, Stage.OPEN, Stage.FOLLOWED, Stage.WITHDRAWN),
        Role.REQUESTED: (
            Stage.NONE,
            Stage.SEEN,
            Stage.ACK,
            Stage.ORDERED,
            Stage.KEPT,
            Stage.HELD,
            Stage.REFUSED,
            Stage.CANNOT,
            Stage.EXPIRED,
            Stage.RELEASED,
        ),
    }
)
"""The stages of each lane, in the order of the page."""

_ASKED: Final = frozenset({Stage.OPEN, Stage.FOLLOWED})
_BEFORE: Final = frozenset({Stage.NONE, Stage.SEEN, Stage.ACK})
_PRESERVED: Final = frozenset({Stage.KEPT, Stage.HELD})
_ALIVE: Final = frozenset(STAGES[Role.REQUESTED]) - {Stage.REFUSED, Stage.EXPIRED, Stage.RELEASED}
_CANNOT: Final = frozenset({Stage.CANNOT})
_KEPT: Final = frozenset({Member.UNTIL, Member.RESULTS, Member.KEPT})
_ANSWER_AND_REASON: Final = frozenset({Member.ANSWERS, Member.REASON})
_REASON: Final = frozenset({Member.REASON})
_UNTIL: Final = frozenset({Member.UNTIL})


def _one(step: Step) -> frozenset[Step]:
    return frozenset({step})


ROWS: Final[Mapping[Role, tuple[Row, ...]]] = MappingProxyType(
    {
        Role.REQUESTING: (
            Row(
                step=Step.REQUEST,
                sources=frozenset({Stage.NONE}),
                target=Stage.OPEN,
                needs=frozenset({Member.NONCE, Member.REQUEST, Member.ITEMS, Member.UNTIL}),
                may=frozenset({Member.OFFENCE}),
            ),
            Row(
                step=Step.FOLLOW_UP,
                sources=frozenset({Stage.OPEN}),
                target=Stage.FOLLOWED,
                needs=frozenset({Member.REFS}),
                may=_REASON,
            ),
            Row(
                step=Step.WITHDRAW,
                sources=_ASKED,
                target=Stage.WITHDRAWN,
                may=_ANSWER_AND_REASON,
                answers=_one(Step.CANNOT),
            ),
            Row(
                step=Step.INFORM,
                sources=_ASKED,
                target=None,
                needs=_ANSWER_AND_REASON,
                answers=_one(Step.ASK_INFO),
            ),
            Row(
                step=Step.ASK_EXTENSION,
                sources=_ASKED,
                target=None,
                needs=_UNTIL,
                may=_REASON,
            ),
            Row(
                step=Step.GO_ON,
                sources=_ASKED,
                target=None,
                needs=frozenset({Member.ANSWERS}),
                may=_REASON,
                answers=_one(Step.CANNOT),
            ),
            Row(step=Step.SEEN, sources=_ASKED, target=None),
        ),
        Role.REQUESTED: (
            Row(step=Step.SEEN, sources=frozenset({Stage.NONE}), target=Stage.SEEN),
            Row(
                step=Step.SEEN,
                sources=frozenset(STAGES[Role.REQUESTED]) - {Stage.NONE},
                target=None,
            ),
            Row(
                step=Step.ACKNOWLEDGE,
                sources=frozenset({Stage.NONE, Stage.SEEN}),
                target=Stage.ACK,
            ),
            Row(
                step=Step.ORDERED,
                sources=_BEFORE,
                target=Stage.ORDERED,
                needs=frozenset({Member.ORDER}),
            ),
            Row(
                step=Step.ORDERED,
                sources=_CANNOT,
                target=Stage.ORDERED,
                needs=frozenset({Member.ORDER}),
                after_go_on=True,
            ),
            Row(
                step=Step.KEPT,
                sources=_BEFORE | {Stage.ORDERED},
                target=Stage.KEPT,
                needs=_KEPT,
            ),
            Row(
                step=Step.KEPT,
                sources=_CANNOT,
                target=Stage.KEPT,
                needs=_KEPT,
                after_go_on=True,
            ),
            Row(
                step=Step.REFUSED,
                sources=_BEFORE | {Stage.ORDERED},
                target=Stage.REFUSED,
                needs=frozenset({Member.GROUNDS, Member.REASON}),
            ),
            Row(
                step=Step.CANNOT,
                sources=_ALIVE - _CANNOT,
                target=Stage.CANNOT,
                needs=_REASON,
                may=_UNTIL,
            ),
            Row(
                step=Step.HELD,
                sources=frozenset({Stage.KEPT}),
                target=Stage.HELD,
                needs=frozenset({Member.ANSWERS}),
                answers=_one(Step.FOLLOW_UP),
            ),
            Row(
                step=Step.NOT_RECEIVED,
                sources=_ALIVE,
                target=None,
                needs=_ANSWER_AND_REASON,
                answers=_one(Step.FOLLOW_UP),
            ),
            Row(
                step=Step.EXTEND,
                sources=_PRESERVED,
                target=None,
                needs=_UNTIL,
                may=frozenset({Member.ANSWERS}),
                answers=_one(Step.ASK_EXTENSION),
            ),
            Row(
                step=Step.DECLINE_EXTENSION,
                sources=_PRESERVED,
                target=None,
                needs=_ANSWER_AND_REASON,
                answers=_one(Step.ASK_EXTENSION),
            ),
            Row(step=Step.ASK_INFO, sources=_ALIVE, target=None, needs=_REASON),
            Row(
                step=Step.RELEASED,
                sources=_PRESERVED | {Stage.ORDERED, Stage.CANNOT},
                target=Stage.RELEASED,
                may=_ANSWER_AND_REASON,
                answers=_one(Step.WITHDRAW),
            ),
            Row(
                step=Step.EXPIRED,
                sources=frozenset({Stage.KEPT, Stage.CANNOT}),
                target=Stage.EXPIRED,
                needs=_UNTIL,
            ),
        ),
    }
)
"""Every line of the two tables, in the order of the page."""


def _table(rows: Iterable[Row]) -> Mapping[tuple[Stage, str], Row]:
    return MappingProxyType({(stage, row.step): row for row in rows for stage in row.sources})


TABLE: Final[Mapping[Role, Mapping[tuple[Stage, str], Row]]] = MappingProxyType(
    {role: _table(rows) for role, rows in ROWS.items()}
)
"""For each role: from which stage which step leads where. What is not here is void."""


class Ask(StrEnum):
    """The letter of a question that one lane asks the other."""

    INFO = "i"
    EXTENSION = "e"
    FOLLOW_UP = "f"
    GO_ON = "c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks a question by which step, and which steps of the other lane answer it."""

    step: Step
    role: Role
    answered_by: frozenset[Step]


ASKS: Final[Mapping[Ask, Asking]] = MappingProxyType(
    {
        Ask.INFO: Asking(
            step=Step.ASK_INFO,
            role=Role.REQUESTED,
            answered_by=_one(Step.INFORM),
        ),
        Ask.EXTENSION: Asking(
            step=Step.ASK_EXTENSION,
            role=Role.REQUESTING,
            answered_by=frozenset({Step.EXTEND, Step.DECLINE_EXTENSION}),
        ),
        Ask.FOLLOW_UP: Asking(
            step=Step.FOLLOW_UP,
            role=Role.REQUESTING,
            answered_by=frozenset({Step.HELD, Step.NOT_RECEIVED}),
        ),
        Ask.GO_ON: Asking(
            step=Step.CANNOT,
            role=Role.REQUESTED,
            answered_by=frozenset({Step.GO_ON, Step.WITHDRAW}),
        ),
    }
)

ASKED_BY: Final[Mapping[str, Ask]] = MappingProxyType(
    {asking.step.value: ask for ask, asking in ASKS.items()}
)
"""The question that a step asks."""

_MOOT: Final = frozenset({Ask.INFO, Ask.EXTENSION, Ask.GO_ON})
CLOSES: Final[Mapping[Stage, frozenset[Ask]]] = MappingProxyType(
    {
        Stage.WITHDRAWN: frozenset(Ask),
        Stage.REFUSED: _MOOT,
        Stage.EXPIRED: _MOOT,
        Stage.RELEASED: _MOOT,
    }
)
"""The questions that a lane's end closes in both lanes."""

FORBID_EXPIRY: Final = frozenset({Ask.FOLLOW_UP, Ask.EXTENSION})
"""The questions that keep ``expired`` from counting while they are open (rule 7; 42(8), (9))."""
