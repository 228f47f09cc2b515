"""What a person typed into a field, before it is a value of any kind."""

import re
import unicodedata
from typing import Final

from comity.facts.display import has_hidden, hidden_codes
from comity.facts.errors import Hidden, TooLong
from comity.text import say

WILDCARDS: Final = "*?%"

# Analysts write hxxp://evil[.]example and user[at]evil[.]example so that nobody clicks.
# Each with a quick sign of its presence: most texts hold none, and a text may be long.
_DEFANGED: Final = tuple(
    (re.compile(sign), re.compile(pattern), whole)
    for sign, pattern, whole in (
        (
            r"[\[({][ ]?(?:\.|[dD][oO][tT])",
            r"[ ]?[\[({][ ]?(?:\.|[dD][oO][tT])[ ]?[\])}][ ]?",
            ".",
        ),
        (
            r"[\[({][ ]?(?:@|[aA][tT])[ ]?[\])}]",
            r"[ ]?[\[({][ ]?(?:@|[aA][tT])[ ]?[\])}][ ]?",
            "@",
        ),
        (r"\[:|\[/\]", r"\[(:|://|/)\]", r"\1"),
        (r"[hH](?:[xX]|\*)", r"[hH](?:[xX][xX]|\*\*)[pP]([sS]?)(?=:)", r"http\1"),
        (r"[fF][xX][pP]", r"[fF][xX][pP]([sS]?)(?=:)", r"ftp\1"),
    )
)


def refang(text: str) -> str:
    """Return ``text`` with defanged dots, at signs and schemes made whole again."""
    for sign, pattern, whole in _DEFANGED:
        if sign.search(text):
            text = pattern.sub(whole, text)
    return text


def as_typed(text: str, *, longest: int) -> str:
    """Return trimmed NFC text of at most ``longest`` characters with nothing hidden in it.

    :raises TooLong: over the limit.
    :raises Hidden: it holds zero-width, bidi or control characters.
    """
    trimmed = text.strip()
    if len(trimmed) > longest:
        raise TooLong(
            say(
                "This field takes at most %(limit)s characters: write one value only.",
                limit=str(longest),
            )
        )
    if has_hidden(trimmed):
        raise Hidden(
            say(
                "This field holds characters that cannot be seen (%(codes)s) and can make one "
                "name look like another. Delete the text and type it by hand.",
                codes=", ".join(hidden_codes(trimmed)),
            )
        )
    return unicodedata.normalize("NFC", trimmed)


def has_wildcard(text: str) -> bool:
    """Return whether ``text`` holds ``*``, ``?`` or ``%``."""
    return any(sign in text for sign in WILDCARDS)
