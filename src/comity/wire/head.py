"""Heads of calls and replies (message-v1 sections 2 and 3), read strictly and written.

Members that this version does not know stay in the bytes that were signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from comity.directory.card import Card
from comity.directory.errors import DirectoryError
from comity.directory.keys import epoch_of
from comity.directory.members import NOTHING, Members, WrongMember
from comity.seal.canonical import Json, decode
from comity.seal.errors import NotCanonical
from comity.seal.forms import b64, time_text
from comity.seal.keys import Purpose, SigningKey
from comity.wire.errors import Code, TheirFault, ours
from comity.wire.frame import VERSION, Opened, check_version
from comity.wire.items import MOST_ITEMS, Item, read_items
from comity.wire.receipt import CODE_FORM, Answered, Receipt, read_answered
from comity.wire.sync import SyncState, read_state

NONCE: Final = 16
"""Bytes of a head's nonce."""

MOST_RECEIPTS: Final = 64
LONGEST_SAYS: Final = 1_000
REPLY: Final = "reply"


class Kind(StrEnum):
    """What a call is for."""

    ACTS = "acts"
    SYNC = "sync"
    CARD = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a call as a whole was refused; ``says`` is an English sentence for the operator."""

    code: str
    says: str

    def data(self) -> dict[str, Json]:
        """Return the form that a reply's ``error`` has."""
        return {"code": self.code, "says": self.says}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHead:
    """The head of a call. ``cards`` holds (State, digest of the card the sender goes by)."""

    kind: Kind
    sender: str
    to: str
    at: datetime
    nonce: bytes = field(repr=False)
    epoch: int
    cards: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    state: SyncState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHead:
    """The head of a reply to the call ``re``."""

    re: str
    sender: str
    to: str
    at: datetime
    nonce: bytes = field(repr=False)
    epoch: int
    cards: tuple[tuple[str, str], ...]
    error: Refusal | None
    receipts: tuple[Answered, ...]
    items: tuple[Item, ...]
    state: SyncState | None


def write_head(
    *, mine: Card, theirs: Card, key: SigningKey, at: datetime, nonce: bytes
) -> dict[str, Json]:
    """Return the members that calls and replies share, from the State of ``mine``.

    Raises ``OurFault`` when ``mine`` does not list ``key`` as a node key.
    """
    if len(nonce) != NONCE:
        ours("a nonce of a wrong length")
    try:
        epoch = epoch_of(mine, Purpose.NODE, key.public.id)
    except DirectoryError:
        ours("a key that our card does not list for this")
    return {
        "v": VERSION,
        "from": mine.state,
        "to": theirs.state,
        "at": time_text(at),
        "nonce": b64(nonce),
        "epoch": epoch,
        "directory": {mine.state: mine.digest, theirs.state: theirs.digest},
    }


def read_call_head(opened: Opened) -> CallHead:
    """Return what a call's head says, unbelieved. Raises ``TheirFault``."""
    members = _members(opened.head)
    try:
        head = _call(members)
    except WrongMember as error:
        raise TheirFault(Code.NOT_A_HEAD, error.path) from error
    _same_states(head, opened)
    return head


def read_reply_head(opened: Opened) -> ReplyHead:
    """Return what a reply's head says, unbelieved. Raises ``TheirFault``."""
    head = reply_head(opened.head)
    _same_states(head, opened)
    return head


def reply_head(raw: bytes) -> ReplyHead:
    """Return what the bytes of a reply's head say, unbelieved. Raises ``TheirFault``."""
    members = _members(raw)
    try:
        return _reply(members)
    except WrongMember as error:
        raise TheirFault(Code.NOT_A_HEAD, error.path) from error


def _members(raw: bytes) -> Members:
    try:
        members = Members(decode(raw))
        check_version(members.whole("v"))
    except NotCanonical as error:
        raise TheirFault(Code.NOT_CANONICAL, "head") from error
    except WrongMember as error:
        raise TheirFault(Code.NOT_A_HEAD, error.path) from error
    return members


def _call(members: Members) -> CallHead:
    kind = members.text("kind")
    if kind not in _KINDS:
        members.fail("kind")
    sender, to = members.state("from"), members.state("to")
    head = CallHead(
        kind=Kind(kind),
        sender=sender,
        to=to,
        at=members.time("at"),
        nonce=members.data("nonce", NONCE),
        epoch=members.whole("epoch", 1),
        cards=_cards(members, sender, to),
        items=read_items(members, 0 if kind == Kind.CARD else 1),
        state=read_state(members.within("state")) if kind == Kind.SYNC else None,
    )
    if members.has("state"):
        members.fail("state")
    if not may_carry(head.kind, len(head.items)):
        members.fail("items")
    return head


def _reply(members: Members) -> ReplyHead:
    if members.text("kind") != REPLY:
        members.fail("kind")
    sender, to = members.state("from"), members.state("to")
    return ReplyHead(
        re=members.digest("re"),
        sender=sender,
        to=to,
        at=members.time("at"),
        nonce=members.data("nonce", NONCE),
        epoch=members.whole("epoch", 1),
        cards=_cards(members, sender, to),
        error=None if members.is_null("error") else _refusal(members.within("error")),
        receipts=_receipts(members, sender, to),
        items=read_items(members),
        state=read_state(members.within("state")) if members.has("state") else None,
    )


def _cards(members: Members, sender: str, to: str) -> tuple[tuple[str, str], ...]:
    within = members.within("directory")
    told = tuple((state, within.digest(state)) for state in sorted({sender, to}))
    if within.rest() != NOTHING:
        members.fail("directory")
    return told


def _refusal(members: Members) -> Refusal:
    return Refusal(code=members.formed("code", CODE_FORM), says=members.prose("says", LONGEST_SAYS))


def _receipts(members: Members, sender: str, to: str) -> tuple[Answered, ...]:
    found: list[Answered] = []
    for one in members.each("receipts", MOST_RECEIPTS):
        answered = read_answered(one)
        if isinstance(answered, Receipt) and (answered.sender, answered.to) != (sender, to):
            one.fail("from")
        found.append(answered)
    return tuple(found)


def _same_states(head: CallHead | ReplyHead, opened: Opened) -> None:
    if (head.sender, head.to) != (opened.outer.sender, opened.outer.to):
        raise TheirFault(Code.NOT_A_HEAD, "from")


def may_carry(kind: Kind, count: int) -> bool:
    """Say whether a call of this kind may carry ``count`` items."""
    return count in _COUNTS[kind]


_KINDS: Final = frozenset(Kind)
_COUNTS: Final[Mapping[Kind, range]] = {
    Kind.ACTS: range(1, MOST_ITEMS + 1),
    Kind.SYNC: range(1),
    Kind.CARD: range(1, 2),
}
