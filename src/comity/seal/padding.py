"""Padding before sealing: the length says little (``spec/seal-v1.md`` section 3)."""

from typing import Final

from comity.seal.errors import BadPadding
from comity.text import say

SMALLEST: Final = 16_384
"""Bytes of the smallest padded message: most are of this size."""

_LENGTH: Final = 4


def padded_size(length: int) -> int:
    """Return the padded size of a message of ``length`` bytes (Padmé above 16 KiB)."""
    total = length + _LENGTH
    if total <= SMALLEST:
        return SMALLEST
    exponent = total.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-total // step) * step


def pad(message: bytes) -> bytes:
    """Return ``u32(length) || message || zeros``; ``OverflowError`` from 4 GiB on."""
    head = len(message).to_bytes(_LENGTH, "big")
    return (head + message).ljust(padded_size(len(message)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Return the message, or raise ``BadPadding``: a wrong length, a byte that is not zero."""
    length = int.from_bytes(padded[:_LENGTH], "big")
    end = _LENGTH + length
    if len(padded) != padded_size(length) or padded.count(0, end) != len(padded) - end:
        raise BadPadding(
            say(
                "The message is not filled up as agreed, so its length would tell too much. "
                "Ask the sender to send it again with a current version of Comity."
            )
        )
    return padded[_LENGTH:end]
