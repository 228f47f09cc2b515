"""What a matter is now: one total table over both lanes' stages (act-v1 section 5).

``CELLS`` is the table. Open questions and, where data is kept, the time choose
among the sentences of a cell; nothing else does. No tie-break and no comparing
of clocks enters: the end date is the one that the requested State stated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from types import MappingProxyType
from typing import Final

from comity.matters import sayings
from comity.matters.fold import Standing, View
from comity.matters.sayings import HEADLINES, TAGS, Code, Tag
from comity.matters.stages import CLOSES, STAGES, Ask, Role, Stage
from comity.matters.words import NOT_SAID, filled, time_or_not_said
from comity.text import Sentence

__all__ = [
    "ALARMS",
    "CELLS",
    "ENDS",
    "Code",
    "Facts",
    "Present",
    "Tag",
    "facts_of",
    "present",
    "tell",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the present is a function of, but for the time.

    ``until`` is D of the page (the newest end date stated), ``asked_until`` is
    D2 (the newest one asked for). ``requesting`` and ``requested`` are the two
    States' codes.
    """

    requesting: str
    requested: str
    asking: Stage
    keeping: Stage
    questions: frozenset[Ask] = frozenset()
    until: datetime | None = None
    asked_until: datetime | None = None
    partly: bool = False
    ever_preserved: bool = False
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What to show of a matter now.

    ``sentence`` says it, ``also`` adds what else must be known, ``tag`` is the
    status word and ``label`` its text. ``until`` is the end date where one is
    running. ``waiting_for`` is the State whose answer the status word names,
    ``owing`` every State that owes one. ``alarm``: somebody must call.
    ``closed``: neither State owes anything more.
    """

    code: Code
    sentence: Sentence
    also: tuple[Sentence, ...]
    tag: Tag
    label: Sentence
    alarm: bool
    until: datetime | None
    partly: bool
    closed: bool
    waiting_for: str | None
    owing: tuple[str, ...]


_ALL: Final = STAGES[Role.REQUESTED]
_SAME: Final = {
    Stage.NONE: Code.SENT,
    Stage.SEEN: Code.SEEN,
    Stage.ACK: Code.ACKNOWLEDGED,
    Stage.ORDERED: Code.BEING_PRESERVED,
    Stage.HELD: Code.KEPT_UNTIL_DECISION,
    Stage.CANNOT: Code.ASKS_GO_ON,
}
_ROWS: Final[Mapping[Stage, Mapping[Stage, Code]]] = {
    Stage.NONE: dict.fromkeys(_ALL, Code.NOTHING_ASKED),
    Stage.OPEN: _SAME
    | {
        Stage.KEPT: Code.PRESERVED,
        Stage.REFUSED: Code.REFUSED,
        Stage.EXPIRED: Code.EXPIRED,
        Stage.RELEASED: Code.RELEASED_UNASKED,
    },
    Stage.FOLLOWED: _SAME
    | {
        Stage.KEPT: Code.HOLD_DUE,
        Stage.REFUSED: Code.REFUSED_FOLLOW_UP,
        Stage.EXPIRED: Code.CROSSED_EXPIRED,
        Stage.RELEASED: Code.CROSSED_RELEASED,
    },
    Stage.WITHDRAWN: dict.fromkeys(_ALL, Code.CLOSED)
    | dict.fromkeys((Stage.NONE, Stage.SEEN, Stage.ACK), Code.WITHDRAWN)
    | dict.fromkeys((Stage.ORDERED, Stage.KEPT, Stage.HELD), Code.RELEASE_DUE),
}

CELLS: Final[Mapping[tuple[Stage, Stage], Code]] = MappingProxyType(
    {
        (asking, keeping): _ROWS[asking][keeping]
        for asking, keeping in product(STAGES[Role.REQUESTING], _ALL)
    }
)
"""The table: requesting lane's stage, requested lane's stage -> what it is now."""

ALARMS: Final = frozenset(
    {
        Code.NOTHING_ASKED,
        Code.RELEASED_UNASKED,
        Code.CROSSED_EXPIRED,
        Code.CROSSED_RELEASED,
        Code.MUST_NOT_LAPSE,
    }
)
"""Where the page says "alarm" or "call"."""

ENDS: Final = frozenset(
    {
        Code.REFUSED,
        Code.REFUSED_FOLLOW_UP,
        Code.EXPIRED,
        Code.RELEASED_UNASKED,
        Code.CROSSED_EXPIRED,
        Code.CROSSED_RELEASED,
        Code.WITHDRAWN,
        Code.CLOSED,
    }
)
"""Where no step of the table is awaited any more."""

_STAGE_TAGS: Final[Mapping[Stage, Tag]] = {
    Stage.NONE: Tag.NEW,
    Stage.SEEN: Tag.NEW,
    Stage.ACK: Tag.TAKEN,
    Stage.ORDERED: Tag.PRESERVING,
    Stage.KEPT: Tag.PRESERVED,
    Stage.HELD: Tag.PRESERVED,
}
_RUNNING: Final = frozenset({Stage.KEPT, Stage.CANNOT})
_ASKED: Final = frozenset({Stage.OPEN, Stage.FOLLOWED})
_KEEPS: Final = frozenset({Stage.KEPT, Stage.HELD})
_REQUESTED_OWES: Final = frozenset(
    {Code.RELEASE_DUE, Code.TOLD_TO_GO_ON, Code.END_DATE_PASSED, Code.MUST_NOT_LAPSE}
)
_SAYS_FILED: Final = frozenset(
    {
        Code.HOLD_DUE,
        Code.KEPT_UNTIL_DECISION,
        Code.REFUSED_FOLLOW_UP,
        Code.CROSSED_EXPIRED,
        Code.CROSSED_RELEASED,
        Code.NOTHING_ASKED,
    }
)


def present(view: View, now: datetime) -> Present:
    """Return what to show of a matter at ``now``.

    While its opening is absent or not understood there are no lanes to read,
    and the code says just that.
    """
    if view.opening is None:
        shown = _without_lanes(Code.NOT_ARRIVED)
    elif not view.understood:
        shown = _without_lanes(Code.NOT_UNDERSTOOD)
    else:
        shown = tell(facts_of(view), now)
    return replace(
        shown,
        also=(*shown.also, *_notices(view)),
        alarm=shown.alarm or bool(view.forks),
    )


def facts_of(view: View) -> Facts:
    """Return what the present of an understood matter is a function of."""
    asked = [one.act for one in view.questions if one.ask is Ask.EXTENSION]
    newest = max(asked, key=lambda act: act.seq, default=None)
    return Facts(
        requesting=view.requesting.state,
        requested=view.requested.state,
        asking=view.requesting.stage,
        keeping=view.requested.stage,
        questions=frozenset(one.ask for one in view.questions),
        until=view.requested.until,
        asked_until=None if newest is None else newest.until,
        partly=view.requested.partly,
        ever_preserved=view.requested.ever_preserved,
        grounds=view.requested.grounds,
    )


def tell(facts: Facts, now: datetime) -> Present:
    """Return the present of two lanes: total over stages, questions and ``now``."""
    closed = CLOSES.get(facts.asking, frozenset()) | CLOSES.get(facts.keeping, frozenset())
    facts = replace(facts, questions=facts.questions - closed)
    code = _code(facts, now)
    owing = _owing(code, facts)
    tag = _tag(code, facts, owing)
    values = {
        "requesting": facts.requesting,
        "requested": facts.requested,
        "until": time_or_not_said(facts.until),
        "asked": time_or_not_said(facts.asked_until),
        "grounds": ", ".join(facts.grounds) or NOT_SAID,
        "who": owing[0] if owing else NOT_SAID,
    }
    part = code is Code.PRESERVED and facts.partly
    runs = facts.keeping in _RUNNING and facts.asking in _ASKED
    return Present(
        code=code,
        sentence=filled(sayings.PRESERVED_PARTLY if part else HEADLINES[code], values),
        also=tuple(filled(one, values) for one in _also(code, facts)),
        tag=tag,
        label=filled(TAGS[tag], values),
        alarm=code in ALARMS,
        until=facts.until if runs else None,
        partly=facts.partly,
        closed=code in ENDS and not owing,
        waiting_for=owing[0] if owing else None,
        owing=owing,
    )


def _code(facts: Facts, now: datetime) -> Code:
    cell = CELLS[facts.asking, facts.keeping]
    open_now = facts.questions
    match cell:
        case Code.PRESERVED | Code.HOLD_DUE if facts.until is not None and now > facts.until:
            lapsing = open_now & {Ask.EXTENSION, Ask.FOLLOW_UP}
            return Code.MUST_NOT_LAPSE if lapsing else Code.END_DATE_PASSED
        case Code.HOLD_DUE if Ask.FOLLOW_UP not in open_now:
            return Code.PRESERVED
        case Code.ASKS_GO_ON if Ask.GO_ON not in open_now:
            return Code.TOLD_TO_GO_ON
        case Code.CLOSED if facts.keeping is Stage.CANNOT and facts.ever_preserved:
            return Code.RELEASE_DUE
    return cell


def _owing(code: Code, facts: Facts) -> tuple[str, ...]:
    """Return the States that owe an answer, the one that others wait for first."""
    if code in (Code.NOTHING_ASKED, Code.REFUSED, Code.REFUSED_FOLLOW_UP):
        return ()
    asked = facts.questions
    owed = (
        (facts.requested, code in _REQUESTED_OWES),
        (facts.requesting, Ask.GO_ON in asked),
        # Whoever keeps the data comes first: what lapses is lost.
        (facts.requested, bool(asked & {Ask.FOLLOW_UP, Ask.EXTENSION})),
        (facts.requesting, Ask.INFO in asked),
    )
    return tuple(dict.fromkeys(state for state, owes in owed if owes))


def _tag(code: Code, facts: Facts, owing: tuple[str, ...]) -> Tag:
    if code in (Code.REFUSED, Code.REFUSED_FOLLOW_UP):
        return Tag.REFUSED
    if owing:
        return Tag.WAITING
    if code is Code.NOTHING_ASKED:
        return Tag.NEW
    return Tag.CLOSED if code in ENDS else _STAGE_TAGS[facts.keeping]


def _also(code: Code, facts: Facts) -> Iterable[Sentence]:
    asked = facts.questions
    if facts.asking is Stage.FOLLOWED and code not in _SAYS_FILED:
        due = facts.keeping is Stage.CANNOT and Ask.FOLLOW_UP in asked
        yield sayings.HOLD_DUE_TOO if due else sayings.FILED
    if facts.partly and facts.keeping in _KEEPS and code is not Code.PRESERVED:
        yield sayings.PARTLY
    if Ask.INFO in asked:
        yield sayings.INFORMATION_ASKED
    if Ask.EXTENSION in asked:
        yield sayings.EXTENSION_ASKED


def _notices(view: View) -> Iterable[Sentence]:
    for fork in view.forks:
        yield filled(sayings.FORKED, {"author": fork.author})
    standings = {one.standing for one in view.judged}
    if Standing.UNKNOWN in standings and view.understood:
        yield sayings.ENTRIES_UNKNOWN
    if Standing.HELD in standings and view.opening is not None:
        yield sayings.ENTRIES_WAIT


def _without_lanes(code: Code) -> Present:
    return Present(
        code=code,
        sentence=HEADLINES[code],
        also=(),
        tag=Tag.NEW,
        label=TAGS[Tag.NEW],
        alarm=False,
        until=None,
        partly=False,
        closed=False,
        waiting_for=None,
        owing=(),
    )
