"""What a State may do next, and where its next act stands."""

from comity.matters.fold import fold
from comity.matters.stages import Member, Step
from comity.matters.steps import allowed, choices, place
from tests.matters.pair import Pair, Q, R, again, next_act, opening, play


def test_the_two_states_of_a_new_request_may_take_different_steps() -> None:
    view = play().view
    assert allowed(view, Q) == (
        Step.FOLLOW_UP,
        Step.WITHDRAW,
        Step.ASK_EXTENSION,
        Step.SEEN,
    )
    assert allowed(view, R) == (
        Step.SEEN,
        Step.ACKNOWLEDGE,
        Step.ORDERED,
        Step.KEPT,
        Step.REFUSED,
        Step.CANNOT,
        Step.ASK_INFO,
    )


def test_a_stranger_and_an_absent_matter_offer_nothing() -> None:
    view = play().view
    assert (allowed(view, "XVL"), place(view, "XVL")) == ((), None)
    assert (allowed(fold(()), Q), place(fold(()), Q)) == ((), None)
    waiting = fold(play((R, "seen")).acts[1:])
    assert (allowed(waiting, R), place(waiting, R)) == ((), None)


def test_an_end_leaves_only_seen() -> None:
    assert allowed(play((R, "refused")).view, R) == (Step.SEEN,)
    assert allowed(play((Q, "withdraw")).view, Q) == ()


def test_what_answers_a_question_is_offered_while_there_is_one() -> None:
    assert "inform" not in allowed(play().view, Q)
    pair = play((R, "ask_info"))
    choice = next(one for one in choices(pair.view, Q) if one.step is Step.INFORM)
    assert choice.must_answer
    assert choice.answers == (pair.acts[1].id,)
    assert choice.needs == {Member.ANSWERS, Member.REASON}


def test_an_extension_may_be_given_unasked() -> None:
    choice = next(one for one in choices(play((R, "kept")).view, R) if one.step is Step.EXTEND)
    assert (choice.must_answer, choice.answers) == (False, ())
    asked = play((R, "kept"), (Q, "ask_extension"))
    choice = next(one for one in choices(asked.view, R) if one.step is Step.EXTEND)
    assert choice.answers == (asked.acts[-1].id,)


def test_a_void_request_is_not_stated_again_in_the_same_matter() -> None:
    pair = Pair()
    pair.open(until=None)
    assert allowed(pair.view, Q) == ()


def test_a_place_follows_the_lane_and_names_what_was_read() -> None:
    pair = play((R, "seen"), (R, "acknowledge"), (Q, "seen"))
    first, seen, ack, again_ = pair.acts
    ours = place(pair.view, Q)
    theirs = place(pair.view, R)
    assert ours is not None
    assert theirs is not None
    assert (ours.matter, ours.seq, ours.prev, ours.read) == (
        first.id,
        2,
        again_.id,
        ((R, ack.id),),
    )
    assert (theirs.seq, theirs.prev, theirs.read) == (2, ack.id, ((Q, again_.id),))
    assert seen.id not in (theirs.prev, ours.read)


def test_a_first_act_stands_at_the_beginning_of_its_lane() -> None:
    view = play().view
    spot = place(view, R)
    assert spot is not None
    assert (spot.seq, spot.prev, spot.read) == (0, None, ((Q, view.matter),))


def test_a_void_act_takes_its_number_in_the_lane() -> None:
    pair = play()
    void = pair.do(R, "held")
    spot = place(pair.view, R)
    assert spot is not None
    assert (spot.seq, spot.prev) == (1, void.id)


def test_nothing_is_signed_while_an_act_of_ones_own_waits_or_is_missing() -> None:
    pair = play((R, "seen"), (R, "acknowledge"))
    restored = fold([pair.acts[0], pair.acts[2]])
    assert (place(restored, R), allowed(restored, R)) == (None, ())
    assert place(restored, Q) is not None


def test_nothing_is_signed_on_a_lane_with_a_gap_or_a_fork() -> None:
    pair = play((R, "seen"))
    gap = again(next_act(pair.acts, R, "kept"), seq=7)
    twin = again(pair.acts[1], lang="ar")
    for odd in (gap, twin):
        view = fold([*pair.acts, odd])
        assert (place(view, R), allowed(view, R)) == (None, ())
        assert allowed(view, Q) != ()


def test_an_act_that_waits_is_not_named_as_read() -> None:
    pair = play((R, "seen"), (R, "acknowledge"))
    spot = place(fold([pair.acts[0], pair.acts[2]]), Q)
    assert spot is not None
    assert spot.read == ()


def test_of_a_forked_lane_the_longer_branch_is_named_as_read() -> None:
    pair = play((R, "seen"), (R, "acknowledge"))
    twin = again(pair.acts[1], lang="ar")
    spot = place(fold([*pair.acts, twin]), Q)
    assert spot is not None
    assert spot.read == ((R, pair.acts[2].id),)


def test_an_opening_needs_no_place() -> None:
    act = opening()
    assert (act.seq, act.prev, act.read) == (0, None, ())
