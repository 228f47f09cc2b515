"""What a step needs and what it may have (rule 6), member by member, as the page lists them."""

from dataclasses import replace

import pytest

from comity.matters.act import Act, Result
from comity.matters.fold import Standing, View, fold
from comity.matters.stages import PARTS, Stage
from tests.matters import page
from tests.matters.pair import (
    KEPT,
    LATER,
    Changes,
    Pair,
    Q,
    R,
    again,
    next_act,
    opening,
    part,
    play,
)
from tests.matters.test_every_step import LANES, PATHS, asked

FULL: dict[str, Changes] = {
    "items": {"items": 1},
    "until": {"until": LATER},
    "offence": {"offence": "A13"},
    "results": {"results": (KEPT, replace(KEPT, item=2))},
    "grounds": {"grounds": ("R21B_essential_interests",)},
}
EMPTY: dict[str, Changes] = {
    "items": {"items": 0},
    "until": {"until": None},
    "offence": {"offence": ""},
    "results": {"results": ()},
    "grounds": {"grounds": ()},
    "refs": {"refs": ()},
    "answers": {"answers": None},
}
ALL = [*FULL, *(f"part {role}" for role in PARTS)]
LINES = [
    (state, one)
    for state in (Q, R)
    for one in page.lines(LANES[state])
    if one.step != "request" and not one.after_go_on
]


def taken(state: str, line: page.Line) -> tuple[Pair, Act]:
    """A pair in which the step of ``line`` was taken from its first stage, and counts."""
    stage = next(one for one in PATHS[state] if one in line.sources)
    pair = play(*PATHS[state][stage])
    answers = asked(pair, state, line.step)
    act = pair.do(state, line.step, answers=answers)
    assert pair.judged(act).standing is Standing.COUNTS
    return pair, act


def instead(pair: Pair, act: Act, other: Act) -> View:
    return fold([other if one.id == act.id else one for one in pair.acts])


def rule(view: View, act: Act) -> int | None:
    return next(one.rule for one in view.judged if one.act.id == act.id)


@pytest.mark.parametrize(
    ("state", "line", "member"),
    [(state, one, member) for state, one in LINES for member in sorted(one.needs)],
)
def test_a_step_without_what_it_needs_is_void(state: str, line: page.Line, member: str) -> None:
    pair, act = taken(state, line)
    if member.startswith("part "):
        kept = tuple(one for one in act.parts if f"part {one.role}" != member)
        less = again(act, parts=kept)
    else:
        less = again(act, **EMPTY[member])
    assert rule(instead(pair, act, less), less) == 6


@pytest.mark.parametrize(
    ("state", "line", "member"), [(state, one, member) for state, one in LINES for member in ALL]
)
def test_a_step_may_have_what_the_page_says_and_no_more(
    state: str, line: page.Line, member: str
) -> None:
    pair, act = taken(state, line)
    if member.startswith("part "):
        more = again(act, parts=(*act.parts, part(member.removeprefix("part "), 1)))
    else:
        more = again(act, **FULL[member])
    fits = member in line.needs | line.may
    assert rule(instead(pair, act, more), more) == (None if fits else 6)


@pytest.mark.parametrize(
    ("state", "line"), [(state, one) for state, one in LINES if not one.answers]
)
def test_a_step_that_answers_nothing_may_not_name_a_question(state: str, line: page.Line) -> None:
    stage = next(one for one in PATHS[state] if one in line.sources)
    pair = play((R, "seen"), *PATHS[state][stage]) if state == Q else play(*PATHS[state][stage])
    act = pair.do(state, line.step, answers=next(a.id for a in pair.acts if a.author != state))
    assert pair.judged(act).rule == 6


@pytest.mark.parametrize(
    ("before", "state", "step"),
    [
        ([(R, "cannot")], Q, "withdraw"),
        ([(R, "kept"), (Q, "ask_extension")], R, "extend"),
        ([(R, "kept"), (Q, "withdraw")], R, "released"),
    ],
)
def test_where_an_answer_may_be_given_it_may_also_be_left_out(
    before: list[tuple[str, str]], state: str, step: str
) -> None:
    pair = play(*before)
    for answers in (pair.acts[-1].id, None):
        act = next_act(pair.acts, state, step, answers=answers)
        assert rule(fold([*pair.acts, act]), act) is None


@pytest.mark.parametrize(("state", "line"), LINES)
def test_every_step_may_carry_references_and_parts_of_other_roles(
    state: str, line: page.Line
) -> None:
    pair, act = taken(state, line)
    more = again(
        act,
        refs=((R, "JN-26/8"), (Q, "NM-26/9")),
        parts=(*act.parts, part("translation"), part("translation", 2)),
        lang="ar",
        urgency="routine",
    )
    assert rule(instead(pair, act, more), more) is None


@pytest.mark.parametrize(("state", "line"), LINES)
def test_only_a_request_opens_a_matter(state: str, line: page.Line) -> None:
    _, act = taken(state, line)
    alone = again(act, matter=None, nonce=b"x" * 32, seq=0, prev=None, read=(), answers=None)
    assert rule(fold([alone]), alone) in (5, 6)


@pytest.mark.parametrize("member", ["items", "until", "part request"])
def test_a_request_without_what_it_needs_opens_nothing(member: str) -> None:
    act = opening(parts=()) if member == "part request" else opening(**EMPTY[member])
    view = fold([act])
    assert rule(view, act) == 6
    assert view.requesting.stage is Stage.NONE


@pytest.mark.parametrize("member", ["results", "grounds", "part reason", "part kept"])
def test_a_request_with_what_it_may_not_have_opens_nothing(member: str) -> None:
    if member.startswith("part "):
        act = opening(parts=(part("request"), part(member.removeprefix("part "))))
    else:
        act = opening(**FULL[member])
    assert rule(fold([act]), act) == 6


def test_a_request_may_leave_the_offence_out() -> None:
    act = opening(offence="")
    assert rule(fold([act]), act) is None


RESULTS = {
    "one item is missing": (KEPT,),
    "one item too many": (KEPT, replace(KEPT, item=2), replace(KEPT, item=3)),
    "another item": (KEPT, replace(KEPT, item=3)),
    "nothing is kept": (
        Result(item=1, result="not_found"),
        Result(item=2, result="not_kept"),
    ),
}


@pytest.mark.parametrize("results", RESULTS.values(), ids=RESULTS.keys())
def test_kept_must_say_of_each_item_what_became_of_it(results: tuple[Result, ...]) -> None:
    pair = play()
    act = pair.do(R, "kept", results=results)
    found = pair.judged(act)
    assert (found.standing, found.rule) == (Standing.VOID, 6)
    assert "each item" in str(found.why)


def test_one_item_kept_is_enough() -> None:
    pair = play()
    act = pair.do(R, "kept", results=(Result(item=1, result="not_kept"), replace(KEPT, item=2)))
    assert pair.judged(act).standing is Standing.COUNTS
    assert pair.view.requested.partly


def test_a_follow_up_is_named_by_its_author_s_own_reference() -> None:
    pair = play()
    act = pair.do(Q, "follow_up", refs=((R, "JN-26/8"),))
    assert pair.judged(act).rule == 6


@pytest.mark.parametrize(
    ("question", "state", "step"),
    [
        ("ask_extension", R, "held"),
        ("ask_extension", R, "not_received"),
        ("follow_up", R, "extend"),
        ("follow_up", R, "decline_extension"),
        ("request", R, "released"),
        ("kept", Q, "inform"),
        ("kept", Q, "go_on"),
        ("kept", Q, "withdraw"),
    ],
)
def test_an_answer_to_another_question_is_void(question: str, state: str, step: str) -> None:
    pair = play((R, "kept"))
    if question not in ("request", "kept"):
        pair.do(Q, question)
        pair.meet()
    asked_in = next(act for act in pair.acts if act.step == question)
    act = pair.do(state, step, answers=asked_in.id)
    found = pair.judged(act)
    assert (found.standing, found.rule) == (Standing.VOID, 6)
    assert "does not answer" in str(found.why)


def test_an_answer_to_a_question_that_was_void_still_counts() -> None:
    pair = play((R, "kept"))
    void = pair.do(Q, "follow_up", refs=())
    pair.meet()
    act = pair.do(R, "held", answers=void.id)
    assert pair.judged(void).standing is Standing.VOID
    assert pair.judged(act).standing is Standing.COUNTS
