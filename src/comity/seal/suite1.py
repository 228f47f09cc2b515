"""Suite 1: Ed25519 and ML-DSA-65 together; HPKE with X-Wing and AES-256-GCM.

``spec/seal-v1.md``; RFC 8032, FIPS 204, RFC 9180. Signing (ML-DSA) and
sealing draw randomness inside the library; keys are made from bytes that the
caller brings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from comity.seal.canonical import Json, encode
from comity.seal.errors import BadKey, BadSignature, CannotOpen, NoHybrid, NotCanonical
from comity.seal.forms import b64, digest, unb64
from comity.text import say

try:
    from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey
    from cryptography.hazmat.primitives.asymmetric.mlkem import (
        MLKEM768PrivateKey,
        MLKEM768PublicKey,
    )
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
except ImportError as missing:
    raise NoHybrid from missing

NUMBER: Final = 1
HALVES: Final = ("ed25519", "ml-dsa-65")

SIGNING_SEED: Final = 64
"""Bytes of a signing key's secret: Ed25519 seed (32), ML-DSA-65 seed (32)."""

OPENING_SEED: Final = 96
"""Bytes of a sealing key's secret: ML-KEM-768 seed (64), X25519 private key (32)."""

OVERHEAD: Final = 1136
"""Bytes that sealing adds: 1,120 of ``enc`` and 16 of tag."""

_ED25519: Final = 32
_MLDSA65: Final = 1952
_MLKEM768: Final = 1184
_X25519: Final = 32
_MLKEM768_SEED: Final = 64

try:
    _HPKE: Final = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
except UnsupportedAlgorithm as unable:
    raise NoHybrid from unable


@dataclass(frozen=True, slots=True, kw_only=True)
class Ed25519MlDsa65Verify:
    """A public signing key of suite 1. Made by ``read`` or from a signing key."""

    id: str
    _ed25519: Ed25519PublicKey = field(repr=False, compare=False)
    _mldsa65: MLDSA65PublicKey = field(repr=False, compare=False)

    @classmethod
    def of(cls, ed25519: Ed25519PublicKey, mldsa65: MLDSA65PublicKey) -> Self:
        """Return the pair as one key."""
        form = _signing_form(ed25519, mldsa65)
        return cls(id=digest(encode(form)), _ed25519=ed25519, _mldsa65=mldsa65)

    @property
    def suite(self) -> int:
        """The number of the suite."""
        return NUMBER

    @property
    def halves(self) -> tuple[str, ...]:
        """Names of the two signatures, in the order of the envelope."""
        return HALVES

    def data(self) -> dict[str, Json]:
        """Return the public form."""
        return _signing_form(self._ed25519, self._mldsa65)

    def verify(self, message: bytes, signatures: tuple[bytes, ...]) -> None:
        """Return when both signatures verify; else raise ``BadSignature``."""
        if len(signatures) != len(HALVES):
            raise BadSignature
        try:
            self._ed25519.verify(signatures[0], message)
            self._mldsa65.verify(signatures[1], message)
        except InvalidSignature as error:
            raise BadSignature from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Ed25519MlDsa65Signing:
    """A signing key of suite 1 in this process. Made by ``from_seed``."""

    public: Ed25519MlDsa65Verify
    _ed25519: Ed25519PrivateKey = field(repr=False, compare=False)
    _mldsa65: MLDSA65PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Return the key of a 64-byte seed; ``ValueError`` for another length."""
        _of_length(seed, SIGNING_SEED)
        ed25519 = Ed25519PrivateKey.from_private_bytes(seed[:32])
        mldsa65 = MLDSA65PrivateKey.from_seed_bytes(seed[32:])
        public = Ed25519MlDsa65Verify.of(ed25519.public_key(), mldsa65.public_key())
        return cls(public=public, _ed25519=ed25519, _mldsa65=mldsa65)

    def sign(self, message: bytes) -> tuple[bytes, ...]:
        """Return the Ed25519 (64 bytes) and the ML-DSA-65 signature (3,309 bytes)."""
        return (self._ed25519.sign(message), self._mldsa65.sign(message))

    def seed(self) -> bytes:
        """Return the 64-byte secret, for a key file."""
        return self._ed25519.private_bytes_raw() + self._mldsa65.private_bytes_raw()


@dataclass(frozen=True, slots=True, kw_only=True)
class MlKem768X25519Seal:
    """A public sealing key of suite 1. Made by ``SUITE_1.read_seal`` or from an opening key."""

    id: str
    _raw: bytes = field(repr=False)
    _key: hpke.MLKEM768X25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def of(cls, mlkem768: MLKEM768PublicKey, x25519: X25519PublicKey) -> Self:
        """Return the pair as one key."""
        raw = mlkem768.public_bytes_raw() + x25519.public_bytes_raw()
        return cls(
            id=digest(encode(_sealing_form(raw))),
            _raw=raw,
            _key=hpke.MLKEM768X25519PublicKey(mlkem768, x25519),
        )

    @property
    def suite(self) -> int:
        """The number of the suite."""
        return NUMBER

    def data(self) -> dict[str, Json]:
        """Return the public form."""
        return _sealing_form(self._raw)

    def seal(self, plaintext: bytes, info: bytes) -> bytes:
        """Return ``enc || ciphertext``, bound to ``info``; 1,136 bytes longer."""
        return _HPKE.encrypt(plaintext, self._key, info=info)


@dataclass(frozen=True, slots=True, kw_only=True)
class MlKem768X25519Open:
    """An opening key of suite 1 in this process. Made by ``from_seed``."""

    public: MlKem768X25519Seal
    _mlkem768: MLKEM768PrivateKey = field(repr=False, compare=False)
    _x25519: X25519PrivateKey = field(repr=False, compare=False)
    _key: hpke.MLKEM768X25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Return the key of a 96-byte seed; ``ValueError`` for another length."""
        _of_length(seed, OPENING_SEED)
        mlkem768 = MLKEM768PrivateKey.from_seed_bytes(seed[:_MLKEM768_SEED])
        x25519 = X25519PrivateKey.from_private_bytes(seed[_MLKEM768_SEED:])
        return cls(
            public=MlKem768X25519Seal.of(mlkem768.public_key(), x25519.public_key()),
            _mlkem768=mlkem768,
            _x25519=x25519,
            _key=hpke.MLKEM768X25519PrivateKey(mlkem768, x25519),
        )

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return the plaintext; raise ``CannotOpen`` on another key, ``info`` or changed bit."""
        try:
            return _HPKE.decrypt(sealed, self._key, info=info)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen(
                say(
                    "The message does not open with this key. It was sealed to another key or "
                    "changed on the way; ask the sender to fetch your newest card and send again."
                )
            ) from error

    def seed(self) -> bytes:
        """Return the 96-byte secret, for a key file."""
        return self._mlkem768.private_bytes_raw() + self._x25519.private_bytes_raw()


@dataclass(frozen=True, slots=True)
class Suite1:
    """Reads the public forms of suite 1."""

    number: int = NUMBER

    def read_verify(self, data: Mapping[str, Json]) -> Ed25519MlDsa65Verify:
        """Return the signing key of a public form, or raise ``BadKey``."""
        _exactly(data, {"ed25519", "mldsa65", "suite"})
        ed25519 = _member(data, "ed25519", _ED25519)
        mldsa65 = _member(data, "mldsa65", _MLDSA65)
        return Ed25519MlDsa65Verify.of(
            Ed25519PublicKey.from_public_bytes(ed25519),
            MLDSA65PublicKey.from_public_bytes(mldsa65),
        )

    def read_seal(self, data: Mapping[str, Json]) -> MlKem768X25519Seal:
        """Return the sealing key of a public form, or raise ``BadKey``.

        One trial seal shows that the key can be used: FIPS 203's check of the
        encapsulation key, RFC 7748's of a point of low order.
        """
        _exactly(data, {"mlkem768x25519", "suite"})
        raw = _member(data, "mlkem768x25519", _MLKEM768 + _X25519)
        try:
            key = MlKem768X25519Seal.of(
                MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM768]),
                X25519PublicKey.from_public_bytes(raw[_MLKEM768:]),
            )
            key.seal(b"", b"")
        except ValueError as error:
            raise BadKey(
                say(
                    "The sealing key cannot be used safely. "
                    "Ask the State that published it for a card with a new key."
                )
            ) from error
        return key


SUITE_1: Final = Suite1()


def new_signing_key(random: Callable[[int], bytes]) -> Ed25519MlDsa65Signing:
    """Return a new signing key; ``random(n)`` gives n unpredictable bytes."""
    return Ed25519MlDsa65Signing.from_seed(random(SIGNING_SEED))


def new_opening_key(random: Callable[[int], bytes]) -> MlKem768X25519Open:
    """Return a new opening key; ``random(n)`` gives n unpredictable bytes."""
    return MlKem768X25519Open.from_seed(random(OPENING_SEED))


def _signing_form(ed25519: Ed25519PublicKey, mldsa65: MLDSA65PublicKey) -> dict[str, Json]:
    return {
        "ed25519": b64(ed25519.public_bytes_raw()),
        "mldsa65": b64(mldsa65.public_bytes_raw()),
        "suite": NUMBER,
    }


def _sealing_form(raw: bytes) -> dict[str, Json]:
    return {"mlkem768x25519": b64(raw), "suite": NUMBER}


def _of_length(seed: bytes, length: int) -> None:
    if len(seed) != length:
        message = f"a seed of {length} bytes is needed, not {len(seed)}"
        raise ValueError(message)


def _exactly(data: Mapping[str, Json], names: set[str]) -> None:
    """Refuse unknown members: one key must not have two public forms, hence two ids."""
    if set(data) != names:
        raise _bad_member(", ".join(sorted(set(data) ^ names)))


def _member(data: Mapping[str, Json], name: str, length: int) -> bytes:
    text = data[name]
    if not isinstance(text, str):
        raise _bad_member(name)
    try:
        raw = unb64(text)
    except NotCanonical as error:
        raise _bad_member(name) from error
    if len(raw) != length:
        raise _bad_member(name)
    return raw


def _bad_member(name: str) -> BadKey:
    return BadKey(
        say(
            "The public key is not of the agreed form: look at its member “%(name)s”. "
            "Ask the State that published it for a corrected card.",
            name=name[:200],
        )
    )
