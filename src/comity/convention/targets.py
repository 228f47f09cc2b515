"""Service targets: how fast a State wants to be. No law sets them; they are never deadlines.

A target has no order and equals no legal clock, so the two cannot be mixed up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from comity.convention.clocks import utc
from comity.convention.errors import WrongTarget
from comity.text import Sentence, say


class TargetName(StrEnum):
    """What is to be done within a target."""

    ACKNOWLEDGE = "acknowledge"
    PRESERVE = "preserve"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTarget:
    """A State's own aim: do ``name`` within ``within``. Raises WrongTarget."""

    name: TargetName
    within: timedelta

    def __post_init__(self) -> None:
        """Refuse a target without any time."""
        if self.within <= timedelta(0):
            raise WrongTarget(
                say(
                    'The service target "%(name)s" must be longer than nothing. Give minutes'
                    " above zero.",
                    name=self.name,
                )
            )

    def aim(self, since: datetime) -> "Aim":
        """Return the target at work from ``since`` (UTC)."""
        return Aim(target=self, since=utc(since))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A service target at work."""

    target: ServiceTarget
    since: datetime

    @property
    def at(self) -> datetime:
        """Return the time aimed at, in UTC."""
        return self.since + self.target.within

    def left(self, now: datetime) -> timedelta:
        """Return the time left to the target; negative when it was missed."""
        return self.at - utc(now)

    def caption(self, now: datetime) -> Sentence:
        """Return the target in words, always called a target."""
        left = self.left(now)
        minutes = str(abs(left) // timedelta(minutes=1))
        if left < timedelta(0):
            return say("Target missed by %(minutes)s min", minutes=minutes)
        return say("Target: %(minutes)s min left", minutes=minutes)


DEFAULT_TARGETS: Final = (
    ServiceTarget(name=TargetName.ACKNOWLEDGE, within=timedelta(minutes=15)),
    ServiceTarget(name=TargetName.PRESERVE, within=timedelta(hours=1)),
)
