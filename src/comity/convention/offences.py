"""Offence codes, and how far another instrument's own offences cover them."""

from enum import StrEnum

from comity.convention.codes import Extent
from comity.convention.errors import UnknownOffence
from comity.convention.instruments import UNCC
from comity.convention.load import rows_of
from comity.convention.rows import Offence
from comity.text import Sentence, say


class OffenceCode(StrEnum):
    """Offences of the Convention (A, by article), other serious crime (B), the rest (C)."""

    A07 = "A07"
    A08 = "A08"
    A09 = "A09"
    A10 = "A10"
    A11 = "A11"
    A12 = "A12"
    A13 = "A13"
    A14 = "A14"
    A15 = "A15"
    A16 = "A16"
    A17 = "A17"
    B_SERIOUS_CRIME = "B_serious_crime"
    B_OTHER_UN_TREATY = "B_other_un_treaty"
    C_OUT_OF_SCOPE = "C_out_of_scope"

    @property
    def of_the_convention(self) -> bool:
        """Say whether the offence is one of articles 7 to 17."""
        return self.value.startswith("A")


class Modifier(StrEnum):
    """How the offence was committed or by whom (articles 18 and 19)."""

    LEGAL_PERSON = "legal_person"
    PARTICIPATION = "participation"
    ATTEMPT = "attempt"
    PREPARATION = "preparation"


def check_offence(code: str) -> OffenceCode:
    """Return the offence of that code. Raises UnknownOffence."""
    if code in set(OffenceCode):
        return OffenceCode(code)
    raise UnknownOffence(
        say(
            '"%(code)s" is not an offence code. Choose one of: %(codes)s.',
            code=code,
            codes=", ".join(OffenceCode),
        )
    )


def offences_of(instrument: str) -> tuple[Offence, ...]:
    """Return an instrument's own offences, without modifiers, in the order of its articles."""
    return tuple(
        row for row in rows_of(instrument) if isinstance(row, Offence) and not row.modifier
    )


def modifiers_of(instrument: str) -> tuple[Offence, ...]:
    """Return the rows that widen an instrument's offences (attempt, legal person ...)."""
    return tuple(row for row in rows_of(instrument) if isinstance(row, Offence) and row.modifier)


def offence_row(offence: OffenceCode, instrument: str = UNCC) -> Offence | None:
    """Return the instrument's own offence that covers ``offence``, wholly or in part."""
    return next((row for row in offences_of(instrument) if offence in row.codes), None)


def extent_under(instrument: str, offence: OffenceCode) -> Extent:
    """Say how far ``offence`` is an offence established by the instrument itself."""
    row = offence_row(offence, instrument)
    return row.extent if row else Extent.NONE


def offence_title(offence: OffenceCode) -> Sentence:
    """Return the offence's name for people."""
    row = offence_row(offence)
    if row is not None:
        return row.title
    if offence is OffenceCode.B_SERIOUS_CRIME:
        return say("Another serious crime (maximum penalty of four years or more)")
    if offence is OffenceCode.B_OTHER_UN_TREATY:
        return say("A serious crime of another UN treaty (maximum penalty of four years or more)")
    return say("Another offence (maximum penalty below four years)")
