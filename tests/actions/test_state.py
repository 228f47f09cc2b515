"""An act is signed outside the transaction, and stored whole or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

import pytest

from comity.actions.acknowledge import acknowledge
from comity.actions.draft import Frame, Step
from comity.actions.errors import LaneMovedError, NotAllowedError, NotFoundError
from comity.actions.extend import reason_part
from comity.actions.ports import House, Store, Unit, View
from comity.actions.state import TRIES, open_matter, state_act
from comity.actions.talk import ask_info
from comity.actions.withdraw import withdraw
from comity.matters.fold import fold
from comity.seal.dsse import ACT_TYPE, prove, read_envelope
from tests.actions.desks import OFFICER, Desks, desks
from tests.actions.hostile import forge, post, request
from tests.memory_store import MemoryStore
from tests.world.nodes import AlreadySigned

T = TypeVar("T")


class Raced:
    """A store in which a colleague is quicker, for as many writes as there are colleagues."""

    def __init__(self, inner: MemoryStore, colleagues: Iterable[Callable[[], object]]) -> None:
        self.inner = inner
        self.colleagues = list(colleagues)
        self.writes = 0

    def read(self, work: Callable[[View], T]) -> T:
        return self.inner.read(work)

    def write(self, work: Callable[[Unit], T]) -> T:
        self.writes += 1
        if self.colleagues:
            self.colleagues.pop(0)()
        return self.inner.write(work)


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def raced(two: Desks, *colleagues: Callable[[], object]) -> tuple[House, Raced]:
    store = Raced(two.stores["XJN"], colleagues)
    found: Store = store
    return replace(two.jin, store=found), store


def lane(two: Desks, matter: str) -> list[tuple[int, str]]:
    held = two.held(two.jin, matter)
    return [(one.act.seq, one.act.step) for one in held if one.act.author == "XJN"]


def test_a_colleague_who_was_quicker_comes_first_and_our_step_follows(two: Desks) -> None:
    matter = two.ask()
    house, store = raced(two, lambda: acknowledge(two.jin, matter, by=OFFICER, ours="J-1"))
    held = ask_info(house, matter, by=OFFICER, question="Which port?")
    assert (held.act.seq, store.writes) == (1, 2)
    assert lane(two, matter) == [(0, "acknowledge"), (1, "ask_info")]
    two.exchange()
    assert len(two.held(two.north, matter)) == 3


def test_a_step_that_no_longer_fits_after_the_colleague_is_not_stored(two: Desks) -> None:
    matter = two.ask()
    first = Step(step="acknowledge")
    house, _ = raced(two, lambda: state_act(two.jin, matter, first))
    with pytest.raises(NotAllowedError):
        state_act(house, matter, first)
    assert lane(two, matter) == [(0, "acknowledge")]


def test_a_lane_that_never_rests_is_given_up_and_people_are_told(two: Desks) -> None:
    matter = two.ask()
    house, store = raced(
        two,
        *(
            lambda n=n: ask_info(two.jin, matter, by=OFFICER, question=f"{n}?")
            for n in range(TRIES)
        ),
    )
    with pytest.raises(LaneMovedError) as caught:
        ask_info(house, matter, by=OFFICER, question="Mine?")
    assert caught.value.code == "lane-moved"
    assert store.writes == TRIES
    assert [step for _, step in lane(two, matter)] == ["ask_info"] * TRIES


def test_the_other_side_moving_at_the_same_moment_is_no_hindrance(two: Desks) -> None:
    matter = two.ask()

    def withdrawn() -> None:
        withdraw(two.north, matter, by=OFFICER)
        made = two.held(two.north, matter)[-1]
        two.stores["XJN"].write(lambda unit: unit.add_act(made, ()))

    house, store = raced(two, withdrawn)
    held = acknowledge(house, matter, by=OFFICER, ours="J-1")
    assert (held.act.seq, store.writes) == (0, 1)
    two.exchange()
    assert two.code(two.north, matter) == two.code(two.jin, matter) == "withdrawn"


def test_what_the_signer_refuses_is_not_stored(two: Desks) -> None:
    matter = two.ask()
    two.jin.signer.confirm([(matter, 0, "sha256:" + "0" * 64)])
    before = two.stores["XJN"].snapshot()
    with pytest.raises(AlreadySigned):
        acknowledge(two.jin, matter, by=OFFICER, ours="J-1")
    after = two.stores["XJN"].snapshot()
    assert (after.acts, after.deliveries, after.rows) == (
        before.acts,
        before.deliveries,
        before.rows,
    )


def without(two: Desks, matter: str, *steps: str) -> None:
    """Take acts of a matter out of Jinhai's records, as a damaged disk would."""
    tables = two.stores["XJN"].snapshot()
    kept = tuple(one for one in tables.matters[matter] if one.act.step not in steps)
    tables.matters[matter] = kept
    two.stores["XJN"].load(tables)


def test_with_an_act_of_our_own_missing_nothing_is_signed(two: Desks) -> None:
    matter = two.ask()
    acknowledge(two.jin, matter, by=OFFICER, ours="J-1")
    ask_info(two.jin, matter, by=OFFICER, question="Which port?")
    without(two, matter, "acknowledge")
    with pytest.raises(NotAllowedError) as caught:
        ask_info(two.jin, matter, by=OFFICER, question="And which day?")
    assert "administrator" in str(caught.value)


def test_with_a_fork_in_our_own_lane_nothing_is_signed(two: Desks) -> None:
    matter = two.ask()
    opening = two.held(two.jin, matter)[0].act
    for step in ("seen", "acknowledge"):
        made = forge(
            two, opening, Step(step=step), seq=0, prev=None, author="XJN", read=(("XNR", matter),)
        )
        tables = two.stores["XJN"].snapshot()
        held = replace(two.held(two.jin, matter)[0], act=made.act, envelope=made.envelope)
        tables.matters[matter] = (*tables.matters[matter], held)
        two.stores["XJN"].load(tables)
    with pytest.raises(NotAllowedError) as caught:
        ask_info(two.jin, matter, by=OFFICER, question="Which port?")
    assert "contradict" in str(caught.value)


def test_a_file_whose_request_has_not_come_cannot_be_written_in(two: Desks) -> None:
    opening = request(two)
    child = forge(two, opening.act, Step(step="withdraw"), seq=1, prev=opening.act.id)
    post(two.north, two.jin, child.out(2))
    with pytest.raises(NotFoundError):
        acknowledge(two.jin, opening.act.id, by=OFFICER, ours="J-1")


def test_absent_and_forbidden_are_told_in_the_same_words(two: Desks) -> None:
    told = set()
    for matter in ("", "sha256:" + "0" * 64, two.ask()[:-1]):
        with pytest.raises(NotFoundError) as caught:
            state_act(two.jin, matter, Step(step="seen"))
        told.add(str(caught.value))
    assert len(told) == 1


def test_a_stored_act_is_proven_by_the_acts_key_and_queued_for_the_peer_alone(two: Desks) -> None:
    matter = two.ask()
    held = acknowledge(two.jin, matter, by=OFFICER, ours="J-1")
    proven = prove(read_envelope(held.envelope), two.states["XJN"].acts.public, ACT_TYPE)
    assert proven.payload == held.act.header
    queued = two.jin.store.read(lambda view: view.deliveries_of(held.act.id))
    assert [(one.peer, one.n, one.delivered_at) for one in queued] == [("XNR", 1, None)]


@pytest.mark.parametrize(
    ("urgency", "urgent"),
    [
        ("routine", False),
        ("expedited_vulnerable", False),
        ("urgent_oral", True),
        ("urgent_interpol", True),
        ("immediate_247", True),
        ("emergency_life_safety", True),
    ],
)
def test_every_act_of_an_urgent_matter_is_tried_again_quickly(
    two: Desks, urgency: str, urgent: bool
) -> None:
    matter = two.ask(urgency=urgency)
    withdraw(two.north, matter, by=OFFICER)
    queued = two.north.store.read(lambda view: view.deliveries(waiting_only=False))
    assert [one.urgent for one in queued] == [urgent, urgent]


def test_a_later_act_repeats_the_opening_and_names_what_was_read(two: Desks) -> None:
    matter = two.ask()
    opening = two.held(two.jin, matter)[0].act
    act = acknowledge(two.jin, matter, by=OFFICER, ours="J-1").act
    assert (act.parties, act.basis, act.form) == (opening.parties, opening.basis, opening.form)
    assert (act.channel, act.urgency, act.lang) == (
        opening.channel,
        opening.urgency,
        opening.lang,
    )
    assert (act.matter, act.seq, act.prev) == (matter, 0, None)
    assert act.read == (("XNR", matter),)
    assert (act.offence, act.nonce, act.items, act.until) == ("", None, 0, None)
    two.exchange()
    north = withdraw(two.north, matter, by=OFFICER).act
    assert (north.seq, north.prev, north.read) == (1, matter, (("XJN", act.id),))


def test_a_matter_opens_only_with_a_request_that_is_whole(two: Desks) -> None:
    frame = Frame(
        parties=(("XJN", "requested"), ("XNR", "requesting")),
        instrument="budapest",
        article="29",
        form="uncc",
        channel="poc_247",
        urgency="routine",
        offence="A13",
        lang="en",
        edition="sha256:" + "0" * 64,
    )
    for step in (
        Step(step="withdraw"),
        Step(step="request", items=1, until=two.clock.now()),
        Step(step="request", parts=reason_part("why")),
    ):
        with pytest.raises(NotAllowedError):
            open_matter(two.north, step, frame)
    assert two.stores["XNR"].snapshot().acts == {}


def test_the_sentence_of_a_refused_step_is_that_of_the_rule(two: Desks) -> None:
    matter = two.ask()
    opening = two.held(two.jin, matter)[0].act
    made = forge(
        two, opening, Step(step="held"), seq=0, prev=None, author="XJN", read=(("XNR", matter),)
    )
    (void,) = (one for one in fold((opening, made.act)).judged if one.act.id == made.act.id)
    with pytest.raises(NotAllowedError) as caught:
        state_act(two.jin, matter, Step(step="held"))
    assert caught.value.sentence == void.why
