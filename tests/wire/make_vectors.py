"""Write ``vectors/wire/``: ``python -m tests.wire.make_vectors [--anew]``.

Signatures and seals draw randomness: files with them are written where they
are missing, or with ``--anew``.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

from comity.seal.canonical import Json, decode, encode
from comity.seal.dsse import ACT_TYPE, sign
from comity.seal.forms import b64, digest, time_text
from comity.seal.keys import SigningKey
from comity.seal.suite1 import MlKem768X25519Open
from comity.wire.items import ABSENT, Outgoing, write_item
from comity.wire.receipt import NotAccepted, ReceiptCode, write_receipt
from comity.wire.reply import Answer
from comity.wire.sync import SyncState, conclude, conclude_called
from tests.directory.states import DAY, NOW
from tests.seal.make_vectors import written
from tests.wire.traffic import (
    Pieces,
    make_pair,
    put_together,
    receipt,
    receipts,
    state_act,
    take_apart,
)

FOLDER: Final = Path(__file__).parents[2] / "vectors" / "wire"
PAIR: Final = make_pair(live=True)
ACT: Final = state_act(PAIR.northmere, texts=(b"what is asked", b"a reason"))

# ------------------------------------------------------------------- fixed


def sync() -> Json:
    values = (0, 2, 5)
    told: list[Json] = []
    theirs = SyncState(given=2, held=2, receipts=2)
    for given, held, mine_receipts, want in product(values, values, values, (0, 3)):
        if mine_receipts <= given:
            mine = SyncState(given=given, held=held, receipts=mine_receipts)
            other = replace(theirs, want=want)
            caller, called = conclude(mine, other), conclude_called(mine, other)
            told.append(
                {
                    "mine": mine.data(),
                    "theirs": other.data(),
                    "caller": {
                        "findings": [one.value for one in caller.findings],
                        "resend_from": caller.resend_from,
                        "want": caller.want,
                        "give_from": caller.give_from,
                    },
                    "called": {
                        "findings": [one.value for one in called.findings],
                        "want": called.want,
                        "give_from": called.give_from,
                    },
                }
            )
    return told


def receipts_written() -> Json:
    return [
        b64(write_receipt(receipt(7, digest(b"act"), code=code, held=held)))
        for code, held in zip(
            ReceiptCode, ((1, 2), (), (1,), (64,), tuple(range(1, 65))), strict=True
        )
    ]


# ------------------------------------------------------------------- drawn


def messages() -> Json:
    opening = PAIR.jinhai.opening
    back = PAIR.northmere.opening
    if not isinstance(opening, MlKem768X25519Open) or not isinstance(back, MlKem768X25519Open):
        raise TypeError
    sent = PAIR.acts_call([ACT.outgoing(1), state_act(PAIR.northmere, number=2).outgoing(2)])
    first, second = sent.items
    answer = Answer(
        receipts=(
            receipt(first.n, first.act, held=(1, 2)),
            NotAccepted(n=second.n, act=second.act, error="bad-signature", at=NOW),
        )
    )
    return {
        "now": time_text(NOW),
        "cards": {
            "XNR": b64(PAIR.northmere.card.payload),
            "XJN": b64(PAIR.jinhai.card.payload),
        },
        "seeds": {"XNR": b64(back.seed()), "XJN": b64(opening.seed())},
        "call": b64(sent.body),
        "mid": sent.mid,
        "head": take_apart(sent.body, PAIR.jinhai).head,
        "reply": b64(PAIR.reply(answer, sent.mid)),
        "bad": [
            {"why": why, "code": code, "call": b64(body)} for why, code, body in _bad(sent.body)
        ],
        "bad_replies": [
            {
                "why": "to another call",
                "code": "not-the-reply",
                "reply": b64(PAIR.reply(Answer(receipts=receipts(sent)), digest(b"another"))),
            },
            {
                "why": "without receipts",
                "code": "not-the-reply",
                "reply": b64(PAIR.reply(Answer(), sent.mid)),
            },
            {"why": "the call itself", "code": "not-for-me", "reply": b64(sent.body)},
        ],
    }


def _bad(body: bytes) -> list[tuple[str, str, bytes]]:
    pieces = take_apart(body, PAIR.jinhai)
    to, node = PAIR.jinhai.opening, PAIR.northmere.node
    signature = decode(pieces.signature)
    halves = signature["signatures"]
    if not isinstance(halves, list):
        raise TypeError
    stripped = replace(pieces, signature=encode({**signature, "signatures": halves[:1]}))
    late = replace(pieces, head={**pieces.head, "at": time_text(NOW - DAY)})
    more = replace(pieces, blobs=pieces.blobs + b"\0")
    future = replace(pieces, head={**pieces.head, "v": 2})
    return [
        ("nothing", "not-a-message", b""),
        ("a later frame", "unsupported-version", body.replace(b"COMITY1", b"COMITY2", 1)),
        ("suite 0", "unknown-suite", body.replace(b'"suite":1', b'"suite":0', 1)),
        ("to another State", "not-for-me", body.replace(b'"to":"XJN"', b'"to":"XVL"', 1)),
        ("last byte changed", "cannot-open", body[:-1] + bytes([body[-1] ^ 1])),
        ("cut short", "cannot-open", body[:-1]),
        ("a later head", "unsupported-version", put_together(future, key=node, to=to)),
        (
            "signed by the acts key",
            "wrong-purpose",
            _signed_by(pieces, PAIR.northmere.acts),
        ),
        (
            "signed by the receiver",
            "unknown-key",
            _signed_by(pieces, PAIR.jinhai.node),
        ),
        ("second half stripped", "bad-signature", put_together(stripped, key=None, to=to)),
        ("a day late", "clock-apart", put_together(late, key=node, to=to)),
        ("a byte more", "blob-mismatch", put_together(more, key=node, to=to)),
    ]


def _signed_by(pieces: Pieces, key: SigningKey) -> bytes:
    return put_together(pieces, key=key, to=PAIR.jinhai.opening)


def items() -> Json:
    good = ACT.outgoing(1)
    first, second = ACT.parts
    given: list[tuple[str, str | None, Outgoing]] = [
        ("both parts", None, good),
        ("one part to be pulled", None, _other(write_item(ACT.envelope, (None, second)))),
        ("parts swapped", "part-mismatch", _other(write_item(ACT.envelope, (second, first)))),
        ("a part too few", "part-mismatch", _other(write_item(ACT.envelope, (first,)))),
        ("node key", "wrong-purpose", _signed(PAIR.northmere.node)),
        ("another State's key", "unknown-key", _signed(PAIR.jinhai.acts)),
        ("cut short", "not-an-act", _other(good.blob[:-1])),
        ("4 GiB of part", "not-an-act", _other(good.blob + (ABSENT - 1).to_bytes(4, "big"))),
    ]
    return {
        "card": b64(PAIR.northmere.card.payload),
        "received_at": time_text(NOW),
        "cases": [
            {"why": why, "code": code, "item": one.item.data(), "blob": b64(one.blob)}
            for why, code, one in given
        ],
    }


def _other(blob: bytes) -> Outgoing:
    return Outgoing(n=1, act=ACT.id, blob=blob)


def _signed(key: SigningKey) -> Outgoing:
    return _other(write_item(sign(ACT.header, ACT_TYPE, key), ACT.parts))


FIXED: Final[Mapping[str, Callable[[], Json]]] = {"sync": sync, "receipts": receipts_written}
DRAWN: Final[Mapping[str, Callable[[], Json]]] = {"messages": messages, "items": items}


def main(arguments: list[str]) -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in {**FIXED, **DRAWN}.items():
        path = FOLDER / f"{name}.json"
        if name in FIXED or "--anew" in arguments or not path.exists():
            path.write_text(written(make()), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
