r"""The frame that calls and replies share (message-v1 section 1).

``"COMITY1\n" || u16(len(outer)) || outer || ciphertext``; sealed inside it,
padded: ``u32(len(head)) || head || u32(len(signature)) || signature || blobs``.
Every length is compared with what is there before anything is cut or decoded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from comity.directory.members import Members, WrongMember
from comity.seal.canonical import Json, decode, encode
from comity.seal.dsse import MESSAGE_TYPE, sign_detached
from comity.seal.errors import BadPadding, CannotOpen, NotCanonical
from comity.seal.forms import digest
from comity.seal.keys import OpenWith, SealTo, SigningKey, Suite
from comity.seal.padding import pad, unpad
from comity.seal.suites import LIVE
from comity.wire.errors import Code, TheirFault, ours

MAGIC: Final = b"COMITY1\n"
FAMILY: Final = b"COMITY"
VERSION: Final = 1
INFO: Final = b"comity/message/v1\0"

MAX_BODY: Final = 1_048_576
"""Bytes of the largest request or response body, on every path."""

MAX_OUTER: Final = 4_096
MAX_HEAD: Final = 65_536
MAX_SIGNATURE: Final = 16_384

_U16: Final = 2
_U32: Final = 4

Opener: TypeAlias = Callable[[str], OpenWith | None]
"""Gives the opening key with this id, ``None`` when this node holds no such key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """What a body says in clear, unbelieved. ``raw`` is bound into the sealing."""

    suite: int
    sender: str
    to: str
    key: str
    mid: str
    raw: bytes = field(repr=False)
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What came out of the seal. Nothing is believed until its head is proven."""

    outer: Outer
    head: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    blobs: memoryview = field(repr=False)


def read_outer(body: bytes, *, me: str, suites: Mapping[int, Suite] = LIVE) -> Outer:
    """Return what a body says in clear. No key is used yet. Raises ``TheirFault``."""
    if len(body) > MAX_BODY:
        raise TheirFault(Code.TOO_LARGE)
    if not body.startswith(MAGIC):
        family = body.startswith(FAMILY) and body[len(MAGIC) - 1 : len(MAGIC)] == b"\n"
        raise TheirFault(Code.UNSUPPORTED_VERSION if family else Code.NOT_A_MESSAGE)
    start = len(MAGIC) + _U16
    end = start + int.from_bytes(body[len(MAGIC) : start], "big")
    if end > len(body) or end - start > MAX_OUTER:
        raise TheirFault(Code.NOT_A_MESSAGE, "outer")
    outer = _outer(body[start:end], body[end:], suites)
    if outer.to != me:
        raise TheirFault(Code.NOT_FOR_ME)
    return outer


def unseal(outer: Outer, opener: Opener) -> Opened:
    """Open what was sealed to one of this node's keys. Raises ``TheirFault``."""
    key = opener(outer.key)
    if key is None:
        raise TheirFault(Code.UNKNOWN_KEY)
    if key.public.suite != outer.suite:
        raise TheirFault(Code.UNKNOWN_SUITE)
    try:
        plaintext = unpad(key.open(outer.sealed, INFO + outer.raw))
    except CannotOpen as error:
        raise TheirFault(Code.CANNOT_OPEN) from error
    except BadPadding as error:
        raise TheirFault(Code.BAD_PADDING) from error
    return _split(outer, plaintext)


def seal_message(
    head: Mapping[str, Json], blobs: tuple[bytes, ...], key: SigningKey, to: SealTo
) -> tuple[bytes, str]:
    """Return the body of a signed and sealed message, and its ``mid``.

    Raises ``OurFault`` when it would break a limit that the receiver checks.
    """
    raw = encode(head)
    mid = digest(raw)
    if len(raw) > MAX_HEAD:
        ours(f"a head of {len(raw)} bytes")
    outer = encode(
        {
            "v": VERSION,
            "suite": to.suite,
            "from": head["from"],
            "to": head["to"],
            "key": to.id,
            "mid": mid,
        }
    )
    signature = sign_detached(raw, MESSAGE_TYPE, key)
    plaintext = b"".join((_u32(raw), raw, _u32(signature), signature, *blobs))
    sealed = to.seal(pad(plaintext), INFO + outer)
    body = b"".join((MAGIC, len(outer).to_bytes(_U16, "big"), outer, sealed))
    if len(body) > MAX_BODY:
        ours(f"a body of {len(body)} bytes")
    return body, mid


def _outer(raw: bytes, sealed: bytes, suites: Mapping[int, Suite]) -> Outer:
    try:
        members = Members(decode(raw))
        check_version(members.whole("v"))
        suite = members.whole("suite")
        if suite not in suites:
            raise TheirFault(Code.UNKNOWN_SUITE)
        return Outer(
            suite=suite,
            sender=members.state("from"),
            to=members.state("to"),
            key=members.digest("key"),
            mid=members.digest("mid"),
            raw=raw,
            sealed=sealed,
        )
    except NotCanonical as error:
        raise TheirFault(Code.NOT_CANONICAL, "outer") from error
    except WrongMember as error:
        raise TheirFault(Code.NOT_A_MESSAGE, error.path) from error


def check_version(version: int) -> None:
    """Return for the version of this page; refuse every other."""
    if version != VERSION:
        raise TheirFault(Code.UNSUPPORTED_VERSION)


def _split(outer: Outer, plaintext: bytes) -> Opened:
    view = memoryview(plaintext)
    head, rest = _cut(view, MAX_HEAD, "head")
    signature, rest = _cut(rest, MAX_SIGNATURE, "signature")
    if digest(head) != outer.mid:
        raise TheirFault(Code.NOT_A_MESSAGE, "mid")
    return Opened(outer=outer, head=head, signature=signature, blobs=rest)


def _cut(view: memoryview, most: int, name: str) -> tuple[bytes, memoryview]:
    length = int.from_bytes(view[:_U32], "big")
    if length > most:
        raise TheirFault(Code.TOO_LARGE, name)
    end = _U32 + length
    if len(view) < end:
        raise TheirFault(Code.NOT_A_MESSAGE, name)
    return bytes(view[_U32:end]), view[end:]


def _u32(data: bytes) -> bytes:
    return len(data).to_bytes(_U32, "big")
