"""Flat data from the wire: a kind and a few strings and whole numbers."""

import unicodedata
from collections.abc import Mapping
from typing import Final, TypeAlias

from comity.facts.display import has_hidden
from comity.facts.errors import BadData
from comity.text import say

Data: TypeAlias = dict[str, str | int]
"""One value as it travels: ``kind`` and its fields, strings or whole numbers only."""

LONGEST_TEXT: Final = 4_096
LARGEST_NUMBER: Final = 2**53 - 1


def text_of(data: Mapping[str, str | int], field: str) -> str:
    """Return a text field; an absent one is empty.

    :raises BadData: it is a number, too long, not NFC, or holds hidden characters.
    """
    found = data.get(field, "")
    if not isinstance(found, str):
        raise BadData(say("The field %(field)s must hold text.", field=field))
    if (
        len(found) > LONGEST_TEXT
        or has_hidden(found)
        or not unicodedata.is_normalized("NFC", found)
    ):
        raise BadData(
            say(
                "The field %(field)s is too long, or holds characters that cannot be seen or "
                "are not composed (NFC). Ask the sender to correct it.",
                field=field,
            )
        )
    return found


def number_of(data: Mapping[str, str | int], field: str) -> int | None:
    """Return a whole number, or None where the field is absent.

    :raises BadData: it is not a whole number of at most 53 bits.
    """
    found = data.get(field)
    if found is None:
        return None
    if isinstance(found, str | bool) or abs(found) > LARGEST_NUMBER:
        raise BadData(say("The field %(field)s must hold a whole number.", field=field))
    return found
