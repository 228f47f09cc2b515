"""Small forms of ``spec/canonical-v1.md``: bytes, digests, times, days and States as text."""

import re
from binascii import a2b_base64, b2a_base64
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final

from comity.seal.errors import NotCanonical
from comity.text import say

EARLIEST_YEAR: Final = 2000
"""The first year that a time or a day may name."""

LATEST_YEAR: Final = 2999
"""The last one: whoever adds days or a zone to a time stays within what software can hold."""

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_TIME: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z", re.ASCII
)
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_STATE: Final = re.compile(r"[A-Z]{3}", re.ASCII)


def b64(data: bytes) -> str:
    """Return ``data`` as base64 with padding (RFC 4648 section 4)."""
    return b2a_base64(data, newline=False).decode()


def unb64(text: str) -> bytes:
    """Return the bytes that ``text`` is the one base64 form of, or raise ``NotCanonical``."""
    try:
        data = a2b_base64(text, strict_mode=True)
    except ValueError as error:
        raise _bad_bytes() from error
    # The library lets trailing bits pass that no encoder sets.
    if b2a_base64(data, newline=False) != text.encode():
        raise _bad_bytes()
    return data


def digest(data: bytes) -> str:
    """Return the SHA-256 digest of ``data`` as ``sha256:`` and 64 hexadecimal digits."""
    return "sha256:" + sha256(data).hexdigest()


def digest_bytes(text: str) -> bytes:
    """Return the 32 bytes of a digest's text, or raise ``NotCanonical``."""
    if not is_digest(text):
        raise NotCanonical(
            say(
                "A digest should be “sha256:” and 64 digits 0-9 a-f. "
                "Ask the sender to correct the value."
            ),
            rule="digest",
        )
    return bytes.fromhex(text[7:])


def is_digest(text: str) -> bool:
    """Say whether ``text`` is a digest's form."""
    return _DIGEST.fullmatch(text) is not None


def is_state(text: str) -> bool:
    """Say whether ``text`` has the form of a State's code (ISO 3166 alpha-3, "XNR" too)."""
    return _STATE.fullmatch(text) is not None


def time_text(moment: datetime) -> str:
    """Return ``moment`` as ``YYYY-MM-DDTHH:MM:SSZ``; parts of a second are cut off.

    ``ValueError`` for a time without a zone: our own mistake, never a person's.
    """
    if moment.utcoffset() is None:
        message = "a time needs a zone"
        raise ValueError(message)
    utc = moment.astimezone(UTC)
    if not EARLIEST_YEAR <= utc.year <= LATEST_YEAR:
        raise _bad_time()
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}"


def read_time(text: str) -> datetime:
    """Return the UTC time that ``text`` names, or raise ``NotCanonical``."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise _bad_time()
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise _bad_time() from error
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _bad_time()
    return moment


def day_text(day: date) -> str:
    """Return ``day`` as ``YYYY-MM-DD``."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise _bad_day()
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def read_day(text: str) -> date:
    """Return the day that ``text`` names, or raise ``NotCanonical``."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise _bad_day()
    year, month, day = map(int, found.groups())
    try:
        named = date(year, month, day)
    except ValueError as error:
        raise _bad_day() from error
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _bad_day()
    return named


def _bad_bytes() -> NotCanonical:
    return NotCanonical(
        say(
            "Bytes should be written as base64 with padding and without line breaks. "
            "Ask the sender to correct the value."
        ),
        rule="bytes",
    )


def _bad_time() -> NotCanonical:
    return NotCanonical(
        say(
            "A time should be written in UTC as 2026-05-04T03:00:00Z, from the year 2000 on. "
            "Correct the value, or ask the sender to correct it."
        ),
        rule="time",
    )


def _bad_day() -> NotCanonical:
    return NotCanonical(
        say(
            "A day should be written as 2026-05-04, from the year 2000 on. "
            "Correct the value, or ask the sender to correct it."
        ),
        rule="day",
    )
