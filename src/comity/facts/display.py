"""Characters that cannot be seen, or that turn the direction of what follows them.

A right-to-left override makes ``exe.gnp`` look like ``png.exe``; a zero-width space makes
two handles look alike. Unicode TR 36 (security considerations) and TR 9 (bidi) list them.
"""

import re
from typing import Final

# Ranges rather than categories: one compiled class, and a test compares it with the
# categories Cc, Cf, Cs, Zl and Zp of the running Python.
_RANGES: Final = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, without tab and line ends
    r"\xad\u034f"  # soft hyphen, grapheme joiner
    r"\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"  # Arabic and Syriac format marks
    r"\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # Hangul fillers, Khmer and Mongolian marks
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, separators, bidi controls
    r"\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # music, tags, variation selectors
)
_HIDDEN: Final = re.compile(f"[{_RANGES}]")


def has_hidden(text: str) -> bool:
    """Return whether ``text`` holds a character that cannot be seen or turns direction."""
    return _HIDDEN.search(text) is not None


def hidden_codes(text: str) -> tuple[str, ...]:
    """Return each kind of hidden character once, as ``U+202E``, in order of appearance."""
    return tuple(dict.fromkeys(_code(found) for found in _HIDDEN.finditer(text)))


def reveal(text: str) -> str:
    """Return ``text`` with each hidden character shown as ``[U+202E]``."""
    return _HIDDEN.sub(lambda found: f"[{_code(found)}]", text)


def without_hidden(text: str) -> str:
    """Return ``text`` with hidden characters taken out: for searching, never for showing."""
    return _HIDDEN.sub("", text)


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"
