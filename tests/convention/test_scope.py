"""The scope gate of the Convention: A, B, C, and what each permits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.convention.codes import Measure, ScopeClass
from comity.convention.errors import (
    InstrumentWithoutRows,
    PenaltyMissing,
    UnknownOffence,
    WrongPenalty,
)
from comity.convention.load import row
from comity.convention.offences import OffenceCode
from comity.convention.scope import LIFE_MONTHS, classify, permits, serious_months

CONVENTION = [code for code in OffenceCode if code.of_the_convention]
OTHER = [code for code in OffenceCode if not code.of_the_convention]
EVIDENCE_MEASURES = {
    Measure.LOCATE_DATA,
    Measure.PRESERVE,
    Measure.DISCLOSE_TRAFFIC_PATH,
    Measure.SEARCH_SEIZE_DISCLOSE,
    Measure.REALTIME_TRAFFIC,
    Measure.INTERCEPT_CONTENT,
    Measure.SPONTANEOUS,
    Measure.EMERGENCY_DATA,
    Measure.TECHNICAL_ADVICE,
    Measure.LEGAL_INFO,
    Measure.LOCATE_SUSPECT,
}
AT_HOME_ONLY = {Measure.PRODUCTION}


def test_a_serious_crime_begins_at_four_years() -> None:
    assert serious_months() == 48


@pytest.mark.parametrize("offence", CONVENTION)
@pytest.mark.parametrize("months", [None, 0, 12, 48, LIFE_MONTHS])
def test_an_offence_of_the_convention_is_class_a_whatever_its_penalty(
    offence: OffenceCode, months: int | None
) -> None:
    found = classify(offence, max_penalty_months_requesting=months)
    assert (found.scope_class, found.offence) == (ScopeClass.A, offence)
    assert found.rows == ("uncc/35-1/a",)


@pytest.mark.parametrize(
    ("months", "scope_class"),
    [
        (0, ScopeClass.C),
        (1, ScopeClass.C),
        (47, ScopeClass.C),
        (48, ScopeClass.B),
        (49, ScopeClass.B),
        (LIFE_MONTHS, ScopeClass.B),
    ],
)
@pytest.mark.parametrize("offence", OTHER)
def test_the_penalty_in_the_requesting_state_decides_between_b_and_c(
    offence: OffenceCode, months: int, scope_class: ScopeClass
) -> None:
    assert classify(offence, max_penalty_months_requesting=months).scope_class is scope_class


@pytest.mark.parametrize(
    ("chosen", "months", "code"),
    [
        ("B_serious_crime", 60, "B_serious_crime"),
        ("B_other_un_treaty", 60, "B_other_un_treaty"),
        ("C_out_of_scope", 60, "B_serious_crime"),
        ("B_serious_crime", 36, "C_out_of_scope"),
        ("B_other_un_treaty", 36, "C_out_of_scope"),
        ("C_out_of_scope", 36, "C_out_of_scope"),
    ],
)
def test_the_code_follows_the_class_and_not_the_wish(chosen: str, months: int, code: str) -> None:
    assert classify(chosen, max_penalty_months_requesting=months).offence == code


@pytest.mark.parametrize("offence", OTHER)
def test_without_the_penalty_nothing_is_decided(offence: OffenceCode) -> None:
    with pytest.raises(PenaltyMissing, match="in months"):
        classify(offence, max_penalty_months_requesting=None)


@pytest.mark.parametrize("offence", OTHER)
def test_the_penalty_in_the_requested_state_cannot_stand_in(offence: OffenceCode) -> None:
    with pytest.raises(PenaltyMissing):
        classify(offence, max_penalty_months_requesting=None, max_penalty_months_requested=60)


@given(theirs=st.one_of(st.none(), st.integers(0, LIFE_MONTHS)), ours=st.integers(0, LIFE_MONTHS))
def test_the_requested_states_value_never_changes_the_class(theirs: int | None, ours: int) -> None:
    alone = classify("B_serious_crime", max_penalty_months_requesting=ours)
    both = classify(
        "B_serious_crime",
        max_penalty_months_requesting=ours,
        max_penalty_months_requested=theirs,
    )
    assert (alone.scope_class, alone.offence) == (both.scope_class, both.offence)


@pytest.mark.parametrize(("theirs", "warned"), [(None, False), (47, True), (48, False)])
def test_a_low_value_of_the_requested_state_is_shown_to_a_person(
    theirs: int | None, warned: bool
) -> None:
    found = classify(
        "B_serious_crime", max_penalty_months_requesting=60, max_penalty_months_requested=theirs
    )
    assert bool(found.warnings) is warned
    assert all("A person decides" in str(warning) for warning in found.warnings)


def test_an_offence_of_the_convention_needs_no_warning() -> None:
    found = classify("A13", max_penalty_months_requesting=60, max_penalty_months_requested=6)
    assert found.warnings == ()


@pytest.mark.parametrize("months", [-1, LIFE_MONTHS + 1])
@pytest.mark.parametrize("field", ["max_penalty_months_requesting", "max_penalty_months_requested"])
def test_an_impossible_penalty_is_refused_at_its_field(field: str, months: int) -> None:
    given_months = {"max_penalty_months_requesting": 60, field: months}
    with pytest.raises(WrongPenalty, match=field):
        classify("B_serious_crime", **given_months)


def test_an_unknown_offence_is_refused() -> None:
    with pytest.raises(UnknownOffence):
        classify("X", max_penalty_months_requesting=60)


@pytest.mark.parametrize("scope_class", list(ScopeClass))
def test_the_rows_of_a_class_exist_and_say_whose_law_is_open(scope_class: ScopeClass) -> None:
    months = {ScopeClass.A: 60, ScopeClass.B: 60, ScopeClass.C: 12}[scope_class]
    offence = "A07" if scope_class is ScopeClass.A else "B_serious_crime"
    found = classify(offence, max_penalty_months_requesting=months)
    assert all(row(row_id).id == row_id for row_id in found.rows)
    assert ("uncc/35-1/whose-law" in found.rows) is (scope_class is not ScopeClass.A)


@pytest.mark.parametrize("measure", list(Measure))
def test_class_a_opens_every_measure_between_states(measure: Measure) -> None:
    assert permits(ScopeClass.A, "uncc", measure).allowed is (measure not in AT_HOME_ONLY)


@pytest.mark.parametrize("measure", list(Measure))
def test_class_b_opens_electronic_evidence_and_nothing_else(measure: Measure) -> None:
    found = permits(ScopeClass.B, "uncc", measure)
    assert found.allowed is (measure in EVIDENCE_MEASURES)
    assert found.rows == ("uncc/35-1/c",)
    if not found.allowed:
        assert "another legal basis" in str(found.sentence)


@pytest.mark.parametrize("measure", list(Measure))
def test_class_c_opens_nothing_under_the_convention(measure: Measure) -> None:
    found = permits(ScopeClass.C, "uncc", measure)
    assert not found.allowed
    assert found.rows == ("uncc/35-1/outside",)


def test_class_c_is_no_refusal_but_not_a_convention_request_and_says_what_would_do() -> None:
    sentence = str(permits(ScopeClass.C, "uncc", Measure.PRESERVE).sentence)
    assert sentence.startswith("Not a request under the UN Convention")
    assert "another treaty" in sentence
    assert "reciprocity" in sentence
    assert "refus" not in sentence


@pytest.mark.parametrize("instrument", ["budapest", "reciprocity"])
@pytest.mark.parametrize("scope_class", list(ScopeClass))
@pytest.mark.parametrize("measure", [Measure.PRESERVE, Measure.EXTRADITE])
def test_the_gate_is_the_conventions_alone(
    instrument: str, scope_class: ScopeClass, measure: Measure
) -> None:
    found = permits(scope_class, instrument, measure)
    assert found.allowed
    assert found.rows == ()


def test_the_gate_knows_nothing_of_an_instrument_without_rows() -> None:
    with pytest.raises(InstrumentWithoutRows):
        permits(ScopeClass.A, "untoc_18", Measure.PRESERVE)
