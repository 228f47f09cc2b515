"""Every step from every stage of its lane counts where the page says so, and is void elsewhere."""

from collections.abc import Iterator

import pytest

from comity.matters.fold import Standing, fold
from comity.matters.stages import Stage, Step
from comity.matters.steps import allowed
from tests.matters import page
from tests.matters.pair import OTHER, Pair, Q, R, next_act, part, play

LANES = {Q: "Requesting", R: "Requested"}
# How a lane comes to a stage, the other State doing what it must.
PATHS: dict[str, dict[str, list[tuple[str, str]]]] = {
    Q: {
        "open": [],
        "followed": [(Q, "follow_up")],
        "withdrawn": [(Q, "withdraw")],
    },
    R: {
        "none": [],
        "seen": [(R, "seen")],
        "ack": [(R, "acknowledge")],
        "ordered": [(R, "ordered")],
        "kept": [(R, "kept")],
        "held": [(Q, "follow_up"), (R, "kept"), (R, "held")],
        "refused": [(R, "refused")],
        "cannot": [(R, "cannot")],
        "expired": [(R, "kept"), (R, "expired")],
        "released": [(R, "kept"), (R, "released")],
    },
}


def cases() -> Iterator[tuple[str, str, str]]:
    for state, paths in PATHS.items():
        for stage in paths:
            for step in Step:
                yield state, stage, step.value


def line(state: str, stage: str, step: str, *, after_go_on: bool = False) -> page.Line | None:
    return next(
        (
            one
            for one in page.lines(LANES[state])
            if one.step == step and stage in one.sources and one.after_go_on is after_go_on
        ),
        None,
    )


def asked(pair: Pair, state: str, step: str) -> str | None:
    """Let the other State ask what ``step`` needs an answer to; return the question's id."""
    needing = (one for one in page.lines(LANES[state]) if one.step == step)
    questions = {name for one in needing for name in one.answers if "answers" in one.needs}
    if not questions:
        return None
    question = questions.pop()
    standing = [act for act in pair.acts if act.step == question]
    if standing:
        return standing[-1].id
    act = pair.do(OTHER[state], question)
    pair.meet()
    return act.id


@pytest.mark.parametrize(("state", "stage", "step"), list(cases()))
def test_a_step_counts_from_a_stage_as_the_page_says(state: str, stage: str, step: str) -> None:
    pair = play(*PATHS[state][stage])
    answers = asked(pair, state, step)
    view = pair.view
    lane = view.lane(state)
    assert lane is not None
    assert lane.stage == stage
    act = next_act(pair.acts, state, step, answers=answers)
    after = fold([*pair.acts, act])
    found = next(one for one in after.judged if one.act.id == act.id)
    told = line(state, stage, step)
    moved = after.lane(state)
    assert moved is not None
    assert (step in allowed(view, state)) is (told is not None)
    if told is None:
        assert (found.standing, found.rule) == (Standing.VOID, 5)
        assert moved.stage == stage
    else:
        assert (found.standing, found.why) == (Standing.COUNTS, None)
        assert moved.stage == (told.target or stage)


@pytest.mark.parametrize("step", ["ordered", "kept"])
def test_what_cannot_be_assured_is_ordered_or_kept_after_go_on(step: str) -> None:
    pair = play((R, "cannot"))
    assert step not in allowed(pair.view, R)
    pair.do(Q, "go_on")
    pair.meet()
    assert pair.view.requested.told_to_go_on
    assert step in allowed(pair.view, R)
    act = pair.do(R, step)
    assert pair.judged(act).standing is Standing.COUNTS
    assert pair.view.requested.stage == step


@pytest.mark.parametrize("step", ["ordered", "kept"])
def test_a_go_on_that_was_not_read_does_not_let_a_lane_go_on(step: str) -> None:
    pair = play((R, "cannot"))
    pair.do(Q, "go_on")
    act = pair.do(R, step)
    pair.meet()
    found = pair.judged(act)
    assert (found.standing, found.rule) == (Standing.VOID, 5)
    assert pair.view.requested.stage is Stage.CANNOT


@pytest.mark.parametrize("step", ["ordered", "kept"])
def test_an_old_go_on_does_not_answer_a_new_cannot(step: str) -> None:
    pair = play((R, "cannot"), (Q, "go_on"), (R, "ordered"), (R, "cannot"))
    act = pair.do(R, step)
    found = pair.judged(act)
    assert (found.standing, found.rule) == (Standing.VOID, 5)
    assert "go on" in str(found.why)
    assert not pair.view.requested.told_to_go_on


def test_a_void_go_on_lets_nobody_go_on() -> None:
    pair = play((R, "cannot"))
    pair.do(Q, "go_on", parts=(part("order"),))
    pair.meet()
    act = pair.do(R, "ordered")
    assert pair.judged(act).rule == 5


def test_a_withdrawal_does_not_stand_for_go_on() -> None:
    pair = play((R, "cannot"))
    pair.do(Q, "withdraw", answers=pair.acts[-1].id)
    pair.meet()
    assert pair.view.requesting.stage is Stage.WITHDRAWN
    assert not pair.view.requested.told_to_go_on
    assert "ordered" not in allowed(pair.view, R)
    act = pair.do(R, "ordered")
    assert pair.judged(act).rule == 5
