"""One table of a law file, read key by key; what nobody asked for is an error."""

from enum import StrEnum
from typing import Final, NoReturn, TypeVar

from comity.convention.errors import MissingKey, UnknownKey, WrongValue
from comity.text import Sentence, say

Choice = TypeVar("Choice", bound=StrEnum)

_MISSING: Final = object()


class Table:
    """Reads the keys of one TOML table and remembers which were read.

    ``file`` and ``row`` only serve the error sentences.
    """

    def __init__(self, file: str, row: str, cells: dict[str, object]) -> None:
        """Read from ``cells``, which stay as they are."""
        self.file = file
        self.row = row
        self._cells = cells
        self._read: set[str] = set()

    def text(self, key: str) -> str:
        """Return a text that is there and not blank."""
        value = self._get(key)
        if value is _MISSING:
            raise MissingKey(
                say(
                    'Law file %(file)s, row %(row)s: the key "%(key)s" is missing. Add it.',
                    file=self.file,
                    row=self.row,
                    key=key,
                )
            )
        if not isinstance(value, str) or value != value.strip() or not value:
            self.refuse(key, "a text without blanks at its ends")
        return value

    def sentence(self, key: str) -> Sentence:
        """Return a text for people, to be translated."""
        return Sentence(self.text(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the key is absent."""
        value = self._get(key)
        if value is _MISSING:
            return ()
        if not isinstance(value, list):
            self.refuse(key, "a list of texts")
        found = tuple(item for item in value if isinstance(item, str))
        if len(found) != len(value):
            self.refuse(key, "a list of texts")
        return found

    def count(self, key: str) -> int | None:
        """Return a whole number above zero, or ``None`` where the key is absent."""
        value = self._get(key)
        if value is _MISSING:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.refuse(key, "a whole number above zero")
        return value

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """Return one value of a closed list."""
        return self._one(key, self.text(key), choices)

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """Return values of a closed list; empty where the key is absent."""
        return tuple(self._one(key, text, choices) for text in self.texts(key))

    def has(self, key: str) -> bool:
        """Say whether the key is there, without reading it."""
        return key in self._cells

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return the tables under ``key``, which must hold at least one."""
        value = self._get(key)
        if not isinstance(value, list) or not value:
            self.refuse(key, "a list of tables with at least one entry")
        found = tuple(
            Table(self.file, self.row, _cells(item)) for item in value if isinstance(item, dict)
        )
        if len(found) != len(value):
            self.refuse(key, "a list of tables with at least one entry")
        return found

    def done(self) -> None:
        """Refuse the table if it holds a key that was not read."""
        unknown = sorted(set(self._cells) - self._read)
        if unknown:
            raise UnknownKey(
                say(
                    "Law file %(file)s, row %(row)s: nobody reads the key"
                    ' "%(key)s". Correct its spelling or remove it.',
                    file=self.file,
                    row=self.row,
                    key=unknown[0],
                )
            )

    def refuse(self, key: str, wanted: str) -> NoReturn:
        """Raise the error that says what the value of ``key`` should be."""
        raise WrongValue(
            say(
                'Law file %(file)s, row %(row)s: the value of "%(key)s" should be %(wanted)s.',
                file=self.file,
                row=self.row,
                key=key,
                wanted=wanted,
            )
        )

    def _get(self, key: str) -> object:
        self._read.add(key)
        return self._cells.get(key, _MISSING)

    def _one(self, key: str, text: str, choices: type[Choice]) -> Choice:
        if text not in set(choices):
            self.refuse(key, "one of: " + ", ".join(choices))
        return choices(text)


def _cells(item: dict[object, object]) -> dict[str, object]:
    return {str(key): value for key, value in item.items()}
