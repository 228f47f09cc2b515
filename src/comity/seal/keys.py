"""What a key can do, whatever its suite (``spec/seal-v1.md`` section 1).

Code above this room asks for these shapes. Suite 1 is the one
implementation that runs; a test may bring its own by argument.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from comity.seal.canonical import Json


class Purpose(StrEnum):
    """What a key may be used for. A key of one purpose is never accepted for another."""

    ROOT = "root"
    ACTS = "acts"
    NODE = "node"
    SEAL = "seal"


class VerifyKey(Protocol):
    """The public half of a signing key."""

    @property
    def id(self) -> str:
        """The key id: digest of the canonical public form."""

    @property
    def suite(self) -> int:
        """The number of the suite."""

    @property
    def halves(self) -> tuple[str, ...]:
        """Names of the signatures that this key checks, in the order of the envelope."""

    def data(self) -> dict[str, Json]:
        """Return the public form."""

    def verify(self, message: bytes, signatures: tuple[bytes, ...]) -> None:
        """Return when every signature verifies; else raise ``BadSignature``."""


class SigningKey(Protocol):
    """A key that signs. It may live in another process: bytes in, signatures out."""

    @property
    def public(self) -> VerifyKey:
        """The public half."""

    def sign(self, message: bytes) -> tuple[bytes, ...]:
        """Return one signature for each of the public half's ``halves``, in that order."""


class SealTo(Protocol):
    """The public half of a sealing key."""

    @property
    def id(self) -> str:
        """The key id: digest of the canonical public form."""

    @property
    def suite(self) -> int:
        """The number of the suite."""

    def data(self) -> dict[str, Json]:
        """Return the public form."""

    def seal(self, plaintext: bytes, info: bytes) -> bytes:
        """Return ``plaintext`` so that only this key's holder opens it, and only with ``info``."""


class OpenWith(Protocol):
    """A key that opens what was sealed to it."""

    @property
    def public(self) -> SealTo:
        """The public half."""

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return the plaintext; raise ``CannotOpen`` on another key, ``info`` or changed bit."""


class Suite(Protocol):
    """One set of algorithms under one number."""

    @property
    def number(self) -> int:
        """The number that public forms carry."""

    def read_verify(self, data: Mapping[str, Json]) -> VerifyKey:
        """Return the key of a public form, or raise ``BadKey``."""

    def read_seal(self, data: Mapping[str, Json]) -> SealTo:
        """Return the sealing key of a public form, or raise ``BadKey``."""
