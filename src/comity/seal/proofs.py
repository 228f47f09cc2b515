"""Proofs of the log as they are written down (``spec/log-v1.md``, Proofs)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from comity.seal.canonical import Json
from comity.seal.errors import BadProof, NotCanonical
from comity.seal.forms import b64, unb64
from comity.seal.tree import HASH, verify_consistency, verify_inclusion
from comity.text import say

LONGEST: Final = 64
"""Hashes in the longest path that is read: enough for any tree with a size in range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """That leaf ``index`` (from 0) is in the tree of ``size`` leaves."""

    index: int
    size: int
    path: tuple[bytes, ...]

    def data(self) -> dict[str, Json]:
        """Return the written form."""
        return {"index": self.index, "size": self.size, "path": _written(self.path)}

    def verify(self, leaf: bytes, root: bytes) -> None:
        """Return when it holds for this leaf hash under ``root``; else raise ``BadProof``."""
        verify_inclusion(leaf, self.index, self.size, self.path, root)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """That the tree of ``first`` leaves is the beginning of the tree of ``second``."""

    first: int
    second: int
    path: tuple[bytes, ...]

    def data(self) -> dict[str, Json]:
        """Return the written form."""
        return {"first": self.first, "second": self.second, "path": _written(self.path)}

    def verify(self, first_root: bytes, second_root: bytes) -> None:
        """Return when it holds between these roots; else raise ``BadProof``."""
        verify_consistency(self.first, self.second, self.path, first_root, second_root)


def read_inclusion(data: Json) -> Inclusion:
    """Return the proof of its written form, or raise ``BadProof``."""
    index, size, path = _members(data, ("index", "size"))
    return Inclusion(index=index, size=size, path=path)


def read_consistency(data: Json) -> Consistency:
    """Return the proof of its written form, or raise ``BadProof``."""
    first, second, path = _members(data, ("first", "second"))
    return Consistency(first=first, second=second, path=path)


def _written(path: Sequence[bytes]) -> list[Json]:
    return [b64(step) for step in path]


def _members(data: Json, names: tuple[str, str]) -> tuple[int, int, tuple[bytes, ...]]:
    if not isinstance(data, dict) or set(data) != {*names, "path"}:
        _refuse()
    path = data["path"]
    if not isinstance(path, list) or len(path) > LONGEST:
        _refuse()
    return _number(data[names[0]]), _number(data[names[1]]), tuple(map(_hash, path))


def _number(value: Json) -> int:
    if type(value) is not int or value < 0:
        _refuse()
    return value


def _hash(value: Json) -> bytes:
    if not isinstance(value, str):
        _refuse()
    try:
        raw = unb64(value)
    except NotCanonical:
        _refuse()
    if len(raw) != HASH:
        _refuse()
    return raw


def _refuse() -> NoReturn:
    raise BadProof(
        say(
            "The proof of the log is not of the agreed form. "
            "Ask the State that keeps the log to send it again."
        )
    )
