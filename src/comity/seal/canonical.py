"""Canonical JSON, version 1 (``spec/canonical-v1.md``: RFC 8785, restricted).

What is signed is what is stored. A reader never repairs: bytes that this
module would not write are refused with the rule they break.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final, NoReturn, TypeAlias
from unicodedata import is_normalized

from comity.seal.errors import NotCanonical
from comity.text import Sentence, say

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
"""A JSON value that may be signed. There are no floats."""

LARGEST: Final = 2**53 - 1
"""The largest integer; the smallest is its negative."""

DEEPEST: Final = 16
"""How many objects and arrays may lie in each other; the top object counts as one."""

_CONTAINERS: Final = (dict, list)
_NAME: Final = re.compile(r"[a-zA-Z0-9_:./-]{1,64}").fullmatch
_LONGEST_INTEGER: Final = len(f"-{LARGEST}")
_STRING: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_SPACE: Final = re.compile(r"\s")

_RULES: Final[Mapping[str, Sentence]] = {
    "1": say(
        "The text is not one JSON value in UTF-8 without spaces between its parts. "
        "Ask the sender to send it again with a program that writes canonical JSON."
    ),
    "2": say(
        "The text holds a number that is not a whole number between -(2^53 - 1) and 2^53 - 1, "
        "or a value that JSON does not have. Ask the sender to correct it."
    ),
    "3": say(
        "The text has a member name that is not allowed, comes twice, or is out of order. "
        "Ask the sender to correct it."
    ),
    "4": say(
        "The text holds characters that are not written in the one agreed way (Unicode NFC, "
        "nothing escaped without need). Ask the sender to correct it."
    ),
    "5": say(
        "The text is not an object, or more than 16 levels lie in each other. "
        "Ask the sender to correct it."
    ),
}


def encode(value: Mapping[str, Json]) -> bytes:
    """Return the one canonical form of ``value``.

    Raises ``NotCanonical`` when ``value`` holds something that has none: a
    float, a name or number out of range, text that is not NFC.
    """
    top = value if isinstance(value, dict) else dict(value)
    _check(top)
    text = _ENCODER.encode(top)
    _check_normal(text, top)
    try:
        return text.encode()
    except UnicodeEncodeError:
        _refuse("4")


def decode(data: bytes) -> dict[str, Json]:
    """Return the object that ``data`` is the canonical form of, or raise ``NotCanonical``."""
    text = _text(data)
    value = _parse(text)
    if not isinstance(value, dict):
        _refuse("5")
    # Nothing lies deeper than there are brackets; most texts need no closer look.
    if text.count("{") + text.count("[") > DEEPEST and _too_deep(value):
        _refuse("5")
    again = _ENCODER.encode(value)
    if again != text:
        _refuse(_broken_rule(text, value))
    _check_normal(text, value)
    return value


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        _refuse("1")


def _parse(text: str) -> Json:
    try:
        value: Json
        value, end = _DECODER.raw_decode(text)
    except RecursionError:
        _refuse("5")
    except ValueError:
        _refuse("1")
    if end != len(text):
        _refuse("1")
    return value


def _check(top: dict[str, Json]) -> None:
    """Refuse what the encoder would write but the page does not allow, level by level."""
    level: list[Json] = [top]
    for _ in range(DEEPEST):
        below: list[Json] = []
        for value in level:
            if isinstance(value, dict):
                _check_names(value)
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            else:
                _check_plain(value)
        if not below:
            return
        level = below
    if any(isinstance(value, dict | list) for value in level):
        _refuse("5")
    for value in level:
        _check_plain(value)


def _check_names(value: dict[str, Json]) -> None:
    try:
        fine = all(map(_NAME, value))
    except TypeError:
        # A name that is no string: only in a value of our own making.
        fine = False
    if not fine:
        _refuse("3")


def _check_plain(value: Json) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if not isinstance(value, int) or not -LARGEST <= value <= LARGEST:
        _refuse("2")


def _check_normal(text: str, value: dict[str, Json]) -> None:
    """Refuse text that is not NFC.

    A part of a normal text is normal, so the whole is asked first. The whole
    may fail where no string does (an accent after an escape), so then each is
    asked.
    """
    if text.isascii() or is_normalized("NFC", text):
        return
    if not all(is_normalized("NFC", part) for part in _strings(value)):
        _refuse("4")


def _strings(value: Json) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _too_deep(value: dict[str, Json]) -> bool:
    level: list[dict[str, Json] | list[Json]] = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, _CONTAINERS)
        ]
        if not level:
            return False
    return True


def _broken_rule(text: str, value: dict[str, Json]) -> str:
    """Say which rule ``text`` breaks, knowing that it parses but is not canonical."""
    bare = _STRING.sub("", text)
    if _SPACE.search(bare):
        return "1"
    if "-0" in bare:
        return "2"
    return "4" if _sorted(value) else "3"


def _sorted(value: Json) -> bool:
    if isinstance(value, dict):
        return list(value) == sorted(value) and all(map(_sorted, value.values()))
    return not isinstance(value, list) or all(map(_sorted, value))


def _refuse(rule: str) -> NoReturn:
    raise NotCanonical(_RULES[rule], rule=rule)


def _no_float(_: str) -> NoReturn:
    _refuse("2")


def _integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER:
        _refuse("2")
    number = int(text)
    if not -LARGEST <= number <= LARGEST:
        _refuse("2")
    return number


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        _refuse("3")
    _check_names(value)
    return value


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
)
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_no_float,
    parse_int=_integer,
    parse_constant=_no_float,
)
