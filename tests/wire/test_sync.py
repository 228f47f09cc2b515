"""What two nodes conclude when they meet: each row of sync-v1, each restore, each crossing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.directory.members import Members, WrongMember
from comity.seal.canonical import Json
from comity.wire.sync import (
    TOLD,
    Conclusion,
    Finding,
    SyncState,
    conclude,
    conclude_called,
    read_state,
)

STEP = SyncState(given=5, held=3, receipts=5)
PEER = SyncState(given=3, held=5, receipts=3)


def test_two_nodes_that_hold_everything_are_in_step() -> None:
    assert conclude(STEP, PEER) == Conclusion(findings=(Finding.IN_STEP,))
    assert conclude_called(PEER, STEP) == Conclusion(findings=(Finding.IN_STEP,))


def test_two_nodes_that_never_met_are_in_step() -> None:
    nothing = SyncState(given=0, held=0, receipts=0)
    assert conclude(nothing, nothing).findings == (Finding.IN_STEP,)


def test_acts_on_the_way_need_nothing() -> None:
    found = conclude(STEP, replace(PEER, given=9))
    assert found == Conclusion(findings=(Finding.ON_THE_WAY,))
    assert found.may_sign


def test_acts_of_mine_that_are_not_receipted_yet_are_no_sign_of_a_restore() -> None:
    assert conclude(replace(STEP, given=9), PEER).findings == (Finding.IN_STEP,)


def test_a_peer_that_lost_what_it_receipted_was_restored_and_is_sent_it_again() -> None:
    found = conclude(STEP, replace(PEER, held=2, above=(4,)))
    assert found.findings == (Finding.PEER_RESTORED,)
    assert found.resend_from == 3
    assert found.except_for == (4,)
    assert found.may_sign


def test_a_peer_that_lost_everything_is_sent_everything() -> None:
    found = conclude(STEP, SyncState(given=0, held=0, receipts=0, want=1))
    assert found.findings == (Finding.PEER_RESTORED,)
    assert found.resend_from == 1
    assert found.give_from == 1


def test_a_peer_that_asks_for_its_own_acts_is_given_them() -> None:
    found = conclude(STEP, replace(PEER, given=1, receipts=1, want=2))
    assert found.findings == (Finding.PEER_RESTORED,)
    assert found.give_from == 2
    assert found.resend_from == 0


@pytest.mark.parametrize("theirs", [replace(PEER, held=8), replace(PEER, above=(8,))])
def test_a_peer_that_holds_more_of_mine_than_i_gave_shows_that_i_was_restored(
    theirs: SyncState,
) -> None:
    for found in (conclude(STEP, theirs), conclude_called(STEP, theirs)):
        assert found.findings == (Finding.I_WAS_RESTORED,)
        assert found.want == 6
        assert not found.may_sign


def test_a_peer_with_my_receipts_for_acts_that_i_lack_shows_that_i_was_restored() -> None:
    found = conclude(replace(STEP, held=1), PEER)
    assert found.findings == (Finding.I_WAS_RESTORED, Finding.ON_THE_WAY)
    assert found.want == 0
    assert found.may_sign, "no act of mine is missing"


def test_when_my_acts_are_back_i_may_sign_again() -> None:
    restored = SyncState(given=2, held=1, receipts=2, want=3)
    found = conclude(restored, PEER, now=replace(restored, given=5, held=3))
    assert found.want == 0
    assert found.may_sign


def test_both_restored_from_the_same_day_ask_each_other() -> None:
    mine = SyncState(given=2, held=9, receipts=2)
    theirs = SyncState(given=4, held=7, receipts=4, want=5)
    found = conclude(mine, theirs)
    assert found.findings == (Finding.PEER_RESTORED, Finding.I_WAS_RESTORED)
    assert found.want == 3
    assert found.give_from == 5


def test_a_peer_that_forgot_its_own_acts_and_does_not_ask_is_asked_again_then_called() -> None:
    unaware = replace(PEER, given=2, receipts=2)
    first = conclude(STEP, unaware)
    assert first.findings == (Finding.PEER_UNAWARE,)
    assert first.may_sign
    second = conclude(STEP, unaware, before=first)
    assert second.findings == (Finding.IMPOSSIBLE,)
    assert not second.may_sign
    third = conclude(STEP, unaware, before=second)
    assert third.findings == (Finding.IMPOSSIBLE,)


def test_a_peer_that_asks_at_last_is_no_longer_impossible() -> None:
    unaware = replace(PEER, given=2, receipts=2)
    before = conclude(STEP, unaware, before=conclude(STEP, unaware))
    found = conclude(STEP, replace(unaware, want=3), before=before)
    assert found.findings == (Finding.PEER_RESTORED,)


def test_numbers_above_a_gap_count_as_held() -> None:
    mine = replace(STEP, held=3, above=(5, 6))
    assert conclude(mine, replace(PEER, given=6)).findings == (Finding.ON_THE_WAY,)
    assert conclude(mine, replace(PEER, given=4)).findings[-1] is Finding.PEER_UNAWARE


# Acts go on crossing while a sync is under way.


def test_an_act_given_during_the_call_does_not_look_like_my_restore() -> None:
    later = replace(PEER, held=6)
    assert conclude(STEP, later, now=replace(STEP, given=6)).findings == (Finding.IN_STEP,)


def test_a_receipt_that_came_during_the_call_does_not_look_like_the_peers_restore() -> None:
    said = replace(STEP, given=6)
    now = replace(said, receipts=6)
    assert conclude(said, PEER, now=now).findings == (Finding.IN_STEP,)


def test_an_act_received_during_the_call_does_not_look_like_the_peers_ignorance() -> None:
    now = replace(STEP, held=4)
    assert conclude(STEP, PEER, now=now).findings == (Finding.IN_STEP,)


def test_the_one_who_was_called_only_looks_again() -> None:
    """The caller spoke before receipts and acts that have come since."""
    ahead = replace(PEER, receipts=3)
    assert conclude_called(ahead, replace(STEP, held=2)).findings == (Finding.LOOK_AGAIN,)
    assert conclude_called(ahead, replace(STEP, given=4)).findings == (Finding.LOOK_AGAIN,)


@given(
    steps=st.lists(st.sampled_from(["give", "take", "receipt"]), max_size=30),
    when=st.integers(0, 30),
)
def test_no_crossing_of_acts_and_receipts_looks_like_a_restore(steps: list[str], when: int) -> None:
    """I give acts, the peer takes them, I get receipts; the peer answers at any moment."""
    given_, taken, receipted = 0, 0, 0
    said = theirs = None
    for place, step in enumerate([*steps, "end"]):
        if place == min(when, len(steps)):
            theirs = SyncState(given=0, held=taken, receipts=0)
        if place == 0:
            said = SyncState(given=given_, held=0, receipts=receipted)
        if step == "give":
            given_ += 1
        elif step == "take":
            taken = min(given_, taken + 1)
        elif step == "receipt":
            receipted = min(taken, receipted + 1)
    now = SyncState(given=given_, held=0, receipts=receipted)
    assert said is not None
    assert theirs is not None
    assert conclude(said, theirs, now=now).findings == (Finding.IN_STEP,)


states = st.builds(
    SyncState,
    given=st.integers(0, 9),
    held=st.integers(0, 9),
    above=st.just(()),
    receipts=st.integers(0, 9),
    want=st.integers(0, 9),
)


@given(mine=states, theirs=states)
def test_every_pair_of_states_has_a_conclusion(mine: SyncState, theirs: SyncState) -> None:
    for found in (conclude(mine, theirs), conclude_called(mine, theirs)):
        assert found.findings
        assert (Finding.IN_STEP in found.findings) == (found.findings == (Finding.IN_STEP,))
        assert bool(found.want) == (theirs.held > mine.given)
        assert found.give_from == theirs.want


def test_the_findings_that_people_must_know_have_words() -> None:
    silent = {Finding.IN_STEP, Finding.ON_THE_WAY, Finding.LOOK_AGAIN}
    assert set(TOLD) == set(Finding) - silent


# Form.


@given(state=st.builds(replace, st.just(STEP), above=st.just((5, 9)), want=st.integers(0, 9)))
def test_a_state_is_read_as_it_was_written(state: SyncState) -> None:
    assert read_state(Members(state.data())) == state


@pytest.mark.parametrize(
    ("path", "edit"),
    [
        ("given", lambda m: m.update(given=-1)),
        ("held", lambda m: m.pop("held")),
        ("held", lambda m: m.update(held=True)),
        ("above", lambda m: m.update(above=[4])),
        ("above", lambda m: m.update(above=[6, 6])),
        ("above", lambda m: m.update(above=[7, 6])),
        ("above", lambda m: m.update(above=["6"])),
        ("above", lambda m: m.update(above=[True])),
        ("above", lambda m: m.update(above=list(range(5, 1006)))),
        ("receipts", lambda m: m.update(receipts=6)),
        ("want", lambda m: m.update(want=None)),
    ],
)
def test_a_wrong_member_is_named(path: str, edit: Callable[[dict[str, Json]], object]) -> None:
    members = STEP.data()
    edit(members)
    with pytest.raises(WrongMember) as caught:
        read_state(Members(members))
    assert caught.value.path == path


def test_a_thousand_numbers_above_are_allowed() -> None:
    above = tuple(range(5, 1005))
    assert read_state(Members(replace(STEP, above=above).data())).above == above
