"""Deliveries: contiguous numbers, leases, what people see, what comes back."""

from dataclasses import replace
from datetime import timedelta
from operator import methodcaller

import pytest

from comity.actions.ports import Delivery, HeldAct, Store, Unit
from comity.records.errors import AlreadyHeld, NotHeld, NumberTaken
from tests.records.samples import NOW, OTHER, PEER, SECOND, adds, delivery, opening

FAR = NOW + timedelta(days=1)


def queue(store: Store, *numbers: int, peer: str = PEER) -> list[HeldAct]:
    """Store an act for each number and queue it for ``peer``; return the acts."""
    acts = [opening(number) for number in numbers]
    for one in acts:
        if store.read(methodcaller("act", one.act.id)) is None:
            store.write(adds(one, parts=(None,)))
        store.write(
            methodcaller("add_delivery", peer=peer, act_id=one.act.id, urgent=False, now=NOW)
        )
    return acts


def waiting(store: Store) -> list[int]:
    return [one.n for one in store.read(lambda view: view.deliveries(waiting_only=True))]


def lease(store: Store, *, now: timedelta = SECOND, limit: int = 9, peer: str = PEER) -> list[int]:
    leased = store.write(
        lambda unit: unit.lease(peer, now=NOW + now, until=NOW + now + SECOND, limit=limit)
    )
    return [one.n for one in leased]


def one(store: Store, n: int) -> Delivery:
    found = store.read(lambda view: view.deliveries(waiting_only=False))
    return next(delivery for delivery in found if delivery.n == n)


def check_numbers_of_a_pair_rise_by_one_from_one(store: Store) -> None:
    queue(store, 1, 2, 3)
    queue(store, 2, peer=OTHER)
    given = store.read(lambda view: [view.given(peer) for peer in (PEER, OTHER, "XZR")])
    assert given == [3, 1, 0]
    assert store.read(lambda view: view.own_number(PEER, 2)) == opening(2).act.id
    assert store.read(lambda view: view.own_number(OTHER, 1)) == opening(2).act.id
    assert store.read(lambda view: view.own_number(OTHER, 2)) is None


def check_what_waits_for_a_peer_that_is_back_is_due_at_once(store: Store) -> None:
    queue(store, 1, 2, 3)
    queue(store, 2, peer=OTHER)
    lease(store, limit=1)
    for n in (2, 3):
        store.write(methodcaller("update_delivery", replace(one(store, n), next_at=FAR)))
    assert store.write(lambda unit: unit.hasten(PEER, NOW + SECOND)) == 2
    assert one(store, 1).next_at == NOW
    assert [one(store, n).next_at for n in (2, 3)] == [NOW + SECOND] * 2
    assert store.write(lambda unit: unit.hasten(PEER, NOW + SECOND)) == 0


def check_the_numbers_a_peer_receipted_above_a_number(store: Store) -> None:
    queue(store, 1, 2, 3)
    for n in (1, 3):
        settled = replace(one(store, n), delivered_at=NOW, code="stored")
        store.write(methodcaller("update_delivery", settled))
    assert store.read(lambda view: view.delivered_above(PEER, 0)) == (1, 3)
    assert store.read(lambda view: view.delivered_above(PEER, 1)) == (3,)
    assert store.read(lambda view: view.delivered_above(OTHER, 0)) == ()


def check_a_delivery_comes_back_as_it_was_queued(store: Store) -> None:
    first = opening()
    store.write(adds(first, parts=(None,)))
    n = store.write(
        lambda unit: unit.add_delivery(peer=PEER, act_id=first.act.id, urgent=True, now=NOW)
    )
    assert n == 1
    expected = (delivery(first.act.id, 1, urgent=True),)
    assert store.read(lambda view: view.deliveries(waiting_only=True)) == expected
    assert store.read(lambda view: view.deliveries_of(first.act.id)) == expected


def check_an_act_and_its_delivery_may_be_stored_in_either_order(store: Store) -> None:
    first = opening()

    def work(unit: Unit) -> None:
        unit.add_delivery(peer=PEER, act_id=first.act.id, urgent=False, now=NOW)
        unit.add_act(first, (None,))

    store.write(work)
    assert waiting(store) == [1]


def check_an_act_that_is_not_held_is_not_queued(store: Store) -> None:
    with pytest.raises(NotHeld):
        store.write(
            lambda unit: unit.add_delivery(
                peer=PEER, act_id=opening().act.id, urgent=False, now=NOW
            )
        )
    assert store.read(lambda view: view.given(PEER)) == 0


def check_an_act_has_one_number_for_a_peer(store: Store) -> None:
    queue(store, 1)
    with pytest.raises(AlreadyHeld):
        queue(store, 1)
    assert store.read(lambda view: view.given(PEER)) == 1


def check_deliveries_are_shown_oldest_first(store: Store) -> None:
    store.write(adds(*map(opening, range(4)), parts=(None,)))
    for number, (peer, age) in enumerate([(PEER, 5), (OTHER, 5), (PEER, 9), (OTHER, 1)]):
        old = delivery(opening(number).act.id, number + 1, peer=peer, created=NOW - age * SECOND)
        store.write(methodcaller("restore_delivery", old))
    found = store.read(lambda view: view.deliveries(waiting_only=False))
    assert [one.n for one in found] == [3, 1, 2, 4]


def check_the_deliveries_of_an_act_come_by_peer(store: Store) -> None:
    queue(store, 1, peer=OTHER)
    queue(store, 1, peer=PEER)
    found = store.read(lambda view: view.deliveries_of(opening(1).act.id))
    assert [one.peer for one in found] == [PEER, OTHER]


def check_a_lease_takes_the_lowest_numbers_that_are_due(store: Store) -> None:
    queue(store, 1, 2, 3, 4)
    queue(store, 9, peer=OTHER)
    later = replace(one(store, 1), next_at=FAR)
    store.write(lambda unit: unit.update_delivery(later))
    assert lease(store, limit=2) == [2, 3]
    assert lease(store, limit=2) == [4]


def check_a_leased_delivery_is_nobody_elses_until_the_lease_ends(store: Store) -> None:
    queue(store, 1)
    assert lease(store) == [1]
    assert lease(store) == []
    assert store.read(lambda view: view.due_peers(NOW + SECOND)) == ()
    assert store.read(lambda view: view.due_peers(NOW + 2 * SECOND)) == (PEER,)
    assert lease(store, now=2 * SECOND) == [1]


def check_a_lease_returns_the_delivery_unchanged(store: Store) -> None:
    acts = queue(store, 1)
    leased = store.write(lambda unit: unit.lease(PEER, now=NOW, until=FAR, limit=1))
    assert leased == (delivery(acts[0].act.id, 1),)


def check_an_update_is_stored_and_ends_the_lease(store: Store) -> None:
    queue(store, 1)
    lease(store)
    tried = replace(
        one(store, 1),
        attempts=3,
        next_at=NOW + SECOND,
        tried_at=NOW + SECOND,
        error="the peer did not answer",
    )
    store.write(lambda unit: unit.update_delivery(tried))
    assert one(store, 1) == tried
    assert lease(store) == [1]


def check_what_is_delivered_waits_no_more(store: Store) -> None:
    queue(store, 1, 2)
    done = replace(one(store, 1), delivered_at=NOW + SECOND, code="stored")
    store.write(lambda unit: unit.update_delivery(done))
    assert one(store, 1) == done
    assert waiting(store) == [2]
    assert lease(store) == [2]


def check_peers_are_due_when_their_time_has_come(store: Store) -> None:
    queue(store, 1)
    queue(store, 2, peer=OTHER)
    assert store.read(lambda view: view.due_peers(NOW - SECOND)) == ()
    assert store.read(lambda view: view.due_peers(NOW)) == (PEER, OTHER)


def check_an_update_of_no_delivery_is_refused(store: Store) -> None:
    acts = queue(store, 1)
    for wrong in (
        delivery(acts[0].act.id, 2),
        delivery(opening(5).act.id, 1),
        delivery(acts[0].act.id, 1, peer=OTHER),
    ):
        with pytest.raises(NotHeld):
            store.write(methodcaller("update_delivery", wrong))


def check_a_delivery_comes_back_under_its_old_number(store: Store) -> None:
    store.write(adds(opening(1), opening(2), parts=(None,)))
    old = delivery(opening(1).act.id, 7, delivered_at=NOW, code="stored", attempts=2)
    store.write(lambda unit: unit.restore_delivery(old))
    store.write(lambda unit: unit.restore_delivery(old))
    assert store.read(lambda view: view.deliveries(waiting_only=False)) == (old,)
    assert store.read(lambda view: view.given(PEER)) == 7
    n = store.write(
        lambda unit: unit.add_delivery(peer=PEER, act_id=opening(2).act.id, urgent=False, now=NOW)
    )
    assert n == 8


def check_a_number_that_came_back_belongs_to_one_act(store: Store) -> None:
    queue(store, 1, 2)
    for wrong in (delivery(opening(2).act.id, 1), delivery(opening(2).act.id, 9)):
        with pytest.raises(NumberTaken):
            store.write(methodcaller("restore_delivery", wrong))
    assert store.read(lambda view: view.given(PEER)) == 2


def check_what_a_restored_peer_lost_is_due_again(store: Store) -> None:
    queue(store, 1, 2, 3)
    queue(store, 1, peer=OTHER)
    for n in (1, 2):
        done = replace(one(store, n), delivered_at=NOW, code="stored", attempts=4, tried_at=NOW)
        store.write(methodcaller("update_delivery", done))
    lease(store)
    assert store.write(lambda unit: unit.resend_from(PEER, 2, NOW + SECOND)) == 2
    assert one(store, 2) == delivery(opening(2).act.id, 2, next_at=NOW + SECOND, tried_at=NOW)
    assert waiting(store) == [2, 3, 1]
    assert lease(store) == [2, 3]
    assert store.write(lambda unit: unit.resend_from(PEER, 9, NOW)) == 0
