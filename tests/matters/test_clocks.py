"""The law's times and a State's own targets, never mixed up."""

from datetime import timedelta
from typing import Unpack

import pytest

from comity.convention.targets import ServiceTarget, TargetName
from comity.matters.act import Basis
from comity.matters.clocks import LegalDue, TargetDue, legal_dues, target_dues
from comity.matters.fold import View, fold
from tests.matters.pair import LATER, NOW, Changes, Pair, Q, R, opening, play
from tests.matters.test_standing import newer

DAY = timedelta(days=1)
AFTER = LATER + DAY


def labels(view: View) -> list[str]:
    return [str(one.label) for one in legal_dues(view, NOW)]


def kept(until_days: int = 90, /, **first: Unpack[Changes]) -> Pair:
    pair = play(**first)
    pair.do(R, "kept", until=NOW + until_days * DAY)
    pair.meet()
    return pair


def test_before_anything_is_kept_no_limit_runs() -> None:
    assert legal_dues(play((R, "acknowledge")).view, NOW) == ()
    assert legal_dues(fold(()), NOW) == ()


def test_the_end_stated_and_the_60_days_run_from_kept() -> None:
    pair = kept()
    end, floor = legal_dues(pair.view, NOW)
    assert (end.due, end.passed, end.clock) == (LATER, False, None)
    assert floor.due == pair.acts[1].at + 60 * DAY
    assert floor.clock is not None
    assert (floor.broken, floor.passed) == (False, False)
    assert floor.clock.row_id.startswith("budapest/29")


@pytest.mark.parametrize(("days", "broken"), [(59, True), (60, True), (61, False)])
def test_an_end_before_the_60_days_is_seen(days: int, broken: bool) -> None:
    # The act of keeping is a minute later than NOW, so 60 days from NOW are a minute short.
    pair = kept(days)
    assert pair.acts[1].at == NOW + timedelta(minutes=1)
    assert legal_dues(pair.view, NOW)[1].broken is broken


def test_an_end_exactly_on_the_60th_day_is_kept_to() -> None:
    pair = play()
    at = NOW + DAY
    pair.do(R, "kept", at=at, until=at + 60 * DAY)
    assert not legal_dues(pair.view, NOW)[1].broken
    pair.do(R, "extend", until=at + 60 * DAY - timedelta(seconds=1))
    assert legal_dues(pair.view, NOW)[1].broken


def test_a_limit_is_passed_only_after_it() -> None:
    view = kept().view
    assert [one.passed for one in legal_dues(view, LATER)] == [False, True]
    assert legal_dues(view, LATER + timedelta(seconds=1))[0].passed
    floor = legal_dues(view, NOW)[1].due
    assert not legal_dues(view, floor)[1].passed
    assert legal_dues(view, floor + timedelta(seconds=1))[1].passed


def test_an_extension_moves_the_end_and_not_the_60_days() -> None:
    pair = kept(70)
    before = legal_dues(pair.view, NOW)
    pair.do(R, "extend", until=AFTER)
    after = legal_dues(pair.view, NOW)
    assert (before[0].due, after[0].due) == (NOW + 70 * DAY, AFTER)
    assert before[1].due == after[1].due


def test_keeping_again_does_not_begin_the_60_days_again() -> None:
    pair = play((R, "kept"), (R, "cannot"), (Q, "go_on"), (R, "kept"))
    assert legal_dues(pair.view, NOW)[1].due == pair.acts[1].at + 60 * DAY


def test_without_a_treaty_the_60_days_are_undertaken_and_not_required() -> None:
    pair = kept(basis=Basis(instrument="reciprocity", article=""))
    assert "Earliest end that was undertaken, not required" in labels(pair.view)
    assert "Earliest end that the law allows" in labels(kept().view)


@pytest.mark.parametrize("instrument", ["bilateral:maravel-2019", "nobody-knows", "untoc_18"])
def test_of_a_treaty_without_rows_here_the_form_s_days_are_undertaken(instrument: str) -> None:
    pair = kept(basis=Basis(instrument=instrument, article="4"))
    assert labels(pair.view) == [
        "End date that XJN stated",
        "Earliest end that was undertaken, not required",
    ]


def test_of_a_kind_that_is_not_known_no_limit_is_told() -> None:
    view = fold([newer(opening(), kind="freeze", form="uncac")])
    assert legal_dues(view, NOW) == ()
    assert target_dues(view, NOW) == ()


def test_an_order_at_home_that_ends_too_early_must_be_renewed() -> None:
    pair = kept(200)
    renewal = legal_dues(pair.view, NOW)[2]
    assert str(renewal.label) == "The order in XJN must be renewed"
    assert renewal.due == pair.acts[1].at + 90 * DAY
    assert not legal_dues(pair.view, renewal.due)[2].passed
    assert legal_dues(pair.view, renewal.due + timedelta(seconds=1))[2].passed
    renewed = legal_dues(pair.view, NOW, renewed=(NOW + 80 * DAY,))[2]
    assert renewed.due == NOW + 170 * DAY


def test_the_order_counts_from_when_it_was_given() -> None:
    pair = play((R, "ordered"))
    pair.do(R, "kept", until=NOW + 200 * DAY)
    assert legal_dues(pair.view, NOW)[2].due == pair.acts[1].at + 90 * DAY


def test_while_data_is_held_for_a_decision_no_end_runs_and_the_order_is_renewed() -> None:
    pair = play((R, "kept"), (Q, "follow_up"), (R, "held"))
    assert [str(one.label) for one in legal_dues(pair.view, NOW)][1:] == [
        "The order in XJN must be renewed"
    ]
    assert "End date that XJN stated" not in labels(pair.view)


@pytest.mark.parametrize("steps", [[(R, "released")], [(R, "expired")], [(Q, "withdraw")]])
def test_after_an_end_no_limit_runs(steps: list[tuple[str, str]]) -> None:
    assert legal_dues(play((R, "kept"), *steps).view, NOW) == ()


def test_targets_run_from_the_request_until_something_is_done() -> None:
    view = play().view
    acknowledge, preserve = target_dues(view, NOW)
    assert (acknowledge.due, preserve.due) == (
        NOW + timedelta(minutes=15),
        NOW + timedelta(hours=1),
    )
    assert not acknowledge.passed
    assert [str(acknowledge.label), str(preserve.label)] == [
        "Target: acknowledged",
        "Target: preserved",
    ]
    assert target_dues(view, NOW + timedelta(minutes=15, seconds=1))[0].passed


def test_a_target_that_was_met_stays_met() -> None:
    pair = play((R, "acknowledge"), (R, "kept"))
    dues = target_dues(pair.view, AFTER)
    assert [one.done for one in dues] == [pair.acts[1].at, pair.acts[2].at]
    assert [one.passed for one in dues] == [False, False]


def test_a_target_that_was_met_late_is_missed() -> None:
    pair = play()
    pair.do(R, "acknowledge", at=NOW + timedelta(minutes=16))
    assert target_dues(pair.view, NOW)[0].passed


@pytest.mark.parametrize("step", ["refused", "cannot"])
def test_a_clear_no_meets_both_targets(step: str) -> None:
    dues = target_dues(play((R, step)).view, AFTER)
    assert [one.passed for one in dues] == [False, False]


def test_seen_is_not_acknowledged() -> None:
    assert target_dues(play((R, "seen")).view, NOW)[0].done is None


def test_a_withdrawn_request_aims_at_nothing_more() -> None:
    assert target_dues(play((Q, "withdraw")).view, AFTER) == ()
    pair = play((R, "acknowledge"), (Q, "withdraw"))
    assert [one.done for one in target_dues(pair.view, AFTER)] == [pair.acts[1].at]


def test_what_was_never_asked_aims_at_nothing() -> None:
    assert target_dues(fold(()), NOW) == ()
    assert target_dues(fold([opening(items=0)]), NOW) == ()


def test_a_state_sets_its_own_targets() -> None:
    slow = ServiceTarget(name=TargetName.PRESERVE, within=timedelta(hours=8))
    (due,) = target_dues(play().view, NOW, targets=(slow,))
    assert due.due == NOW + timedelta(hours=8)
    assert "Target" in str(due.label)


def test_law_and_service_are_two_types_and_never_equal() -> None:
    view = kept().view
    laws, aims = legal_dues(view, NOW), target_dues(view, NOW)
    assert {one.kind for one in laws} == {"legal"}
    assert {one.kind for one in aims} == {"target"}
    assert all(isinstance(one, LegalDue) for one in laws)
    assert all(isinstance(one, TargetDue) for one in aims)
    assert not set(map(str, laws)) & set(map(str, aims))
