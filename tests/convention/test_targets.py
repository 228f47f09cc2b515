"""Service targets are aims, never deadlines, and never mix with legal clocks."""

from datetime import datetime, timedelta
from typing import assert_never

import pytest

from comity.convention.clocks import LegalClock, floor
from comity.convention.errors import NotUtc, WrongTarget
from comity.convention.targets import DEFAULT_TARGETS, Aim, ServiceTarget, TargetName
from tests.convention.settings import DAY, KEPT, SECOND, UNCC

MINUTE = timedelta(minutes=1)


def target(name: TargetName) -> ServiceTarget:
    return next(each for each in DEFAULT_TARGETS if each.name is name)


def test_the_defaults_are_fifteen_minutes_and_one_hour() -> None:
    assert {each.name: each.within for each in DEFAULT_TARGETS} == {
        TargetName.ACKNOWLEDGE: 15 * MINUTE,
        TargetName.PRESERVE: 60 * MINUTE,
    }


def test_a_state_can_set_its_own_targets() -> None:
    own = ServiceTarget(name=TargetName.ACKNOWLEDGE, within=5 * MINUTE)
    assert own.aim(KEPT).at == KEPT + 5 * MINUTE


@pytest.mark.parametrize("within", [timedelta(0), -SECOND])
def test_a_target_of_no_time_is_refused(within: timedelta) -> None:
    with pytest.raises(WrongTarget, match="acknowledge"):
        ServiceTarget(name=TargetName.ACKNOWLEDGE, within=within)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(0), "Target: 15 min left"),
        (4 * MINUTE, "Target: 11 min left"),
        (4 * MINUTE + SECOND, "Target: 10 min left"),
        (15 * MINUTE, "Target: 0 min left"),
        (15 * MINUTE + SECOND, "Target missed by 0 min"),
        (17 * MINUTE, "Target missed by 2 min"),
    ],
)
def test_a_target_says_that_it_is_one(passed: timedelta, words: str) -> None:
    aim = target(TargetName.ACKNOWLEDGE).aim(KEPT)
    assert str(aim.caption(KEPT + passed)) == words


@pytest.mark.parametrize("passed", [timedelta(0), DAY])
@pytest.mark.parametrize("name", list(TargetName))
def test_a_target_is_never_called_a_deadline(name: TargetName, passed: timedelta) -> None:
    words = str(target(name).aim(KEPT).caption(KEPT + passed)).lower()
    assert not {"deadline", "due", "limit", "overdue"}.intersection(words.split())


def test_the_time_left_is_counted_from_the_beginning() -> None:
    aim = target(TargetName.PRESERVE).aim(KEPT)
    assert aim.left(KEPT + 50 * MINUTE) == 10 * MINUTE
    assert aim.left(KEPT + 70 * MINUTE) == -10 * MINUTE


def test_a_target_runs_in_utc_only() -> None:
    local = KEPT.replace(tzinfo=None)
    with pytest.raises(NotUtc):
        target(TargetName.PRESERVE).aim(local)
    with pytest.raises(NotUtc):
        target(TargetName.PRESERVE).aim(KEPT).left(local)


def test_a_legal_clock_and_a_target_have_no_order() -> None:
    legal, aim = floor(KEPT, UNCC), target(TargetName.PRESERVE).aim(KEPT)
    with pytest.raises(TypeError):
        legal < aim  # type: ignore[operator] # noqa: B015
    with pytest.raises(TypeError):
        aim <= legal  # type: ignore[operator] # noqa: B015
    with pytest.raises(TypeError):
        sorted([legal, aim])  # type: ignore[type-var]
    with pytest.raises(TypeError):
        legal - aim  # type: ignore[operator]


def test_a_legal_clock_equals_no_target_even_at_the_same_moment() -> None:
    legal = floor(KEPT, UNCC)
    same = ServiceTarget(name=TargetName.PRESERVE, within=60 * DAY).aim(KEPT)
    assert legal.ends == same.at
    assert legal != same  # type: ignore[comparison-overlap]


def test_neither_is_a_kind_of_the_other() -> None:
    def told(clock: LegalClock | Aim) -> datetime:
        match clock:
            case LegalClock():
                return clock.ends
            case Aim():
                return clock.at
        assert_never(clock)

    assert not issubclass(LegalClock, Aim)
    assert not issubclass(Aim, LegalClock)
    assert told(floor(KEPT, UNCC)) != told(target(TargetName.PRESERVE).aim(KEPT))
