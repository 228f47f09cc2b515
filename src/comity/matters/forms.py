"""The forms that members of a header have, each as a strict reader (act-v1 section 1).

A reader takes a JSON value and returns the typed value, or raises ``Misfit``;
``comity.matters.act`` names the member that did not fit.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Final, TypeVar

from comity.seal.canonical import Json, encode
from comity.seal.forms import is_digest, is_state, read_time, unb64

T = TypeVar("T")
K = TypeVar("K", str, int)

Form = Callable[[Json], T]

MOST_PARTS: Final = 64
MOST_BYTES: Final = 26_214_400
MOST_ITEMS: Final = 50
LARGEST_SEQ: Final = 2**53 - 1
LONGEST_REF: Final = 64

_WORD: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII).fullmatch
_INSTRUMENT: Final = re.compile(
    r"[a-z][a-z0-9_-]{0,31}(:[a-z0-9][a-z0-9-]{0,63})?", re.ASCII
).fullmatch
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/()-]{0,127}", re.ASCII).fullmatch
_ARTICLE: Final = re.compile(r"[A-Za-z0-9()./-]{0,32}", re.ASCII).fullmatch
_LANG: Final = re.compile(r"(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII).fullmatch
# 32 bytes in base64: 43 digits, of which the last carries two unset bits, and padding.
_B32: Final = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=", re.ASCII).fullmatch


class Misfit(Exception):
    """A value is not of the form asked for; never leaves this room."""


def text(value: Json) -> str:
    """Return a string."""
    if isinstance(value, str):
        return value
    raise Misfit


def word(value: Json) -> str:
    """Return a lower-case word such as a step or a role."""
    if isinstance(value, str) and _WORD(value):
        return value
    raise Misfit


def instrument(value: Json) -> str:
    """Return the code of a legal instrument, ``budapest`` or ``bilateral:name``."""
    if isinstance(value, str) and _INSTRUMENT(value):
        return value
    raise Misfit


def code(value: Json) -> str:
    """Return a code of the law rows."""
    if isinstance(value, str) and _CODE(value):
        return value
    raise Misfit


def code_or_empty(value: Json) -> str:
    """Return a code of the law rows, or the empty string."""
    return "" if value == "" else code(value)


def article(value: Json) -> str:
    """Return the number of an article as printed, ``42(3)(a)``; empty where there is none."""
    if isinstance(value, str) and _ARTICLE(value):
        return value
    raise Misfit


def language(value: Json) -> str:
    """Return a BCP 47 language tag."""
    if isinstance(value, str) and _LANG(value):
        return value
    raise Misfit


def state(value: Json) -> str:
    """Return a State's code."""
    if isinstance(value, str) and is_state(value):
        return value
    raise Misfit


def digest(value: Json) -> str:
    """Return a digest's text."""
    if isinstance(value, str) and is_digest(value):
        return value
    raise Misfit


def time(value: Json) -> datetime:
    """Return a UTC time; ``NotCanonical`` where the text names none."""
    return read_time(text(value))


def bytes_32(value: Json) -> bytes:
    """Return 32 bytes."""
    return unb64(text_of_32(value))


def text_of_32(value: Json) -> str:
    """Return the base64 text of 32 bytes."""
    if isinstance(value, str) and _B32(value):
        return value
    raise Misfit


def one_of(known: frozenset[str]) -> Form[str]:
    """Return the form of a word from a closed list."""

    def read(value: Json) -> str:
        if isinstance(value, str) and value in known:
            return value
        raise Misfit

    return read


def number(low: int, high: int) -> Form[int]:
    """Return the form of a whole number from ``low`` to ``high``."""

    def read(value: Json) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise Misfit

    return read


def null(value: Json) -> None:
    """Return nothing, where nothing may stand."""
    if value is not None:
        raise Misfit


def or_null(form: Form[T]) -> Form[T | None]:
    """Return the form of a value that may be absent."""

    def read(value: Json) -> T | None:
        return None if value is None else form(value)

    return read


def many(form: Form[T], least: int = 0, most: int | None = None) -> Form[tuple[T, ...]]:
    """Return the form of an array of ``least`` to ``most`` values."""

    def read(value: Json) -> tuple[T, ...]:
        if not isinstance(value, list) or len(value) < least:
            raise Misfit
        if most is not None and len(value) > most:
            raise Misfit
        return tuple(map(form, value))

    return read


def rising(form: Form[tuple[T, ...]], key: Callable[[T], K]) -> Form[tuple[T, ...]]:
    """Return the form of an array that is sorted by ``key``, where each key comes once."""

    def read(value: Json) -> tuple[T, ...]:
        found = form(value)
        if len(found) > 1:
            keys = list(map(key, found))
            if any(left >= right for left, right in pairwise(keys)):
                raise Misfit
        return found

    return read


def mapping(value: Json) -> dict[str, Json]:
    """Return an object."""
    if isinstance(value, dict):
        return value
    raise Misfit


def inside(value: Mapping[str, Json], name: str, form: Form[T]) -> T:
    """Return a member of an inner object; members that are not asked for stay unread."""
    if name not in value:
        raise Misfit
    return form(value[name])


def by_state(form: Form[T]) -> Form[tuple[tuple[str, T], ...]]:
    """Return the form of an object State -> value, as pairs sorted by State."""

    def read(value: Json) -> tuple[tuple[str, T], ...]:
        return tuple((state(name), form(inner)) for name, inner in mapping(value).items())

    return read


def reference(value: Json) -> str:
    """Return a State's own reference: 1 to 64 printable characters."""
    if isinstance(value, str) and 0 < len(value) <= LONGEST_REF and value.isprintable():
        return value
    raise Misfit


def canonical_object(value: Json) -> bytes:
    """Return the canonical bytes of an inner object that this version does not look into."""
    return encode(mapping(value))


codes: Final = rising(many(code), str)
"""The form of an array of codes of the law rows, sorted, each once."""
