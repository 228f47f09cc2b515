"""From the acts of one matter to what they amount to (act-v1 sections 3 and 5).

``fold`` is a function of the *set* of acts: whatever crossed on the way, and in
whatever order acts came, all who hold the same acts get the same ``View``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from comity.matters.act import VERSION, Act, Result
from comity.matters.causal import causal_order
from comity.matters.errors import MixedMatters
from comity.matters.judge import judge
from comity.matters.past import Finding, Matter, Track
from comity.matters.stages import ASKED_BY, CLOSES, Ask, Role, Stage, Step
from comity.text import Sentence, say


class Standing(StrEnum):
    """What an act amounts to in a set of acts (act-v1 section 3)."""

    HELD = "held"
    UNKNOWN = "unknown"
    FROZEN = "frozen"
    VOID = "void"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An act and its standing; ``why`` unless it counts, ``rule`` (1 to 7) where it is void."""

    act: Act
    standing: Standing
    why: Sentence | None = None
    rule: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One party's lane: its stage, and what its counting acts stated.

    ``state`` is empty while the opening is not there or not understood.
    ``until`` is the newest end date stated (``kept``, ``extend``); ``results``
    and ``partly`` are of the newest ``kept``; ``grounds`` of ``refused``;
    ``cannot`` is the newest act of that step, ``told_to_go_on`` whether it was
    answered so. ``head`` is the newest act without a gap behind it, whatever
    its standing: another State names it in ``read``. Where ``sound`` is false
    (a gap, a fork, an act that waits) the author must not sign a next act.
    """

    role: Role
    state: str = ""
    stage: Stage = Stage.NONE
    until: datetime | None = None
    results: tuple[Result, ...] = ()
    partly: bool = False
    ever_preserved: bool = False
    grounds: tuple[str, ...] = ()
    cannot: Act | None = None
    told_to_go_on: bool = False
    head: Act | None = None
    sound: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question: the act that asks it, and which question it is."""

    ask: Ask
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A proof that a State signed two acts under one number: their envelopes show it to anyone."""

    author: str
    seq: int
    first: Act
    second: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A matter as everyone sees it who holds these acts.

    ``judged`` holds every act once, causes before effects, those that wait
    last. ``questions`` are the open ones, in the same order. ``understood`` is
    false where the opening is of a version or kind not known here.
    """

    matter: str
    opening: Act | None
    understood: bool
    judged: tuple[Judged, ...]
    requesting: Lane
    requested: Lane
    questions: tuple[Question, ...]
    forks: tuple[Fork, ...]

    def lane(self, state: str) -> Lane | None:
        """Return the lane of a State that is a party."""
        return next((one for one in (self.requesting, self.requested) if one.state == state), None)

    def other(self, lane: Lane) -> Lane:
        """Return the other party's lane."""
        return self.requested if lane.role is Role.REQUESTING else self.requesting


NO_MATTER: Final = View(
    matter="",
    opening=None,
    understood=True,
    judged=(),
    requesting=Lane(role=Role.REQUESTING),
    requested=Lane(role=Role.REQUESTED),
    questions=(),
    forks=(),
)
"""The view of no acts at all."""


def fold(acts: Iterable[Act]) -> View:
    """Return the view of a set of authentic acts of one matter, in any order, with repeats.

    Raises ``MixedMatters`` where they are not all of one matter.
    """
    known = {act.id: act for act in acts}
    if not known:
        return NO_MATTER
    matter_id, *others = {act.matter_id for act in known.values()}
    if others:
        raise MixedMatters
    ready, waiting = causal_order(known, matter_id)
    twice = _signed_twice(known.values())
    held = tuple(_held(act) for act in waiting)
    forks = _forks(twice, known)
    if not ready:
        return replace(NO_MATTER, matter=matter_id, judged=held, forks=forks)
    # The opening is a cause of every act, so the first that can be judged is the opening.
    matter = Matter(ready[0], twice)
    for number, act in enumerate(ready):
        matter.keep(judge(matter, act, number))
    return _view(matter, [matter.findings[act.id] for act in ready], held, forks)


def _view(
    matter: Matter, findings: Sequence[Finding], held: tuple[Judged, ...], forks: tuple[Fork, ...]
) -> View:
    forked = {fork.author: fork.seq for fork in forks}
    judged = tuple(_judged(one, forked.get(one.act.author)) for one in findings)
    counting = [one.act for one in judged if one.standing is Standing.COUNTS]
    answers = [act for act in counting if act.answers is not None]
    lanes = _lanes(matter, findings, held, forked)
    requested = replace(
        lanes[Role.REQUESTED], told_to_go_on=_goes_on(lanes[Role.REQUESTED].cannot, answers)
    )
    return View(
        matter=matter.opening.id,
        opening=matter.opening,
        understood=matter.understood,
        judged=judged + held,
        requesting=lanes[Role.REQUESTING],
        requested=requested,
        questions=_questions(counting, answers, lanes.values()),
        forks=forks,
    )


def _questions(
    counting: Iterable[Act], answers: Iterable[Act], lanes: Iterable[Lane]
) -> tuple[Question, ...]:
    closed = frozenset[Ask]().union(*(CLOSES.get(lane.stage, ()) for lane in lanes))
    answered = {act.answers for act in answers}
    asked = (Question(ask=ASKED_BY[act.step], act=act) for act in counting if act.step in ASKED_BY)
    return tuple(one for one in asked if one.ask not in closed and one.act.id not in answered)


def _goes_on(cannot: Act | None, answers: Iterable[Act]) -> bool:
    return cannot is not None and any(
        act.step == Step.GO_ON and act.answers == cannot.id for act in answers
    )


def _judged(finding: Finding, forked_at: int | None) -> Judged:
    act = finding.act
    if not finding.understood:
        return Judged(act=act, standing=Standing.UNKNOWN, why=_not_understood(act))
    if forked_at is not None and forked_at <= act.seq:
        why = say(
            "This entry does not count: %(author)s has signed two different entries under one "
            "number (%(seq)s). Both are kept as proof. Call its contact point.",
            author=act.author,
            seq=str(forked_at),
        )
        return Judged(act=act, standing=Standing.FROZEN, why=why)
    if (fault := finding.fault) is not None:
        return Judged(act=act, standing=Standing.VOID, why=fault.why, rule=fault.rule)
    return Judged(act=act, standing=Standing.COUNTS)


def _not_understood(act: Act) -> Sentence:
    if act.v != VERSION:
        return say(
            "%(author)s has stated something in a newer version (%(version)s) that this node "
            "does not understand. It is kept. Bring this node up to date to read it.",
            author=act.author,
            version=str(act.v),
        )
    return say(
        "%(author)s has stated something that this node does not understand (%(kind)s, %(step)s). "
        "It is kept. Bring this node up to date to read it.",
        author=act.author,
        kind=act.kind,
        step=act.step,
    )


def _held(act: Act) -> Judged:
    why = say(
        "This entry of %(author)s waits: an entry that it speaks of has not arrived here yet. "
        "It is kept, and is read as soon as the other one arrives.",
        author=act.author,
    )
    return Judged(act=act, standing=Standing.HELD, why=why)


def _signed_twice(acts: Iterable[Act]) -> dict[str, dict[int, frozenset[str]]]:
    """Return, by author, the numbers under which more than one act was signed, and which."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for act in acts:
        found[act.author, act.seq].append(act.id)
    twice: dict[str, dict[int, frozenset[str]]] = {}
    for (author, seq), ids in found.items():
        if len(ids) > 1:
            twice.setdefault(author, {})[seq] = frozenset(ids)
    return twice


def _forks(
    twice: Mapping[str, Mapping[int, frozenset[str]]], acts: Mapping[str, Act]
) -> tuple[Fork, ...]:
    """Return the proof for the lowest number that each forked lane used twice."""
    forks: list[Fork] = []
    for author, seqs in sorted(twice.items()):
        seq = min(seqs)
        first, second, *_ = sorted(seqs[seq])
        forks.append(Fork(author=author, seq=seq, first=acts[first], second=acts[second]))
    return tuple(forks)


def _lanes(
    matter: Matter,
    findings: Sequence[Finding],
    held: tuple[Judged, ...],
    forked: Mapping[str, int],
) -> dict[Role, Lane]:
    lanes = {role: Lane(role=role) for role in Role}
    for state, role in matter.roles.items():
        mine = [one for one in findings if one.act.author == state]
        line = sorted((one for one in mine if one.sound), key=lambda one: (one.act.seq, one.act.id))
        # A lane counts up to the last act before its fork.
        counted = [one for one in line if one.act.seq < forked.get(state, one.act.seq + 1)]
        track = counted[-1].track if counted else Track()
        lanes[role] = Lane(
            role=role,
            state=state,
            stage=track.stage,
            until=track.until,
            results=track.kept.results if track.kept else (),
            partly=track.partly,
            ever_preserved=track.ever_preserved,
            grounds=track.refused.grounds if track.refused else (),
            cannot=track.cannot,
            head=line[-1].act if line else None,
            sound=state not in forked
            and len(line) == len(mine)
            and not any(one.act.author == state for one in held),
        )
    return lanes
