"""Data at rest: AES-256-GCM, the nonce first and the tag last (``spec/seal-v1.md`` section 5)."""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from comity.seal.errors import CannotOpen
from comity.seal.forms import digest_bytes
from comity.text import say

KEY: Final = 32
"""Bytes of a storage or matter key."""

NONCE: Final = 12
"""Bytes of a nonce: random, never used twice with one key."""

TAG: Final = 16
"""Bytes of the tag."""


def part_context(act_id: str, index: int) -> bytes:
    """Return what binds a stored part to its act and its place in the header, from 0."""
    return b"comity/part/v1\0" + digest_bytes(act_id) + index.to_bytes(4, "big")


def matter_context(matter_id: str) -> bytes:
    """Return what binds a wrapped matter key to its matter."""
    return b"comity/matter/v1\0" + digest_bytes(matter_id)


def note_context(note_id: str) -> bytes:
    """Return what binds a stored home note to its id."""
    return b"comity/note/v1\0" + note_id.encode()


def lock(key: bytes, nonce: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Return ``nonce || ciphertext || tag``; ``ValueError`` for a wrong length of key or nonce."""
    if len(key) != KEY or len(nonce) != NONCE:
        message = f"a key of {KEY} and a nonce of {NONCE} bytes are needed"
        raise ValueError(message)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def unlock(key: bytes, locked: bytes, context: bytes) -> bytes:
    """Return the plaintext; raise ``CannotOpen`` on another key, context or changed byte."""
    if len(key) != KEY:
        message = f"a key of {KEY} bytes is needed"
        raise ValueError(message)
    if len(locked) < NONCE + TAG:
        raise _cannot_open()
    try:
        return AESGCM(key).decrypt(locked[:NONCE], locked[NONCE:], context)
    except InvalidTag as error:
        raise _cannot_open() from error


def _cannot_open() -> CannotOpen:
    return CannotOpen(
        say(
            "Stored data does not open: it was changed, or the storage key is another one. "
            "Stop, keep the disk as it is, and restore from a backup."
        )
    )
