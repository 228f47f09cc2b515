"""Which key of a card may be used for what, and when (seal-v1 section 1).

Always ask the newest card that was accepted: a key dropped from it signs
nothing new. What was proven before stays proven, because nobody asks again.
"""

from datetime import datetime, timedelta
from typing import Final

from comity.directory.card import Card, CardKey
from comity.directory.errors import CardExpired, KeyNotValid, UnknownKey, WrongPurpose
from comity.seal.keys import Purpose, SealTo, VerifyKey

LATE: Final = timedelta(days=30)
"""How long after a key's end a signature dated inside its validity may still arrive."""


def key_for(
    card: Card, purpose: Purpose, key_id: str, *, at: datetime, received_at: datetime
) -> VerifyKey:
    """Return the key ``key_id`` for a signature dated ``at`` and received at ``received_at``.

    Raises ``UnknownKey``, ``WrongPurpose`` (listed for another purpose, or the
    root), ``CardExpired`` (an expired card opens nothing new), ``KeyNotValid``.
    """
    key = _listed(card, purpose, key_id)
    if received_at >= card.expires:
        raise CardExpired(card.state)
    if not key.valid(at) or received_at >= key.until + LATE:
        raise KeyNotValid(card.state)
    return key.public


def seal_key_for(card: Card, now: datetime) -> SealTo:
    """Return the newest sealing key that is valid now.

    Raises ``CardExpired``, ``KeyNotValid``.
    """
    if now >= card.expires:
        raise CardExpired(card.state)
    valid = [key for key in card.sealing if key.valid(now)]
    if not valid:
        raise KeyNotValid(card.state)
    return valid[-1].public


def last_seal_key(card: Card) -> SealTo:
    """Return the newest sealing key, valid or not: for sending it our own card, nothing else.

    Two States whose cards ran out at once could otherwise never renew them.
    """
    return card.sealing[-1].public


def epoch_of(card: Card, purpose: Purpose, key_id: str) -> int:
    """Return the epoch under which the card lists a signing key.

    Raises ``UnknownKey``, ``WrongPurpose``.
    """
    return _listed(card, purpose, key_id).epoch


def _listed(card: Card, purpose: Purpose, key_id: str) -> CardKey[VerifyKey]:
    for key in card.signing:
        if key.id == key_id:
            if key.purpose is not purpose:
                raise WrongPurpose(card.state)
            return key
    if key_id == card.root.id or any(key.id == key_id for key in card.sealing):
        raise WrongPurpose(card.state)
    raise UnknownKey(card.state)
