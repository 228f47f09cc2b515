"""Calls (message-v1 section 2): build one, or open and prove one.

Opening goes in this order, cheapest first: size, frame, addressee, known peer;
unseal; head; signature; clock; blobs. After the signature every fault carries
the call's ``mid``, so that it can be answered under seal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeAlias

from comity.directory.card import Card
from comity.directory.keys import last_seal_key, seal_key_for
from comity.seal.keys import SigningKey, Suite
from comity.seal.suites import LIVE
from comity.wire.errors import Code, TheirFault, foreign, ours
from comity.wire.frame import Opened, Opener, read_outer, seal_message, unseal
from comity.wire.head import CallHead, Kind, may_carry, read_call_head, write_head
from comity.wire.items import Item, Outgoing, cut_blobs
from comity.wire.proof import clocks_apart, prove_head
from comity.wire.sync import SyncState

CardOf: TypeAlias = Callable[[str], Card | None]
"""Gives the newest card held of a State, ``None`` for a State that is no peer."""

Renewed: TypeAlias = Callable[[str, bytes], Card]
"""Takes a State and the envelope of the card it sent; gives the card that then holds.

It runs ``accept_card`` and lets its ``DirectoryError`` out.
"""


class Sent(NamedTuple):
    """A call ready to post, with what its reply is checked against."""

    body: bytes
    mid: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A proven call: head and blobs are the sender's; ``raw`` and ``signature`` prove it.

    ``card`` is the card it was proven with: for a call of kind ``card``, the
    one that it brought.
    """

    mid: str
    head: CallHead
    blobs: tuple[bytes, ...] = field(repr=False)
    card: Card
    raw: bytes = field(repr=False)
    signature: bytes = field(repr=False)


def build_call(
    kind: Kind,
    *,
    mine: Card,
    theirs: Card,
    key: SigningKey,
    at: datetime,
    nonce: bytes,
    items: Sequence[Outgoing] = (),
    state: SyncState | None = None,
) -> Sent:
    """Return a call from the State of ``mine`` to that of ``theirs``, signed by the node key.

    ``nonce`` is 16 random bytes. Raises ``OurFault``; ``CardExpired`` or
    ``KeyNotValid`` when the peer's card gives no key to seal to.
    """
    if (state is None) is (kind is Kind.SYNC) or not may_carry(kind, len(items)):
        ours("members that do not belong to this kind of call")
    head = write_head(mine=mine, theirs=theirs, key=key, at=at, nonce=nonce)
    head |= {"kind": kind.value, "items": [one.item.data() for one in items]}
    if state is not None:
        head["state"] = state.data()
    to = last_seal_key(theirs) if kind is Kind.CARD else seal_key_for(theirs, at)
    body, mid = seal_message(head, tuple(one.blob for one in items), key, to)
    return Sent(body=body, mid=mid, items=tuple(one.item for one in items))


def build_card_call(
    envelope: bytes, *, mine: Card, theirs: Card, key: SigningKey, at: datetime, nonce: bytes
) -> Sent:
    """Return a call that brings the peer our own newest card, ``mine``."""
    item = Outgoing(n=0, act=mine.digest, blob=envelope)
    return build_call(
        Kind.CARD, mine=mine, theirs=theirs, key=key, at=at, nonce=nonce, items=(item,)
    )


def open_call(
    body: bytes,
    *,
    me: str,
    opener: Opener,
    card_of: CardOf,
    renewed: Renewed,
    now: datetime,
    suites: Mapping[int, Suite] = LIVE,
) -> Call:
    """Return the proven call in ``body``. Raises nothing but ``TheirFault``.

    A call of kind ``card`` is proven with the card it brings, once ``renewed``
    accepted that: so a State can renew a card that ran out.
    """
    outer = read_outer(body, me=me, suites=suites)
    held = card_of(outer.sender)
    if held is None:
        raise TheirFault(Code.UNKNOWN_PEER)
    opened = unseal(outer, opener)
    head = read_call_head(opened)
    card = _brought(opened, head, renewed) if head.kind is Kind.CARD else held
    prove_head(opened.head, opened.signature, head, card=card, at=now)
    try:
        return _call(opened, head, card, now)
    except TheirFault as fault:
        raise TheirFault(fault.reason, fault.where, mid=outer.mid) from fault


def _call(opened: Opened, head: CallHead, card: Card, now: datetime) -> Call:
    if clocks_apart(head, now):
        raise TheirFault(Code.CLOCK_APART)
    return Call(
        mid=opened.outer.mid,
        head=head,
        blobs=cut_blobs(head.items, opened.blobs),
        card=card,
        raw=opened.head,
        signature=opened.signature,
    )


def _brought(opened: Opened, head: CallHead, renewed: Renewed) -> Card:
    (envelope,) = cut_blobs(head.items, opened.blobs)
    with foreign(Code.NOT_A_CARD):
        card = renewed(head.sender, envelope)
    if card.digest != head.items[0].act:
        raise TheirFault(Code.BLOB_MISMATCH, "act")
    return card
