"""Add a peer by its words or a registrar's signature; take its newer cards (card-v1)."""

from comity.actions.errors import UnknownPeerError
from comity.actions.ports import Alarm, HeldCard, House, Unit
from comity.directory.compare import changes
from comity.directory.pin import pin_by_registrar, pin_by_words
from comity.directory.trust import Pinned, accept_card, claimed
from comity.seal.dsse import read_envelope


def add_peer_by_words(
    house: House, envelope: bytes, spoken_words: str, officers: tuple[str, str]
) -> HeldCard:
    """Accept a card whose root's twelve words two officers compared over a known number.

    Raises a DirectoryError that says which rule does not hold.
    """
    card = claimed(envelope, house.suites).card
    pinned = pin_by_words(
        card.state,
        card.root.data(),
        spoken_words,
        officers,
        at=house.clock.now(),
        suites=house.suites,
    )
    return _take(house, envelope, pinned, fresh=True)


def add_peer_by_registrar(house: House, envelope: bytes, anchor: bytes) -> HeldCard:
    """Accept a card whose root a registrar of the node's settings has vouched for."""
    card = claimed(envelope, house.suites).card
    key_id = read_envelope(anchor).key_id
    known = [key for key in house.registrars if key.id == key_id] or list(house.registrars[:1])
    if not known:
        raise UnknownPeerError(card.state)
    pinned = pin_by_registrar(
        anchor,
        known[0],
        state=card.state,
        root_data=card.root.data(),
        now=house.clock.now(),
        suites=house.suites,
    )
    return _take(house, envelope, pinned, fresh=True)


def renew_card(house: House, state: str, envelope: bytes) -> HeldCard:
    """Take a newer card of a State whose root is pinned; the one held stays if a rule fails."""
    held = house.store.read(lambda view: view.card(state))
    if held is None:
        raise UnknownPeerError(state)
    return _take(house, envelope, held.pinned, fresh=False)


def _take(house: House, envelope: bytes, pinned: Pinned, *, fresh: bool) -> HeldCard:
    now = house.clock.now()
    before = house.store.read(lambda view: view.card(pinned.state))
    same_root = before is not None and before.pinned.root.id == pinned.root.id
    older = before.card if before is not None and (same_root or not fresh) else None
    card = accept_card(
        envelope, pinned=pinned, held=older, now=now, demo=house.demo, suites=house.suites
    )
    held = HeldCard(card=card, envelope=envelope, pinned=pinned, accepted_at=now)
    loud = [change.sentence for change in changes(older, card) if change.loud] if older else []
    alarms = [
        Alarm(code="card-changed", peer=card.state, at=now, detail=str(sentence))
        for sentence in loud
    ]

    def put(unit: Unit) -> None:
        unit.put_card(held)
        for alarm in alarms:
            unit.raise_alarm(alarm)

    house.store.write(put)
    return held
