"""Bring a peer our newest card, when it goes by an older one (card-v1)."""

from comity.actions.cards import both_cards
from comity.actions.deliver import Call, open_answer
from comity.actions.errors import UnknownPeerError
from comity.actions.ports import House
from comity.wire.call import build_card_call
from comity.wire.head import NONCE


def card_call(house: House, peer: str) -> Call:
    """Seal the call that brings our card; raises UnknownPeerError, KeyNotValid."""
    now = house.clock.now()
    mine, theirs = both_cards(house, peer)
    held = house.store.read(lambda view: view.card(house.me))
    if held is None:
        raise UnknownPeerError(house.me)
    sent = build_card_call(
        held.envelope,
        mine=mine,
        theirs=theirs,
        key=house.keys.node,
        at=now,
        nonce=house.random(NONCE),
    )
    return Call(peer=peer, path="/inbox", sent=sent, at=now)


def settle_card(house: House, call: Call, body: bytes) -> None:
    """Return when the peer took the card; raises TheirFault with its reason."""
    open_answer(house, call, body)
