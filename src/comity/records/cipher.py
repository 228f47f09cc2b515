"""Data at rest: what a row holds of parts, matter keys, home notes and anchors (seal-v1, 5)."""

from collections.abc import Callable
from typing import Final

from comity.seal.rest import (
    KEY,
    NONCE,
    lock,
    matter_context,
    note_context,
    part_context,
    unlock,
)

SALT: Final = 32
"""Bytes of a part's salt: sealed with the part, so that a stolen row confirms no guess."""


class RestCipher:
    """Locks and opens what is stored, under the node's storage key of 32 bytes.

    ``random`` gives that many fresh bytes; nonces and matter keys come from it.
    Opening raises ``CannotOpen`` on another key, another place or a changed byte.
    """

    def __init__(self, storage_key: bytes, random: Callable[[int], bytes]) -> None:
        """Keep the key; ``ValueError`` unless it has 32 bytes."""
        if len(storage_key) != KEY:
            message = f"a storage key has {KEY} bytes"
            raise ValueError(message)
        self._storage_key = storage_key
        self._random = random

    def new_matter_key(self) -> bytes:
        """Return a fresh key for the parts of one matter."""
        return self._random(KEY)

    def wrap(self, matter: str, key: bytes) -> bytes:
        """Return a matter's key as it is stored."""
        return self._lock(self._storage_key, key, matter_context(matter))

    def unwrap(self, matter: str, wrapped: bytes) -> bytes:
        """Return a matter's key."""
        return unlock(self._storage_key, wrapped, matter_context(matter))

    def seal_part(self, key: bytes, act_id: str, index: int, salt: bytes, data: bytes) -> bytes:
        """Return a part's salt and bytes, sealed under its matter's key."""
        if len(salt) != SALT:
            message = f"a salt has {SALT} bytes"
            raise ValueError(message)
        return self._lock(key, salt + data, part_context(act_id, index))

    def open_part(self, key: bytes, act_id: str, index: int, sealed: bytes) -> tuple[bytes, bytes]:
        """Return a part's salt and bytes."""
        plain = unlock(key, sealed, part_context(act_id, index))
        return plain[:SALT], plain[SALT:]

    def seal_note(self, note_id: str, body: str) -> bytes:
        """Return a home note's text, sealed."""
        return self._lock(self._storage_key, body.encode(), note_context(note_id))

    def open_note(self, note_id: str, sealed: bytes) -> str:
        """Return a home note's text."""
        return unlock(self._storage_key, sealed, note_context(note_id)).decode()

    def seal_anchor(self, state: str, anchor: bytes) -> bytes:
        """Return what a State's root hangs on, sealed: it names two of our officers."""
        return self._lock(self._storage_key, anchor, _anchor_context(state))

    def open_anchor(self, state: str, sealed: bytes) -> bytes:
        """Return what a State's root hangs on."""
        return unlock(self._storage_key, sealed, _anchor_context(state))

    def _lock(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        return lock(key, self._random(NONCE), plain, context)


def _anchor_context(state: str) -> bytes:
    return b"comity/anchor/v1\0" + state.encode()
