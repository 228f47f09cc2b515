"""What makes an act void: each of rules 1 to 5 and 7, and what each leaves alone."""

import pytest

from comity.matters.act import Act, Basis, Party
from comity.matters.fold import Standing, fold
from comity.matters.stages import Ask, Stage
from comity.matters.steps import allowed
from tests.matters.pair import (
    PARTIES,
    Changes,
    Pair,
    Q,
    R,
    again,
    next_act,
    opening,
    part,
    play,
    signed,
)
from tests.matters.test_standing import of


def voided(pair: Pair, act: Act) -> int | None:
    found = pair.judged(act)
    assert found.standing is Standing.VOID
    assert found.why is not None
    assert "This entry changes nothing" in str(found.why)
    assert f"(Rule {found.rule})" in str(found.why)
    return found.rule


def test_rule_1_a_stranger_changes_nothing() -> None:
    pair = play()
    act = signed(matter=pair.acts[0].id, author="XVL", read=((Q, pair.acts[0].id),))
    pair.held[Q].append(act)
    assert voided(pair, act) == 1
    assert "XVL" in str(pair.judged(act).why)


@pytest.mark.parametrize(
    "changes",
    [
        {"parties": (PARTIES[0], Party(state="XVL", role="requesting"))},
        {"basis": Basis(instrument="uncc", article="42")},
        {"basis": Basis(instrument="budapest", article="30")},
        {"form": "budapest"},
    ],
)
def test_rule_1_an_act_on_other_terms_changes_nothing(changes: Changes) -> None:
    pair = play()
    act = pair.do(R, "acknowledge", **changes)
    assert voided(pair, act) == 1


def test_rule_1_a_request_to_oneself_by_a_stranger_opens_nothing() -> None:
    act = opening(author="XVL")
    view = fold([act])
    assert (of(view, act), view.requesting.stage) == (Standing.VOID, Stage.NONE)


@pytest.mark.parametrize(("seq", "prev"), [(0, 1), (2, 1), (1, 0), (1, None), (5, 1)])
def test_rule_2_an_act_follows_the_act_before_it(seq: int, prev: int | None) -> None:
    pair = play((R, "seen"))
    named = None if prev is None else pair.acts[prev].id
    act = pair.add(again(next_act(pair.acts, R, "kept"), seq=seq, prev=named))
    if seq == 0:
        # The number is used twice as well, which weighs more.
        assert pair.judged(act).standing is Standing.FROZEN
    else:
        assert voided(pair, act) == 2


def test_rule_2_a_first_act_follows_nothing() -> None:
    pair = play()
    act = pair.do(R, "acknowledge", prev=pair.acts[0].id)
    assert voided(pair, act) == 2


def test_rule_2_a_gap_does_not_heal_so_no_lane_has_two_branches() -> None:
    pair = play((R, "kept"))
    gap = pair.add(again(next_act(pair.acts, R, "seen"), seq=5))
    branch = pair.add(again(next_act(pair.acts[:2], R, "released"), seq=6, prev=gap.id))
    honest = pair.add(next_act(pair.acts[:2], R, "extend"))
    assert (voided(pair, gap), voided(pair, branch)) == (2, 2)
    assert pair.judged(honest).standing is Standing.COUNTS
    assert pair.view.requested.stage is Stage.KEPT
    assert pair.view.forks == ()


def test_rule_3_nobody_reads_himself_a_stranger_or_the_wrong_lane() -> None:
    pair = play((R, "seen"), (Q, "seen"))
    opening_id, seen_r, seen_q = (act.id for act in pair.acts)
    stranger = signed(matter=opening_id, author="XVL", read=((Q, opening_id),))
    pair.held[R].append(stranger)
    for read in (
        ((R, seen_r), (Q, seen_q)),
        ((Q, seen_r),),
        ((Q, seen_q), ("XVL", stranger.id)),
        (),
    ):
        act = next_act(pair.acts, R, "kept", read=read)
        view = fold([*pair.acts, act])
        found = next(one for one in view.judged if one.act.id == act.id)
        assert (found.standing, found.rule) == (Standing.VOID, 3)


def test_rule_3_reading_does_not_go_back() -> None:
    pair = play((Q, "seen"), (R, "seen"))
    back = pair.do(R, "acknowledge", read=((Q, pair.acts[0].id),))
    again_ = pair.do(R, "acknowledge", read=((Q, pair.acts[1].id),))
    assert voided(pair, back) == 3
    assert pair.judged(again_).standing is Standing.COUNTS


def test_rule_3_going_back_twice_is_going_back() -> None:
    pair = play((Q, "seen"), (R, "seen"))
    first = ((Q, pair.acts[0].id),)
    assert voided(pair, pair.do(R, "acknowledge", read=first)) == 3
    assert voided(pair, pair.do(R, "acknowledge", read=first)) == 3


def test_rule_3_what_may_not_be_named_was_not_read() -> None:
    pair = play((R, "seen"), (R, "acknowledge"), (Q, "seen"))
    stranger = signed(matter=pair.acts[0].id, author="XVL", read=((Q, pair.acts[0].id),))
    pair.held[R].append(stranger)
    newest = pair.acts[3].id
    for read in (
        ((Q, newest), ("XVL", stranger.id)),
        ((Q, newest), (R, pair.acts[2].id)),
        ((Q, pair.acts[2].id),),
    ):
        assert voided(pair, pair.do(R, "ask_info", read=read)) == 3
    act = pair.do(R, "kept", read=((Q, newest),))
    assert pair.judged(act).standing is Standing.COUNTS


def test_rule_3_a_void_act_had_read_what_it_says() -> None:
    pair = play((Q, "seen"))
    void = pair.do(R, "held", answers=None, parts=(part("order"),))
    act = pair.do(R, "seen", read=((Q, pair.acts[0].id),))
    assert voided(pair, void) == 5
    assert voided(pair, act) == 3


def test_rule_3_reading_the_other_branch_of_a_fork_is_not_going_back() -> None:
    pair = play((Q, "seen"), (R, "seen"))
    twin = again(pair.acts[1], lang="ar")
    pair.held[R].append(twin)
    act = pair.do(R, "acknowledge", read=((Q, twin.id),))
    pair.meet()
    assert pair.judged(act).standing is Standing.COUNTS


def test_rule_3_what_lies_behind_a_gap_was_not_read() -> None:
    pair = play((Q, "seen"))
    far = pair.add(again(next_act(pair.acts, Q, "seen"), seq=1_000))
    pair.held[R].append(far)
    lured = pair.do(R, "seen", read=((Q, far.id),))
    act = pair.do(R, "acknowledge")
    assert dict(act.read) == {Q: pair.acts[1].id}
    assert pair.judged(lured).standing is Standing.COUNTS
    assert pair.judged(act).standing is Standing.COUNTS


def test_rule_4_an_answer_names_the_other_state_s_act() -> None:
    pair = play((R, "kept"), (Q, "follow_up"))
    for answered in (pair.acts[1].id,):
        act = next_act(pair.acts, R, "held", answers=answered)
        view = fold([*pair.acts, act])
        assert next(one.rule for one in view.judged if one.act.id == act.id) == 4


def test_rule_4_an_answer_names_what_was_read() -> None:
    pair = play((R, "kept"))
    asked = pair.do(Q, "follow_up")
    act = pair.do(R, "held", answers=asked.id)
    pair.meet()
    assert voided(pair, act) == 4
    assert pair.view.requested.stage is Stage.KEPT


def test_rule_4_an_answer_may_name_what_an_earlier_act_had_read() -> None:
    pair = play((R, "kept"), (Q, "follow_up"), (R, "seen"), (Q, "seen"))
    act = pair.do(R, "held")
    assert act.answers == pair.acts[2].id
    assert pair.judged(act).standing is Standing.COUNTS


def test_rule_4_nobody_answers_a_stranger() -> None:
    pair = play((R, "kept"))
    stranger = signed(matter=pair.acts[0].id, author="XVL", step="follow_up", refs=(("XVL", "1"),))
    pair.held[R].append(stranger)
    act = pair.do(R, "held", answers=stranger.id)
    assert voided(pair, act) == 4


def test_rule_4_a_stranger_s_act_that_was_reached_through_the_other_lane_is_no_question() -> None:
    pair = play((R, "kept"))
    stranger = signed(matter=pair.acts[0].id, author="XVL", step="follow_up", refs=(("XVL", "1"),))
    pair.held[Q].append(stranger)
    pair.do(Q, "seen", read=((R, pair.acts[1].id), ("XVL", stranger.id)))
    pair.meet()
    act = pair.do(R, "held", answers=stranger.id)
    assert voided(pair, act) == 4


def test_rule_5_says_which_step_after_which_stage() -> None:
    pair = play((R, "refused"))
    act = pair.do(R, "kept")
    assert voided(pair, act) == 5
    assert "“kept”" in str(pair.judged(act).why)
    assert "“refused”" in str(pair.judged(act).why)


def test_rule_5_the_requested_state_does_not_take_the_other_s_steps() -> None:
    pair = play()
    assert voided(pair, pair.do(R, "withdraw")) == 5
    assert voided(pair, pair.do(Q, "acknowledge")) == 5


def test_a_void_act_moves_nothing_and_the_next_one_is_judged_as_ever() -> None:
    pair = play((R, "acknowledge"))
    void = pair.do(R, "held")
    pair.meet()
    kept = pair.do(R, "kept")
    assert voided(pair, void) == 5
    assert pair.judged(kept).standing is Standing.COUNTS


def test_the_first_rule_broken_is_the_one_told() -> None:
    pair = play((R, "refused"))
    act = pair.do(R, "kept", form="budapest", read=(), until=None)
    assert voided(pair, act) == 1


# ---------------------------------------------------------------- void: rule 7


@pytest.mark.parametrize("question", ["follow_up", "ask_extension"])
def test_rule_7_nothing_expires_while_a_question_that_was_read_is_open(question: str) -> None:
    pair = play((R, "kept"), (Q, question))
    assert "expired" not in allowed(pair.view, R)
    act = pair.do(R, "expired")
    assert voided(pair, act) == 7
    assert pair.view.requested.stage is Stage.KEPT


@pytest.mark.parametrize("question", ["follow_up", "ask_extension"])
def test_rule_7_a_question_that_was_not_read_does_not_keep_from_expiring(question: str) -> None:
    pair = play((R, "kept"))
    pair.do(Q, question)
    act = pair.do(R, "expired")
    pair.meet()
    assert pair.judged(act).standing is Standing.COUNTS
    still = {one.ask for one in pair.view.questions}
    assert still == ({Ask.FOLLOW_UP} if question == "follow_up" else set())


@pytest.mark.parametrize(
    "answered",
    [
        [(Q, "ask_extension"), (R, "decline_extension")],
        [(Q, "ask_extension"), (R, "extend")],
        [(Q, "follow_up"), (R, "not_received")],
        [(Q, "follow_up"), (Q, "withdraw")],
        [(R, "ask_info")],
    ],
)
def test_rule_7_what_was_answered_or_closed_may_expire(answered: list[tuple[str, str]]) -> None:
    pair = play((R, "kept"))
    for state, step in answered:
        asked = [one.act.id for one in pair.view.questions]
        more = Changes(answers=asked[0]) if step == "extend" else Changes()
        pair.do(state, step, **more)
        pair.meet()
    act = pair.do(R, "expired")
    assert pair.judged(act).standing is Standing.COUNTS
    assert pair.view.requested.stage is Stage.EXPIRED


def test_rule_7_one_answer_answers_one_question() -> None:
    pair = play((R, "kept"), (Q, "ask_extension"), (Q, "ask_extension"))
    pair.do(R, "decline_extension")
    pair.meet()
    assert voided(pair, pair.do(R, "expired")) == 7


def test_rule_7_a_void_question_keeps_nothing_from_expiring() -> None:
    pair = play((R, "kept"))
    void = pair.do(Q, "follow_up", refs=())
    pair.meet()
    assert pair.judged(void).standing is Standing.VOID
    assert pair.judged(pair.do(R, "expired")).standing is Standing.COUNTS


def test_rule_7_a_question_frozen_by_a_fork_that_was_read_keeps_nothing() -> None:
    pair = play((R, "kept"), (Q, "follow_up"))
    twin = again(pair.acts[2], lang="ar")
    pair.held[R].append(twin)
    # The act reaches both: one through `read`, one through an earlier act of its lane.
    pair.do(R, "seen", read=((Q, twin.id),))
    act = pair.do(R, "expired", read=((Q, pair.acts[2].id),))
    pair.meet()
    assert pair.judged(act).standing is Standing.COUNTS


def test_rule_7_a_fork_that_was_not_read_frees_nobody() -> None:
    pair = play((R, "kept"), (Q, "follow_up"))
    act = pair.do(R, "expired")
    twin = again(pair.acts[2], lang="ar")
    pair.held[Q].append(twin)
    assert voided(pair, act) == 7


def test_what_crossed_is_never_refused() -> None:
    pair = play((R, "kept"))
    for state, step in [(Q, "withdraw"), (R, "extend"), (R, "released")]:
        pair.do(state, step)
    pair.meet()
    assert {one.standing for one in pair.view.judged} == {Standing.COUNTS}
    assert (pair.view.requesting.stage, pair.view.requested.stage) == (
        Stage.WITHDRAWN,
        Stage.RELEASED,
    )
