"""What each act of a set amounts to: held, unknown, frozen, void by rule 1 to 5 and 7, counts."""

from dataclasses import replace

import pytest

from comity.matters.act import Act, read_act
from comity.matters.errors import MixedMatters
from comity.matters.fold import NO_MATTER, Standing, View, fold
from comity.matters.stages import Ask, Stage
from comity.matters.steps import allowed, place
from comity.seal.canonical import Json, decode, encode
from comity.seal.forms import digest
from tests.matters.pair import Pair, Q, R, again, next_act, opening, play, signed

ELSEWHERE = digest(b"elsewhere")


def standings(view: View) -> dict[str, str]:
    return {one.act.id: one.standing.value for one in view.judged}


def of(view: View, act: Act) -> Standing:
    return next(one.standing for one in view.judged if one.act.id == act.id)


def newer(act: Act, **changes: Json) -> Act:
    """The act with members set that our writer would not write."""
    return read_act(encode(decode(act.header) | changes))


# ---------------------------------------------------------------- the set


def test_no_acts_are_no_matter() -> None:
    assert fold(()) == NO_MATTER
    assert fold(()).opening is None


def test_an_act_that_comes_twice_is_one_act() -> None:
    pair = play((R, "seen"))
    assert fold([*pair.acts, *pair.acts]) == pair.view


def test_acts_of_two_matters_are_never_folded_together() -> None:
    with pytest.raises(MixedMatters):
        fold([opening(), opening(nonce=b"m" * 32)])


def test_causes_stand_before_effects_whatever_the_clocks_say() -> None:
    pair = play((R, "seen"), (Q, "seen"), (R, "acknowledge"), (Q, "follow_up"), (R, "kept"))
    skewed = Pair()
    skewed.add(pair.acts[0])
    for number, act in enumerate(pair.acts[1:]):
        skewed.meet()
        clock = act.at.replace(year=2036 if number % 2 else 2016)
        skewed.do(act.author, act.step, at=clock)
    view = skewed.view
    assert [one.act.step for one in view.judged] == [act.step for act in pair.acts]
    assert {one.standing for one in view.judged} == {Standing.COUNTS}


# ---------------------------------------------------------------- held


@pytest.mark.parametrize("gone", range(5))
def test_an_act_waits_for_every_act_that_it_reaches(gone: int) -> None:
    pair = play((R, "ordered"), (R, "ask_info"), (Q, "inform"), (R, "kept"))
    acts = pair.acts
    view = fold([act for act in acts if act is not acts[gone]])
    waits = [one for one in view.judged if one.standing is Standing.HELD]
    assert [one.act.id for one in waits] == [act.id for act in acts[gone + 1 :]]
    assert all("has not arrived" in str(one.why) for one in waits)
    assert set(standings(view)) == {act.id for act in acts if act is not acts[gone]}


def test_what_waited_counts_when_the_missing_act_comes() -> None:
    pair = play((R, "ordered"), (R, "kept"))
    assert fold([pair.acts[2], pair.acts[0]]).requested.stage is Stage.NONE
    assert fold([pair.acts[2], pair.acts[0], pair.acts[1]]).requested.stage is Stage.KEPT


def test_without_the_opening_everything_waits() -> None:
    pair = play()
    act = pair.do(R, "acknowledge", read=())
    view = fold([act])
    assert view.opening is None
    assert view.matter == pair.acts[0].id
    assert of(view, act) is Standing.HELD


@pytest.mark.parametrize("member", ["prev", "answers", "read"])
def test_an_act_that_names_what_nobody_has_waits(member: str) -> None:
    pair = play((R, "seen"))
    changes: dict[str, Json] = {member: {Q: ELSEWHERE} if member == "read" else ELSEWHERE}
    act = newer(next_act(pair.acts, R, "acknowledge"), **changes)
    assert of(fold([*pair.acts, act]), act) is Standing.HELD


def test_an_opening_that_names_what_nobody_has_opens_nothing() -> None:
    act = opening(read=((R, ELSEWHERE),))
    view = fold([act])
    assert of(view, act) is Standing.HELD
    assert view.opening is None


def test_acts_that_name_each_other_wait_for_ever() -> None:
    pair = play((R, "seen"), (R, "acknowledge"))
    first, second = pair.acts[1:]
    # No digest can do this; the fold must end even so.
    looped = replace(first, prev=second.id)
    alone = replace(second, prev=second.id)
    for circle in ([pair.acts[0], looped, second], [pair.acts[0], first, alone]):
        view = fold(circle)
        assert Standing.HELD in {one.standing for one in view.judged}
        assert len(view.judged) == 3


# ---------------------------------------------------------------- unknown


@pytest.mark.parametrize("changes", [{"step": "hand_over"}, {"kind": "freeze"}, {"v": 2}])
def test_what_is_not_known_here_is_kept_and_said_in_words(changes: dict[str, Json]) -> None:
    pair = play((R, "acknowledge"))
    act = newer(next_act(pair.acts, R, "seen"), **changes)
    view = fold([*pair.acts, act])
    found = next(one for one in view.judged if one.act.id == act.id)
    assert found.standing is Standing.UNKNOWN
    assert "Bring this node up to date" in str(found.why)
    assert view.requested.stage is Stage.ACK


@pytest.mark.parametrize("changes", [{"kind": "freeze"}, {"v": 2}])
def test_an_unknown_act_moves_nothing_although_its_step_is_a_known_word(
    changes: dict[str, Json],
) -> None:
    pair = play((R, "acknowledge"))
    pair.add(newer(next_act(pair.acts, R, "kept"), **changes))
    assert (pair.view.requested.stage, pair.view.requested.until) == (Stage.ACK, None)


@pytest.mark.parametrize("changes", [{"kind": "freeze"}, {"v": 2}])
def test_an_unknown_act_answers_and_closes_nothing(changes: dict[str, Json]) -> None:
    pair = play((R, "kept"), (Q, "follow_up"), (R, "cannot"))
    cannot = pair.acts[-1].id
    for step, answers in (("go_on", cannot), ("withdraw", None)):
        pair.add(newer(next_act(pair.acts, Q, step, answers=answers), **changes))
        pair.meet()
    assert {one.ask for one in pair.view.questions} == {Ask.FOLLOW_UP, Ask.GO_ON}
    ordered, expired = (next_act(pair.acts, R, step) for step in ("ordered", "expired"))
    for act, rule in ((ordered, 5), (expired, 7)):
        found = {one.act.id: one.rule for one in fold([*pair.acts, act]).judged}
        assert found[act.id] == rule


@pytest.mark.parametrize("changes", [{"step": "hand_over"}, {"kind": "freeze"}, {"v": 7}])
def test_after_an_unknown_act_a_lane_goes_on_as_far_as_the_table_allows(
    changes: dict[str, Json],
) -> None:
    pair = play((R, "acknowledge"))
    pair.add(newer(next_act(pair.acts, R, "seen"), **changes))
    pair.meet()
    kept = pair.do(R, "kept")
    pair.meet()
    ack = pair.do(R, "acknowledge")
    assert pair.judged(kept).standing is Standing.COUNTS
    assert pair.judged(ack).rule == 5
    assert pair.view.requested.stage is Stage.KEPT


def test_an_unknown_act_heals_no_gap() -> None:
    pair = play((R, "seen"))
    gap = pair.add(newer(next_act(pair.acts, R, "seen"), step="hand_over", seq=5))
    act = pair.add(again(next_act(pair.acts[:2], R, "kept"), seq=6, prev=gap.id))
    assert pair.judged(gap).standing is Standing.UNKNOWN
    assert pair.judged(act).rule == 2


@pytest.mark.parametrize(
    "changes",
    [{"step": "follow_up_2"}, {"v": 2, "step": "follow_up"}, {"kind": "x", "step": "follow_up"}],
)
def test_an_act_that_answers_an_unknown_one_answers_nothing_known(
    changes: dict[str, Json],
) -> None:
    pair = play((R, "kept"))
    unknown = pair.add(newer(next_act(pair.acts, Q, "seen"), **changes))
    pair.meet()
    act = pair.do(R, "held", answers=unknown.id)
    assert pair.judged(act).rule == 6


@pytest.mark.parametrize("changes", [{"kind": "freeze"}, {"v": 2}])
def test_of_a_matter_of_an_unknown_kind_nothing_is_judged(changes: dict[str, Json]) -> None:
    first = newer(opening(), **changes)
    act = signed(matter=first.id, read=((Q, first.id),))
    view = fold([first, act])
    assert set(standings(view).values()) == {"unknown"}
    assert not view.understood
    assert view.opening == first
    assert (allowed(view, R), place(view, R)) == ((), None)


def test_an_unknown_opening_step_of_a_known_kind_asks_nothing() -> None:
    first = newer(opening(), step="request_2")
    act = signed(matter=first.id, read=((Q, first.id),))
    view = fold([first, act])
    assert (of(view, first), of(view, act)) == (Standing.UNKNOWN, Standing.COUNTS)
    assert (view.requesting.stage, view.requested.stage) == (Stage.NONE, Stage.ACK)


# ---------------------------------------------------------------- frozen


def test_two_acts_under_one_number_freeze_the_lane_from_there() -> None:
    pair = play((R, "ordered"), (R, "kept"), (R, "seen"))
    twin = again(pair.acts[2], until=pair.acts[2].at)
    view = fold([*pair.acts, twin])
    assert [of(view, act) for act in (*pair.acts, twin)] == [
        Standing.COUNTS,
        Standing.COUNTS,
        Standing.FROZEN,
        Standing.FROZEN,
        Standing.FROZEN,
    ]
    assert view.requested.stage is Stage.ORDERED
    assert not view.requested.sound
    (fork,) = view.forks
    assert (fork.author, fork.seq) == (R, 1)
    assert [fork.first, fork.second] == sorted([pair.acts[2], twin], key=lambda act: act.id)
    why = str(next(one.why for one in view.judged if one.act.id == twin.id))
    assert "two different entries under one number (1)" in why


def test_a_fork_is_proof_although_one_of_the_two_waits() -> None:
    pair = play((R, "ordered"))
    twin = again(pair.acts[1], prev=ELSEWHERE)
    view = fold([*pair.acts, twin])
    assert (of(view, pair.acts[1]), of(view, twin)) == (Standing.FROZEN, Standing.HELD)
    assert len(view.forks) == 1


def test_a_forked_lane_freezes_no_other() -> None:
    pair = play((R, "ordered"))
    twin = again(pair.acts[1], lang="ar")
    pair.held[Q].append(twin)
    act = pair.do(Q, "withdraw")
    assert pair.judged(act).standing is Standing.COUNTS
    assert pair.view.requesting.stage is Stage.WITHDRAWN
    assert place(pair.view, R) is None
    assert allowed(pair.view, R) == ()


def test_an_answer_to_an_act_that_a_fork_froze_later_stays() -> None:
    pair = play((R, "kept"), (Q, "follow_up"), (R, "held"))
    twin = again(pair.acts[2], lang="fr")
    view = fold([*pair.acts, twin])
    assert of(view, pair.acts[2]) is Standing.FROZEN
    assert of(view, pair.acts[3]) is Standing.COUNTS
    assert (view.requesting.stage, view.requested.stage) == (Stage.OPEN, Stage.HELD)


def test_a_second_opening_number_freezes_the_request_itself() -> None:
    pair = play((R, "acknowledge"))
    twin = signed(matter=pair.acts[0].id, author=Q, step="seen", seq=0)
    view = fold([*pair.acts, twin])
    assert of(view, pair.acts[0]) is Standing.FROZEN
    assert view.requesting.stage is Stage.NONE
    assert of(view, pair.acts[1]) is Standing.COUNTS


def test_the_proof_is_of_the_lowest_number_signed_twice() -> None:
    pair = play((R, "ordered"), (R, "kept"))
    twins = [again(act, lang="ar") for act in pair.acts[1:]]
    (fork,) = fold([*pair.acts, *twins]).forks
    assert fork.seq == 0


def test_both_lanes_can_be_forked() -> None:
    pair = play((R, "ordered"), (Q, "withdraw"))
    twins = [again(act, lang="ar") for act in pair.acts[1:]]
    view = fold([*pair.acts, *twins])
    assert [fork.author for fork in view.forks] == [R, Q]
    assert (view.requesting.stage, view.requested.stage) == (Stage.OPEN, Stage.NONE)
