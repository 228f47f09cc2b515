"""Pin a State's root: by twelve words read aloud, or by a registrar's signature (card-v1)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from unicodedata import normalize

from comity.directory.anchor import Anchor, RegistrarAnchor, WordsAnchor
from comity.directory.errors import NotVouched, OneOfficer, WordsDiffer, WordsMissing, WrongField
from comity.directory.members import Members, WrongMember
from comity.directory.trust import AHEAD, Pinned
from comity.seal.canonical import Json, decode, encode
from comity.seal.dsse import ANCHOR_TYPE, prove, read_envelope, sign
from comity.seal.errors import SealError
from comity.seal.forms import b64, time_text
from comity.seal.keys import SigningKey, Suite, VerifyKey
from comity.seal.suites import LIVE, read_verify_key
from comity.seal.words import twelve_words

WORDS: Final = 12
MAX_ANCHOR: Final = 16_384
"""Bytes of the largest registrar's statement, envelope included."""

_WORD: Final = re.compile(r"[a-z]+")
_OFFICER: Final = re.compile(r"\S(.*\S)?")


def pin_by_words(
    state: str,
    root_data: Mapping[str, Json],
    spoken_words: str | Sequence[str],
    officers: tuple[str, str],
    *,
    at: datetime,
    suites: Mapping[int, Suite] = LIVE,
) -> Pinned:
    """Pin a root whose words two officers heard over a number known beforehand.

    ``root_data`` is the card's ``root``; ``spoken_words`` is what was typed, in
    capitals or not, with spaces, commas or numbers between. Raises ``OneOfficer``,
    ``WordsMissing``, ``WordsDiffer`` (which never tells the right word),
    ``UnknownSuite``, ``BadKey``.
    """
    first, second = (" ".join(normalize("NFC", officer).split()) for officer in officers)
    if not first or not second or _folded(first) == _folded(second):
        raise OneOfficer
    root = read_verify_key(root_data, suites)
    spoken = _words(spoken_words)
    if len(spoken) != WORDS:
        raise WordsMissing(len(spoken))
    for place, (heard, right) in enumerate(zip(spoken, twelve_words(root.id), strict=True), 1):
        if heard != right:
            raise WordsDiffer(state, place)
    return Pinned(state=state, root=root, anchor=WordsAnchor(officers=(first, second), at=at))


def pin_by_registrar(
    anchor_envelope: bytes,
    registrar_key: VerifyKey,
    *,
    state: str,
    root_data: Mapping[str, Json],
    now: datetime,
    suites: Mapping[int, Suite] = LIVE,
) -> Pinned:
    """Pin a root for which the registrar of the node's settings has vouched.

    Raises ``NotVouched`` when the statement is not that registrar's, or speaks
    of another State, another root or the future; ``UnknownSuite``, ``BadKey``.
    """
    root = read_verify_key(root_data, suites)
    if len(anchor_envelope) > MAX_ANCHOR:
        raise NotVouched(state)
    try:
        proven = prove(read_envelope(anchor_envelope), registrar_key, ANCHOR_TYPE)
        members = Members(decode(proven.payload))
        members.whole("v", 1, 1)
        vouched = (members.state("state"), members.digest("root"))
        at = members.time("at")
    except (SealError, WrongMember) as error:
        raise NotVouched(state) from error
    if vouched != (state, root.id) or at > now + AHEAD:
        raise NotVouched(state)
    anchor = RegistrarAnchor(registrar=registrar_key.id, envelope=anchor_envelope, at=at)
    return Pinned(state=state, root=root, anchor=anchor)


def write_anchor(state: str, root_id: str, at: datetime, registrar: SigningKey) -> bytes:
    """Return a registrar's statement that ``root_id`` is the root of ``state``."""
    payload: dict[str, Json] = {"v": 1, "state": state, "root": root_id, "at": time_text(at)}
    return sign(encode(payload), ANCHOR_TYPE, registrar)


def write_pinned(pinned: Pinned) -> bytes:
    """Return a pin as canonical bytes, for the node's own storage; it never leaves."""
    return encode(
        {
            "v": 1,
            "state": pinned.state,
            "root": pinned.root.data(),
            "anchor": _anchor_data(pinned.anchor),
        }
    )


def read_pinned(data: bytes, suites: Mapping[int, Suite] = LIVE) -> Pinned:
    """Return the pin that ``write_pinned`` wrote; raise ``NotACard`` or a ``SealError``."""
    members = Members(decode(data))
    try:
        members.whole("v", 1, 1)
        return Pinned(
            state=members.state("state"),
            root=read_verify_key(members.object("root"), suites),
            anchor=_anchor(members.within("anchor")),
        )
    except WrongMember as error:
        raise WrongField(error.path) from error


def _anchor_data(anchor: Anchor) -> Json:
    at = time_text(anchor.at)
    if isinstance(anchor, WordsAnchor):
        return {"kind": "words", "officers": list(anchor.officers), "at": at}
    return {
        "kind": "registrar",
        "registrar": anchor.registrar,
        "envelope": b64(anchor.envelope),
        "at": at,
    }


def _anchor(members: Members) -> Anchor:
    at = members.time("at")
    kind = members.text("kind")
    if kind == "words":
        first, second = members.lines("officers", _OFFICER, 2, 2)
        return WordsAnchor(officers=(first, second), at=at)
    if kind != "registrar":
        members.fail("kind")
    registrar = members.digest("registrar")
    return RegistrarAnchor(registrar=registrar, envelope=members.data("envelope"), at=at)


def _words(spoken: str | Sequence[str]) -> list[str]:
    text = spoken if isinstance(spoken, str) else " ".join(spoken)
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())
