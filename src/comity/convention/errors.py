"""What can go wrong in the law room, each with a sentence that says what to do."""

from comity.text import ToldError


class ConventionError(ToldError):
    """Root of this room's errors."""

    code = "convention"


class LawFileError(ConventionError):
    """A law file cannot be used; the sentence names the file and the row."""

    code = "law-file"


class NotToml(LawFileError):
    """The file is not TOML."""

    code = "law-not-toml"


class UnknownKey(LawFileError):
    """The file holds a key or a table that no row of that kind has."""

    code = "law-unknown-key"


class MissingKey(LawFileError):
    """A row lacks a key that it must have."""

    code = "law-missing-key"


class WrongValue(LawFileError):
    """A value has the wrong type or is not in its closed list."""

    code = "law-wrong-value"


class DuplicateRow(LawFileError):
    """Two rows have one id."""

    code = "law-duplicate-row"


class UnknownRow(ConventionError):
    """No law file has a row of that id."""

    code = "unknown-row"


class UnknownInstrument(ConventionError):
    """That is not the code of a legal instrument."""

    code = "unknown-instrument"


class InstrumentWithoutRows(ConventionError):
    """The instrument is known, but this edition has no law rows for it."""

    code = "instrument-without-rows"


class InstrumentWithoutForm(ConventionError):
    """The instrument lists no contents, so it has no form of its own."""

    code = "instrument-without-form"


class BasisNotInForce(ConventionError):
    """The chosen treaty does not bind both States on that day."""

    code = "basis-not-in-force"


class NotATreaty(ConventionError):
    """A State's entry about a treaty contradicts itself."""

    code = "not-a-treaty"


class UnknownOffence(ConventionError):
    """That is not an offence code of the law rows."""

    code = "unknown-offence"


class PenaltyMissing(ConventionError):
    """The scope gate needs the maximum penalty in the requesting State."""

    code = "penalty-missing"


class WrongPenalty(ConventionError):
    """A maximum penalty is not a possible number of months."""

    code = "wrong-penalty"


class NotUtc(ConventionError):
    """A time came without a zone, or in another zone than UTC."""

    code = "not-utc"


class NoSuchClock(ConventionError):
    """Neither the basis nor the form sets that time limit."""

    code = "no-such-clock"


class WrongTarget(ConventionError):
    """A service target is not a time span longer than nothing."""

    code = "wrong-target"


class WrongRole(ConventionError):
    """A role in a State's settings is not a role name."""

    code = "wrong-role"
