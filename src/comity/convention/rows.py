"""The rows of the law: what each kind of row holds.

Every row has an id (``uncc/42-8/floor``), the article as printed (``42(8)``), a
title and a text in our own words (never presented as certified text), a mark
that says how sure the fact is, and where it comes from.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from comity.convention.codes import (
    AnswerKind,
    ChannelCode,
    ClockName,
    ClockType,
    DeclarationCode,
    Extent,
    GroundCode,
    Measure,
    PowerKind,
    Requirement,
    ScopeClass,
)
from comity.text import Sentence


class Kind(StrEnum):
    """The closed list of kinds of row; also the name of the table in a law file."""

    DEFINITION = "definition"
    OFFENCE = "offence"
    SCOPE = "scope"
    MEASURE = "measure"
    CONTENT = "content"
    POWER = "power"
    CLOCK = "clock"
    GROUND = "ground"
    DUTY = "duty"
    PRINCIPLE = "principle"
    DECLARATION = "declaration"
    CHANNEL = "channel"


class Evidence(StrEnum):
    """How sure a fact is.

    ``certified``: compared with the certified text. ``sourced``: a public
    source states it. ``parallel``: drafted from a parent clause that was
    compared in full. ``unconfirmed``: no text at hand confirms it.
    """

    CERTIFIED = "certified"
    SOURCED = "sourced"
    PARALLEL = "parallel"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row of the law has."""

    kind: ClassVar[Kind]

    id: str
    instrument: str
    article: str
    title: Sentence
    text: Sentence
    evidence: Evidence
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Row):
    """A defined term; ``months`` where the term sets a length of penalty."""

    kind: ClassVar[Kind] = Kind.DEFINITION

    term: str
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Row):
    """An offence of the instrument, and the offence codes (A07 ...) that it covers.

    ``codes`` is empty where the instrument has an offence that the Convention
    has not (copyright). ``modifier`` rows (attempt, legal person) have no code.
    """

    kind: ClassVar[Kind] = Kind.OFFENCE

    name: str
    codes: tuple[str, ...]
    extent: Extent
    modifier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Row):
    """What the instrument is for; ``scope_class`` and ``measures`` where it fixes a class."""

    kind: ClassVar[Kind] = Kind.SCOPE

    scope_class: ScopeClass | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow(Row):
    """A measure that may be asked for, and the article that a request names as its basis.

    ``basis_article`` is empty where no treaty is the basis (reciprocity).
    """

    kind: ClassVar[Kind] = Kind.MEASURE

    measure: Measure
    basis_article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One box of a form: its field code, how it is answered, the sentence that asks for it."""

    field: str
    answer: AnswerKind
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Row):
    """What a request for ``measure`` must contain, and the boxes that ask for it."""

    kind: ClassVar[Kind] = Kind.CONTENT

    measure: Measure
    required: Requirement
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Row):
    """Who may ask, order or pass on."""

    kind: ClassVar[Kind] = Kind.POWER

    power: PowerKind
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Row):
    """A time limit; ``days`` is ``None`` where the rule sets no number."""

    kind: ClassVar[Kind] = Kind.CLOCK

    name: ClockName
    type: ClockType
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(Row):
    """A ground on which ``measure`` may be refused, open only to those who made ``reservation``."""

    kind: ClassVar[Kind] = Kind.GROUND

    code: GroundCode
    measure: Measure
    reservation: DeclarationCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Row):
    """Something a State must do."""

    kind: ClassVar[Kind] = Kind.DUTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle(Row):
    """A rule that limits how everything else is read and done."""

    kind: ClassVar[Kind] = Kind.PRINCIPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(Row):
    """A reservation or notification that a State may make."""

    kind: ClassVar[Kind] = Kind.DECLARATION

    code: DeclarationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Row):
    """A road on which requests may travel."""

    kind: ClassVar[Kind] = Kind.CHANNEL

    code: ChannelCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One law file: an instrument, its name, its sources, its rows kind by kind.

    ``sources`` are pairs of key and place of publication. ``canonical`` is the
    file's content without order, comments or layout.
    """

    instrument: str
    name: Sentence
    sources: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    canonical: str
