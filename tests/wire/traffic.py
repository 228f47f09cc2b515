"""Two States that write to each other, and ways to take their messages apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from comity.directory.card import Card
from comity.directory.trust import accept_card
from comity.matters.act import Basis, Header, Law, PartRef, Party, read_act, write_header
from comity.seal.canonical import Json, decode, encode
from comity.seal.checkpoint import Checkpoint, origin_of
from comity.seal.commit import commit
from comity.seal.dsse import ACT_TYPE, MESSAGE_TYPE, sign, sign_detached
from comity.seal.forms import digest
from comity.seal.keys import OpenWith, SigningKey
from comity.seal.padding import pad
from comity.wire.call import Call, Sent, build_call, open_call
from comity.wire.frame import INFO, MAGIC, Opened, read_outer, unseal
from comity.wire.head import NONCE, Kind
from comity.wire.items import Outgoing, Part, write_item
from comity.wire.receipt import Answered, Receipt, ReceiptCode
from comity.wire.reply import Answer, Reply, build_reply, open_reply
from tests.directory.states import NOW, State, make_state, seeded

TEXT = b"Keep what belongs to this account."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Northmere asks, Jinhai answers."""

    northmere: State
    jinhai: State

    def acts_call(self, items: Sequence[Outgoing], at: datetime = NOW) -> Sent:
        """Return a call with acts from Northmere to Jinhai."""
        return build_call(
            Kind.ACTS,
            mine=self.northmere.card,
            theirs=self.jinhai.card,
            key=self.northmere.node,
            at=at,
            nonce=seeded("nonce")(NONCE),
            items=items,
        )

    def open(self, body: bytes, **given: object) -> Call:
        """Open a call as Jinhai does."""
        options: dict[str, object] = {
            "me": "XJN",
            "opener": self.jinhai.opener,
            "card_of": {"XNR": self.northmere.card}.get,
            "renewed": self.renewed,
            "now": NOW,
            "suites": self.jinhai.suites,
        }
        return open_call(body, **(options | given))  # type: ignore[arg-type]

    def renewed(self, state: str, envelope: bytes) -> Card:
        """Accept Northmere's newer card."""
        assert state == "XNR"
        return accept_card(
            envelope,
            pinned=self.northmere.pinned(),
            held=self.northmere.card,
            now=NOW,
            demo=False,
            suites=self.northmere.suites,
        )

    def reply(self, answer: Answer, re: str, **given: object) -> bytes:
        """Return Jinhai's reply."""
        options: dict[str, object] = {
            "re": re,
            "mine": self.jinhai.card,
            "theirs": self.northmere.card,
            "key": self.jinhai.node,
            "at": NOW,
            "nonce": seeded("reply")(NONCE),
        }
        return build_reply(answer, **(options | given))  # type: ignore[arg-type]

    def open_reply(self, body: bytes, sent: Sent, **given: object) -> Reply:
        """Open a reply as Northmere does."""
        options: dict[str, object] = {
            "me": "XNR",
            "opener": self.northmere.opener,
            "card": self.jinhai.card,
            "sent": sent,
            "now": NOW,
            "suites": self.northmere.suites,
        }
        return open_reply(body, **(options | given))  # type: ignore[arg-type]


def make_pair(*, live: bool = False) -> Pair:
    """Return the two States with keys of suite 1 (``live``), else of suite 0."""
    return Pair(northmere=make_state("XNR", live=live), jinhai=make_state("XJN", live=live))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A signed act with its parts."""

    id: str
    header: bytes
    envelope: bytes
    parts: tuple[Part, ...]

    def outgoing(self, n: int) -> Outgoing:
        """Return the act as it travels."""
        return Outgoing(n=n, act=self.id, blob=write_item(self.envelope, self.parts))


def state_act(
    author: State, *, number: int = 1, texts: Sequence[bytes] = (TEXT,), **changes: object
) -> Stated:
    """Return a request by ``author``, signed with its acts key."""
    parts = tuple(
        Part(salt=sha256(b"%d %d" % (number, index)).digest(), data=text)
        for index, text in enumerate(texts)
    )
    header = Header(
        step="request",
        author=author.card.state,
        seq=0,
        nonce=sha256(b"%d" % number).digest(),
        parties=(Party(state="XJN", role="requested"), Party(state="XNR", role="requesting")),
        basis=Basis(instrument="budapest", article="29"),
        form="uncc",
        channel="poc_247",
        lang="en",
        at=NOW,
        urgency="immediate_247",
        items=1,
        until=NOW.replace(month=8),
        law=Law(edition=digest(b"law")),
        parts=tuple(
            PartRef(
                role="request",
                length=len(part.data),
                commit=commit(part.salt, index, "request", part.data),
            )
            for index, part in enumerate(parts)
        ),
    )
    raw = write_header(replace(header, **changes))  # type: ignore[arg-type]
    return Stated(
        id=read_act(raw).id, header=raw, envelope=sign(raw, ACT_TYPE, author.acts), parts=parts
    )


def receipt(item_n: int, act: str, **changes: object) -> Receipt:
    """Return Jinhai's receipt for an act of Northmere."""
    given = Receipt(
        sender="XJN",
        to="XNR",
        n=item_n,
        act=act,
        at=NOW,
        code=ReceiptCode.STORED,
        held=(1,),
        log=Checkpoint(origin=origin_of("XJN"), size=5, root=bytes(32)),
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def receipts(sent: Sent) -> tuple[Answered, ...]:
    """Return a receipt for each item of a call."""
    return tuple(receipt(item.n, item.act) for item in sent.items)


# Taking a message apart, and putting it together again with something changed.


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces of one message."""

    outer: dict[str, Json]
    head: dict[str, Json]
    signature: bytes
    blobs: bytes


def take_apart(body: bytes, to: State) -> Pieces:
    """Return the pieces of a message that was sealed to ``to``."""
    opened = open_letter(body, to)
    return Pieces(
        outer=decode(opened.outer.raw),
        head=decode(opened.head),
        signature=opened.signature,
        blobs=bytes(opened.blobs),
    )


def open_letter(body: bytes, to: State) -> Opened:
    """Return what comes out of the seal."""
    outer = read_outer(body, me=to.card.state, suites=to.suites)
    return unseal(outer, to.opener)


def put_together(
    pieces: Pieces,
    *,
    key: SigningKey | None,
    to: OpenWith,
    outer: Mapping[str, Json] | None = None,
    payload_type: str = MESSAGE_TYPE,
) -> bytes:
    """Return a message made of ``pieces``: signed anew by ``key``, or with the old signature."""
    head = encode(pieces.head)
    signature = sign_detached(head, payload_type, key) if key else pieces.signature
    plaintext = b"".join((u32(head), head, u32(signature), signature, pieces.blobs))
    told = {**pieces.outer, "mid": digest(head), **(outer or {})}
    return frame(encode(told), plaintext, to)


def frame(outer: bytes, plaintext: bytes, to: OpenWith) -> bytes:
    """Return a body with a correct seal around any plaintext."""
    return framed(outer, to.public.seal(pad(plaintext), INFO + outer))


def framed(outer: bytes, sealed: bytes) -> bytes:
    """Return a body around any ciphertext."""
    return MAGIC + len(outer).to_bytes(2, "big") + outer + sealed


def u32(data: bytes) -> bytes:
    """Return the length of ``data``, as the format writes it."""
    return len(data).to_bytes(4, "big")
