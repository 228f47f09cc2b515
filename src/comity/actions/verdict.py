"""The four words of a verdict, and what was found on the way to it (certificate-v1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from comity.text import Sentence


class Verdict(StrEnum):
    """What a reader may conclude."""

    INTACT = "intact"
    ALTERED = "altered"
    INCOMPLETE = "incomplete"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check: what it was called, whether it held, and one sentence."""

    check: str
    held: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the requested State has stated, recomputed from the acts."""

    matter: str
    requesting: str
    requested: str
    instrument: str
    article: str
    kept: int
    asked: int
    kept_at: datetime
    until: datetime | None
    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A verdict with its findings; ``words`` are the twelve words of each root by State."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    stated: Stated | None = None
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
