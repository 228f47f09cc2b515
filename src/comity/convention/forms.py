"""The form of a request for preservation: what it must contain, and what is still missing.

The contents come from the form. Where the basis asks for more than the form
does, those items are added, so that a request on its form is complete under
its basis too. Field codes are the members of the request part (act-v1,
section 4); ``offence`` goes into the header.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from comity.convention.basis import Basis
from comity.convention.codes import AnswerKind, ClockName, Measure, PowerKind, Requirement
from comity.convention.load import rows_of
from comity.convention.offences import OffenceCode
from comity.convention.problems import Problem
from comity.convention.rows import Clock, Content, Evidence, MeasureRow, Power
from comity.text import Sentence, say

YES: Final = "yes"
NO: Final = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One box of a form.

    ``row_id`` is the row of the form that asks for it, ``basis_row_id`` the row
    of the basis that asks for the same, if another. ``required`` is False where
    the text asks for it only if known or where it fits.
    """

    code: str
    row_id: str
    article: str
    evidence: Evidence
    required: bool
    requirement: Requirement
    answer: AnswerKind
    ask: Sentence
    basis_row_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The boxes of a request in order, and the basis for which they are complete."""

    basis: Basis
    measure: Measure
    fields: tuple[Field, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """Return the ids of the law rows that a request relies on, sorted, for its header."""
        asked = {field.row_id for field in self.fields}
        asked |= {field.basis_row_id for field in self.fields if field.basis_row_id}
        return tuple(sorted(asked | _relied_on(self.basis, self.measure)))


def preservation_form(instrument: str, form: str) -> Form:
    """Return the form of a request for preservation on basis ``instrument``.

    Raises UnknownInstrument, InstrumentWithoutRows, InstrumentWithoutForm.
    """
    basis = Basis(instrument=instrument, form=form)
    asked = _fields(form)
    under_basis = _fields(instrument)
    fields = [
        field if form == instrument else joined(field, under_basis.get(code))
        for code, field in asked.items()
    ]
    fields += [field for code, field in under_basis.items() if code not in asked]
    return Form(basis=basis, measure=Measure.PRESERVE, fields=tuple(fields))


def joined(field: Field, other: Field | None) -> Field:
    """Return a box of the form with what the basis says of it; the stricter of both counts."""
    if other is None:
        return field
    stricter = field if field.required or not other.required else other
    return Field(
        code=field.code,
        row_id=field.row_id,
        article=field.article,
        evidence=field.evidence,
        required=stricter.required,
        requirement=stricter.requirement,
        answer=field.answer,
        ask=field.ask,
        basis_row_id=other.row_id,
    )


def missing(form: Form, filled: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return what stands between ``filled`` (field code -> answer) and a complete request.

    Empty means complete. A statement and a yes-or-no answer are ``yes`` or
    ``no``; an offence is an offence code.
    """
    known = {field.code for field in form.fields}
    found = [_problem(field, filled.get(field.code, "").strip()) for field in form.fields]
    strays = [_stray(code) for code in sorted(filled) if code not in known]
    return tuple(problem for problem in (*found, *strays) if problem is not None)


def _fields(instrument: str) -> dict[str, Field]:
    return {
        ask.field: Field(
            code=ask.field,
            row_id=row.id,
            article=row.article,
            evidence=row.evidence,
            required=row.required is Requirement.ALWAYS,
            requirement=row.required,
            answer=ask.answer,
            ask=ask.sentence,
        )
        for row in rows_of(instrument)
        if isinstance(row, Content) and row.measure is Measure.PRESERVE
        for ask in row.asks
    }


def _relied_on(basis: Basis, measure: Measure) -> set[str]:
    """Return the rows of measure, power to ask and floor; the form's floor under reciprocity."""
    floor_of = basis.form if basis.undertaken else basis.instrument
    relied = {
        row.id
        for row in rows_of(basis.instrument)
        if (isinstance(row, MeasureRow) and row.measure is measure)
        or (isinstance(row, Power) and row.power is PowerKind.ASK and row.measure is measure)
    }
    relied |= {
        row.id
        for row in rows_of(floor_of)
        if isinstance(row, Clock) and row.name is ClockName.FLOOR
    }
    return relied | ({"reciprocity/no-treaty", "reciprocity/form"} if basis.undertaken else set())


def _problem(field: Field, answer: str) -> Problem | None:
    if not answer:
        return _of(field, "form-missing", field.ask) if field.required else None
    if field.answer is AnswerKind.OFFENCE and answer not in set(OffenceCode):
        return _of(field, "form-wrong-offence", say("Choose an offence from the list."))
    if field.answer is AnswerKind.STATEMENT and answer != YES:
        return _of(
            field,
            "form-not-stated",
            say(
                "Without the intention to ask for the data by legal assistance there can be"
                " no request for preservation. Say yes, or do not send it."
            ),
        )
    if field.answer is AnswerKind.YES_NO and answer not in {YES, NO}:
        return _of(field, "form-wrong-answer", say("Answer yes or no."))
    return None


def _of(field: Field, code: str, sentence: Sentence) -> Problem:
    rows = (field.row_id, field.basis_row_id) if field.basis_row_id else (field.row_id,)
    return Problem(code=code, field=field.code, sentence=sentence, rows=rows)


def _stray(code: str) -> Problem:
    return Problem(
        code="form-unknown-field",
        field=code,
        sentence=say('The form has no box "%(field)s". Move its text to another box.', field=code),
    )
