"""Clocks in words: a target is service, a limit is law, and nobody may take one for the other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from comity.matters.clocks import LegalDue, TargetDue, legal_dues, target_dues
from comity.matters.fold import View
from comity.text import Sentence, say

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One clock as the page shows it: which kind, what it is, how long in words, when."""

    kind: Literal["target", "law"]
    label: Sentence
    left: Sentence
    due: datetime
    passed: bool


def dues(view: View, now: datetime) -> tuple[Due, ...]:
    """Return the clocks of a file: targets not reached yet, then limits of the law."""
    targets = (_target(one, now) for one in target_dues(view, now) if one.done is None)
    return (*targets, *(_legal(one, now) for one in legal_dues(view, now)))


def _target(one: TargetDue, now: datetime) -> Due:
    left = one.due - now
    said = missed(-left) if one.passed else remaining(left)
    return Due(kind="target", label=one.label, left=said, due=one.due, passed=one.passed)


def _legal(one: LegalDue, now: datetime) -> Due:
    if one.broken:
        left = say("The end stated is earlier than this")
    else:
        left = passed_by(now - one.due) if one.passed else remaining(one.due - now)
    return Due(kind="law", label=one.label, left=left, due=one.due, passed=one.broken or one.passed)


def remaining(left: timedelta) -> Sentence:
    """Return how long is left, in the largest unit that says it well."""
    if left >= 2 * _DAY:
        return say("%(days)s days left", days=str(left // _DAY))
    if left >= 2 * _HOUR:
        return say("%(hours)s h left", hours=str(left // _HOUR))
    return say("%(minutes)s min left", minutes=str(max(0, left // timedelta(minutes=1))))


def missed(over: timedelta) -> Sentence:
    """Return by how much a target was missed."""
    if over >= 2 * _DAY:
        return say("missed by %(days)s days", days=str(over // _DAY))
    if over >= 2 * _HOUR:
        return say("missed by %(hours)s h", hours=str(over // _HOUR))
    return say("missed by %(minutes)s min", minutes=str(over // timedelta(minutes=1)))


def passed_by(over: timedelta) -> Sentence:
    """Return how long ago a limit passed."""
    if over >= 2 * _DAY:
        return say("passed %(days)s days ago", days=str(over // _DAY))
    if over >= 2 * _HOUR:
        return say("passed %(hours)s h ago", hours=str(over // _HOUR))
    return say("passed %(minutes)s min ago", minutes=str(over // timedelta(minutes=1)))


def age(over: timedelta) -> Sentence:
    """Return how old something is."""
    if over >= 2 * _DAY:
        return say("%(days)s days old", days=str(over // _DAY))
    if over >= 2 * _HOUR:
        return say("%(hours)s h old", hours=str(over // _HOUR))
    return say("%(minutes)s min old", minutes=str(max(0, over // timedelta(minutes=1))))
