"""Whatever two States do and in whatever order it arrives, both desks come to one file."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from comity.actions.certificate import certificate
from comity.actions.deliver import next_call
from comity.actions.draft import DraftPart, Step
from comity.actions.ports import HeldAct, House
from comity.actions.receive import receive
from comity.actions.state import state_act
from comity.actions.verdict import Verdict
from comity.actions.verify import verify_certificate
from comity.matters.fold import Standing, fold
from comity.matters.stages import Member
from comity.matters.steps import Choice, choices
from tests.actions.desks import DAY, Desks, desks
from tests.suite0 import SUITES_0

PARTS = {
    Member.REASON: DraftPart(role="reason", data=b"because"),
    Member.ORDER: DraftPart(role="order", data=b'{"v":1}'),
    Member.KEPT: DraftPart(role="kept", data=b'{"v":1}'),
}


def step_of(two: Desks, me: str, choice: Choice, chance: Random) -> Step:
    """Return a step with what the table's line needs, and perhaps what it may have."""
    carried = choice.needs | {one for one in choice.may if chance.random() < 0.5}
    carried -= set() if choice.answers else {Member.ANSWERS}
    later = two.clock.now() + timedelta(days=chance.randrange(1, 200))
    return Step(
        step=choice.step.value,
        answers=chance.choice(choice.answers) if Member.ANSWERS in carried else None,
        until=later if Member.UNTIL in carried else None,
        results=((1, "kept"),) if Member.RESULTS in carried else (),
        grounds=("B29_5B_essential",) if Member.GROUNDS in carried else (),
        refs=((me, f"R-{chance.randrange(99)}"),) if Member.REFS in carried else (),
        parts=tuple(part for member, part in PARTS.items() if member in carried),
    )


def play(two: Desks, house: House, matter: str, chance: Random) -> None:
    """Take one of the steps that a State may take now, if there is any."""
    view = fold(one.act for one in two.held(house, matter))
    found = choices(view, house.me)
    if found:
        choice = chance.choice(found)
        state_act(house, matter, step_of(two, house.me, choice, chance))


def acts(two: Desks, house: House, matter: str) -> dict[str, HeldAct]:
    return {one.act.id: one for one in two.held(house, matter)}


def agree(two: Desks, matter: str) -> None:
    north, jin = (acts(two, house, matter) for house in (two.north, two.jin))
    assert set(north) == set(jin)
    assert {one.envelope for one in north.values()} == {one.envelope for one in jin.values()}
    views = [fold(one.act for one in held.values()) for held in (north, jin)]
    assert views[0].judged == views[1].judged
    assert {judged.standing for judged in views[0].judged} == {Standing.COUNTS}
    rows = [house.store.read(lambda view: view.row(matter)) for house in (two.north, two.jin)]
    assert rows[0] is not None
    assert rows[1] is not None
    assert (rows[0].code, rows[0].tag, rows[0].until, rows[0].closed) == (
        rows[1].code,
        rows[1].tag,
        rows[1].until,
        rows[1].closed,
    )


@given(seed=st.integers(0, 2**32), moves=st.lists(st.sampled_from("njxt"), max_size=14))
def test_both_desks_agree_after_each_exchange_and_what_is_kept_can_be_certified(
    seed: int, moves: list[str]
) -> None:
    chance = Random(seed)
    two = desks()
    matter = two.ask()
    for move in [*moves, "x"]:
        if move == "x":
            two.exchange()
            agree(two, matter)
        elif move == "t":
            two.clock.pass_(timedelta(hours=chance.randrange(1, 30)))
        else:
            play(two, two.north if move == "n" else two.jin, matter, chance)
    roots = {name: state.root.public.id for name, state in two.states.items()}
    kept = any(one.act.step == "kept" for one in two.held(two.north, matter))
    for house in (two.north, two.jin) if kept else ():
        report = verify_certificate(
            certificate(house, matter), roots, now=two.clock.now(), suites=SUITES_0
        )
        assert report.verdict is Verdict.INTACT
        assert report.stated is not None
        assert report.stated.kept == 1


@given(seed=st.integers(0, 2**32), lost=st.lists(st.booleans(), min_size=1, max_size=12))
def test_calls_and_answers_that_are_lost_lose_no_act_and_make_none_twice(
    seed: int, lost: list[bool]
) -> None:
    chance = Random(seed)
    two = desks()
    matter = two.ask()
    for answer_is_lost in lost:
        sender, receiver = (two.north, two.jin) if chance.random() < 0.5 else (two.jin, two.north)
        play(two, sender, matter, chance)
        call = next_call(sender, receiver.me)
        if call is not None and answer_is_lost:
            receive(receiver, call.body)
        two.clock.pass_(timedelta(seconds=chance.randrange(1, 90)))
    two.clock.pass_(DAY)
    two.exchange()
    agree(two, matter)
    for house in two.houses.values():
        assert house.store.read(lambda view: view.deliveries(waiting_only=True)) == ()
        assert house.store.read(lambda view: view.alarms(limit=9)) == ()
