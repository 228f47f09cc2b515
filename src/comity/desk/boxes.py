"""One box of a form: its question, what was typed, and where the law asks for it."""

from dataclasses import dataclass, replace
from typing import Literal

from comity.convention.rows import Evidence
from comity.desk.problems import Problems
from comity.text import Sentence

Kind = Literal["line", "text", "date", "select", "radio", "tick"]
LONG = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to choose: its value, what it is called, and what to know of it."""

    value: str
    label: Sentence
    hint: Sentence | None = None
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The article that asks for a box, and how sure its text is."""

    article: str
    evidence: Evidence
    instrument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box as the page draws it."""

    name: str
    label: Sentence
    kind: Kind = "line"
    value: str = ""
    values: tuple[str, ...] = ()
    hint: Sentence | None = None
    choices: tuple[Choice, ...] = ()
    mark: Mark | None = None
    required: bool = True
    errors: tuple[Sentence, ...] = ()
    rows: int = 4
    more: str = ""
    inline: bool = False

    @property
    def described(self) -> str:
        """Return the ids of what explains the box, for screen readers."""
        parts = [f"{self.name}-hint"] if self.hint else []
        if self.errors:
            parts.append(f"{self.name}-error")
        return " ".join(parts)

    @property
    def as_date(self) -> bool:
        """Say whether a date picker can show what was typed; other text must not get lost."""
        return not self.value or (len(self.value) == len("2026-01-31") and self.value[4] == "-")


def with_problems(boxes: tuple[Box, ...], problems: Problems) -> tuple[Box, ...]:
    """Return the boxes with the sentences that belong to each."""
    return tuple(
        replace(box, errors=tuple(one.sentence for one in problems if one.field == box.name))
        for box in boxes
    )
