"""Commitments to parts (``spec/act-v1.md`` section 2).

The header holds only the commitment, so that a part can be erased or withheld
while every signature still verifies.
"""

import hmac
from typing import Final

from comity.seal.forms import b64

SALT: Final = 32
"""Bytes of a salt: random, one for each part, never used again."""


def commit(salt: bytes, index: int, role: str, data: bytes) -> str:
    """Return base64(HMAC-SHA-256(salt, u32(index) || u16(len(role)) || role || data)).

    ``index`` is the part's place in the header's ``parts``, the first being 0.
    ``ValueError`` for a salt that is not 32 bytes; ``OverflowError`` for an
    index or role too large to write.
    """
    if len(salt) != SALT:
        message = f"a salt of {SALT} bytes is needed, not {len(salt)}"
        raise ValueError(message)
    name = role.encode()
    mac = hmac.new(salt, index.to_bytes(4, "big") + len(name).to_bytes(2, "big") + name, "sha256")
    mac.update(data)
    return b64(mac.digest())
