"""Sentences for people, marked for translation where they are written.

Pure rooms own no language: they say an English sentence with named
placeholders, and the desk translates it. ``say`` is what the extractor
looks for.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence in English and the values of its named placeholders."""

    text: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the English sentence with its values in place."""
        return self.text % dict(self.values) if self.values else self.text


def say(text: str, /, **values: str) -> Sentence:
    """Mark ``text`` (placeholders as ``%(name)s``) as a sentence to translate."""
    return Sentence(text, tuple(sorted(values.items())))


class ToldError(Exception):
    """An error a person can act on: a stable ``code`` and a ``sentence``."""

    code: ClassVar[str] = "error"

    def __init__(self, sentence: Sentence) -> None:
        """Keep the sentence that says what to do."""
        super().__init__(str(sentence))
        self.sentence = sentence
