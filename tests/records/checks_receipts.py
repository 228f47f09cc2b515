"""Numbers received, receipts given and taken: gaps are seen, the first receipt stays."""

from operator import methodcaller

import pytest

from comity.actions.ports import Store, Unit
from comity.records.errors import AlreadyHeld, NotHeld, NumberTaken
from tests.records.samples import OTHER, PEER, adds, opening, proof, receipt


def hold(store: Store, count: int) -> list[str]:
    """Store acts of the peer; return their ids."""
    acts = [opening(number, by=PEER) for number in range(count)]
    store.write(adds(*acts, parts=(None,)))
    return [one.act.id for one in acts]


def note(store: Store, ids: list[str], *numbers: int, peer: str = PEER) -> None:
    def work(unit: Unit) -> None:
        for number in numbers:
            unit.note_number(peer, number, ids[number % len(ids)])

    store.write(work)


def held(store: Store, peer: str = PEER) -> tuple[int, tuple[int, ...]]:
    return store.read(lambda view: view.held_numbers(peer))


def check_numbers_held_are_whole_up_to_the_first_gap(store: Store) -> None:
    ids = hold(store, 3)
    assert held(store) == (0, ())
    note(store, ids, 1)
    note(store, ids, 2)
    assert held(store) == (2, ())
    note(store, ids, 7, 4)
    note(store, ids, 9)
    assert held(store) == (2, (4, 7, 9))
    note(store, ids, 3)
    assert held(store) == (4, (7, 9))
    note(store, ids, 5, 6, 8)
    assert held(store) == (9, ())


def check_numbers_of_two_peers_are_apart(store: Store) -> None:
    ids = hold(store, 2)
    note(store, ids, 1, 2)
    note(store, ids, 1, peer=OTHER)
    assert (held(store), held(store, OTHER)) == ((2, ()), (1, ()))


def check_at_most_a_thousand_numbers_above_a_gap_are_told(store: Store) -> None:
    ids = hold(store, 1)
    note(store, ids, *range(3, 2_010))
    assert held(store) == (0, tuple(range(3, 1_003)))
    note(store, ids, 1, 2)
    assert held(store) == (2_009, ())


def check_numbers_noted_in_a_unit_are_seen_in_it(store: Store) -> None:
    ids = hold(store, 1)

    def work(unit: Unit) -> tuple[int, tuple[int, ...]]:
        unit.note_number(PEER, 1, ids[0])
        unit.note_number(PEER, 3, ids[0])
        return unit.held_numbers(PEER)

    assert store.write(work) == (1, (3,))


def check_a_number_names_its_act(store: Store) -> None:
    ids = hold(store, 2)
    note(store, ids, 1)
    note(store, ids, 1)
    found = store.read(lambda view: [view.number_act(PEER, n) for n in (1, 2)])
    assert found == [ids[1], None]


def check_one_number_for_two_acts_is_refused(store: Store) -> None:
    ids = hold(store, 2)
    note(store, ids, 1)
    with pytest.raises(NumberTaken) as told:
        store.write(lambda unit: unit.note_number(PEER, 1, ids[0]))
    assert told.value.code == "number-reused"
    assert store.read(lambda view: view.number_act(PEER, 1)) == ids[1]


def check_a_number_may_be_noted_before_its_act_in_a_unit(store: Store) -> None:
    first = opening(by=PEER)

    def work(unit: Unit) -> None:
        unit.note_number(PEER, 1, first.act.id)
        unit.add_act(first, (None,))

    store.write(work)
    assert held(store) == (1, ())


def check_what_names_no_act_is_refused(store: Store) -> None:
    missing = opening().act.id
    works = (
        lambda unit: unit.note_number(PEER, 1, missing),
        lambda unit: unit.keep_proof(proof(missing, 1)),
        lambda unit: unit.keep_given(receipt(missing, 1)),
    )
    for work in works:
        with pytest.raises(NotHeld):
            store.write(work)
    assert held(store) == (0, ())
    assert store.read(lambda view: view.given_receipt(missing)) is None


def check_the_first_proof_of_receipt_stays(store: Store) -> None:
    ids = hold(store, 1)
    first = proof(ids[0], 1)
    store.write(lambda unit: unit.keep_proof(first))
    store.write(lambda unit: unit.keep_proof(proof(ids[0], 1, code="held", head=b"other")))
    assert store.read(lambda view: view.proof_of_receipt(ids[0], PEER)) == first
    assert store.read(lambda view: view.proof_of_receipt(ids[0], OTHER)) is None


def check_receipts_held_are_counted_up_to_the_first_gap(store: Store) -> None:
    ids = hold(store, 5)
    assert store.read(lambda view: view.receipted(PEER)) == 0
    for n, counted in ((1, 1), (2, 2), (4, 2), (3, 4)):
        store.write(methodcaller("keep_proof", proof(ids[n], n)))
        assert store.read(lambda view: view.receipted(PEER)) == counted
    assert store.read(lambda view: view.receipted(OTHER)) == 0


def check_a_receipt_given_is_repeated_as_it_is(store: Store) -> None:
    ids = hold(store, 2)
    given = receipt(ids[0], 1, b'{"v":1}')
    store.write(lambda unit: unit.keep_given(given))
    store.write(lambda unit: unit.keep_given(given))
    assert store.read(lambda view: view.given_receipt(ids[0])) == given
    assert store.read(lambda view: view.given_receipt(ids[1])) is None


def check_another_receipt_for_the_same_act_is_refused(store: Store) -> None:
    ids = hold(store, 1)
    store.write(lambda unit: unit.keep_given(receipt(ids[0], 1)))
    with pytest.raises(AlreadyHeld):
        store.write(lambda unit: unit.keep_given(receipt(ids[0], 1, b"another")))
    assert store.read(lambda view: view.given_receipt(ids[0])) == receipt(ids[0], 1)
