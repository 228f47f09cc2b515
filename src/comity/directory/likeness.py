"""Names that look like another State's (homoglyphs): the code decides, a name never does."""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import category, name, normalize

from comity.directory.card import Card
from comity.text import Sentence, say

_CONFUSABLE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Scripts with letters that look the same."""

_WORD: Final = re.compile(r"\w+")


def look_alikes(card: Card, others: Iterable[Card]) -> tuple[Sentence, ...]:
    """Return a warning for each State with a name of ``card``, and one for mixed alphabets.

    ``others`` are the cards held; that of the same State is passed over.
    """
    mine = {_folded(text) for _, text in card.names}
    found = [
        say(
            "Careful: %(state)s and %(other)s have the same name. Go by the three letters.",
            state=card.state,
            other=other.state,
        )
        for other in others
        if other.state != card.state and mine & {_folded(text) for _, text in other.names}
    ]
    if any(_mixed(text) for _, text in card.names):
        found.append(
            say(
                "Careful: a name of %(state)s mixes letters of different alphabets that look"
                " alike. Go by the three letters.",
                state=card.state,
            )
        )
    return tuple(found)


def _folded(text: str) -> str:
    plain = normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if category(letter)[0] in "LN")


def _mixed(text: str) -> bool:
    return any(
        len({_script(letter) for letter in word if letter.isalpha()} & _CONFUSABLE) > 1
        for word in _WORD.findall(text)
    )


def _script(letter: str) -> str:
    return name(letter, "").partition(" ")[0]
