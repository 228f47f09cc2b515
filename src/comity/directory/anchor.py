"""What a root hangs on: two officers who compared words, or a registrar's signature."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsAnchor:
    """Two officers compared the twelve words; their names stay home."""

    officers: tuple[str, str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrarAnchor:
    """A registrar whose key is pinned in the node's settings vouched for the root."""

    registrar: str
    envelope: bytes
    at: datetime


Anchor: TypeAlias = WordsAnchor | RegistrarAnchor
