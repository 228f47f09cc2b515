"""Write ``vectors/seal/``: ``python -m tests.seal.make_vectors [--anew]``.

What follows from fixed inputs is written every time. Signatures and seals
draw randomness, so files with them are written where they are missing, or
with ``--anew``.
"""

import json
import secrets
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import shake_256
from pathlib import Path
from typing import Final

from comity.seal.canonical import LARGEST, Json, decode, encode
from comity.seal.checkpoint import Checkpoint
from comity.seal.commit import commit
from comity.seal.dsse import ACT_TYPE, CARD_TYPE, CHECKPOINT_TYPE, sign, sign_detached
from comity.seal.forms import b64, digest
from comity.seal.keyfile import KeyFile, write_key_file
from comity.seal.keys import Purpose
from comity.seal.padding import padded_size
from comity.seal.rest import lock, matter_context, note_context, part_context
from comity.seal.suite1 import Ed25519MlDsa65Signing, MlKem768X25519Open
from comity.seal.tree import ACT_LEAF, Frontier, consistency, inclusion, leaf_data, leaf_hash
from comity.seal.words import twelve_words
from tests.seal.refused import REFUSED

FOLDER: Final = Path(__file__).parents[2] / "vectors" / "seal"
LONGEST_REFUSED: Final = 200


def _bytes(name: str, count: int) -> bytes:
    return shake_256(b"comity/vectors/v1/" + name.encode()).digest(count)


SIGNING_SEED: Final = _bytes("signing", 64)
OTHER_SEED: Final = _bytes("other", 64)
OPENING_SEED: Final = _bytes("opening", 96)
SIGNS: Final = Ed25519MlDsa65Signing.from_seed(SIGNING_SEED)
OTHER: Final = Ed25519MlDsa65Signing.from_seed(OTHER_SEED)
OPENS: Final = MlKem768X25519Open.from_seed(OPENING_SEED)
HEADER: Final = encode({"v": 1, "step": "request", "author": "XNR", "refs": {"XNR": "案 7"}})
HEAD: Final = Checkpoint(origin="comity.invalid/XJN/log/v1", size=9, root=_bytes("root", 32))

# ------------------------------------------------------------------- fixed


def canonical() -> Json:
    good: list[dict[str, Json]] = [
        {},
        {"a": 0, "b": -1, "c": LARGEST, "d": -LARGEST},
        {"a": True, "b": False, "c": None, "d": "", "e": [], "f": {}},
        {"z": 1, "a:b/c.d-e_f": 2, "A": 3, "0": 4, "n" * 64: 5},
        {"text": '"\\\b\t\n\f\r\x00\x1f\x7f/<>&\u2028\ufeff'},
        {"text": "é 中文 العربية 😀 \u0301"},
        {"a": [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]},
    ]
    bad = [(text, rule) for text, rule in REFUSED if len(text) <= LONGEST_REFUSED]
    return {
        "good": [{"bytes": b64(encode(value)), "value": value} for value in good],
        "bad": [{"bytes": b64(text), "rule": rule} for text, rule in bad],
    }


def keys() -> Json:
    return {
        "signing": {
            "seed": b64(SIGNING_SEED),
            "public": SIGNS.public.data(),
            "id": SIGNS.public.id,
        },
        "sealing": {
            "seed": b64(OPENING_SEED),
            "public": OPENS.public.data(),
            "id": OPENS.public.id,
        },
    }


def words() -> Json:
    ids = [SIGNS.public.id, OTHER.public.id, "sha256:" + "00" * 32, "sha256:" + "ff" * 32]
    return [{"digest": key_id, "words": list(twelve_words(key_id))} for key_id in ids]


def padding() -> Json:
    lengths = [0, 1, 16_380, 16_381, 17_404, 17_405, 32_764, 32_765, 65_536, 1_000_000, 1_048_572]
    return [{"length": length, "padded": padded_size(length)} for length in lengths]


def commitments() -> Json:
    salt = _bytes("salt", 32)
    parts = [(0, "request", b"{}"), (1, "request", b"{}"), (0, "reason", "理由".encode())]
    return [
        {
            "salt": b64(salt),
            "index": index,
            "role": role,
            "bytes": b64(data),
            "commit": commit(salt, index, role, data),
        }
        for index, role, data in parts
    ]


def rest() -> Json:
    key, nonce, act = _bytes("storage", 32), _bytes("nonce", 12), digest(HEADER)
    contexts = {
        "part": part_context(act, 2),
        "matter": matter_context(act),
        "note": note_context("note-1"),
    }
    return [
        {
            "kind": kind,
            "key": b64(key),
            "context": b64(context),
            "plaintext": b64(HEADER),
            "locked": b64(lock(key, nonce, HEADER, context)),
        }
        for kind, context in contexts.items()
    ]


def tree() -> Json:
    acts = [digest(bytes([number])) for number in range(9)]
    hashes = [leaf_hash(leaf_data(ACT_LEAF, act)) for act in acts]
    sizes = range(len(acts) + 1)
    return {
        "acts": list(acts),
        "leaves": [b64(found) for found in hashes],
        "roots": [b64(Frontier().extend(hashes[:size]).root()) for size in sizes],
        "inclusion": [
            {"index": index, "size": size, "path": [b64(h) for h in inclusion(hashes, index, size)]}
            for size in sizes
            for index in range(size)
        ],
        "consistency": [
            {
                "first": first,
                "second": second,
                "path": [b64(h) for h in consistency(hashes, first, second)],
            }
            for second in sizes
            for first in range(second + 1)
        ],
    }


# ------------------------------------------------------------------- drawn


def envelopes() -> Json:
    good = sign(HEADER, ACT_TYPE, SIGNS)
    members = decode(good)
    theirs = decode(sign(HEADER, ACT_TYPE, OTHER))
    return {
        "key": SIGNS.public.data(),
        "payloadType": ACT_TYPE,
        "payload": b64(HEADER),
        "good": members,
        "detached": decode(sign_detached(HEADER, ACT_TYPE, SIGNS)),
        "bad": [
            {"why": why, "code": code, "envelope": {**members, **changes}}
            for why, code, changes in _spoilt(members, theirs)
        ],
    }


def _spoilt(
    members: dict[str, Json], theirs: dict[str, Json]
) -> list[tuple[str, str, dict[str, Json]]]:
    ours, others = members["signatures"], theirs["signatures"]
    if not isinstance(ours, list) or not isinstance(others, list):
        raise TypeError
    first, second = ours
    return [
        ("second half stripped", "bad-signature", {"signatures": [first]}),
        ("first half stripped", "bad-signature", {"signatures": [second]}),
        ("no signature", "bad-signature", {"signatures": []}),
        ("halves swapped", "bad-signature", {"signatures": [second, first]}),
        ("first half doubled", "bad-signature", {"signatures": [first, first]}),
        ("a third signature", "bad-signature", {"signatures": [first, second, others[1]]}),
        ("second half of another key", "bad-signature", {"signatures": [first, others[1]]}),
        ("signed by another key", "bad-signature", {"signatures": [*others]}),
        ("another payload", "bad-signature", {"payload": b64(HEADER + b" ")}),
        ("another type", "wrong-purpose", {"payloadType": CARD_TYPE}),
        ("another member", "not-an-envelope", {"note": 1}),
        ("empty payload", "not-an-envelope", {"payload": ""}),
    ]


def seals() -> Json:
    info = b"comity/message/v1\0" + HEADER
    sealed = OPENS.public.seal(HEADER, info)
    return {
        "seed": b64(OPENING_SEED),
        "key": OPENS.public.id,
        "info": b64(info),
        "plaintext": b64(HEADER),
        "good": b64(sealed),
        "bad": [
            b64(wrong)
            for wrong in (
                b"",
                sealed[:1120],
                sealed[:-1],
                sealed + b"\0",
                bytes([sealed[0] ^ 1]) + sealed[1:],
                sealed[:1088] + bytes(32) + sealed[1120:],
                sealed[:-1] + bytes([sealed[-1] ^ 128]),
            )
        ],
    }


def checkpoints() -> Json:
    return [
        {
            "key": SIGNS.public.data(),
            "head": HEAD.data(),
            "body": b64(HEAD.body()),
            "envelope": decode(sign(HEAD.body(), CHECKPOINT_TYPE, SIGNS)),
        }
    ]


def key_files() -> Json:
    held = (
        KeyFile(
            purpose=Purpose.ACTS,
            epoch=1,
            valid_from=_year(2026),
            valid_until=_year(2027),
            key=SIGNS,
        ),
        KeyFile(
            purpose=Purpose.SEAL,
            epoch=2,
            valid_from=_year(2026),
            valid_until=_year(2027),
            key=OPENS,
        ),
    )
    phrase = "caf\u00e9 at 03:00"
    return [
        {
            "passphrase": phrase,
            "file": decode(write_key_file(one, phrase, secrets.token_bytes)),
            "seed": b64(one.key.seed()),
        }
        for one in held
    ]


def _year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


FIXED: Final[Mapping[str, Callable[[], Json]]] = {
    "canonical": canonical,
    "keys": keys,
    "words": words,
    "padding": padding,
    "commitments": commitments,
    "rest": rest,
    "tree": tree,
}
DRAWN: Final[Mapping[str, Callable[[], Json]]] = {
    "envelopes": envelopes,
    "seals": seals,
    "checkpoints": checkpoints,
    "key-files": key_files,
}


def written(value: Json) -> str:
    """Return a vector file's text: JSON for people, all of ASCII."""
    return json.dumps(value, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in {**FIXED, **DRAWN}.items():
        path = FOLDER / f"{name}.json"
        if name in FIXED or "--anew" in arguments or not path.exists():
            path.write_text(written(make()), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
