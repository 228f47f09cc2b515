"""Twelve words to read aloud and compare (``spec/seal-v1.md`` section 6)."""

from functools import cache
from typing import Final

from mnemonic import Mnemonic

from comity.seal.forms import digest_bytes

_ENTROPY: Final = 16


def twelve_words(key_id: str) -> tuple[str, ...]:
    """Return the BIP-39 English words of the first 16 bytes of ``key_id``.

    The words are a fingerprint, not a secret. ``NotCanonical`` when ``key_id``
    is not a digest.
    """
    return tuple(_english().to_mnemonic(digest_bytes(key_id)[:_ENTROPY]).split(" "))


@cache
def _english() -> Mnemonic:
    """Return BIP-39's list, read once: it is packaged with the library."""
    return Mnemonic("english")
