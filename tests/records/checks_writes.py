"""Writes: all of a unit or nothing of it, seen inside at once and outside when it is done."""

from collections.abc import Callable

import pytest

from comity.actions.ports import Alarm, LogHead, Store, Unit, View
from comity.seal.tree import EMPTY_ROOT
from tests.records.samples import (
    NOW,
    OTHER,
    PEER,
    SECOND,
    adds,
    after,
    card,
    delivery,
    note,
    opening,
    part,
    proof,
    receipt,
    row,
)

FIRST = opening(1, by=PEER)
SECOND_ACT = opening(2)


class Stop(Exception):
    """What a verb may raise in the middle."""


def everything(unit: Unit) -> None:
    """Change every table."""
    unit.add_act(SECOND_ACT, (part(),))
    unit.add_act(after(FIRST, 1), ())
    unit.add_part(FIRST.act.id, part())
    unit.put_row(row(FIRST.act.id, code="kept"))
    unit.put_row(row(SECOND_ACT.act.id))
    unit.add_delivery(peer=PEER, act_id=SECOND_ACT.act.id, urgent=True, now=NOW)
    unit.restore_delivery(delivery(FIRST.act.id, 9, peer=OTHER))
    unit.lease(PEER, now=NOW, until=NOW + SECOND, limit=9)
    unit.update_delivery(delivery(SECOND_ACT.act.id, 1, attempts=1))
    unit.resend_from(OTHER, 1, NOW + SECOND)
    unit.note_number(PEER, 2, SECOND_ACT.act.id)
    unit.keep_proof(proof(SECOND_ACT.act.id, 1))
    unit.keep_given(receipt(SECOND_ACT.act.id, 2))
    unit.put_card(card(version=9))
    unit.add_note(note("b"))
    unit.drop_note("a")
    unit.number_leaves()
    unit.keep_checkpoint(3, b"checkpoint")
    unit.set_unsynced(frozenset({OTHER}))
    unit.raise_alarm(Alarm(code="restored", peer=OTHER, at=NOW, detail=""))


def before(unit: Unit) -> None:
    """Store something of each kind, so that there is an older value to come back to."""
    unit.add_act(FIRST, (None,))
    unit.put_row(row(FIRST.act.id))
    unit.note_number(PEER, 1, FIRST.act.id)
    unit.put_card(card())
    unit.add_note(note("a"))
    unit.set_unsynced(frozenset({PEER}))


def seen(view: View) -> tuple[object, ...]:
    """Return all that a view can tell of what these checks store."""
    acts = (FIRST.act.id, SECOND_ACT.act.id)
    return (
        [view.act(one) for one in acts],
        [view.acts_of(one) for one in acts],
        [view.parts_of(one) for one in acts],
        [view.row(one) for one in acts],
        view.rows(closed=False, limit=9),
        [view.given(peer) for peer in (PEER, OTHER)],
        view.held_numbers(PEER),
        view.receipted(PEER),
        [view.own_number(PEER, 1), view.own_number(OTHER, 9)],
        view.deliveries(waiting_only=False),
        view.deliveries(waiting_only=True),
        view.due_peers(NOW + SECOND),
        [view.number_act(PEER, n) for n in (1, 2)],
        [view.proof_of_receipt(one, PEER) for one in acts],
        [view.given_receipt(one) for one in acts],
        view.cards(),
        view.card_history(PEER),
        view.notes_of(None),
        view.log_head(),
        [view.leaf_index(one) for one in acts],
        view.leaf_hashes(9),
        view.checkpoint(),
        view.unsynced(),
        view.alarms(limit=9),
    )


def check_an_exception_undoes_everything(store: Store) -> None:
    store.write(before)
    old = store.read(lambda view: (seen(view), view.changed()))

    def work(unit: Unit) -> None:
        everything(unit)
        raise Stop

    with pytest.raises(Stop):
        store.write(work)
    assert store.read(lambda view: (seen(view), view.changed())) == old


def check_what_was_undone_can_be_done(store: Store) -> None:
    check_an_exception_undoes_everything(store)
    store.write(everything)
    assert store.read(lambda view: view.given(PEER)) == 1
    assert store.read(lambda view: view.held_numbers(PEER)) == (2, ())
    assert store.read(lambda view: view.log_head().size) == 3
    assert store.read(lambda view: view.card(PEER)) == card(version=9)


def check_a_unit_sees_its_own_writes(store: Store) -> None:
    store.write(before)

    def work(unit: Unit) -> tuple[object, ...]:
        everything(unit)
        return seen(unit)

    inside = store.write(work)
    assert store.read(seen) == inside


def check_a_write_returns_what_the_work_returns(store: Store) -> None:
    assert store.write(lambda _: "done") == "done"
    assert store.read(lambda _: 7) == 7


def check_a_read_of_an_empty_store_answers(store: Store) -> None:
    empty = store.read(seen)
    assert LogHead(size=0, root=EMPTY_ROOT, range=()) in empty
    assert store.read(lambda view: view.changed()) == 0


CHANGES: tuple[Callable[[Unit], object], ...] = (
    lambda unit: unit.add_act(FIRST, (None,)),
    lambda unit: unit.add_part(FIRST.act.id, part()),
    lambda unit: unit.put_row(row(FIRST.act.id)),
    lambda unit: unit.add_delivery(peer=PEER, act_id=FIRST.act.id, urgent=False, now=NOW),
    lambda unit: unit.restore_delivery(delivery(FIRST.act.id, 1, peer=OTHER)),
    lambda unit: unit.update_delivery(delivery(FIRST.act.id, 1, attempts=1)),
    lambda unit: unit.resend_from(PEER, 1, NOW),
    lambda unit: unit.put_card(card()),
    lambda unit: unit.add_note(note()),
    lambda unit: unit.drop_note("a"),
    lambda unit: unit.set_unsynced(frozenset({PEER})),
    lambda unit: unit.raise_alarm(Alarm(code="x", peer=PEER, at=NOW, detail="")),
)
UNSEEN: tuple[Callable[[Unit], object], ...] = (
    lambda _: None,
    lambda unit: unit.lease(PEER, now=NOW, until=NOW, limit=1),
    lambda unit: unit.note_number(PEER, 1, FIRST.act.id),
    lambda unit: unit.keep_proof(proof(FIRST.act.id, 1)),
    lambda unit: unit.keep_given(receipt(FIRST.act.id, 1)),
    lambda unit: unit.number_leaves(),
    lambda unit: unit.keep_checkpoint(1, b"checkpoint"),
    lambda unit: unit.resend_from(PEER, 99, NOW),
    lambda unit: unit.drop_note("none"),
    lambda unit: unit.raise_alarm(Alarm(code="x", peer=PEER, at=NOW, detail="")),
)


def check_changed_rises_with_what_a_list_could_show(store: Store) -> None:
    for count, change in enumerate(CHANGES):
        assert store.read(lambda view: view.changed()) == count
        store.write(change)
    for change in UNSEEN:
        store.write(change)
        assert store.read(lambda view: view.changed()) == len(CHANGES)


def check_a_transaction_inside_another_is_refused(store: Store) -> None:
    works: tuple[Callable[[object], object], ...] = (
        lambda _: store.read(lambda view: view.changed()),
        lambda _: store.write(lambda unit: unit.number_leaves()),
    )
    for work in works:
        with pytest.raises(RuntimeError, match="inside another"):
            store.read(work)
        with pytest.raises(RuntimeError, match="inside another"):
            store.write(work)
    store.write(adds(FIRST, parts=(None,)))
    assert store.read(lambda view: view.act(FIRST.act.id)) == FIRST
