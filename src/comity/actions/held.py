"""What a node holds, as the verbs see it: acts, parts, deliveries, receipts, cards, notes, rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from comity.directory.card import Card
from comity.directory.trust import Pinned
from comity.matters.act import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """A part of an act as the node holds it, opened."""

    index: int
    role: str
    salt: bytes
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAct:
    """An act that the node holds, ours or a peer's, with its signed envelope."""

    act: Act
    envelope: bytes
    stored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One act that one peer must receive, and how far that has come.

    ``n`` is the pair number of message-v1. ``code`` is the receipt's code once
    the peer has answered; ``error`` what stands in the way until then.
    """

    peer: str
    n: int
    act_id: str
    urgent: bool
    created: datetime
    attempts: int = 0
    next_at: datetime
    tried_at: datetime | None = None
    error: str = ""
    delivered_at: datetime | None = None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOfReceipt:
    """The signed reply in which a peer receipted an act: head and signature."""

    act_id: str
    peer: str
    n: int
    code: str
    at: datetime
    head: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReceipt:
    """The receipt this node gave for an act, as canonical JSON; repeated as it is."""

    act_id: str
    peer: str
    n: int
    receipt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCard:
    """A State's newest accepted card, its envelope, and the pin it hangs on."""

    card: Card
    envelope: bytes
    pinned: Pinned
    accepted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """The log's head: number of leaves, root, and the compact range that makes it."""

    size: int
    root: bytes
    range: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeNote:
    """What this State thinks for itself. No function of ``wire`` takes one.

    ``kind`` says what it is: draft, screening, note, check, paste. ``body`` is
    text; ``author`` the officer's opaque id.
    """

    id: str
    matter: str | None
    kind: str
    author: str
    at: datetime
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One matter as lists show it: codes and times, no personal data."""

    matter: str
    peer: str
    role: Literal["requesting", "requested"]
    instrument: str
    urgency: str
    opened_at: datetime
    changed_at: datetime
    until: datetime | None
    code: str
    tag: str
    closed: bool
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something both people and operators must see: a peer restored, a reused number."""

    code: str
    peer: str
    at: datetime
    detail: str
