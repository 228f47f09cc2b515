"""What was found in a paste: a value, where it stood, what is missing, whose it is."""

from dataclasses import dataclass
from typing import Final

from comity.facts.connection import PRIVATE, Connection
from comity.facts.display import reveal
from comity.facts.read import Value
from comity.facts.spots import Spot
from comity.text import Sentence

LONGEST_EXCERPT: Final = 120
_BEFORE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One identifier in the paste.

    ``where`` is a line or a header; ``excerpt`` the text around, at most 120 characters,
    hidden characters made visible. ``missing`` asks for what the requested State will need;
    ``notes`` say what to look at before ticking. ``is_complainant``: likely the victim's own
    (left unticked). ``ours``: a private address, of no use abroad.
    """

    value: Value
    where: Sentence
    excerpt: str
    missing: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
    is_complainant: bool = False

    @property
    def kind(self) -> str:
        """Return the code of the value's kind."""
        return self.value.kind

    @property
    def ours(self) -> bool:
        """Return whether this is a private address, which means nothing outside its network."""
        return isinstance(self.value, Connection) and self.value.reach == PRIVATE


def found_at(spot: Spot, text: str, *, where: Sentence, is_complainant: bool = False) -> Finding:
    """Return the finding for a spot in ``text``."""
    return Finding(
        value=spot.value,
        where=where,
        excerpt=excerpt(text, spot.start, spot.end),
        missing=spot.missing,
        notes=spot.notes,
        is_complainant=is_complainant,
    )


def excerpt(text: str, start: int, end: int) -> str:
    """Return the stretch of one line around ``text[start:end]``, white space folded."""
    begin = max(text.rfind("\n", max(0, start - _BEFORE), start) + 1, start - _BEFORE, 0)
    line = text[begin : max(end, begin + LONGEST_EXCERPT)].partition("\n")[0]
    shown = reveal(" ".join(line[:LONGEST_EXCERPT].split()))
    return shown if len(shown) <= LONGEST_EXCERPT else f"{shown[: LONGEST_EXCERPT - 1]}\u2026"
