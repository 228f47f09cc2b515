"""Acts and parts: what goes in comes out, once, in order."""

from dataclasses import replace
from operator import methodcaller

import pytest

from comity.actions.ports import Store
from comity.records.errors import AlreadyHeld, LaneTaken, NotHeld, PartsDoNotFit
from tests.records.samples import ME, PEER, adds, after, opening, part


def check_an_act_comes_back_as_it_was_stored(store: Store) -> None:
    first = opening()
    store.write(adds(first, parts=(part(),)))
    assert store.read(lambda view: view.act(first.act.id)) == first


def check_an_act_that_is_not_held_is_none(store: Store) -> None:
    assert store.read(lambda view: view.act(opening().act.id)) is None
    assert store.read(lambda view: view.acts_of(opening().act.id)) == ()
    assert store.read(lambda view: view.parts_of(opening().act.id)) == ()


def check_the_acts_of_a_matter_come_in_the_order_of_storing(store: Store) -> None:
    first = opening(1)
    acts = [first, *(after(first, seq) for seq in (3, 1, 2))]
    store.write(adds(first, parts=(None,)))
    store.write(adds(*acts[1:]))
    store.write(adds(opening(2), parts=(None,)))
    assert store.read(lambda view: view.acts_of(first.act.id)) == tuple(acts)


def check_an_act_whose_opening_is_missing_is_held(store: Store) -> None:
    first = opening()
    late = after(first, 4)
    store.write(adds(late))
    assert store.read(lambda view: view.acts_of(first.act.id)) == (late,)
    assert store.read(lambda view: view.act(first.act.id)) is None


def check_an_act_is_stored_once(store: Store) -> None:
    first = opening(by=PEER)
    store.write(adds(first, parts=(part(),)))
    again = replace(first, envelope=b"another signature")
    with pytest.raises(AlreadyHeld) as told:
        store.write(adds(again, parts=(None,)))
    assert told.value.code == "already-held"
    assert store.read(lambda view: view.act(first.act.id)) == first
    assert store.read(lambda view: view.parts_of(first.act.id)) == (part(),)


def check_this_states_lane_does_not_fork(store: Store) -> None:
    first = opening()
    store.write(adds(first, parts=(part(),)))
    store.write(adds(after(first, 1, by=ME, ref="one")))
    with pytest.raises(LaneTaken) as told:
        store.write(adds(after(first, 1, by=ME, ref="two")))
    assert told.value.code == "lane-taken"
    assert len(store.read(lambda view: view.acts_of(first.act.id))) == 2


def check_a_peer_may_fork_its_lane_and_both_acts_are_kept(store: Store) -> None:
    first = opening()
    one, two = after(first, 0, ref="one"), after(first, 0, ref="two")
    store.write(adds(first, parts=(part(),)))
    store.write(adds(one))
    store.write(adds(two))
    assert store.read(lambda view: view.acts_of(first.act.id)) == (first, one, two)


def check_one_number_in_two_matters_is_no_fork(store: Store) -> None:
    store.write(adds(opening(1), opening(2), parts=(part(),)))
    assert store.read(lambda view: view.act(opening(2).act.id)) == opening(2)


def check_parts_come_back_by_index(store: Store) -> None:
    parts = (part(0), part(1, "reason", b"\0\xff" * 999), part(2, "order", b"x"))
    first = opening(parts=parts)
    store.write(adds(first, parts=parts))
    assert store.read(lambda view: view.parts_of(first.act.id)) == parts


def check_a_part_that_is_not_here_is_none_until_it_comes(store: Store) -> None:
    parts = (part(0), part(1, "reason", b"later"))
    first = opening(parts=parts)
    store.write(adds(first, parts=(parts[0], None)))
    assert store.read(lambda view: view.parts_of(first.act.id)) == (parts[0], None)
    store.write(lambda unit: unit.add_part(first.act.id, parts[1]))
    assert store.read(lambda view: view.parts_of(first.act.id)) == parts


def check_a_part_that_is_held_stays(store: Store) -> None:
    first = opening()
    store.write(adds(first, parts=(part(),)))
    store.write(lambda unit: unit.add_part(first.act.id, part(0, data=b"other bytes")))
    assert store.read(lambda view: view.parts_of(first.act.id)) == (part(),)


def check_the_parts_of_two_matters_are_apart(store: Store) -> None:
    one, two = part(0, data=b"one"), part(0, data=b"two")
    store.write(adds(opening(1, parts=(one,)), parts=(one,)))
    store.write(adds(opening(2, parts=(two,)), parts=(two,)))
    found = store.read(
        lambda view: [view.parts_of(opening(n, parts=(p,)).act.id) for n, p in ((1, one), (2, two))]
    )
    assert found == [(one,), (two,)]


def check_parts_that_do_not_fit_the_header_are_refused(store: Store) -> None:
    for parts in ((), (part(), part(1)), (part(1),)):
        with pytest.raises(PartsDoNotFit):
            store.write(adds(opening(), parts=parts))
    store.write(adds(opening(), parts=(None,)))
    for index in (-1, 1):
        with pytest.raises(PartsDoNotFit):
            store.write(methodcaller("add_part", opening().act.id, part(index)))


def check_a_part_without_its_act_is_refused(store: Store) -> None:
    with pytest.raises(NotHeld) as told:
        store.write(lambda unit: unit.add_part(opening().act.id, part()))
    assert told.value.code == "not-held"
