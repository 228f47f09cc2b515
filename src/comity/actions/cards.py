"""The cards that a message needs: our own and the peer's, as held now."""

from comity.actions.errors import UnknownPeerError
from comity.actions.ports import House
from comity.directory.card import Card
from comity.directory.errors import CardExpired


def card_of(house: House, state: str) -> Card:
    """Return the newest card held of a State; raises UnknownPeerError."""
    held = house.store.read(lambda view: view.card(state))
    if held is None:
        raise UnknownPeerError(state)
    return held.card


def both_cards(house: House, peer: str) -> tuple[Card, Card]:
    """Return our own card and the peer's; raises UnknownPeerError."""
    return card_of(house, house.me), card_of(house, peer)


def live_card(house: House, state: str) -> Card:
    """Return a card with which something new may be opened; raises CardExpired too."""
    card = card_of(house, state)
    if card.expires <= house.clock.now():
        raise CardExpired(state)
    return card
