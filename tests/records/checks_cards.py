"""Cards: the newest of each State with its pin, and those before it."""

from dataclasses import replace
from operator import methodcaller

from comity.actions.ports import HeldCard, Store, Unit
from comity.directory.anchor import RegistrarAnchor
from tests.records.samples import ME, NOW, PEER, card


def put(store: Store, *cards: HeldCard) -> None:
    for one in cards:
        store.write(methodcaller("put_card", one))


def check_a_card_comes_back_with_its_pin(store: Store) -> None:
    put(store, card())
    assert store.read(lambda view: view.card(PEER)) == card()
    found = store.read(lambda view: view.card(PEER))
    assert found is not None
    assert found.card.payload == card().card.payload
    assert store.read(lambda view: view.card(ME)) is None


def check_the_anchor_of_a_registrar_comes_back(store: Store) -> None:
    anchor = RegistrarAnchor(registrar="sha256:" + "0" * 64, envelope=b"\0signed", at=NOW)
    held = replace(card(), pinned=replace(card().pinned, anchor=anchor))
    put(store, held)
    assert store.read(lambda view: view.card(PEER)) == held


def check_the_card_put_last_is_the_newest_and_the_others_are_history(store: Store) -> None:
    cards = [card(version=version) for version in (7, 8, 11)]
    put(store, *cards)
    assert store.read(lambda view: view.card(PEER)) == cards[2]
    assert store.read(lambda view: view.card_history(PEER)) == tuple(cards[::-1])
    assert store.read(lambda view: view.card_history(ME)) == ()


def check_a_root_pinned_anew_may_begin_its_versions_again(store: Store) -> None:
    put(store, card(version=9), card(version=1))
    assert store.read(lambda view: view.card(PEER)) == card(version=1)


def check_every_states_newest_card_comes_sorted(store: Store) -> None:
    put(store, card("XVL"), card("XJN"), card("XNR"), card("XJN", version=8))
    found = store.read(lambda view: view.cards())
    assert found == (card("XJN", version=8), card("XNR"), card("XVL"))


def check_a_card_is_seen_in_the_unit_that_puts_it(store: Store) -> None:
    put(store, card())

    def work(unit: Unit) -> object:
        before = unit.card(PEER)
        unit.put_card(card(version=8))
        between = unit.card(PEER)
        unit.put_card(card(version=9))
        return before, between, unit.card(PEER)

    expected = (card(), card(version=8), card(version=9))
    assert store.write(work) == expected


def check_a_card_that_was_undone_is_not_remembered(store: Store) -> None:
    class Stop(Exception):
        pass

    def work(unit: Unit) -> None:
        unit.put_card(card(version=8))
        assert unit.card(PEER) == card(version=8)
        raise Stop

    for _ in range(2):
        try:
            store.write(work)
        except Stop:
            assert store.read(lambda view: view.card(PEER)) is None
    put(store, card("XVL"))
    assert store.read(lambda view: view.cards()) == (card("XVL"),)
