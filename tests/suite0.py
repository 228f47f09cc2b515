"""Suite 0: fast, deterministic, worthless. For tests only.

A "signature" is an HMAC under a key that the public form gives away, and
sealing is a keystream from the same. It has the shapes of suite 1 so that
thousands of simulated histories run in seconds and replay identically.
Nothing under ``src/`` accepts it: a test hands ``SUITES_0`` in by argument.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256, shake_256
from types import MappingProxyType
from typing import Final

from comity.seal.canonical import Json, encode
from comity.seal.errors import BadKey, BadSignature, CannotOpen
from comity.seal.forms import b64, digest, unb64
from comity.seal.keys import Suite
from comity.text import say

NUMBER: Final = 0
HALVES: Final = ("hmac-test",)
SIGNING_SEED: Final = 32
OPENING_SEED: Final = 32
TAG: Final = 16


@dataclass(frozen=True, slots=True)
class Suite0Verify:
    """The "public" half: whoever has it can also sign."""

    secret: bytes
    id: str

    @property
    def suite(self) -> int:
        return NUMBER

    @property
    def halves(self) -> tuple[str, ...]:
        return HALVES

    def data(self) -> dict[str, Json]:
        return _form("hmactest", self.secret)

    def verify(self, message: bytes, signatures: tuple[bytes, ...]) -> None:
        if signatures != (_mac(self.secret, message),):
            raise BadSignature


@dataclass(frozen=True, slots=True)
class Suite0Signing:
    public: Suite0Verify

    def sign(self, message: bytes) -> tuple[bytes, ...]:
        return (_mac(self.public.secret, message),)

    def seed(self) -> bytes:
        return self.public.secret


@dataclass(frozen=True, slots=True)
class Suite0Seal:
    """The "public" half: whoever has it can also open."""

    secret: bytes
    id: str

    @property
    def suite(self) -> int:
        return NUMBER

    def data(self) -> dict[str, Json]:
        return _form("xortest", self.secret)

    def seal(self, plaintext: bytes, info: bytes) -> bytes:
        """Return ``tag || ciphertext``; the tag is the nonce, so equal inputs give equal bytes."""
        tag = _tag(self.secret, plaintext, info)
        return tag + _stream(self.secret + tag, plaintext)


@dataclass(frozen=True, slots=True)
class Suite0Open:
    public: Suite0Seal

    def open(self, sealed: bytes, info: bytes) -> bytes:
        tag = sealed[:TAG]
        plaintext = _stream(self.public.secret + tag, sealed[TAG:])
        if len(tag) != TAG or _tag(self.public.secret, plaintext, info) != tag:
            raise CannotOpen(say("The message does not open with this key."))
        return plaintext

    def seed(self) -> bytes:
        return self.public.secret


@dataclass(frozen=True, slots=True)
class Suite0:
    number: int = NUMBER

    def read_verify(self, data: Mapping[str, Json]) -> Suite0Verify:
        secret = _secret(data, "hmactest")
        return Suite0Verify(secret, digest(encode(data)))

    def read_seal(self, data: Mapping[str, Json]) -> Suite0Seal:
        secret = _secret(data, "xortest")
        return Suite0Seal(secret, digest(encode(data)))


SUITE_0: Final = Suite0()
SUITES_0: Final[Mapping[int, Suite]] = MappingProxyType({NUMBER: SUITE_0})
"""What a test passes as ``suites``."""


def new_signing_key(random: Callable[[int], bytes]) -> Suite0Signing:
    """Return a signing key of 32 bytes from ``random``."""
    return Suite0Signing(SUITE_0.read_verify(_form("hmactest", random(SIGNING_SEED))))


def new_opening_key(random: Callable[[int], bytes]) -> Suite0Open:
    """Return an opening key of 32 bytes from ``random``."""
    return Suite0Open(SUITE_0.read_seal(_form("xortest", random(OPENING_SEED))))


def _form(name: str, secret: bytes) -> dict[str, Json]:
    return {name: b64(secret), "suite": NUMBER}


def _secret(data: Mapping[str, Json], name: str) -> bytes:
    text = data.get(name)
    if set(data) != {name, "suite"} or data["suite"] != NUMBER or not isinstance(text, str):
        raise BadKey(say("The key is not of suite 0."))
    return unb64(text)


def _mac(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, "sha256")


def _tag(secret: bytes, plaintext: bytes, info: bytes) -> bytes:
    bound = len(info).to_bytes(4, "big") + info + sha256(plaintext).digest()
    return hmac.digest(secret, bound, "sha256")[:TAG]


def _stream(key: bytes, data: bytes) -> bytes:
    stream = int.from_bytes(shake_256(key).digest(len(data)), "big")
    return (stream ^ int.from_bytes(data, "big")).to_bytes(len(data), "big")
