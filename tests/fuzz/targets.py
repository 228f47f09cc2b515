"""Every decoder of foreign bytes, with the errors it may raise: anything else is a finding.

A target takes any bytes. *Raw* targets decode them as they are. *Woven* ones
let them choose changes to one layer of a valid message and put the layers
around it right again (digest, length, signature, seal), so that the change
reaches the code behind the signature. What a target accepts is compared with
what was signed: a change that is accepted is a finding too.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from comity.actions.verdict import Verdict
from comity.actions.verify import verify_certificate
from comity.directory.card import Card
from comity.directory.errors import DirectoryError
from comity.directory.pin import pin_by_registrar, read_pinned, write_anchor, write_pinned
from comity.directory.read import read_card
from comity.directory.trust import accept_card, claimed
from comity.directory.write import write_card
from comity.facts import FactError, from_data, recognise
from comity.matters.act import read_act
from comity.matters.errors import NotAnAct
from comity.seal.canonical import Json, decode, encode
from comity.seal.checkpoint import Checkpoint, origin_of, read_checkpoint, read_checkpoint_data
from comity.seal.dsse import ACT_TYPE, CARD_TYPE, read_envelope, sign
from comity.seal.errors import NotCanonical, SealError
from comity.seal.forms import digest
from comity.seal.padding import pad
from comity.seal.proofs import read_consistency, read_inclusion
from comity.seal.suites import read_seal_key, read_verify_key
from comity.wire.call import Call
from comity.wire.errors import TheirFault
from comity.wire.frame import INFO
from comity.wire.head import reply_head
from comity.wire.items import Item, Part, prove_given_back, prove_item, read_item, write_item
from comity.wire.refusal import read_refusal
from comity.wire.reply import Answer
from comity.wire.sync import SyncState
from tests.actions.make_vectors import FILE as CERTIFICATES
from tests.directory.states import NOW, signing_key
from tests.fuzz.mutate import Choices, edit_bytes, edit_json
from tests.suite0 import SUITES_0
from tests.wire.traffic import (
    Pieces,
    frame,
    framed,
    make_pair,
    open_letter,
    put_together,
    receipts,
    state_act,
    take_apart,
    u32,
)

Errors = tuple[type[Exception], ...]

PAIR: Final = make_pair()
NORTHMERE: Final = PAIR.northmere
JINHAI: Final = PAIR.jinhai
LIVE_STATE: Final = make_pair(live=True).northmere
REGISTRAR: Final = signing_key("registrar")
ACT: Final = state_act(NORTHMERE, texts=(b"what is asked", b"a reason"))
SENT: Final = PAIR.acts_call([ACT.outgoing(1), state_act(NORTHMERE, number=2).outgoing(2)])
REPLY: Final = PAIR.reply(
    Answer(receipts=receipts(SENT), state=SyncState(given=1, held=2, above=(4,), receipts=1)),
    SENT.mid,
)
CALL_PIECES: Final = take_apart(SENT.body, JINHAI)
REPLY_PIECES: Final = take_apart(REPLY, NORTHMERE)
PUBLISHED: Final = json.loads(CERTIFICATES.read_text(encoding="utf-8"))
CERTIFICATE: Final = bytes(PUBLISHED["cases"][0]["file"], "utf-8")
CARD_ENVELOPE: Final = NORTHMERE.envelope(version=8)
ANCHOR: Final = write_anchor("XNR", NORTHMERE.root.public.id, NOW, REGISTRAR)
HEAD: Final = Checkpoint(origin=origin_of("XJN"), size=9, root=bytes(32))


@dataclass(frozen=True, slots=True)
class Target:
    """A decoder, the errors it may raise, and the bytes to begin with."""

    run: Callable[[bytes], None]
    may_raise: Errors
    seed: bytes = b""

    def __call__(self, data: bytes) -> None:
        """Decode; let only findings out."""
        try:
            self.run(data)
        except self.may_raise:
            return


class Finding(AssertionError):
    """Something was believed that nobody signed."""


# ---------------------------------------------------------------------- raw


def canonical(data: bytes) -> None:
    if encode(decode(data)) != data:
        raise Finding


def envelope(data: bytes) -> None:
    read_envelope(data)


def detached(data: bytes) -> None:
    read_envelope(data, payload=b"x")


def act(data: bytes) -> None:
    if read_act(data).header != data:
        raise Finding


def card(data: bytes) -> None:
    if write_card(read_card(data, SUITES_0), SUITES_0) != data:
        raise Finding


def live_card(data: bytes) -> None:
    if write_card(read_card(data)) != data:
        raise Finding


def card_envelope(data: bytes) -> None:
    claimed(data, SUITES_0)
    if _accepted(data) != NORTHMERE.changed(version=8):
        raise Finding


def anchor(data: bytes) -> None:
    _vouched(data)
    if decode(data)["payload"] != decode(ANCHOR)["payload"]:
        raise Finding


def pinned(data: bytes) -> None:
    read_pinned(data, SUITES_0)


def verify_key(data: bytes) -> None:
    read_verify_key(decode(data))


def seal_key(data: bytes) -> None:
    read_seal_key(decode(data))


def call(data: bytes) -> None:
    if PAIR.open(data).mid != SENT.mid or data != SENT.body:
        raise Finding


def reply(data: bytes) -> None:
    if PAIR.open_reply(data, SENT).head.re != SENT.mid or data != REPLY:
        raise Finding


def letter(data: bytes) -> None:
    PAIR.open(frame(encode(CALL_PIECES.outer), data, JINHAI.opening))


def head(data: bytes) -> None:
    reply_head(data)


def blob(data: bytes) -> None:
    read_item(data)
    _proven(data, _item(data))


def refusal(data: bytes) -> None:
    read_refusal(data)


def certificate(data: bytes) -> None:
    report = verify_certificate(data, {}, now=NOW)
    if report.verdict is Verdict.CANNOT_TELL and data != CERTIFICATE:
        raise Finding


def paste(data: bytes) -> None:
    recognise(data, default_zone=None)


def identifier(data: bytes) -> None:
    plain = {name: one for name, one in decode(data).items() if isinstance(one, str | int)}
    value = from_data(plain)
    if from_data(value.as_data()) != value:
        raise Finding


def checkpoint(data: bytes) -> None:
    if read_checkpoint(data).body() != data:
        raise Finding


def log_head(data: bytes) -> None:
    members = decode(data)
    if read_checkpoint_data(members).data() != members:
        raise Finding


def proof(data: bytes) -> None:
    members = decode(data)
    try:
        read_inclusion(members)
    except SealError:
        read_consistency(members)


# -------------------------------------------------------------------- woven


def woven_body(data: bytes) -> None:
    """Change the body as it travels: nothing changed may be believed."""
    call(edit_bytes(SENT.body, Choices(data)))


def woven_reply_body(data: bytes) -> None:
    """Change the reply as it travels."""
    reply(edit_bytes(REPLY, Choices(data)))


def woven_outer(data: bytes) -> None:
    """Change ``outer`` around the same ciphertext."""
    outer = encode(edit_json(CALL_PIECES.outer, Choices(data)))
    call(framed(outer, open_letter(SENT.body, JINHAI).outer.sealed))


def woven_padding(data: bytes) -> None:
    """Change what is sealed, padding and all."""
    outer = encode(CALL_PIECES.outer)
    padded = edit_bytes(pad(_letter(CALL_PIECES)), Choices(data))
    _as_sent(PAIR.open(framed(outer, JINHAI.opening.public.seal(padded, INFO + outer))))


def woven_letter(data: bytes) -> None:
    """Change the plaintext inside a correct padding and seal."""
    changed = edit_bytes(_letter(CALL_PIECES), Choices(data))
    _as_sent(PAIR.open(frame(encode(CALL_PIECES.outer), changed, JINHAI.opening)))


def woven_signature(data: bytes) -> None:
    """Change the signature of a head that stays."""
    changed = encode(edit_json(decode(CALL_PIECES.signature), Choices(data)))
    pieces = replace(CALL_PIECES, signature=changed)
    opened = PAIR.open(put_together(pieces, key=None, to=JINHAI.opening))
    if opened.signature != CALL_PIECES.signature:
        raise Finding


def woven_head(data: bytes) -> None:
    """Change the head as its own sender could, who signs it."""
    changed = edit_json(CALL_PIECES.head, Choices(data))
    pieces = replace(CALL_PIECES, head=changed)
    opened = PAIR.open(put_together(pieces, key=NORTHMERE.node, to=JINHAI.opening))
    if opened.head.sender != "XNR" or len(opened.blobs) != len(opened.head.items):
        raise Finding


def woven_sync(data: bytes) -> None:
    """Change the head of a sync call."""
    state = SyncState(given=9, held=4, above=(6, 7), receipts=8, want=10)
    begun: dict[str, Json] = {
        **CALL_PIECES.head,
        "kind": "sync",
        "items": [],
        "state": state.data(),
    }
    pieces = replace(CALL_PIECES, head=edit_json(begun, Choices(data)), blobs=b"")
    PAIR.open(put_together(pieces, key=NORTHMERE.node, to=JINHAI.opening))


def woven_reply(data: bytes) -> None:
    """Change the head of a reply, receipts and all, as the peer could."""
    changed = edit_json(REPLY_PIECES.head, Choices(data))
    pieces = replace(REPLY_PIECES, head=changed)
    opened = PAIR.open_reply(put_together(pieces, key=JINHAI.node, to=NORTHMERE.opening), SENT)
    if opened.head.re != SENT.mid:
        raise Finding


def woven_receipt(data: bytes) -> None:
    """Change one receipt of a reply."""
    first, *others = (one.data() for one in receipts(SENT))
    told: list[Json] = [edit_json(first, Choices(data)), *others]
    pieces = replace(REPLY_PIECES, head={**REPLY_PIECES.head, "receipts": told})
    opened = PAIR.open_reply(put_together(pieces, key=JINHAI.node, to=NORTHMERE.opening), SENT)
    if [one.act for one in opened.head.receipts] != [item.act for item in SENT.items]:
        raise Finding


def woven_item(data: bytes) -> None:
    """Change one item of a call, so that head and blobs may part."""
    first, *others = (item.data() for item in SENT.items)
    told: list[Json] = [edit_json(first, Choices(data)), *others]
    pieces = replace(CALL_PIECES, head={**CALL_PIECES.head, "items": told})
    opened = PAIR.open(put_together(pieces, key=NORTHMERE.node, to=JINHAI.opening))
    if b"".join(opened.blobs) != CALL_PIECES.blobs:
        raise Finding


def woven_blob(data: bytes) -> None:
    """Change a blob; the head commits to the changed one."""
    changed = edit_bytes(ACT.outgoing(1).blob, Choices(data))
    _proven(changed, _item(changed))


def woven_parts(data: bytes) -> None:
    """Change, drop, double or swap the parts beside an act."""
    choices = Choices(data)
    parts: list[Part | None] = list(ACT.parts)
    for _ in range(1 + choices.pick(3)):
        place = choices.pick(len(parts) + 1)
        one = ACT.parts[choices.pick(len(ACT.parts))]
        other = Part(salt=one.salt, data=edit_bytes(one.data, choices)[:999] or b"x")
        parts[place : place + choices.pick(2)] = [None, one, other][: choices.pick(4)]
    written = write_item(ACT.envelope, parts)
    _proven(written, _item(written))


def woven_envelope(data: bytes) -> None:
    """Change an act's envelope."""
    changed = encode(edit_json(decode(ACT.envelope), Choices(data)))
    written = write_item(changed, ACT.parts)
    _proven(written, _item(written))


def woven_act(data: bytes) -> None:
    """Change an act as its own author could, who signs it."""
    raw = encode(edit_json(decode(ACT.header), Choices(data)))
    written = write_item(sign(raw, ACT_TYPE, NORTHMERE.acts), ACT.parts)
    item = Item(n=1, act=digest(raw), length=len(written), digest=digest(written))
    found = prove_item(written, item, sender="XNR", card=NORTHMERE.card, received_at=NOW)
    if found.act.header != raw:
        raise Finding


def woven_card(data: bytes) -> None:
    """Change a card as its own root could, who signs it."""
    raw = encode(edit_json(decode(NORTHMERE.changed(version=8).payload), Choices(data)))
    found = _accepted(sign(raw, CARD_TYPE, NORTHMERE.root))
    if write_card(found, SUITES_0) != raw:
        raise Finding


def woven_live_card(data: bytes) -> None:
    """Change a card of suite 1, whose keys are points and lattices."""
    raw = encode(edit_json(decode(LIVE_STATE.card.payload), Choices(data)))
    live_card(raw)


# ------------------------------------------------------------------- helpers


def _letter(pieces: Pieces) -> bytes:
    raw = encode(pieces.head)
    return b"".join((u32(raw), raw, u32(pieces.signature), pieces.signature, pieces.blobs))


def _as_sent(opened: Call) -> None:
    if opened.mid != SENT.mid or b"".join(opened.blobs) != CALL_PIECES.blobs:
        raise Finding


def _item(written: bytes) -> Item:
    return Item(n=1, act=ACT.id, length=len(written), digest=digest(written))


def _proven(written: bytes, item: Item) -> None:
    """Prove an act whose author signed ``ACT`` and nothing else."""
    found = prove_item(written, item, sender="XNR", card=NORTHMERE.card, received_at=NOW)
    kept = zip(found.parts, ACT.parts, strict=True)
    if found.envelope != ACT.envelope or any(one not in (None, other) for one, other in kept):
        raise Finding
    prove_given_back(written, item, me="XNR", cards=[NORTHMERE.card])


def _accepted(data: bytes) -> Card:
    return accept_card(
        data,
        pinned=NORTHMERE.pinned(),
        held=NORTHMERE.card,
        now=NOW,
        demo=False,
        suites=SUITES_0,
    )


def _vouched(data: bytes) -> None:
    pin_by_registrar(
        data,
        REGISTRAR.public,
        state="XNR",
        root_data=NORTHMERE.root.public.data(),
        now=NOW,
        suites=SUITES_0,
    )


SEALS: Final[Errors] = (SealError,)
ACTS: Final[Errors] = (NotAnAct, SealError)
CARDS: Final[Errors] = (DirectoryError, SealError)
THEIRS: Final[Errors] = (TheirFault,)
# An edit may make something that cannot be written at all: then nothing was sent.
WOVEN: Final[Errors] = (TheirFault, NotCanonical)

RAW: Final[Mapping[str, Target]] = {
    "canonical": Target(canonical, SEALS, ACT.header),
    "envelope": Target(envelope, SEALS, ACT.envelope),
    "detached": Target(detached, SEALS, CALL_PIECES.signature),
    "act": Target(act, ACTS, ACT.header),
    "card": Target(card, CARDS, NORTHMERE.card.payload),
    "live_card": Target(live_card, CARDS, LIVE_STATE.card.payload),
    "card_envelope": Target(card_envelope, CARDS, CARD_ENVELOPE),
    "anchor": Target(anchor, (DirectoryError,), ANCHOR),
    "pinned": Target(pinned, CARDS, write_pinned(NORTHMERE.pinned())),
    "verify_key": Target(verify_key, SEALS, encode(LIVE_STATE.root.public.data())),
    "seal_key": Target(seal_key, SEALS, encode(LIVE_STATE.opening.public.data())),
    "call": Target(call, THEIRS, SENT.body),
    "reply": Target(reply, THEIRS, REPLY),
    "letter": Target(letter, THEIRS, _letter(CALL_PIECES)),
    "head": Target(head, THEIRS, encode(REPLY_PIECES.head)),
    "blob": Target(blob, THEIRS, ACT.outgoing(1).blob),
    "refusal": Target(refusal, THEIRS, b'{"error":{"code":"busy","fault":"ours"},"v":1}'),
    "certificate": Target(certificate, (), CERTIFICATE),
    "paste": Target(paste, (FactError,), b"From: a@b.example\r\n\r\nhttp://c.example 192.0.2.1"),
    "identifier": Target(
        identifier, (FactError, *SEALS), b'{"address":"a@b.example","kind":"email_address"}'
    ),
    "checkpoint": Target(checkpoint, SEALS, HEAD.body()),
    "log_head": Target(log_head, SEALS, encode(HEAD.data())),
    "proof": Target(proof, SEALS, b'{"index":0,"path":[],"size":1}'),
}
WOVEN_TARGETS: Final[Mapping[str, Target]] = {
    "woven_body": Target(woven_body, WOVEN),
    "woven_reply_body": Target(woven_reply_body, WOVEN),
    "woven_outer": Target(woven_outer, WOVEN),
    "woven_padding": Target(woven_padding, WOVEN),
    "woven_letter": Target(woven_letter, WOVEN),
    "woven_signature": Target(woven_signature, WOVEN),
    "woven_head": Target(woven_head, WOVEN),
    "woven_sync": Target(woven_sync, WOVEN),
    "woven_reply": Target(woven_reply, WOVEN),
    "woven_receipt": Target(woven_receipt, WOVEN),
    "woven_item": Target(woven_item, WOVEN),
    "woven_parts": Target(woven_parts, WOVEN),
    "woven_blob": Target(woven_blob, WOVEN),
    "woven_envelope": Target(woven_envelope, WOVEN),
    "woven_act": Target(woven_act, WOVEN),
    "woven_card": Target(woven_card, CARDS),
    "woven_live_card": Target(woven_live_card, CARDS),
}
TARGETS: Final[Mapping[str, Target]] = {**RAW, **WOVEN_TARGETS}
