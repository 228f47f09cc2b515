"""Periods in whole days."""

from datetime import date

import pytest
from hypothesis import given

from comity.facts import BadPeriod, Period, period
from tests.facts import drawn

MAY = Period(first=date(2026, 5, 1), last=date(2026, 5, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "2026-05-01 to 2026-05-31",
        "2026-05-01/2026-05-31",
        "2026-05-01..2026-05-31",
        "2026-05-01 – 2026-05-31",
        " 2026-05-01 — 2026-05-31 ",
    ],
)
def test_a_period_is_cleaned(typed: str) -> None:
    assert period.clean(typed) == MAY


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "May 2026",
        "2026-05-01",
        "2026-05-01 - 2026",
        "01.05.2026 to 31.05.2026",
        "2026-05-01 to",
    ],
)
def test_what_is_no_period_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadPeriod, match="2026-01-31"):
        period.clean(typed)


def test_a_day_that_never_was_is_refused() -> None:
    with pytest.raises(BadPeriod, match="no such day"):
        period.clean("2026-02-30 to 2026-03-01")


@pytest.mark.parametrize(
    "typed", ["20260501", "2026-W18-5", "2026-5-1", "٢٠٢٦-٠٥-٠١", "2026-05-01T00"]
)
def test_a_day_has_one_written_form(typed: str) -> None:
    with pytest.raises(BadPeriod):
        period.day(typed)


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(BadPeriod, match="before the first day"):
        Period(first=date(2026, 5, 2), last=date(2026, 5, 1))


def test_both_ends_count() -> None:
    assert MAY.days == 31
    assert Period(first=date(2026, 5, 1), last=date(2026, 5, 1)).days == 1


def test_the_caption_shows_both_days() -> None:
    assert MAY.caption() == "2026-05-01 – 2026-05-31"


@given(drawn.periods)
def test_caption_and_normal_form_are_read_back(value: Period) -> None:
    assert period.clean(value.caption()) == value
    assert period.clean(value.normal) == value
