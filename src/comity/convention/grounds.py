"""On what grounds a measure may be refused: a closed list for each basis, from the law rows.

Refusing preservation needs no consultation first; it needs a ground that the
basis opens, and a reason in writing.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Protocol

from comity.convention.basis import Basis
from comity.convention.codes import (
    POSTPONE_ONGOING,
    Extent,
    GroundCode,
    Measure,
    NotAGround,
    Severity,
)
from comity.convention.instruments import BUDAPEST, RECIPROCITY, UNCC, require_rows
from comity.convention.load import rows_of
from comity.convention.offences import OffenceCode, extent_under
from comity.convention.problems import Problem
from comity.convention.rows import Ground
from comity.text import Sentence, say

_FIELD: Final = "grounds"
_NO_DUAL_CRIMINALITY: Final = {
    (UNCC, Measure.PRESERVE): ("uncc/42-4/dual-criminality", "uncc/42-5"),
    (BUDAPEST, Measure.PRESERVE): ("budapest/29-3/dual-criminality", "budapest/29-4"),
}
_CLOSED_LIST: Final = {
    (UNCC, Measure.PRESERVE): ("uncc/42-6",),
    (UNCC, Measure.DISCLOSE_TRAFFIC_PATH): ("uncc/43-2",),
    (BUDAPEST, Measure.PRESERVE): ("budapest/29-5",),
    (BUDAPEST, Measure.DISCLOSE_TRAFFIC_PATH): ("budapest/30-2",),
}
_REASONS: Final = {
    UNCC: "uncc/40-25",
    BUDAPEST: "budapest/27-7",
    RECIPROCITY: "reciprocity/reasons",
}
_NEVER: Final = {
    NotAGround.FISCAL: (
        say("That an offence concerns taxes is no ground of its own. Choose another ground."),
        "uncc/40-23",
    ),
    NotAGround.BANK_SECRECY: (
        say("Bank secrecy is no ground. Choose another ground."),
        "uncc/40-24",
    ),
}


class Declared(Protocol):
    """An entry of a directory card: a declaration under an instrument (card-v1)."""

    @property
    def instrument(self) -> str:
        """Return the instrument's code."""
        ...

    @property
    def code(self) -> str:
        """Return the code of the declaration, as the law rows have it."""
        ...


def reservations_of(declared: Iterable[Declared], instrument: str) -> frozenset[str]:
    """Return the codes of what a State declared under one instrument."""
    return frozenset(each.code for each in declared if each.instrument == instrument)


def grounds_for(instrument: str, measure: Measure) -> tuple[Ground, ...]:
    """Return every ground on which the instrument lets ``measure`` be refused.

    Those with a ``reservation`` are open only to a State that made it. Raises
    UnknownInstrument, InstrumentWithoutRows.
    """
    return tuple(
        row
        for row in rows_of(require_rows(instrument))
        if isinstance(row, Ground) and row.measure is measure
    )


def open_grounds(
    basis: Basis,
    measure: Measure,
    *,
    reservations: Collection[str],
    offence: OffenceCode,
) -> tuple[Ground, ...]:
    """Return the grounds that this State may choose now, for the form of refusal.

    ``reservations`` are the codes that the requested State declared under the
    instrument of the basis; ``offence`` is the offence of the request.
    """
    return tuple(
        ground
        for ground in grounds_for(basis.instrument, measure)
        if not any(each.stops for each in _of_ground(ground, reservations, offence))
    )


def refusal_problems(
    basis: Basis,
    measure: Measure,
    grounds: Sequence[str],
    reason_text: str,
    *,
    reservations: Collection[str],
    offence: OffenceCode,
) -> tuple[Problem, ...]:
    """Return what stands in the way of refusing ``measure`` on ``grounds`` with this reason.

    Empty, or warnings only, means that the refusal can be sent.
    """
    closed = {ground.code: ground for ground in grounds_for(basis.instrument, measure)}
    found: list[Problem] = []
    if not grounds:
        found.append(
            Problem(
                code="refusal-no-ground",
                field=_FIELD,
                sentence=say("Choose at least one ground for the refusal."),
                rows=_list_rows(basis, measure),
            )
        )
    for code in dict.fromkeys(grounds):
        ground = closed.get(GroundCode(code)) if code in set(GroundCode) else None
        if ground is None:
            found.append(_not_open(code, basis, measure))
        else:
            found += _of_ground(ground, reservations, offence)
    if not reason_text.strip():
        found.append(_no_reason(basis, grounds))
    return tuple(found)


def ground_rows(basis: Basis, measure: Measure, grounds: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the rows that a refusal on these grounds relies on, sorted."""
    return tuple(
        sorted(row.id for row in grounds_for(basis.instrument, measure) if row.code in grounds)
    )


def _of_ground(
    ground: Ground, reservations: Collection[str], offence: OffenceCode
) -> list[Problem]:
    """Judge one ground of the list: a reserved one is for its maker and few offences."""
    if ground.reservation is None:
        return []
    if ground.reservation not in reservations:
        return [
            _problem(
                "refusal-not-reserved",
                say(
                    "Dual criminality is no condition for preservation. Only a State that"
                    " declared the reservation may use this ground, and your State did not."
                ),
                ground,
            )
        ]
    extent = extent_under(ground.instrument, offence)
    if extent is Extent.FULL:
        return [
            _problem(
                "refusal-offence-inside",
                say(
                    "This ground is only for offences outside the treaty. The treaty itself"
                    " makes this offence punishable in both States. Choose another ground."
                ),
                ground,
            )
        ]
    if extent is Extent.PARTIAL or ground.instrument == BUDAPEST:
        return [_check_inside(ground)]
    return []


def _check_inside(ground: Ground) -> Problem:
    return _problem(
        "refusal-check-inside",
        say(
            "Check that the offence is outside articles 2 to 11 of the Budapest Convention,"
            " copyright included. For offences inside, this ground is closed."
        ),
        ground,
        Severity.WARN,
    )


def _problem(
    code: str, sentence: Sentence, ground: Ground, severity: Severity = Severity.STOP
) -> Problem:
    return Problem(code=code, field=_FIELD, sentence=sentence, rows=(ground.id,), severity=severity)


def _not_open(code: str, basis: Basis, measure: Measure) -> Problem:
    """Say why a code is not a ground here: never one, no condition, a delay, or another list."""
    rows = _list_rows(basis, measure)
    if code in set(NotAGround):
        sentence, row = _NEVER[NotAGround(code)]
        rows = (row,) if basis.instrument == UNCC else rows
        return Problem(code="refusal-never-a-ground", field=_FIELD, sentence=sentence, rows=rows)
    no_condition = _NO_DUAL_CRIMINALITY.get((basis.instrument, measure))
    if code == GroundCode.R08_DUAL_CRIMINALITY and no_condition:
        return Problem(
            code="refusal-dual-criminality",
            field=_FIELD,
            sentence=say(
                "Dual criminality is no condition for preservation. Choose another ground."
            ),
            rows=no_condition,
        )
    if code == POSTPONE_ONGOING:
        sentence = say("An ongoing case at home can postpone legal assistance, not this measure.")
    elif code in set(GroundCode):
        sentence = say(
            'The ground "%(code)s" is not open under this legal basis. Choose one from the list.',
            code=code,
        )
    else:
        sentence = say('"%(code)s" is not a ground. Choose one from the list.', code=code)
    return Problem(code="refusal-ground-not-open", field=_FIELD, sentence=sentence, rows=rows)


def _no_reason(basis: Basis, grounds: Sequence[str]) -> Problem:
    reserved = {GroundCode.R42_5_RESERVED_DC, GroundCode.B29_4_RESERVED_DC}.intersection(grounds)
    if reserved:
        sentence = say(
            "Write why you believe that dual criminality cannot be met when the data would be"
            " disclosed."
        )
    else:
        sentence = say("Write the reason for the refusal. A few words are enough.")
    rows = (_REASONS[basis.instrument],)
    return Problem(code="refusal-no-reason", field="reason", sentence=sentence, rows=rows)


def _list_rows(basis: Basis, measure: Measure) -> tuple[str, ...]:
    fixed = _CLOSED_LIST.get((basis.instrument, measure))
    return fixed or tuple(row.id for row in grounds_for(basis.instrument, measure))
