"""Whatever crosses, is repeated or is forged: who holds the same acts sees the same matter."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.matters.act import Act
from comity.matters.fold import Standing, View, fold
from comity.matters.present import present
from comity.matters.stages import Role
from comity.matters.steps import allowed, choices, place
from comity.matters.story import story
from tests.matters import page
from tests.matters.histories import History, history
from tests.matters.pair import LATER, NOW, Q, R, next_act

LANES = {Role.REQUESTING: "Requesting", Role.REQUESTED: "Requested"}
LINES = {role: page.lines(name) for role, name in LANES.items()}
FINAL = {
    Standing.HELD: set(Standing),
    Standing.UNKNOWN: {Standing.UNKNOWN},
    Standing.FROZEN: {Standing.FROZEN},
    Standing.VOID: {Standing.VOID, Standing.FROZEN},
    Standing.COUNTS: {Standing.COUNTS, Standing.FROZEN},
}
RANDOM = st.randoms(use_true_random=False)


def standings(view: View) -> dict[str, tuple[Standing, int | None]]:
    return {one.act.id: (one.standing, one.rule) for one in view.judged}


def past(act: Act, known: dict[str, Act]) -> dict[str, Act]:
    """The act and all that it reaches."""
    reached: dict[str, Act] = {}
    left = [act]
    while left:
        one = left.pop()
        if one.id not in reached:
            reached[one.id] = one
            named = [one.matter, one.prev, one.answers, *(seen for _, seen in one.read)]
            left += [known[name] for name in named if name is not None]
    return reached


def check_same(played: History, random: Random) -> None:
    """Both States come to one view, which depends on no order."""
    acts = list(played.acts)
    view = fold(acts)
    for _ in range(3):
        random.shuffle(acts)
        assert fold(acts) == view
    for node in played.nodes.values():
        assert fold([*node.held, *node.coming, *acts]) == view
        arrived = list(node.held)
        random.shuffle(arrived)
        assert fold(arrived) == node.view
        assert present(fold(arrived), NOW) == present(node.view, NOW)


def check_honest(played: History) -> None:
    """Nothing that the other State does makes an honest State's act void."""
    view = fold(played.acts)
    found = standings(view)
    assert {found[act.id] for act in played.honest} <= {(Standing.COUNTS, None)}
    for node in played.nodes.values():
        lane = node.view.lane(node.state)
        if not node.hostile and lane is not None:
            assert lane.sound
            assert node.state not in {fork.author for fork in view.forks}


def check_lanes(view: View) -> None:
    """A lane's stage is its counting acts, run through the page's own table."""
    for lane in (view.requesting, view.requested):
        stage = "none"
        acts = [
            one.act
            for one in view.judged
            if one.standing is Standing.COUNTS and one.act.author == lane.state
        ]
        for act in sorted(acts, key=lambda one: one.seq):
            (line, *_) = (
                one for one in LINES[lane.role] if one.step == act.step and stage in one.sources
            )
            stage = line.target or stage
        assert lane.stage == stage
        assert [act.seq for act in sorted(acts, key=lambda one: one.seq)] == sorted(
            {act.seq for act in acts}
        )


@given(RANDOM)
def test_every_order_gives_one_view(random: Random) -> None:
    check_same(history(random, 16), random)


@given(RANDOM)
def test_an_honest_act_counts_whatever_the_other_state_does(random: Random) -> None:
    check_honest(history(random, 16))


@given(RANDOM)
def test_a_lane_folds_by_the_page_s_table_alone(random: Random) -> None:
    check_lanes(fold(history(random, 16).acts))


@given(RANDOM)
def test_a_standing_changes_only_when_what_was_missing_comes_or_a_fork(random: Random) -> None:
    played = history(random, 14)
    for node in played.nodes.values():
        before: dict[str, tuple[Standing, int | None]] = {}
        arrivals = [*node.held, *node.coming]
        for count in range(1, len(arrivals) + 1):
            now = standings(fold(arrivals[:count]))
            for act_id, (standing, rule) in before.items():
                later, its_rule = now[act_id]
                assert later in FINAL[standing]
                assert standing is not later or its_rule == rule
            assert set(before) <= set(now)
            before = now


@given(RANDOM)
def test_an_act_is_judged_against_its_own_past_and_nothing_else(random: Random) -> None:
    acts = {act.id: act for act in history(random, 12).acts}
    for one in fold(acts.values()).judged:
        alone = standings(fold(past(one.act, acts).values()))[one.act.id]
        if one.standing is not Standing.FROZEN:
            assert alone == (one.standing, one.rule)


@given(RANDOM)
def test_what_is_offered_counts_and_what_is_not_offered_is_void(random: Random) -> None:
    played = history(random, 14, hostile=())
    for node in played.nodes.values():
        view = node.view
        if place(view, node.state) is None:
            continue
        offered = {str(one.step): one for one in choices(view, node.state)}
        for line in LINES[Role.REQUESTING if node.state == Q else Role.REQUESTED]:
            if line.step not in offered:
                arrived = [one.act for one in view.judged if one.standing is not Standing.HELD]
                asked = [one.id for one in arrived if one.step in line.answers]
                for answers in (None, *asked):
                    act = next_act(node.held, node.state, line.step, answers=answers)
                    assert standings(fold([*node.held, act]))[act.id][0] is Standing.VOID
                continue
            choice = offered[line.step]
            either = () if choice.must_answer else (None,)
            for answer in (*choice.answers, *either):
                act = next_act(node.held, node.state, line.step, answers=answer)
                assert standings(fold([*node.held, act]))[act.id] == (Standing.COUNTS, None)


@given(RANDOM)
def test_everything_can_be_told(random: Random) -> None:
    played = history(random, 16)
    for acts in (played.acts, *(node.held for node in played.nodes.values())):
        view = fold(acts)
        lines = story(view)
        assert [line.act_id for line in lines] == [one.act.id for one in view.judged]
        assert all("%(" not in f"{line.sentence}{line.states}" for line in lines)
        for state in (Q, R, "XVL"):
            assert len(set(allowed(view, state))) == len(allowed(view, state))
        for now in (NOW, LATER, LATER.replace(year=2036)):
            assert "%(" not in str(present(view, now).sentence)


def run(seeds: Sequence[int]) -> None:
    for seed in seeds:
        random = Random(seed)
        played = history(random, random.randint(6, 24))
        check_same(played, random)
        check_honest(played)
        check_lanes(fold(played.acts))


def test_200_histories_never_diverge() -> None:
    run(range(200))


@pytest.mark.deep
def test_20_000_histories_never_diverge() -> None:
    run(range(20_000))


def test_the_histories_reach_every_standing_rule_and_stage() -> None:
    reached: set[str] = set()
    for seed in range(150):
        view = fold(history(Random(seed), 4 + seed % 50).acts)
        reached |= {one.standing.value for one in view.judged}
        reached |= {f"rule {one.rule}" for one in view.judged if one.rule}
        reached |= {lane.stage.value for lane in (view.requesting, view.requested)}
    assert reached >= {standing.value for standing in Standing} - {"held"}
    assert reached >= {f"rule {number}" for number in range(1, 8)}
    assert reached >= set(page.STAGES["Requested"]) | set(page.STAGES["Requesting"])
