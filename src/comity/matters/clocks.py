"""The times that matter in one matter: limits of the law, and a State's own targets.

They are two types, and nothing puts them in one order: a missed target is
service, a missed limit is law. All times are UTC and come from what acts state.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from comity.convention.basis import Basis
from comity.convention.clocks import Binding, LegalClock, floor, renewals_due
from comity.convention.errors import (
    InstrumentWithoutRows,
    UnknownInstrument,
)
from comity.convention.instruments import RECIPROCITY
from comity.convention.targets import DEFAULT_TARGETS, ServiceTarget, TargetName
from comity.matters.act import Act
from comity.matters.fold import Standing, View
from comity.matters.present import present
from comity.matters.stages import Stage, Step
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDue:
    """A time that the law, or a State's own word in the matter, makes matter.

    ``label`` says what it is, ``clock`` is the law row's limit where one sets
    it. ``broken`` says that what was stated does not keep to the limit.
    """

    label: Sentence
    due: datetime
    passed: bool
    broken: bool = False
    clock: LegalClock | None = None

    @property
    def kind(self) -> Literal["legal"]:
        """Say which of the two types this is."""
        return "legal"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDue:
    """A time that a State aims at; never called a deadline.

    ``done`` is when the thing aimed at was stated, ``None`` while it was not;
    ``passed`` says that it was not done in time.
    """

    label: Sentence
    due: datetime
    passed: bool
    done: datetime | None

    @property
    def kind(self) -> Literal["target"]:
        """Say which of the two types this is."""
        return "target"


_ENDED: Final = frozenset({Stage.REFUSED, Stage.EXPIRED, Stage.RELEASED})
_SETTLED: Final = frozenset({Step.KEPT, Step.REFUSED, Step.CANNOT})
_TAKEN: Final = _SETTLED | {Step.ACKNOWLEDGE, Step.ORDERED}


def legal_dues(
    view: View, now: datetime, *, renewed: Sequence[datetime] = ()
) -> tuple[LegalDue, ...]:
    """Return the limits of the law in this matter, the same in both capitals.

    ``renewed`` are the times at which the requested State renewed its order at
    home: a home note, so that only its own node can give them.
    """
    return tuple(_legal(view, now, renewed))


def target_dues(
    view: View, now: datetime, *, targets: Sequence[ServiceTarget] = DEFAULT_TARGETS
) -> tuple[TargetDue, ...]:
    """Return a State's service targets in this matter, counted from the request's time.

    A target that was not reached when the request was withdrawn is no longer aimed at.
    """
    if view.opening is None or view.requesting.stage is Stage.NONE:
        return ()
    aimed = (_target(view, view.opening, one, now) for one in targets)
    withdrawn = view.requesting.stage is Stage.WITHDRAWN
    return tuple(one for one in aimed if one.done is not None or not withdrawn)


def _legal(view: View, now: datetime, renewed: Sequence[datetime]) -> Iterator[LegalDue]:
    lane = view.requested
    if (until := present(view, now).until) is not None:
        yield LegalDue(
            label=say("End date that %(requested)s stated", requested=lane.state),
            due=until,
            passed=now > until,
        )
    if view.opening is None or not view.understood:
        return
    if lane.stage in _ENDED or view.requesting.stage is Stage.WITHDRAWN:
        return
    basis = _basis(view.opening)
    if (kept := _first(view, {Step.KEPT})) is not None:
        yield from _floor(kept, lane.until, basis, now)
    if (ordered := _first(view, {Step.ORDERED, Step.KEPT})) is not None:
        yield from _renewal(view, ordered, basis, now, renewed)


def _floor(kept: Act, until: datetime | None, basis: Basis, now: datetime) -> Iterator[LegalDue]:
    """Yield the earliest end (60 days from ``kept``), and whether the end stated is before it."""
    limit = floor(kept.at, basis)
    required = limit.binding is Binding.REQUIRED
    yield LegalDue(
        label=say("Earliest end that the law allows")
        if required
        else say("Earliest end that was undertaken, not required"),
        due=limit.ends,
        passed=now > limit.ends,
        broken=until is not None and until < limit.ends,
        clock=limit,
    )


def _renewal(
    view: View, ordered: Act, basis: Basis, now: datetime, renewed: Sequence[datetime]
) -> Iterator[LegalDue]:
    """Yield the next time by which the order at home must be renewed, if one is needed."""
    until = None if view.requested.stage is Stage.HELD else view.requested.until
    due = renewals_due(ordered.at, until=until, basis=basis, renewed=renewed)
    if due:
        yield LegalDue(
            label=say("The order in %(requested)s must be renewed", requested=view.requested.state),
            due=due[0],
            passed=now > due[0],
        )


def _target(view: View, opening: Act, target: ServiceTarget, now: datetime) -> TargetDue:
    due = target.aim(opening.at).at
    act = _first(view, _TAKEN if target.name is TargetName.ACKNOWLEDGE else _SETTLED)
    done = None if act is None else act.at
    return TargetDue(
        label=say("Target: acknowledged")
        if target.name is TargetName.ACKNOWLEDGE
        else say("Target: preserved"),
        due=due,
        passed=(now if done is None else done) > due,
        done=done,
    )


def _basis(opening: Act) -> Basis:
    """Return the law rows' basis.

    An instrument without rows here sets no limit that could be told. Then those
    of the form are shown as undertaken, as they are where there is no treaty.
    """
    try:
        return Basis(instrument=opening.basis.instrument, form=opening.form)
    except (UnknownInstrument, InstrumentWithoutRows):
        return Basis(instrument=RECIPROCITY, form=opening.form)


def _first(view: View, steps: Container[str]) -> Act | None:
    """Return the first act that counts of one of these steps, all of the requested lane."""
    found = (
        one.act for one in view.judged if one.standing is Standing.COUNTS and one.act.step in steps
    )
    return min(found, key=lambda act: act.seq, default=None)
