"""Prove a head: signed by a valid node key of the sender's card (message-v1 section 1)."""

from datetime import datetime, timedelta
from typing import Final

from comity.directory.card import Card
from comity.directory.keys import epoch_of, key_for
from comity.seal.dsse import MESSAGE_TYPE, prove, read_envelope
from comity.seal.keys import Purpose
from comity.wire.errors import Code, TheirFault, foreign
from comity.wire.head import CallHead, ReplyHead

APART: Final = timedelta(minutes=10)
"""How far the sender's clock may be from the receiver's."""


def prove_head(
    raw: bytes, signature: bytes, head: CallHead | ReplyHead, *, card: Card, at: datetime
) -> None:
    """Return when ``raw`` was signed by a node key that ``card`` lists as valid at ``at``.

    ``head`` is what ``raw`` says. Raises ``TheirFault``.
    """
    with foreign(Code.NOT_A_MESSAGE):
        sealed = read_envelope(signature, payload=raw)
        key = key_for(card, Purpose.NODE, sealed.key_id, at=at, received_at=at)
        prove(sealed, key, MESSAGE_TYPE)
        epoch = epoch_of(card, Purpose.NODE, key.id)
    if head.epoch != epoch:
        raise TheirFault(Code.NOT_A_HEAD, "epoch")


def clocks_apart(head: CallHead, now: datetime) -> bool:
    """Say whether the sender's clock is too far from ours."""
    return abs(head.at - now) > APART
