"""Change a valid thing a little, as bytes choose.

The same bytes make the same change, so that Hypothesis and atheris drive one
code, and a finding is a file of bytes.
"""

from typing import Final

from comity.seal.canonical import LARGEST, Json

MOST_EDITS: Final = 4

POOL: Final[tuple[Json, ...]] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    2,
    64,
    65,
    2**30,
    2**32,
    LARGEST,
    -LARGEST,
    "",
    "x",
    "acts",
    "reply",
    "XNR",
    "XJN",
    "XVL",
    "sha256:" + "0" * 64,
    "sha256:" + "F" * 64,
    "2026-05-04T03:00:00Z",
    "2026-13-04T03:00:60Z",
    "0001-01-01T00:00:00Z",
    "AAAA",
    "AAA",
    "AB==",
    "é",
    "\u202e",
    "x" * 5_000,
    [],
    {},
    [[]],
    [None] * 70,
    {"v": 1},
    {"": 0},
    {"a" * 64: {"b": {"c": [{"d": []}]}}},
)


class Choices:
    """Bytes that decide; when they run out, every choice is the first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def pick(self, count: int) -> int:
        """Return a number from 0 to ``count`` - 1."""
        width = 1 if count <= 1 << 8 else 2 if count <= 1 << 16 else 4
        taken = self._data[self._at : self._at + width]
        self._at += width
        return int.from_bytes(taken, "big") % count

    def some(self, most: int) -> bytes:
        """Return up to ``most`` bytes."""
        length = self.pick(most + 1)
        taken = self._data[self._at : self._at + length]
        self._at += length
        return taken


def edit_json(value: dict[str, Json], choices: Choices) -> dict[str, Json]:
    """Return ``value`` with one to four members replaced, removed, added or doubled."""
    for _ in range(_edits(choices)):
        if not value:
            break
        value = _in_object(value, sorted(value)[choices.pick(len(value))], choices)
    return value


def edit_bytes(data: bytes, choices: Choices) -> bytes:
    """Return ``data`` with one to four places changed, cut, stretched or overwritten."""
    for _ in range(_edits(choices)):
        place = choices.pick(len(data) + 1)
        end = min(len(data), place + 1 + choices.pick(64))
        before, cut, after = data[:place], data[place:end], data[end:]
        data = (
            before + bytes(byte ^ (1 << choices.pick(8)) for byte in cut[:1]) + cut[1:] + after,
            before + after,
            before,
            before + cut + cut + after,
            before + choices.some(16) + after,
            before + choices.some(16) + cut + after,
            before + _lengths(choices) + after[3:],
            data[:4] + cut + data[4:],
        )[choices.pick(8)]
    return data


def _edits(choices: Choices) -> int:
    """Return how many edits: one in most cases, so that the first check is not the only one."""
    return max(1, choices.pick(2 * MOST_EDITS) - MOST_EDITS + 1)


def _lengths(choices: Choices) -> bytes:
    lengths = (0, 1, 2, 0x7FFFFFFF, 0x40000000, 0xFFFFFFFF, 0xFFFFFFFE, 0x00010000, 65_537)
    return lengths[choices.pick(len(lengths))].to_bytes(4, "big")


def _edited(value: Json, choices: Choices) -> Json:
    """Go down to a random place and change it; containers are copied, never changed."""
    if isinstance(value, dict) and value and choices.pick(5):
        name = sorted(value)[choices.pick(len(value))]
        return _in_object(value, name, choices)
    if isinstance(value, list) and value and choices.pick(5):
        return _in_array(value, choices.pick(len(value)), choices)
    if isinstance(value, str) and value and choices.pick(2):
        return _in_text(value, choices)
    if type(value) is int and choices.pick(2):
        return value + (1, -1, 2**31, -value)[choices.pick(4)]
    return POOL[choices.pick(len(POOL))]


def _in_object(value: dict[str, Json], name: str, choices: Choices) -> dict[str, Json]:
    what = choices.pick(6)
    if what == 0:
        return {key: inner for key, inner in value.items() if key != name}
    if what == 1:
        return {**value, "later": POOL[choices.pick(len(POOL))]}
    if what == 2:
        other = sorted(value)[choices.pick(len(value))]
        return {**value, name: value[other]}
    return {**value, name: _edited(value[name], choices)}


def _in_array(value: list[Json], place: int, choices: Choices) -> list[Json]:
    one = value[place]
    what = choices.pick(6)
    if what == 0:
        return [*value[:place], *value[place + 1 :]]
    if what == 1:
        return [*value, one]
    if what == 2:
        return value[::-1]
    return [*value[:place], _edited(one, choices), *value[place + 1 :]]


def _in_text(value: str, choices: Choices) -> str:
    place = choices.pick(len(value))
    letter = chr(choices.pick(0x300))
    return (
        value[:place] + value[place + 1 :],
        value[:place] + letter + value[place + 1 :],
        value[:place] + letter + value[place:],
        value.swapcase(),
        value + value,
    )[choices.pick(5)]
