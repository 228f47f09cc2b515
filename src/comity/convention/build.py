"""Make a typed row from a table of a law file, one function for each kind."""

from collections.abc import Callable, Mapping
from typing import Final, TypedDict

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
from comity.convention.rows import (
    Ask,
    Channel,
    Clock,
    Content,
    Declaration,
    Definition,
    Duty,
    Evidence,
    Ground,
    Kind,
    MeasureRow,
    Offence,
    Power,
    Principle,
    Row,
    Scope,
)
from comity.convention.table import Table
from comity.text import Sentence

_NUMBERED: Final = frozenset({ClockType.HARD_FLOOR, ClockType.HARD_CAP})


class Heading(TypedDict):
    """What every row has, read before its kind is looked at."""

    id: str
    instrument: str
    article: str
    title: Sentence
    text: Sentence
    evidence: Evidence
    source: str


def _definition(table: Table, heading: Heading) -> Row:
    return Definition(term=table.text("term"), months=table.count("months"), **heading)


def _offence(table: Table, heading: Heading) -> Row:
    role = table.text("role") if table.has("role") else "offence"
    if role not in {"offence", "modifier"}:
        table.refuse("role", "one of: offence, modifier")
    return Offence(
        name=table.text("name"),
        codes=table.texts("codes"),
        extent=table.choice("extent", Extent) if table.has("extent") else Extent.FULL,
        modifier=role == "modifier",
        **heading,
    )


def _scope(table: Table, heading: Heading) -> Row:
    return Scope(
        scope_class=table.choice("class", ScopeClass) if table.has("class") else None,
        measures=table.choices("measures", Measure),
        **heading,
    )


def _measure(table: Table, heading: Heading) -> Row:
    return MeasureRow(
        measure=table.choice("measure", Measure),
        basis_article=table.text("basis_article") if table.has("basis_article") else "",
        **heading,
    )


def _content(table: Table, heading: Heading) -> Row:
    return Content(
        measure=table.choice("measure", Measure),
        required=table.choice("required", Requirement),
        asks=tuple(_ask(each) for each in table.tables("asks")),
        **heading,
    )


def _ask(table: Table) -> Ask:
    ask = Ask(
        field=table.text("field"),
        answer=table.choice("answer", AnswerKind),
        sentence=table.sentence("ask"),
    )
    table.done()
    return ask


def _power(table: Table, heading: Heading) -> Row:
    return Power(
        power=table.choice("power", PowerKind),
        measure=table.choice("measure", Measure),
        **heading,
    )


def _clock(table: Table, heading: Heading) -> Row:
    kind = table.choice("type", ClockType)
    days = table.count("days")
    if days is None and kind in _NUMBERED:
        table.refuse("days", "a number of days: a floor or a cap has one")
    return Clock(name=table.choice("name", ClockName), type=kind, days=days, **heading)


def _ground(table: Table, heading: Heading) -> Row:
    reserved = table.has("reservation")
    return Ground(
        code=table.choice("code", GroundCode),
        measure=table.choice("measure", Measure),
        reservation=table.choice("reservation", DeclarationCode) if reserved else None,
        **heading,
    )


def _duty(_table: Table, heading: Heading) -> Row:
    return Duty(**heading)


def _principle(_table: Table, heading: Heading) -> Row:
    return Principle(**heading)


def _declaration(table: Table, heading: Heading) -> Row:
    return Declaration(code=table.choice("code", DeclarationCode), **heading)


def _channel(table: Table, heading: Heading) -> Row:
    return Channel(code=table.choice("code", ChannelCode), **heading)


BUILDERS: Final[Mapping[Kind, Callable[[Table, Heading], Row]]] = {
    Kind.DEFINITION: _definition,
    Kind.OFFENCE: _offence,
    Kind.SCOPE: _scope,
    Kind.MEASURE: _measure,
    Kind.CONTENT: _content,
    Kind.POWER: _power,
    Kind.CLOCK: _clock,
    Kind.GROUND: _ground,
    Kind.DUTY: _duty,
    Kind.PRINCIPLE: _principle,
    Kind.DECLARATION: _declaration,
    Kind.CHANNEL: _channel,
}
