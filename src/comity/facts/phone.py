"""A telephone number in international form (ITU-T E.164)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

import phonenumbers

from comity.facts.data import Data, text_of
from comity.facts.errors import BadPhone
from comity.facts.typed import as_typed
from comity.text import Sentence, say

LONGEST: Final = 40
_E164: Final = re.compile(r"\+[1-9]\d{6,14}\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number with its country code, ``+`` and digits only."""

    kind: ClassVar[str] = "phone"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "number"})
    number: str

    def __post_init__(self) -> None:
        """Refuse what cannot be dialled from abroad."""
        if not _E164.match(self.number):
            raise BadPhone(_help())

    @property
    def normal(self) -> str:
        """Return the form to compare by."""
        return self.number

    def caption(self) -> str:
        """Return the number grouped as its country groups it."""
        try:
            parsed = phonenumbers.parse(self.number)
        except phonenumbers.NumberParseException:
            return self.number
        form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        grouped = phonenumbers.format_number(parsed, form)
        # The library drops zeros of a number that no plan knows; nobody may be shown another one.
        same = "".join(filter(str.isdigit, grouped)) == self.number.removeprefix("+")
        return grouped if same else self.number

    def as_data(self) -> Data:
        """Return the wire form."""
        return {"kind": self.kind, "number": self.number}


def clean(text: str) -> Phone:
    """Return the number that a person typed with ``+`` and its country code.

    A number of the right length is taken even where the packaged plan does not know its
    range: countries open new ranges all the time.

    :raises BadPhone: no country code, or too short or too long for its country.
    """
    typed = as_typed(text, longest=LONGEST).removeprefix("tel:")
    try:
        parsed = phonenumbers.parse(typed)
    except phonenumbers.NumberParseException as error:
        raise BadPhone(_help()) from error
    if parsed.extension:
        raise BadPhone(say("Write the number without its extension; name that in the facts."))
    if not phonenumbers.is_possible_number(parsed):
        raise BadPhone(say("This number is too short or too long for its country: check it."))
    return Phone(number=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def is_assigned(number: Phone) -> bool:
    """Return whether the packaged numbering plan knows the range that the number is in."""
    return phonenumbers.is_valid_number(phonenumbers.parse(number.number))


def from_data(data: Mapping[str, str | int]) -> Phone:
    """Return the number of its wire form."""
    return Phone(number=text_of(data, "number"))


def _help() -> Sentence:
    return say("Write the number with + and the country code, such as +44 20 7946 0958.")
