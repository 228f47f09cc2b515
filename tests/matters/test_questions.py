"""Each question, open, answered, crossed and closed."""

import pytest

from comity.matters.fold import View
from comity.matters.stages import Ask, Stage
from comity.matters.steps import choices
from tests.matters.pair import LATER, NOW, Q, R, again, play

ASKED = {
    Ask.INFO: [(R, "ask_info")],
    Ask.EXTENSION: [(R, "kept"), (Q, "ask_extension")],
    Ask.FOLLOW_UP: [(R, "kept"), (Q, "follow_up")],
    Ask.GO_ON: [(R, "cannot")],
}
ANSWERS = [
    (Ask.INFO, Q, "inform"),
    (Ask.EXTENSION, R, "extend"),
    (Ask.EXTENSION, R, "decline_extension"),
    (Ask.FOLLOW_UP, R, "held"),
    (Ask.FOLLOW_UP, R, "not_received"),
    (Ask.GO_ON, Q, "go_on"),
    (Ask.GO_ON, Q, "withdraw"),
]


def letters(view: View) -> list[Ask]:
    return [one.ask for one in view.questions]


@pytest.mark.parametrize("ask", Ask)
def test_a_question_that_counts_is_open(ask: Ask) -> None:
    pair = play(*ASKED[ask])
    (question,) = pair.view.questions
    assert (question.ask, question.act) == (ask, pair.acts[-1])


@pytest.mark.parametrize(("ask", "state", "step"), ANSWERS)
def test_an_answer_closes_its_question(ask: Ask, state: str, step: str) -> None:
    pair = play(*ASKED[ask])
    pair.do(state, step, answers=pair.acts[-1].id)
    pair.meet()
    assert letters(pair.view) == []


@pytest.mark.parametrize(
    ("ask", "state", "step"),
    [one for one in ANSWERS if one[0] in (Ask.INFO, Ask.EXTENSION)],
)
def test_an_answer_closes_no_other_question_of_its_kind(ask: Ask, state: str, step: str) -> None:
    pair = play(*ASKED[ask], ASKED[ask][-1])
    first, second = (one.act for one in pair.view.questions)
    pair.do(state, step, answers=first.id)
    pair.meet()
    assert [one.act for one in pair.view.questions] == [second]


@pytest.mark.parametrize("ask", Ask)
def test_a_void_answer_leaves_the_question_open(ask: Ask) -> None:
    pair = play(*ASKED[ask])
    state, step = next((state, step) for known, state, step in ANSWERS if known is ask)
    pair.do(state, step, answers=pair.acts[-1].id, form="budapest")
    pair.meet()
    assert letters(pair.view) == [ask]


@pytest.mark.parametrize("ask", Ask)
def test_an_answer_on_a_frozen_lane_leaves_the_question_open(ask: Ask) -> None:
    pair = play(*ASKED[ask])
    state, step = next((state, step) for known, state, step in ANSWERS if known is ask)
    answer = pair.do(state, step, answers=pair.acts[-1].id)
    pair.held[state].append(again(answer, lang="ar"))
    assert ask in letters(pair.view)


@pytest.mark.parametrize("ask", [Ask.EXTENSION, Ask.FOLLOW_UP])
def test_a_frozen_question_is_not_open(ask: Ask) -> None:
    pair = play(*ASKED[ask])
    pair.held[Q].append(again(pair.acts[-1], lang="ar"))
    assert letters(pair.view) == []


@pytest.mark.parametrize("ask", Ask)
def test_a_withdrawal_closes_every_question_in_both_lanes(ask: Ask) -> None:
    pair = play(*ASKED[ask])
    pair.do(Q, "withdraw")
    pair.meet()
    assert letters(pair.view) == []


@pytest.mark.parametrize(
    ("end", "before"), [("refused", []), ("expired", [(R, "kept")]), ("released", [(R, "kept")])]
)
@pytest.mark.parametrize("step", ["ask_extension", "follow_up"])
def test_an_end_that_crossed_closes_what_is_moot_and_leaves_the_follow_up(
    end: str, before: list[tuple[str, str]], step: str
) -> None:
    pair = play(*before, (R, "ask_info"))
    pair.do(Q, step)
    pair.do(R, end)
    pair.meet()
    assert pair.view.requested.stage == end
    assert letters(pair.view) == ([Ask.FOLLOW_UP] if step == "follow_up" else [])


def test_questions_of_both_lanes_stand_side_by_side() -> None:
    pair = play((R, "kept"))
    pair.do(R, "ask_info")
    pair.do(Q, "ask_extension")
    pair.do(Q, "follow_up")
    pair.do(R, "cannot")
    pair.meet()
    assert sorted(letters(pair.view)) == sorted(Ask)


def test_a_new_cannot_asks_again() -> None:
    pair = play((R, "cannot"), (Q, "go_on"), (R, "kept"), (R, "cannot"))
    assert [one.act for one in pair.view.questions] == [pair.acts[-1]]
    assert pair.view.requested.cannot == pair.acts[-1]


def test_a_follow_up_said_not_received_may_still_be_held_for() -> None:
    pair = play((R, "kept"), (Q, "follow_up"), (R, "not_received"))
    assert letters(pair.view) == []
    held = next(one for one in choices(pair.view, R) if one.step == "held")
    assert held.answers == (pair.acts[2].id,)
    pair.do(R, "held")
    assert pair.view.requested.stage is Stage.HELD


def test_the_newest_open_question_is_offered_first() -> None:
    pair = play((R, "ask_info"), (R, "ask_info"), (R, "ask_info"))
    first, second, third = (act.id for act in pair.acts[1:])
    pair.do(Q, "inform", answers=third)
    pair.meet()
    inform = next(one for one in choices(pair.view, Q) if one.step == "inform")
    assert inform.must_answer
    assert inform.answers == (second, first, third)


def test_what_a_lane_states_is_its_newest_word() -> None:
    pair = play((R, "kept"), (R, "extend"))
    assert pair.view.requested.until == LATER
    pair.do(R, "extend", until=NOW)
    lane = pair.view.requested
    assert (lane.until, lane.partly, lane.ever_preserved) == (NOW, False, True)
    assert lane.results == pair.acts[1].results


def test_the_grounds_of_a_refusal_are_the_lane_s() -> None:
    pair = play()
    pair.do(R, "refused", grounds=("R21B_essential_interests", "R22_discrimination"))
    assert pair.view.requested.grounds == ("R21B_essential_interests", "R22_discrimination")
    assert pair.view.requesting.grounds == ()


def test_a_question_that_is_void_is_not_offered_for_an_answer() -> None:
    pair = play((R, "kept"))
    pair.do(Q, "follow_up", refs=())
    pair.meet()
    assert "held" not in {one.step for one in choices(pair.view, R)}
    pair.do(Q, "follow_up")
    pair.meet()
    held = next(one for one in choices(pair.view, R) if one.step == "held")
    assert held.answers == (pair.acts[3].id,)
