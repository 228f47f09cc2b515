"""Items: a numbered act on its way, with those of its parts that travel beside it.

Blob (message-v1 section 2): ``u32(len(envelope)) || envelope``, then for each
part of the header ``u32(length) || salt (32) || bytes``; a length of 0xFFFFFFFF
alone means that the part is not here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from comity.directory.card import Card
from comity.directory.keys import key_for
from comity.directory.members import Members
from comity.matters.act import VERSION, Act, read_act
from comity.seal.canonical import Json
from comity.seal.commit import SALT, commit
from comity.seal.dsse import ACT_TYPE, Sealed, prove, read_envelope
from comity.seal.forms import digest
from comity.seal.keys import Purpose
from comity.wire.errors import Code, TheirFault, foreign, ours

MOST_ITEMS: Final = 64
MOST_PARTS: Final = 64
MOST_BYTES: Final = 900_000
"""Bytes of items that surely fit into one message, whatever its head says."""

MAX_ENVELOPE: Final = 65_536
MAX_PART: Final = 26_214_400
ABSENT: Final = 0xFFFFFFFF

_U32: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Bytes beside the header and the salt of their commitment (32 bytes)."""

    salt: bytes = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a head says of one blob; ``n`` numbers the act for this pair and direction.

    In a call of kind ``card``, ``n`` is 0 and ``act`` the digest of the card.
    """

    n: int
    act: str
    length: int
    digest: str

    def data(self) -> dict[str, Json]:
        """Return the form that a head's ``items`` has."""
        return {"n": self.n, "act": self.act, "length": self.length, "digest": self.digest}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A blob to send under a number."""

    n: int
    act: str
    blob: bytes = field(repr=False)

    @property
    def item(self) -> Item:
        """What the head says of it."""
        return Item(n=self.n, act=self.act, length=len(self.blob), digest=digest(self.blob))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAct:
    """What a blob holds. Nothing here is believed; ``None`` is a part that is not here."""

    envelope: Sealed
    parts: tuple[Part | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenAct:
    """An act whose author's signature and present parts were checked."""

    act: Act
    envelope: bytes = field(repr=False)
    parts: tuple[Part | None, ...]


def write_item(envelope: bytes, parts: Sequence[Part | None]) -> bytes:
    """Return the blob of an act; ``None`` for a part that is to be pulled.

    Raises ``OurFault`` on a part or envelope that the receiver would refuse.
    """
    if len(envelope) > MAX_ENVELOPE or len(parts) > MOST_PARTS:
        ours("an item too large")
    pieces = [_u32(len(envelope)), envelope]
    for part in parts:
        if part is None:
            pieces.append(_u32(ABSENT))
        elif len(part.salt) != SALT or not 1 <= len(part.data) <= MAX_PART:
            ours("a part of a wrong length")
        else:
            pieces += (_u32(len(part.data)), part.salt, part.data)
    return b"".join(pieces)


def fitting(lengths: Iterable[int]) -> int:
    """Return how many blobs of these lengths, from the first on, fit into one message."""
    total = count = 0
    for length in lengths:
        total += length
        if count == MOST_ITEMS or total > MOST_BYTES:
            break
        count += 1
    return count


def read_items(members: Members, least_n: int = 1) -> tuple[Item, ...]:
    """Return a head's ``items``; each number comes once. Raises ``WrongMember``."""
    items = tuple(
        Item(
            n=one.whole("n", least_n),
            act=one.digest("act"),
            length=one.whole("length", 1),
            digest=one.digest("digest"),
        )
        for one in members.each("items", MOST_ITEMS)
    )
    if len({item.n for item in items}) != len(items):
        members.fail("items")
    return items


def cut_blobs(items: Sequence[Item], blobs: memoryview) -> tuple[bytes, ...]:
    """Return the blob of each item. Raises ``TheirFault`` unless all fit exactly."""
    if sum(item.length for item in items) != len(blobs):
        raise TheirFault(Code.BLOB_MISMATCH, "length")
    found: list[bytes] = []
    start = 0
    for item in items:
        blob = bytes(blobs[start : start + item.length])
        if digest(blob) != item.digest:
            raise TheirFault(Code.BLOB_MISMATCH, "digest")
        found.append(blob)
        start += item.length
    return tuple(found)


def read_item(blob: bytes) -> SealedAct:
    """Return what a blob holds, unbelieved. Raises ``TheirFault``."""
    end = _U32 + int.from_bytes(blob[:_U32], "big")
    if end - _U32 > MAX_ENVELOPE:
        raise TheirFault(Code.TOO_LARGE, "envelope")
    if end > len(blob):
        raise TheirFault(Code.NOT_AN_ACT, "envelope")
    with foreign(Code.NOT_AN_ACT):
        envelope = read_envelope(blob[_U32:end])
    return SealedAct(envelope=envelope, parts=tuple(_parts(blob, end)))


def prove_item(
    blob: bytes, item: Item, *, sender: str, card: Card, received_at: datetime
) -> ProvenAct:
    """Return the act in ``blob`` once its author's signature and its parts hold.

    ``sender`` must be its author; ``card`` is that State's newest card. Raises
    ``TheirFault`` with a code of act-v1 section 7: this item is refused, the
    others of the call are not touched.
    """
    sealed = read_item(blob)
    act = _act(sealed.envelope, item, sender)
    return _proven(sealed, act, card, received_at)


def prove_given_back(blob: bytes, item: Item, *, me: str, cards: Sequence[Card]) -> ProvenAct:
    """Return an act of this State's own that a peer gives back after a restore.

    ``cards`` are this State's own cards, newest first: the key that signed long
    ago may be on an old one only. Raises ``TheirFault``.
    """
    sealed = read_item(blob)
    act = _act(sealed.envelope, item, me)
    for card in cards:
        if any(key.id == sealed.envelope.key_id for key in card.signing):
            return _proven(sealed, act, card, act.at)
    raise TheirFault(Code.UNKNOWN_KEY)


def _act(sealed: Sealed, item: Item, author: str) -> Act:
    if digest(sealed.payload) != item.act:
        raise TheirFault(Code.BLOB_MISMATCH, "act")
    with foreign(Code.NOT_AN_ACT):
        act = read_act(sealed.payload)
    if act.author != author:
        raise TheirFault(Code.AUTHOR_NOT_SENDER)
    return act


def _proven(sealed: SealedAct, act: Act, card: Card, received_at: datetime) -> ProvenAct:
    envelope = sealed.envelope
    with foreign(Code.NOT_AN_ACT):
        key = key_for(card, Purpose.ACTS, envelope.key_id, at=act.at, received_at=received_at)
        proven = prove(envelope, key, ACT_TYPE)
    if act.v != VERSION and not act.parts:
        # A later version may say its parts in another form: they are pulled once it is known.
        return ProvenAct(act=act, envelope=proven.envelope, parts=())
    check_parts(act, sealed.parts)
    return ProvenAct(act=act, envelope=proven.envelope, parts=sealed.parts)


def check_parts(act: Act, parts: Sequence[Part | None]) -> None:
    """Return when each part that is here is the one its header commits to.

    Raises ``TheirFault`` (``part-mismatch``).
    """
    if len(parts) != len(act.parts):
        raise TheirFault(Code.PART_MISMATCH, "parts")
    for index, (part, told) in enumerate(zip(parts, act.parts, strict=True)):
        if part is None:
            continue
        said = commit(part.salt, index, told.role, part.data)
        if len(part.data) != told.length or said != told.commit:
            raise TheirFault(Code.PART_MISMATCH, f"parts.{index + 1}")


def _parts(blob: bytes, start: int) -> Iterator[Part | None]:
    count = 0
    while start < len(blob):
        length = int.from_bytes(blob[start : start + _U32], "big")
        salt = start + _U32
        count += 1
        if count > MOST_PARTS or salt > len(blob):
            raise TheirFault(Code.NOT_AN_ACT, "parts")
        if length == ABSENT:
            yield None
            start = salt
            continue
        data, end = salt + SALT, salt + SALT + length
        if length == 0 or end > len(blob):
            raise TheirFault(Code.NOT_AN_ACT, "parts")
        yield Part(salt=blob[salt:data], data=blob[data:end])
        start = end


def _u32(number: int) -> bytes:
    return number.to_bytes(_U32, "big")
