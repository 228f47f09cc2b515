"""From the sentences of the pure rooms to the reader's language.

A pure room says an English sentence and names its values; this file finds the
translation and puts names of States, local dates and titles of grounds in
place of their codes (``comity.matters.words`` says which value is which).
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext as _

from comity.convention import law_rows
from comity.convention.errors import ConventionError
from comity.convention.instruments import instrument_name
from comity.convention.rows import Ground
from comity.desk.times import written_time
from comity.matters.words import GROUNDS, STATES, TIMES
from comity.seal.errors import SealError
from comity.seal.forms import read_time
from comity.text import Sentence

INSTRUMENTS: Final = frozenset({"form", "basis"})
FIRST_STRONG: Final = "\u2068"
POP: Final = "\u2069"


def speak(sentence: Sentence, *, names: Mapping[str, str] | None = None) -> str:
    """Return the sentence in the language in force, its values readable.

    ``names`` are the States' names by code. Times inside a sentence are in UTC, so that both
    desks read the same; the page shows the clocks of both places beside it.
    """
    if not sentence.text:
        return ""
    said = gettext(sentence.text)
    if not sentence.values:
        return said
    return said % {
        name: isolated(_value(name, value, names or {})) for name, value in sentence.values
    }


def isolated(text: str) -> str:
    """Keep a foreign word from turning the direction of the sentence around it."""
    return f"{FIRST_STRONG}{text}{POP}" if get_language_bidi() else text


def instrument(code: str) -> str:
    """Return an instrument's name; a code that this edition does not know stays as it is."""
    try:
        return speak(instrument_name(code))
    except ConventionError:
        return code


def ground(code: str) -> str:
    """Return the title of a ground of refusal."""
    titles = {row.code.value: row.title for row in law_rows() if isinstance(row, Ground)}
    return speak(titles[code]) if code in titles else code


def _value(name: str, value: str, names: Mapping[str, str]) -> str:
    if name in STATES:
        return names.get(value, value)
    if name in TIMES:
        return _date(value)
    if name in GROUNDS:
        return ", ".join(map(ground, value.split(", ")))
    if name in INSTRUMENTS:
        return speak(Sentence(value))
    return value


def article(number: str) -> str:
    """Return an article as people name it."""
    return _("art. %(number)s") % {"number": isolated(number)} if number else ""


def _date(value: str) -> str:
    try:
        moment = read_time(value)
    except SealError:
        return value
    return f"{written_time(moment)} UTC"
