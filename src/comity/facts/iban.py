"""An International Bank Account Number (ISO 13616)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from stdnum import iban, numdb
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.iso7064 import mod_97_10

from comity.facts.data import Data, text_of
from comity.facts.errors import BadIban
from comity.facts.typed import as_typed
from comity.text import Sentence, say

LONGEST: Final = 34
_WRITTEN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}\Z", re.ASCII)
_BBAN_PART: Final = re.compile(r"(\d+)!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Iban:
    """An IBAN in capitals without spaces, its check digits right."""

    kind: ClassVar[str] = "iban"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "number"})
    number: str

    def __post_init__(self) -> None:
        """Refuse a number whose form or check digits are wrong."""
        moved = self.number[4:] + self.number[:4]
        if not _WRITTEN.match(self.number) or not mod_97_10.is_valid(moved):
            raise BadIban(say("This is not an IBAN: compare it with the paper, digit by digit."))

    @property
    def normal(self) -> str:
        """Return the form to compare by."""
        return self.number

    def caption(self) -> str:
        """Return the number in groups of four, as it is printed."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))

    def as_data(self) -> Data:
        """Return the wire form."""
        return {"kind": self.kind, "number": self.number}


def clean(text: str) -> Iban:
    """Return the IBAN that a person typed, in groups or not.

    The national check digits inside are not looked at: some banks issue numbers that
    break them, and the IBAN's own digits catch a mistyped one.

    :raises BadIban: unknown country, wrong length or wrong check digits.
    """
    typed = iban.compact(as_typed(text, longest=2 * LONGEST))
    if not _WRITTEN.match(typed):
        raise BadIban(_help())
    try:
        return Iban(number=iban.validate(typed, check_country=False))
    except InvalidChecksum as error:
        raise BadIban(
            say("The check digits of this IBAN do not fit: a character is wrong or swapped.")
        ) from error
    except ValidationError as error:
        raise BadIban(_help()) from error


def length_in(country: str) -> int | None:
    """Return how many characters an IBAN of this country has; None where it issues none."""
    rule = str(numdb.get("iban").info(country)[0][1].get("bban", ""))
    parts = _BBAN_PART.findall(rule)
    return 4 + sum(int(part) for part in parts) if parts else None


def from_data(data: Mapping[str, str | int]) -> Iban:
    """Return the IBAN of its wire form."""
    return Iban(number=text_of(data, "number"))


def _help() -> Sentence:
    return say(
        "This is not an IBAN. It begins with two letters for the country and two digits. "
        "A bank account without IBAN belongs in the description."
    )
