"""What stands in the way, said at the top of the page and again beside its field."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.actions.errors import IncompleteError
from comity.text import Sentence, ToldError


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A sentence, and the field it belongs to; no field when it concerns the whole page."""

    field: str
    sentence: Sentence


Problems = tuple[Problem, ...]


def problem(field: str, sentence: Sentence) -> Problem:
    """Return one problem."""
    return Problem(field=field, sentence=sentence)


def of_error(error: ToldError) -> Problems:
    """Return what an error says: one problem for each field, or one for the page."""
    if isinstance(error, IncompleteError):
        return tuple(problem(field, sentence) for field, sentence in error.problems)
    return (problem("", error.sentence),)


def of_fields(found: Iterable[tuple[str, Sentence]]) -> Problems:
    """Return a room's (field, sentence) pairs as problems."""
    return tuple(problem(field, sentence) for field, sentence in found)
