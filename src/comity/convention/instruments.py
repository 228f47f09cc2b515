"""The legal instruments by their codes: which exist, their names, which have rows and a form."""

import re
from typing import Final

from comity.convention.errors import (
    InstrumentWithoutForm,
    InstrumentWithoutRows,
    UnknownInstrument,
)
from comity.convention.load import laws, rows_of
from comity.convention.rows import Content
from comity.text import Sentence, say

UNCC: Final = "uncc"
BUDAPEST: Final = "budapest"
RECIPROCITY: Final = "reciprocity"

_NAMES: Final = {
    "cets224": say("Second Additional Protocol to the Budapest Convention (CETS No. 224)"),
    "untoc_18": say("UN Convention against Transnational Organized Crime, article 18"),
    "uncac_46": say("UN Convention against Corruption, article 46"),
    "police_to_police": say("From police to police, under domestic law"),
}
_NAMED: Final = re.compile(r"(?P<kind>regional|bilateral):(?P<name>[a-z0-9][a-z0-9-]{0,63})")
_ORDER: Final = (UNCC, BUDAPEST, "cets224", "untoc_18", "uncac_46")
_LAST: Final = (RECIPROCITY, "police_to_police")


def check_instrument(code: str) -> str:
    """Return the code if it names an instrument. Raises UnknownInstrument.

    ``regional:`` and ``bilateral:`` are followed by a short name of a-z, 0-9
    and "-", which both States must write alike.
    """
    if code in _ORDER or code in _LAST or _NAMED.fullmatch(code):
        return code
    raise UnknownInstrument(
        say(
            '"%(code)s" is not the code of a legal instrument. Use uncc, budapest, cets224,'
            " untoc_18, uncac_46, regional:name, bilateral:name, reciprocity or police_to_police.",
            code=code,
        )
    )


def instrument_name(code: str) -> Sentence:
    """Return the instrument's name for people. Raises UnknownInstrument."""
    check_instrument(code)
    for law in laws():
        if law.instrument == code:
            return law.name
    named = _NAMED.fullmatch(code)
    if named is None:
        return _NAMES[code]
    if named["kind"] == "regional":
        return say("Regional treaty: %(name)s", name=named["name"])
    return say("Bilateral treaty: %(name)s", name=named["name"])


def instrument_rank(code: str) -> tuple[int, str]:
    """Return a sort key: the great treaties, then regional and bilateral ones, then none."""
    if code in _ORDER:
        return _ORDER.index(code), code
    return len(_ORDER) + (code in _LAST), code


def has_rows(code: str) -> bool:
    """Say whether this edition of the law has rows for the instrument."""
    return bool(rows_of(code))


def has_form(code: str) -> bool:
    """Say whether the instrument lists the contents of a request, and so has a form."""
    return any(isinstance(row, Content) for row in rows_of(code))


def require_rows(code: str) -> str:
    """Return the code if there are rows. Raises UnknownInstrument, InstrumentWithoutRows."""
    if has_rows(check_instrument(code)):
        return code
    raise InstrumentWithoutRows(
        say(
            'This edition of the law has no rows for "%(code)s". Choose another legal basis, '
            "or have the rows added to the law files.",
            code=code,
        )
    )


def require_form(code: str) -> str:
    """Return the code if the instrument has a form of request. Raises InstrumentWithoutForm."""
    if has_form(check_instrument(code)):
        return code
    raise InstrumentWithoutForm(
        say(
            '"%(code)s" has no form of its own. Use the form of the UN Convention (uncc)'
            " or of the Budapest Convention (budapest).",
            code=code,
        )
    )
