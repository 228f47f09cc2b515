"""Legal clocks run in UTC, to the second, from what acts state."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.convention.basis import Basis
from comity.convention.clocks import (
    Binding,
    FollowUp,
    clock_row,
    domestic_cap,
    earliest_end,
    extension_open,
    floor,
    floor_problems,
    legal_clock,
    may_lapse,
    order_problems,
    renewals_due,
    utc,
)
from comity.convention.codes import ClockName, ClockType, Severity
from comity.convention.errors import NoSuchClock, NotUtc
from tests.convention.settings import (
    ALL_BASES,
    BUDAPEST,
    BUDAPEST_ON_UNCC_FORM,
    DAY,
    KEPT,
    RECIPROCITY,
    RECIPROCITY_ON_BUDAPEST_FORM,
    SECOND,
    UNCC,
)

TREATY_BASES = (UNCC, BUDAPEST, BUDAPEST_ON_UNCC_FORM)
WITHOUT_TREATY = (RECIPROCITY, RECIPROCITY_ON_BUDAPEST_FORM)
MOMENTS = st.integers(0, 30_000 * 86_400).map(lambda passed: KEPT + passed * SECOND)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("kept", "end"),
    [
        ("2026-11-24T02:58:00", "2027-01-23T02:58:00"),
        ("2026-01-01T00:00:00", "2026-03-02T00:00:00"),
        ("2028-01-01T00:00:00", "2028-03-01T00:00:00"),
        ("2027-12-31T23:59:59", "2028-02-29T23:59:59"),
        ("2028-02-29T12:00:00", "2028-04-29T12:00:00"),
        ("2100-01-01T00:00:00", "2100-03-02T00:00:00"),
        ("2026-03-01T01:30:00", "2026-04-30T01:30:00"),
        ("2026-10-01T01:30:00", "2026-11-30T01:30:00"),
    ],
)
@pytest.mark.parametrize("basis", ALL_BASES)
def test_the_floor_is_sixty_days_over_leap_days_year_ends_and_summer_time(
    basis: Basis, kept: str, end: str
) -> None:
    assert earliest_end(at(kept), basis) == at(end)


@given(MOMENTS)
def test_the_floor_is_sixty_times_twenty_four_hours(kept: datetime) -> None:
    for basis in ALL_BASES:
        clock = floor(kept, basis)
        assert clock.ends - clock.starts == timedelta(hours=60 * 24)
        assert clock.ends.tzinfo is UTC


@pytest.mark.parametrize(
    ("basis", "row_id", "binding"),
    [
        (UNCC, "uncc/42-8/floor", Binding.REQUIRED),
        (BUDAPEST, "budapest/29-7/floor", Binding.REQUIRED),
        (BUDAPEST_ON_UNCC_FORM, "budapest/29-7/floor", Binding.REQUIRED),
        (RECIPROCITY, "uncc/42-8/floor", Binding.UNDERTAKEN),
        (RECIPROCITY_ON_BUDAPEST_FORM, "budapest/29-7/floor", Binding.UNDERTAKEN),
    ],
)
def test_the_floor_comes_from_the_basis_and_without_a_treaty_from_the_form(
    basis: Basis, row_id: str, binding: Binding
) -> None:
    clock = floor(KEPT, basis)
    assert (clock.row_id, clock.binding) == (row_id, binding)
    assert (clock.name, clock.type) == (ClockName.FLOOR, ClockType.HARD_FLOOR)


@pytest.mark.parametrize("basis", ALL_BASES)
@pytest.mark.parametrize("extra", [timedelta(0), SECOND, DAY, 1000 * DAY])
def test_an_end_of_exactly_sixty_days_or_more_is_right(basis: Basis, extra: timedelta) -> None:
    assert floor_problems(KEPT, KEPT + 60 * DAY + extra, basis) == ()


@pytest.mark.parametrize("basis", TREATY_BASES)
@pytest.mark.parametrize("short", [SECOND, DAY, 60 * DAY])
def test_an_end_before_sixty_days_is_stopped_under_a_treaty(basis: Basis, short: timedelta) -> None:
    [problem] = floor_problems(KEPT, KEPT + 60 * DAY - short, basis)
    assert (problem.code, problem.field) == ("end-too-early", "until")
    assert problem.severity is Severity.STOP
    assert problem.rows == (floor(KEPT, basis).row_id,)
    assert "2027-01-23 02:58:00 UTC" in str(problem.sentence)
    assert "60 days" in str(problem.sentence)


@pytest.mark.parametrize("basis", WITHOUT_TREATY)
def test_without_a_treaty_an_early_end_is_a_warning_undertaken_not_required(basis: Basis) -> None:
    [problem] = floor_problems(KEPT, KEPT + 60 * DAY - SECOND, basis)
    assert problem.severity is Severity.WARN
    assert not problem.stops
    assert "undertaken, not required" in str(problem.sentence)


@pytest.mark.parametrize(
    ("ordered", "end"),
    [
        ("2026-11-24T02:58:00", "2027-02-22T02:58:00"),
        ("2027-12-01T00:00:00", "2028-02-29T00:00:00"),
        ("2026-12-01T00:00:00", "2027-03-01T00:00:00"),
    ],
)
@pytest.mark.parametrize("basis", ALL_BASES)
def test_a_domestic_order_runs_at_most_ninety_days(basis: Basis, ordered: str, end: str) -> None:
    assert domestic_cap(at(ordered), basis).ends == at(end)


@pytest.mark.parametrize(
    ("basis", "row_id"),
    [
        (UNCC, "uncc/25-2/cap"),
        (BUDAPEST, "budapest/16-2/cap"),
        (BUDAPEST_ON_UNCC_FORM, "budapest/16-2/cap"),
        (RECIPROCITY, "uncc/25-2/cap"),
        (RECIPROCITY_ON_BUDAPEST_FORM, "budapest/16-2/cap"),
    ],
)
def test_the_cap_names_its_row(basis: Basis, row_id: str) -> None:
    clock = domestic_cap(KEPT, basis)
    assert (clock.row_id, clock.type) == (row_id, ClockType.HARD_CAP)


@pytest.mark.parametrize("basis", ALL_BASES)
@pytest.mark.parametrize("days", [60, 75, 90])
def test_an_order_between_floor_and_cap_is_right(basis: Basis, days: int) -> None:
    assert order_problems(KEPT, KEPT + days * DAY, basis) == ()


@pytest.mark.parametrize("basis", TREATY_BASES)
def test_an_order_one_second_over_the_cap_is_stopped_under_a_treaty(basis: Basis) -> None:
    [problem] = order_problems(KEPT, KEPT + 90 * DAY + SECOND, basis)
    assert (problem.code, problem.field) == ("order-too-long", "order_until")
    assert problem.severity is Severity.STOP
    assert "renew" in str(problem.sentence)
    assert "90 days" in str(problem.sentence)


@pytest.mark.parametrize("basis", WITHOUT_TREATY)
def test_without_a_treaty_a_long_order_is_a_warning_undertaken_not_required(basis: Basis) -> None:
    [problem] = order_problems(KEPT, KEPT + 90 * DAY + SECOND, basis)
    assert (problem.code, problem.severity) == ("order-too-long", Severity.WARN)
    assert "undertaken, not required" in str(problem.sentence)


@pytest.mark.parametrize("basis", TREATY_BASES)
def test_an_order_one_second_under_the_floor_is_stopped_at_its_own_field(basis: Basis) -> None:
    [problem] = order_problems(KEPT, KEPT + 60 * DAY - SECOND, basis)
    assert (problem.code, problem.field) == ("end-too-early", "order_until")
    assert problem.stops


@pytest.mark.parametrize("basis", WITHOUT_TREATY)
def test_a_short_order_without_a_treaty_is_a_warning(basis: Basis) -> None:
    [problem] = order_problems(KEPT, KEPT + 30 * DAY, basis)
    assert not problem.stops


@pytest.mark.parametrize(
    ("days", "renewals"),
    [
        (60, []),
        (90, []),
        (91, [90]),
        (180, [90]),
        (181, [90, 180]),
        (365, [90, 180, 270, 360]),
    ],
)
def test_renewals_fall_due_every_ninety_days_until_the_end(days: int, renewals: list[int]) -> None:
    due = renewals_due(KEPT, until=KEPT + days * DAY, basis=UNCC)
    assert due == tuple(KEPT + each * DAY for each in renewals)


def test_a_renewal_made_moves_the_next_one() -> None:
    renewed = [KEPT + 80 * DAY]
    due = renewals_due(KEPT, until=KEPT + 365 * DAY, basis=UNCC, renewed=renewed)
    assert due == tuple(KEPT + each * DAY for each in (170, 260, 350))


def test_the_last_renewal_counts_in_whatever_order_they_are_given() -> None:
    first, second = KEPT + 80 * DAY, KEPT + 160 * DAY
    for renewed in ([first, second], [second, first]):
        due = renewals_due(KEPT, until=None, basis=BUDAPEST, renewed=renewed)
        assert due == (KEPT + 250 * DAY,)


def test_kept_until_a_decision_only_the_next_renewal_is_known() -> None:
    assert renewals_due(KEPT, until=None, basis=UNCC) == (KEPT + 90 * DAY,)


@given(MOMENTS, st.integers(0, 1000))
def test_no_gap_longer_than_the_cap_is_left_uncovered(ordered: datetime, days: int) -> None:
    until = ordered + days * DAY
    covered = [ordered, *renewals_due(ordered, until=until, basis=UNCC), until]
    assert all(later - earlier <= 90 * DAY for earlier, later in pairwise(covered))


@pytest.mark.parametrize(
    ("now", "still_open"),
    [
        (KEPT, True),
        (KEPT + 60 * DAY - SECOND, True),
        (KEPT + 60 * DAY, False),
        (KEPT + 60 * DAY + SECOND, False),
    ],
)
def test_an_extension_is_asked_strictly_before_the_end(now: datetime, still_open: bool) -> None:
    assert extension_open(KEPT + 60 * DAY, now) is still_open


@pytest.mark.parametrize(
    ("now", "follow_up", "lapses"),
    [
        (KEPT - SECOND, FollowUp.NONE, False),
        (KEPT, FollowUp.NONE, False),
        (KEPT + SECOND, FollowUp.NONE, True),
        (KEPT + SECOND, FollowUp.PENDING, False),
        (KEPT + 1000 * DAY, FollowUp.PENDING, False),
        (KEPT, FollowUp.DECIDED, False),
        (KEPT + SECOND, FollowUp.DECIDED, True),
    ],
)
def test_nothing_lapses_while_the_request_for_the_data_is_pending(
    now: datetime, follow_up: FollowUp, lapses: bool
) -> None:
    assert may_lapse(until=KEPT, now=now, follow_up=follow_up) is lapses


@given(MOMENTS, MOMENTS, st.sampled_from(FollowUp))
def test_nothing_lapses_while_an_extension_can_still_be_asked(
    until: datetime, now: datetime, follow_up: FollowUp
) -> None:
    lapses = may_lapse(until=until, now=now, follow_up=follow_up)
    assert not (lapses and extension_open(until, now))


@pytest.mark.parametrize(
    ("basis", "name", "row_id", "binding"),
    [
        (UNCC, ClockName.HOLD, "uncc/42-8/hold", Binding.REQUIRED),
        (BUDAPEST, ClockName.HOLD, "budapest/29-7/hold", Binding.REQUIRED),
        (RECIPROCITY, ClockName.HOLD, "uncc/42-8/hold", Binding.UNDERTAKEN),
        (UNCC, ClockName.EXTENSION, "uncc/42-9", Binding.REQUIRED),
        (BUDAPEST_ON_UNCC_FORM, ClockName.EXTENSION, "uncc/42-9", Binding.UNDERTAKEN),
        (RECIPROCITY, ClockName.EXTENSION, "uncc/42-9", Binding.UNDERTAKEN),
        (UNCC, ClockName.RENEWAL, "uncc/25-2/renewal", Binding.REQUIRED),
    ],
)
def test_each_rule_of_time_names_its_row_and_its_binding(
    basis: Basis, name: ClockName, row_id: str, binding: Binding
) -> None:
    found, binds = clock_row(basis, name)
    assert (found.id, binds) == (row_id, binding)


@pytest.mark.parametrize("basis", [BUDAPEST, RECIPROCITY_ON_BUDAPEST_FORM])
def test_budapest_has_no_rule_on_extension_and_the_sentence_says_where_one_is(
    basis: Basis,
) -> None:
    with pytest.raises(NoSuchClock, match=r"\(uncc\)"):
        clock_row(basis, ClockName.EXTENSION)


@pytest.mark.parametrize("name", [ClockName.HOLD, ClockName.EXTENSION, ClockName.RENEWAL])
def test_a_rule_without_a_number_of_days_is_never_run_as_a_clock(name: ClockName) -> None:
    with pytest.raises(NoSuchClock, match=name):
        legal_clock(name, KEPT, UNCC)


@pytest.mark.parametrize(
    "zone", [None, timezone(timedelta(hours=8)), timezone(-timedelta(hours=6))]
)
def test_a_time_without_zone_or_in_another_zone_is_refused(zone: timezone | None) -> None:
    local = KEPT.replace(tzinfo=zone)
    for compute in (
        lambda: utc(local),
        lambda: earliest_end(local, UNCC),
        lambda: floor_problems(KEPT, local, UNCC),
        lambda: domestic_cap(local, UNCC),
        lambda: order_problems(KEPT, local, UNCC),
        lambda: renewals_due(local, until=None, basis=UNCC),
        lambda: renewals_due(KEPT, until=local, basis=UNCC),
        lambda: renewals_due(KEPT, until=None, basis=UNCC, renewed=[local]),
        lambda: extension_open(local, KEPT),
        lambda: extension_open(KEPT, local),
        lambda: may_lapse(until=local, now=KEPT, follow_up=FollowUp.NONE),
        lambda: may_lapse(until=KEPT, now=local, follow_up=FollowUp.NONE),
        lambda: floor(KEPT, UNCC).left(local),
    ):
        with pytest.raises(NotUtc):
            compute()


def test_another_zone_with_no_offset_is_utc_too() -> None:
    zone = timezone(timedelta(0), "Z")
    assert earliest_end(KEPT.replace(tzinfo=zone), UNCC) == KEPT + 60 * DAY


def test_the_time_left_grows_negative_after_the_end() -> None:
    clock = floor(KEPT, UNCC)
    assert clock.left(KEPT + 59 * DAY) == DAY
    assert clock.left(KEPT + 61 * DAY) == -DAY
