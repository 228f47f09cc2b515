"""Write ``vectors/directory/``: ``python -m tests.directory.make_vectors [--anew]``.

Signatures draw randomness: files with them are written where they are missing,
or with ``--anew``.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from comity.directory.card import Card
from comity.directory.pin import write_anchor
from comity.directory.write import sign_card, write_card
from comity.seal.canonical import Json, decode
from comity.seal.dsse import ACT_TYPE, ANCHOR_TYPE, CARD_TYPE, sign
from comity.seal.forms import b64, time_text
from comity.seal.suites import LIVE
from comity.seal.words import twelve_words
from tests.directory.states import DAY, NOW, make_state, redraw, signing_key
from tests.seal.make_vectors import written

FOLDER: Final = Path(__file__).parents[2] / "vectors" / "directory"
STATE: Final = make_state("XNR", live=True)
HEIR: Final = signing_key("XNR heir", live=True)
REGISTRAR: Final = signing_key("registrar", live=True)
NAMED: Final = redraw(STATE.card, LIVE, version=8, successor=HEIR.public.id)

# ------------------------------------------------------------------- fixed


def payload() -> Json:
    extra = replace(STATE.card, extra=b'{"later":{"x":1}}', roster=(b'{"id":"o-1"}',))
    return [
        {"bytes": b64(given), "digest": read.digest, "words": list(twelve_words(read.root.id))}
        for given, read in (
            (STATE.card.payload, STATE.card),
            (write_card(extra), redraw(extra, LIVE)),
        )
    ]


# ------------------------------------------------------------------- drawn


def cards() -> Json:
    heir = replace(NAMED, version=9, root=HEIR.public, successor=None)
    return {
        "state": "XNR",
        "root": STATE.root.public.data(),
        "held": {"7": b64(STATE.card.payload), "8": b64(NAMED.payload)},
        "cases": [
            _case("first card under the pin", STATE.envelope(), held=None),
            _case("newer card", STATE.envelope(version=8)),
            _case("same card, signed again", STATE.envelope()),
            _case("a root names its successor", sign_card(NAMED, STATE.root)),
            _case("the successor signs", sign_card(heir, HEIR), held=NAMED),
            *(_case(why, envelope, code=code, now=now) for why, code, envelope, now in _bad()),
        ],
    }


def _bad() -> list[tuple[str, str, bytes, datetime]]:
    acts, node = STATE.card.signing
    newer = write_card(replace(STATE.card, version=8))
    heir = replace(NAMED, version=9, root=HEIR.public, successor=None)
    long = replace(acts, until=acts.since + 401 * DAY)
    twice = replace(node, public=acts.public)
    return [
        ("older card", "rolled-back", STATE.envelope(version=6), NOW),
        ("two cards, one number", "rolled-back", STATE.envelope(languages=("fr",)), NOW),
        ("successor nobody named", "wrong-root", sign_card(heir, HEIR), NOW),
        ("signed by the registrar", "wrong-root", sign(newer, CARD_TYPE, REGISTRAR), NOW),
        ("signed by the acts key", "wrong-root", sign(newer, CARD_TYPE, STATE.acts), NOW),
        ("signed as an act", "not-a-card", sign(newer, ACT_TYPE, STATE.root), NOW),
        ("another State", "wrong-state", STATE.envelope(version=8, state="XJN"), NOW),
        ("a demonstration's", "demo-card", STATE.envelope(version=8, demo=True), NOW),
        ("expired", "card-expired", STATE.envelope(), NOW + 300 * DAY),
        ("ahead of the clock", "not-a-card", STATE.envelope(), NOW - 2 * DAY),
        ("key over 400 days", "not-a-card", STATE.envelope(version=8, signing=(long, node)), NOW),
        ("key twice", "not-a-card", STATE.envelope(version=8, signing=(acts, twice)), NOW),
        ("no node key", "not-a-card", STATE.envelope(version=8, signing=(acts,)), NOW),
    ]


def _case(
    why: str,
    envelope: bytes,
    *,
    held: Card | None = STATE.card,
    now: datetime = NOW,
    code: str | None = None,
) -> Json:
    return {
        "why": why,
        "held": None if held is None else str(held.version),
        "now": time_text(now),
        "envelope": decode(envelope),
        "code": code,
    }


def anchors() -> Json:
    root = STATE.root.public.id
    given: list[tuple[str, bytes, bool]] = [
        ("good", write_anchor("XNR", root, NOW, REGISTRAR), True),
        ("another State", write_anchor("XJN", root, NOW, REGISTRAR), False),
        ("another root", write_anchor("XNR", HEIR.public.id, NOW, REGISTRAR), False),
        ("another signer", write_anchor("XNR", root, NOW, HEIR), False),
        ("in the future", write_anchor("XNR", root, NOW + timedelta(hours=1), REGISTRAR), False),
        ("an empty statement", sign(b"{}", ANCHOR_TYPE, REGISTRAR), False),
    ]
    return {
        "registrar": REGISTRAR.public.data(),
        "state": "XNR",
        "root": STATE.root.public.data(),
        "now": time_text(NOW),
        "cases": [
            {"why": why, "envelope": decode(envelope), "vouches": vouches}
            for why, envelope, vouches in given
        ],
    }


FIXED: Final[Mapping[str, Callable[[], Json]]] = {"payload": payload}
DRAWN: Final[Mapping[str, Callable[[], Json]]] = {"cards": cards, "anchors": anchors}


def main(arguments: list[str]) -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in {**FIXED, **DRAWN}.items():
        path = FOLDER / f"{name}.json"
        if name in FIXED or "--anew" in arguments or not path.exists():
            path.write_text(written(make()), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
