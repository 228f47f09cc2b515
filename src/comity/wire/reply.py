"""Replies (message-v1 section 3): build one, or open, prove and match one to its call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from comity.directory.card import Card
from comity.directory.keys import seal_key_for
from comity.seal.keys import SigningKey, Suite
from comity.seal.suites import LIVE
from comity.wire.call import Sent
from comity.wire.errors import SAYS, Code, TheirFault
from comity.wire.frame import Opener, read_outer, seal_message, unseal
from comity.wire.head import (
    REPLY,
    Refusal,
    ReplyHead,
    read_reply_head,
    reply_head,
    write_head,
)
from comity.wire.items import Outgoing, cut_blobs
from comity.wire.proof import prove_head
from comity.wire.receipt import Answered
from comity.wire.sync import SyncState


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reply says: one receipt for each item of the call, in order."""

    receipts: tuple[Answered, ...] = ()
    items: tuple[Outgoing, ...] = ()
    state: SyncState | None = None
    error: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A proven reply. ``raw`` and ``signature`` prove each receipt in it, also alone."""

    head: ReplyHead
    blobs: tuple[bytes, ...] = field(repr=False)
    raw: bytes = field(repr=False)
    signature: bytes = field(repr=False)


def refusal(code: Code) -> Refusal:
    """Return the refusal of a whole call, with the sentence for the other operator."""
    return Refusal(code=code.value, says=str(SAYS[code]))


def build_reply(
    answer: Answer,
    *,
    re: str,
    mine: Card,
    theirs: Card,
    key: SigningKey,
    at: datetime,
    nonce: bytes,
) -> bytes:
    """Return the sealed reply to the call ``re``.

    Raises ``OurFault``; ``CardExpired`` or ``KeyNotValid`` when the peer's card
    gives no key to seal to.
    """
    head = write_head(mine=mine, theirs=theirs, key=key, at=at, nonce=nonce)
    head |= {
        "kind": REPLY,
        "re": re,
        "error": answer.error.data() if answer.error else None,
        "receipts": [one.data() for one in answer.receipts],
        "items": [one.item.data() for one in answer.items],
    }
    if answer.state is not None:
        head["state"] = answer.state.data()
    blobs = tuple(one.blob for one in answer.items)
    body, _ = seal_message(head, blobs, key, seal_key_for(theirs, at))
    return body


def open_reply(
    body: bytes,
    *,
    me: str,
    opener: Opener,
    card: Card,
    sent: Sent,
    now: datetime,
    suites: Mapping[int, Suite] = LIVE,
) -> Reply:
    """Return the proven reply to the call ``sent``; ``card`` is the peer's newest.

    Raises nothing but ``TheirFault``. A reply that refuses the call as a whole
    is returned: ``head.error`` says why.
    """
    outer = read_outer(body, me=me, suites=suites)
    if outer.sender != card.state:
        raise TheirFault(Code.NOT_THE_REPLY, "from")
    opened = unseal(outer, opener)
    head = read_reply_head(opened)
    prove_head(opened.head, opened.signature, head, card=card, at=now)
    if head.re != sent.mid:
        raise TheirFault(Code.NOT_THE_REPLY, "re")
    _answers(head, sent)
    return Reply(
        head=head,
        blobs=cut_blobs(head.items, opened.blobs),
        raw=opened.head,
        signature=opened.signature,
    )


def prove_kept_reply(raw: bytes, signature: bytes, *, card: Card, at: datetime) -> ReplyHead:
    """Return the head of a reply that was kept as proof of its receipts.

    ``at`` is when the reply came; ``card`` the peer's card of that time. Raises
    ``TheirFault``.
    """
    head = reply_head(raw)
    prove_head(raw, signature, head, card=card, at=at)
    return head


def _answers(head: ReplyHead, sent: Sent) -> None:
    """Refuse receipts that are not, one by one, those of the acts that were sent."""
    if head.error is not None and not head.receipts:
        return
    wanted = [(item.n, item.act) for item in sent.items if item.n]
    if [(one.n, one.act) for one in head.receipts] != wanted:
        raise TheirFault(Code.NOT_THE_REPLY, "receipts")
