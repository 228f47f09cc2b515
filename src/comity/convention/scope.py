"""The scope gate of the Convention: which class an offence is in, and what that permits.

The gate is the Convention's alone (articles 3, 23(2), 35). Under another
basis nothing is asked here. A value of the requested State is recorded and
shown; it never rejects by itself.
"""

from dataclasses import dataclass
from typing import Final

from comity.convention.codes import Measure, ScopeClass
from comity.convention.errors import PenaltyMissing, WrongPenalty
from comity.convention.instruments import UNCC, require_rows
from comity.convention.load import rows_of
from comity.convention.offences import OffenceCode, check_offence
from comity.convention.rows import Definition, Scope
from comity.text import Sentence, say

LIFE_MONTHS: Final = 1200
"""How a penalty without end is written in months (life, or a more severe penalty)."""

_THRESHOLD_ROW: Final = "uncc/2-h"
_WHOSE_LAW_ROW: Final = "uncc/35-1/whose-law"
_CLASS_SENTENCES: Final = {
    ScopeClass.A: say("An offence of the UN Convention: every form of cooperation is open."),
    ScopeClass.B: say(
        "A serious crime outside articles 7 to 17: the UN Convention gives electronic"
        " evidence only."
    ),
    ScopeClass.C: say(
        "Not a request under the UN Convention: the maximum penalty in the requesting"
        " State is below four years. Choose another treaty that is in force between both"
        " States, or reciprocity. The form can stay."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeResult:
    """The class of an offence, its code in that class, why, and what a person must weigh."""

    scope_class: ScopeClass
    offence: OffenceCode
    sentence: Sentence
    rows: tuple[str, ...]
    warnings: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Whether a measure is open for a class of offence under an instrument, and why."""

    allowed: bool
    sentence: Sentence
    rows: tuple[str, ...]


def serious_months() -> int:
    """Return from how many months of maximum penalty a crime is serious (article 2(h))."""
    return next(
        each.months
        for each in rows_of(UNCC)
        if isinstance(each, Definition) and each.id == _THRESHOLD_ROW and each.months is not None
    )


def classify(
    offence: str,
    *,
    max_penalty_months_requesting: int | None,
    max_penalty_months_requested: int | None = None,
) -> ScopeResult:
    """Say in which class an offence is.

    Penalties are maximum penalties in whole months; ``LIFE_MONTHS`` stands for
    life. An offence of articles 7 to 17 needs none. For any other the value of
    the requesting State decides, whichever code was chosen; the value of the
    requested State only adds a warning. Raises UnknownOffence, PenaltyMissing,
    WrongPenalty.
    """
    code = check_offence(offence)
    ours = _months("max_penalty_months_requesting", max_penalty_months_requesting)
    theirs = _months("max_penalty_months_requested", max_penalty_months_requested)
    if code.of_the_convention:
        return _result(ScopeClass.A, code)
    if ours is None:
        raise PenaltyMissing(
            say(
                "Write the maximum penalty for this offence in the requesting State, in"
                " months. The UN Convention asks whether it is a serious crime."
            )
        )
    if ours < serious_months():
        return _result(ScopeClass.C, OffenceCode.C_OUT_OF_SCOPE)
    serious = OffenceCode.B_SERIOUS_CRIME if code is OffenceCode.C_OUT_OF_SCOPE else code
    return _result(ScopeClass.B, serious, _weigh(theirs))


def permits(scope_class: ScopeClass, instrument: str, measure: Measure) -> Permit:
    """Say whether ``measure`` may be asked for an offence of that class under the instrument.

    Raises UnknownInstrument, InstrumentWithoutRows.
    """
    if require_rows(instrument) != UNCC:
        return Permit(
            allowed=True,
            sentence=say("The scope gate of the UN Convention does not apply to this basis."),
            rows=(),
        )
    found = _class_row(scope_class)
    if measure in found.measures:
        return Permit(allowed=True, sentence=_CLASS_SENTENCES[scope_class], rows=(found.id,))
    if scope_class is ScopeClass.C:
        sentence = _CLASS_SENTENCES[ScopeClass.C]
    elif scope_class is ScopeClass.B:
        sentence = say(
            "For a serious crime outside articles 7 to 17 the UN Convention gives electronic"
            " evidence only. Choose another legal basis for this measure."
        )
    else:
        sentence = say("The UN Convention does not let one State ask another for this measure.")
    return Permit(allowed=False, sentence=sentence, rows=(found.id,))


def _class_row(scope_class: ScopeClass) -> Scope:
    return next(
        each
        for each in rows_of(UNCC)
        if isinstance(each, Scope) and each.scope_class is scope_class
    )


def _result(
    scope_class: ScopeClass, offence: OffenceCode, warnings: tuple[Sentence, ...] = ()
) -> ScopeResult:
    rows: tuple[str, ...] = (_class_row(scope_class).id,)
    if scope_class is not ScopeClass.A:
        rows = (*rows, _THRESHOLD_ROW, _WHOSE_LAW_ROW)
    return ScopeResult(
        scope_class=scope_class,
        offence=offence,
        sentence=_CLASS_SENTENCES[scope_class],
        rows=rows,
        warnings=warnings,
    )


def _weigh(theirs: int | None) -> tuple[Sentence, ...]:
    if theirs is None or theirs >= serious_months():
        return ()
    return (
        say(
            "In the requested State the maximum penalty is below four years. The text does"
            " not say whose law counts. A person decides; the request is not refused by this."
        ),
    )


def _months(field: str, months: int | None) -> int | None:
    if months is None or 0 <= months <= LIFE_MONTHS:
        return months
    raise WrongPenalty(
        say(
            "%(field)s: write a number of months from 0 to %(most)s. For life write %(most)s.",
            field=field,
            most=str(LIFE_MONTHS),
        )
    )
