"""How a sentence of this room names States, times and codes.

Values are codes, so that the desk can put a State's name, a local time or a
ground's title in their place: it looks at the placeholder's name.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from comity.seal.forms import time_text
from comity.text import Sentence

STATES: Final = frozenset({"requesting", "requested", "author", "other", "who"})
"""Placeholders whose value is a State's code."""

TIMES: Final = frozenset({"until", "asked", "ended"})
"""Placeholders whose value is a UTC time as ``2026-05-04T03:00:00Z``."""

GROUNDS: Final = frozenset({"grounds"})
"""Placeholders whose value is one or more ground codes of the law rows, parted by ``, ``."""

NOT_SAID: Final = "—"
"""The value of what nobody has said."""


def filled(template: Sentence, values: Mapping[str, str]) -> Sentence:
    """Return ``template`` with the values of those names that it uses."""
    return Sentence(template.text, tuple((name, values[name]) for name, _ in template.values))


def time_or_not_said(moment: datetime | None) -> str:
    """Return a time's text."""
    return NOT_SAID if moment is None else time_text(moment)
