"""Read the members of one canonical object, each once, each of an exact form.

What is not taken stays over and can be written back unchanged
(canonical-v1, "unknown members").
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NoReturn, TypeVar

from comity.seal.canonical import LARGEST, Json, encode
from comity.seal.errors import NotCanonical
from comity.seal.forms import is_digest, is_state, read_day, read_time, unb64

T = TypeVar("T")

NOTHING: Final = b"{}"
"""The canonical bytes of an object without members."""

# Controls, direction marks and invisible characters: they make one text look like another.
# The two joiners (U+200C, U+200D) are letters' business in several scripts and stay.
_HIDDEN: Final = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_PROSE: Final = re.compile(f"[^{_HIDDEN}]*")
_LINE: Final = re.compile(rf"[^{_HIDDEN}\n]*")


class WrongMember(ValueError):
    """A member is missing or of a wrong form; ``path`` names it, as in ``keys.2.until``."""

    def __init__(self, path: str) -> None:
        """Keep the path."""
        super().__init__(path)
        self.path = path


class Members:
    """The members of an object that have not been read yet.

    Every reading method raises ``WrongMember`` with the member's path.
    """

    __slots__ = ("_left", "_path")

    def __init__(self, value: Mapping[str, Json], path: str = "") -> None:
        """Begin with all members of ``value``; it is copied, not consumed."""
        self._left = dict(value)
        self._path = path

    def wrong(self, name: str) -> WrongMember:
        """Return the error that names a member of this object."""
        return WrongMember(f"{self._path}.{name}" if self._path else name)

    def fail(self, name: str) -> NoReturn:
        """Raise the error that names a member of this object."""
        raise self.wrong(name)

    def take(self, name: str) -> Json:
        """Return a member of any form."""
        try:
            return self._left.pop(name)
        except KeyError:
            raise self.wrong(name) from None

    def has(self, name: str) -> bool:
        """Say whether a member is there and not read yet."""
        return name in self._left

    def is_null(self, name: str) -> bool:
        """Say whether a member is null; if so, it counts as read."""
        if name not in self._left:
            raise self.wrong(name)
        if self._left[name] is not None:
            return False
        del self._left[name]
        return True

    def rest(self) -> bytes:
        """Return what was not read, as canonical bytes."""
        return encode(self._left) if self._left else NOTHING

    def whole(self, name: str, least: int = 0, most: int = LARGEST) -> int:
        """Return an integer from ``least`` to ``most``."""
        value = self.take(name)
        if type(value) is int and least <= value <= most:
            return value
        raise self.wrong(name)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.take(name)
        if isinstance(value, bool):
            return value
        raise self.wrong(name)

    def text(self, name: str) -> str:
        """Return a string."""
        value = self.take(name)
        if isinstance(value, str):
            return value
        raise self.wrong(name)

    def formed(self, name: str, form: re.Pattern[str]) -> str:
        """Return a string that ``form`` matches from end to end."""
        value = self.take(name)
        if isinstance(value, str) and form.fullmatch(value):
            return value
        raise self.wrong(name)

    def line(self, name: str, most: int, least: int = 1) -> str:
        """Return one line of visible text of ``least`` to ``most`` characters."""
        return self._visible(name, _LINE, least, most)

    def prose(self, name: str, most: int, least: int = 0) -> str:
        """Return visible text, line breaks allowed, of ``least`` to ``most`` characters."""
        return self._visible(name, _PROSE, least, most)

    def state(self, name: str) -> str:
        """Return a State's code."""
        value = self.take(name)
        if isinstance(value, str) and is_state(value):
            return value
        raise self.wrong(name)

    def digest(self, name: str) -> str:
        """Return a digest."""
        value = self.take(name)
        if isinstance(value, str) and is_digest(value):
            return value
        raise self.wrong(name)

    def time(self, name: str) -> datetime:
        """Return a time, aware UTC."""
        return self._read(name, read_time)

    def day(self, name: str) -> date:
        """Return a day."""
        return self._read(name, read_day)

    def data(self, name: str, length: int | None = None) -> bytes:
        """Return bytes, written as base64; exactly ``length`` of them where it is given."""
        value = self._read(name, unb64)
        if length is None or len(value) == length:
            return value
        raise self.wrong(name)

    def object(self, name: str) -> dict[str, Json]:
        """Return an object."""
        value = self.take(name)
        if isinstance(value, dict):
            return value
        raise self.wrong(name)

    def within(self, name: str) -> "Members":
        """Return the members of an object, for reading."""
        return Members(self.object(name), self.wrong(name).path)

    def array(self, name: str, most: int, least: int = 0) -> list[Json]:
        """Return an array of ``least`` to ``most`` values."""
        value = self.take(name)
        if isinstance(value, list) and least <= len(value) <= most:
            return value
        raise self.wrong(name)

    def each(self, name: str, most: int, least: int = 0) -> Iterator["Members"]:
        """Yield the members of each object of an array; its path counts from 1."""
        for number, value in enumerate(self.array(name, most, least), start=1):
            path = f"{name}.{number}"
            if not isinstance(value, dict):
                raise self.wrong(path)
            yield Members(value, self.wrong(path).path)

    def lines(self, name: str, form: re.Pattern[str], most: int, least: int = 0) -> tuple[str, ...]:
        """Return an array of different strings, each of which ``form`` matches."""
        found: list[str] = []
        for value in self.array(name, most, least):
            if not isinstance(value, str) or not form.fullmatch(value):
                raise self.wrong(name)
            found.append(value)
        if len(set(found)) != len(found):
            raise self.wrong(name)
        return tuple(found)

    def _visible(self, name: str, form: re.Pattern[str], least: int, most: int) -> str:
        value = self.take(name)
        if isinstance(value, str) and least <= len(value) <= most and form.fullmatch(value):
            return value
        raise self.wrong(name)

    def _read(self, name: str, read: Callable[[str], T]) -> T:
        value = self.take(name)
        if not isinstance(value, str):
            raise self.wrong(name)
        try:
            return read(value)
        except NotCanonical as error:
            raise self.wrong(name) from error
