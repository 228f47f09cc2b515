"""What a State may state next in a matter, and where its next act stands.

What is offered here counts when it is folded; what is not offered would be
void. The reader of the other State judges again, by the same table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.matters.act import Act
from comity.matters.fold import Lane, Standing, View
from comity.matters.stages import FORBID_EXPIRY, ROWS, Member, Row, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A step that may be taken now.

    ``answers`` are the ids of the acts it may answer, open questions first,
    the newest first; ``must_answer`` says that it has to name one. ``needs``
    and ``may`` are the members and parts of the table's line.
    """

    step: Step
    answers: tuple[str, ...]
    must_answer: bool
    needs: frozenset[Member]
    may: frozenset[Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a State's next act stands: what its header says about what came before."""

    matter: str
    author: str
    seq: int
    prev: str | None
    read: tuple[tuple[str, str], ...]


def place(view: View, state: str) -> Place | None:
    """Return the place of the State's next act, or ``None`` while it must not sign one.

    It must not while its own lane has a gap, a fork or an act that waits: some
    of its own acts are missing here, and a second act under a used number would
    be proof against it.
    """
    lane = view.lane(state)
    if lane is None or not lane.sound:
        return None
    other = view.other(lane).head
    return Place(
        matter=view.matter,
        author=state,
        seq=0 if lane.head is None else lane.head.seq + 1,
        prev=None if lane.head is None else lane.head.id,
        read=() if other is None else ((other.author, other.id),),
    )


def allowed(view: View, state: str) -> tuple[Step, ...]:
    """Return the steps that the State may take now, in the order of the table."""
    return tuple(choice.step for choice in choices(view, state))


def choices(view: View, state: str) -> tuple[Choice, ...]:
    """Return the steps that the State may take now, with what each may answer."""
    lane = view.lane(state)
    if lane is None or not lane.sound:
        return ()
    return tuple(_choices(view, lane))


def _choices(view: View, lane: Lane) -> Iterator[Choice]:
    for row in ROWS[lane.role]:
        if lane.stage not in row.sources or not _holds(view, lane, row):
            continue
        answers = _answerable(view, lane, row)
        must_answer = Member.ANSWERS in row.needs
        if answers or not must_answer:
            yield Choice(
                step=row.step,
                answers=answers,
                must_answer=must_answer,
                needs=row.needs,
                may=row.may,
            )


def _holds(view: View, lane: Lane, row: Row) -> bool:
    """Say whether the conditions hold that stand beside the stage."""
    if row.step is Step.REQUEST and lane.head is not None:
        # Only an opening has the nonce that a request needs.
        return False
    if row.step is Step.EXPIRED and any(one.ask in FORBID_EXPIRY for one in view.questions):
        return False
    return lane.told_to_go_on or not row.after_go_on


def _answerable(view: View, lane: Lane, row: Row) -> tuple[str, ...]:
    other = view.other(lane).state
    found = [
        one.act
        for one in view.judged
        if one.standing is Standing.COUNTS
        and one.act.author == other
        and one.act.step in row.answers
    ]
    waiting = {question.act.id for question in view.questions}

    def urgency(act: Act) -> tuple[bool, int]:
        return act.id in waiting, act.seq

    return tuple(act.id for act in sorted(found, key=urgency, reverse=True))
