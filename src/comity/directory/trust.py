"""Accept a card, or keep the one held (card-v1, "Accepting a card").

The rules, in order: it is a card; its State is the one whose root is pinned;
it is signed by that root, or by the one to which the root has passed; it is
not a demonstration's; it is not older than the card held; its times and keys
hold. Only the State's own root makes a card: a registrar anchors a root and
never replaces one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NoReturn

from comity.directory.anchor import Anchor
from comity.directory.card import MAX_CARD, Card
from comity.directory.errors import (
    CardExpired,
    DemoCard,
    IssuedAhead,
    KeyTooLong,
    KeyTwice,
    NotPinned,
    NoValidKey,
    OlderCard,
    TwoCards,
    WrongField,
    WrongRoot,
    WrongState,
)
from comity.directory.read import read_card
from comity.seal.dsse import CARD_TYPE, Sealed, prove, read_envelope
from comity.seal.errors import BadEnvelope, BadSignature
from comity.seal.keys import Purpose, Suite, VerifyKey
from comity.seal.suites import LIVE
from comity.seal.words import twelve_words

MAX_ENVELOPE: Final = MAX_CARD * 4 // 3 + 16_384
"""Bytes of the largest card with its signatures."""

LONGEST_KEY: Final = timedelta(days=400)
AHEAD: Final = timedelta(minutes=10)
"""How far a card may be issued ahead of this node's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """The root that was checked for a State, and what it hangs on."""

    state: str
    root: VerifyKey
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A card that nobody has believed yet: for reading its root's words aloud."""

    card: Card

    @property
    def words(self) -> tuple[str, ...]:
        """The twelve words of the root (seal-v1 section 6)."""
        return twelve_words(self.card.root.id)


def claimed(envelope: bytes, suites: Mapping[int, Suite] = LIVE) -> Claimed:
    """Return what a card says of itself. Nothing here is believed.

    Raises ``NotACard``, ``WrongRoot``, ``NotCanonical``, ``UnknownSuite``.
    """
    card, _ = _read(envelope, suites)
    return Claimed(card=card)


def accept_card(
    envelope: bytes,
    *,
    pinned: Pinned | None,
    held: Card | None,
    now: datetime,
    demo: bool,
    suites: Mapping[int, Suite] = LIVE,
) -> Card:
    """Return the card in ``envelope`` if every rule holds; else raise, and ``held`` stays.

    ``pinned`` is ``None`` for a State whose root was never checked; ``held`` is
    the newest card accepted under this pin, ``None`` right after pinning.
    ``demo`` says whether this node is a demonstration. Raises a
    ``DirectoryError``, ``NotCanonical`` or ``UnknownSuite``.
    """
    card, sealed = _read(envelope, suites)
    if pinned is None:
        raise NotPinned(card.state)
    if card.state != pinned.state:
        raise WrongState(pinned.state, card.state)
    if card.root.id not in _roots(pinned, held):
        raise WrongRoot(card.state)
    _signed_by_its_root(card, sealed)
    if card.demo is not demo:
        raise DemoCard(card.state)
    if held is not None:
        _not_behind(card, held)
    _times(card, now)
    _keys(card, now)
    return card


def _read(envelope: bytes, suites: Mapping[int, Suite]) -> tuple[Card, Sealed]:
    if len(envelope) > MAX_ENVELOPE:
        _refuse("length")
    try:
        sealed = read_envelope(envelope)
    except (BadEnvelope, BadSignature):
        _refuse("envelope")
    if sealed.payload_type != CARD_TYPE:
        _refuse("payloadType")
    return read_card(sealed.payload, suites), sealed


def _roots(pinned: Pinned, held: Card | None) -> set[str | None]:
    """Return the ids of the roots that may sign next: once passed on, the old one may not."""
    if held is None:
        return {pinned.root.id}
    if held.state != pinned.state:
        raise WrongState(pinned.state, held.state)
    return {held.root.id, held.successor}


def _signed_by_its_root(card: Card, sealed: Sealed) -> None:
    try:
        prove(sealed, card.root, CARD_TYPE)
    except BadSignature as error:
        raise WrongRoot(card.state) from error


def _not_behind(card: Card, held: Card) -> None:
    if card.version < held.version:
        raise OlderCard(card.state, card.version, held.version)
    if card.version == held.version and card.payload != held.payload:
        raise TwoCards(card.state, card.version)


def _times(card: Card, now: datetime) -> None:
    if card.issued > now + AHEAD:
        raise IssuedAhead(card.state)
    if now >= card.expires:
        raise CardExpired(card.state)


def _keys(card: Card, now: datetime) -> None:
    listed = Counter([card.root.id, *(key.id for key in card.keys)])
    for key in card.keys:
        if key.until - key.since > LONGEST_KEY:
            raise KeyTooLong(key.purpose, key.epoch)
        if listed[key.id] > 1:
            raise KeyTwice(key.purpose, key.epoch)
    if card.successor in listed:
        _refuse("successor")
    valid = {key.purpose for key in card.keys if key.valid(now)}
    for purpose in (Purpose.ACTS, Purpose.NODE, Purpose.SEAL):
        if purpose not in valid:
            raise NoValidKey(card.state, purpose)


def _refuse(field: str) -> NoReturn:
    raise WrongField(field)
