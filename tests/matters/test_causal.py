"""Causes before effects, whatever the size or the shape of what is named."""

from datetime import timedelta
from functools import cache
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from comity.matters.act import Act
from comity.matters.causal import causal_order, causes_of
from comity.matters.fold import Standing, fold
from comity.matters.stages import Stage
from comity.seal.forms import digest
from tests.matters.histories import history
from tests.matters.pair import NOW, Q, R, again, opening, play, signed


def by_id(*acts: Act) -> dict[str, Act]:
    return {act.id: act for act in acts}


@cache
def long_lane(length: int) -> tuple[Act, ...]:
    """An opening, and a lane of many acts, each on the one before it."""
    first = opening()
    acts = [first]
    for seq in range(length):
        acts.append(
            signed(
                step="seen",
                matter=first.id,
                seq=seq,
                prev=acts[-1].id if seq else None,
                read=((Q, first.id),),
                at=NOW + timedelta(seconds=seq),
            )
        )
    return tuple(acts)


def test_an_act_names_what_must_be_there_before_it() -> None:
    pair = play((R, "kept"), (Q, "follow_up"), (R, "held"))
    first, kept, asked, held = pair.acts
    assert causes_of(first, first.id) == set()
    assert causes_of(kept, first.id) == {first.id}
    assert causes_of(held, first.id) == {first.id, kept.id, asked.id}


def test_the_opening_is_a_cause_although_nobody_names_it() -> None:
    first = opening()
    act = signed(matter=first.id)
    assert causes_of(act, first.id) == {first.id}
    assert causal_order(by_id(act), first.id) == ([], [act])


@given(st.randoms(use_true_random=False))
def test_every_act_stands_once_and_after_all_its_causes(random: Random) -> None:
    acts = by_id(*history(random, 16).acts)
    first = next(act.matter_id for act in acts.values())
    absent = random.choice(sorted(acts))
    known = {act_id: act for act_id, act in acts.items() if act_id != absent}
    ready, waiting = causal_order(known, first)
    assert sorted(act.id for act in (*ready, *waiting)) == sorted(known)
    seen: set[str] = set()
    for act in ready:
        assert causes_of(act, first) <= seen
        seen.add(act.id)
    for act in waiting:
        assert not causes_of(act, first) <= seen


def test_acts_that_crossed_stand_in_the_order_of_the_times_they_state() -> None:
    pair = play((R, "seen"))
    late = pair.do(R, "acknowledge", at=NOW + timedelta(hours=2))
    early = pair.do(Q, "follow_up", at=NOW + timedelta(hours=1))
    ready, _ = causal_order(by_id(*pair.acts), pair.acts[0].id)
    assert ready[-2:] == [early, late]


def test_a_clock_that_is_wrong_moves_no_effect_before_its_cause() -> None:
    pair = play((R, "ordered"))
    act = pair.do(R, "kept", at=NOW - timedelta(days=3_650))
    ready, _ = causal_order(by_id(*pair.acts), pair.acts[0].id)
    assert ready[-1] == act


def test_a_long_lane_is_folded_to_its_end() -> None:
    acts = long_lane(1_500)
    view = fold(reversed(acts))
    assert view.requested.stage is Stage.SEEN
    assert view.requested.head == acts[-1]
    assert {one.standing for one in view.judged} == {Standing.COUNTS}


def test_a_long_lane_without_its_beginning_waits_to_its_end() -> None:
    acts = long_lane(1_500)
    view = fold([acts[0], *acts[2:]])
    assert sum(one.standing is Standing.HELD for one in view.judged) == 1_499
    assert view.requested.stage is Stage.NONE


def test_a_lane_forked_a_thousand_times_is_one_fork() -> None:
    acts = long_lane(1)
    twins = [again(acts[1], lang="ar", refs=((R, f"JN/{number}"),)) for number in range(1_000)]
    view = fold([*acts, *twins])
    (fork,) = view.forks
    assert {fork.first.id, fork.second.id} == set(sorted(one.id for one in (acts[1], *twins))[:2])
    assert [one.standing for one in view.judged].count(Standing.FROZEN) == 1_001


def test_an_act_that_names_many_strangers_waits_for_each() -> None:
    first = opening()
    states = [f"X{a}{b}" for a in "ABCDEFGH" for b in "ABCDEFGH"]
    read = tuple((state, digest(state.encode())) for state in states)
    act = signed(matter=first.id, read=read)
    assert len(causes_of(act, first.id)) == 65
    assert causal_order(by_id(first, act), first.id) == ([first], [act])
