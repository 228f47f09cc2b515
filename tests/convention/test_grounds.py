"""On what grounds preservation may be refused: the matrix, cell by cell, and the reason."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.convention.basis import Basis
from comity.convention.codes import (
    POSTPONE_ONGOING,
    GroundCode,
    Measure,
    NotAGround,
    Severity,
)
from comity.convention.errors import InstrumentWithoutRows
from comity.convention.grounds import (
    ground_rows,
    grounds_for,
    open_grounds,
    refusal_problems,
    reservations_of,
)
from comity.convention.load import row
from comity.convention.offences import OffenceCode
from comity.convention.problems import Problem
from tests.convention.settings import (
    ALL_BASES,
    BUDAPEST,
    BUDAPEST_ON_UNCC_FORM,
    RECIPROCITY,
    RECIPROCITY_ON_BUDAPEST_FORM,
    UNCC,
)

REASON = "The offence is directed against our head of State."
NOTHING_RESERVED: frozenset[str] = frozenset()
RESERVED = frozenset({"42_5", "29_4"})
OUTSIDE = OffenceCode.B_SERIOUS_CRIME
BUDAPEST_BASES = (BUDAPEST, BUDAPEST_ON_UNCC_FORM)
WITHOUT_TREATY = (RECIPROCITY, RECIPROCITY_ON_BUDAPEST_FORM)

YES, NO, IF_RESERVED = "yes", "no", "if reserved"
# Column 42 of the refusal matrix, line by line; then the same lines under the other bases.
# Codes of extradition (37), confiscation (50) and live measures (45, 46) stand for their lines.
MATRIX = {
    #                            uncc         budapest     reciprocity
    "R21A_form": (NO, NO, NO),
    "R21B_essential_interests": (YES, NO, NO),
    "R21C_domestic_bar": (YES, NO, NO),
    "R21D_mla_system": (NO, NO, NO),
    "R22_discrimination": (YES, NO, NO),
    "R08_dual_criminality": (NO, NO, NO),
    "R08_de_minimis": (NO, NO, NO),
    "R08_other_provision": (NO, NO, NO),
    "R42_5_reserved_dc": (IF_RESERVED, NO, NO),
    "R36_data_protection": (NO, NO, NO),
    "R50_7_evidence": (NO, NO, NO),
    "R50_7_value": (NO, NO, NO),
    "R37_1": (NO, NO, NO),
    "R37_8": (NO, NO, NO),
    "R37_15": (NO, NO, NO),
    "R45_46_domestic_law": (NO, NO, NO),
    "B27_4A_political": (NO, NO, NO),
    "B27_4B_essential": (NO, NO, NO),
    "B29_4_reserved_dc": (NO, IF_RESERVED, NO),
    "B29_5A_political": (NO, YES, NO),
    "B29_5B_essential": (NO, YES, NO),
    "B30_2A_political": (NO, NO, NO),
    "B30_2B_essential": (NO, NO, NO),
    "D_domestic_law": (NO, NO, YES),
    "P27_ongoing": (NO, NO, NO),
    "fiscal": (NO, NO, NO),
    "bank_secrecy": (NO, NO, NO),
}
CELLS = [
    (basis, code, cells[column])
    for code, cells in MATRIX.items()
    for column, bases in enumerate(((UNCC,), BUDAPEST_BASES, WITHOUT_TREATY))
    for basis in bases
]
TRAFFIC_PATH = {
    "uncc": {"R21B_essential_interests", "R21C_domestic_bar", "R22_discrimination"},
    "budapest": {"B30_2A_political", "B30_2B_essential"},
    "reciprocity": set[str](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCard:
    """A declaration as a card has it."""

    instrument: str
    code: str


def refuse(
    basis: Basis,
    *grounds: str,
    reason: str = REASON,
    reservations: frozenset[str] = NOTHING_RESERVED,
    offence: OffenceCode = OUTSIDE,
    measure: Measure = Measure.PRESERVE,
) -> tuple[Problem, ...]:
    return refusal_problems(
        basis, measure, grounds, reason, reservations=reservations, offence=offence
    )


def stops(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems if problem.stops]


def test_the_matrix_has_a_line_for_every_code() -> None:
    assert set(MATRIX) == {*GroundCode, *NotAGround, POSTPONE_ONGOING}


@pytest.mark.parametrize(("basis", "code", "cell"), CELLS)
def test_a_cell_without_reservation(basis: Basis, code: str, cell: str) -> None:
    assert (stops(refuse(basis, code)) == []) is (cell == YES)


@pytest.mark.parametrize(("basis", "code", "cell"), CELLS)
def test_a_cell_with_both_reservations_made(basis: Basis, code: str, cell: str) -> None:
    problems = refuse(basis, code, reservations=RESERVED)
    assert (stops(problems) == []) is (cell in {YES, IF_RESERVED})


@pytest.mark.parametrize(("basis", "code", "cell"), CELLS)
def test_the_menu_offers_what_the_cell_allows(basis: Basis, code: str, cell: str) -> None:
    for reservations, allowed in ((NOTHING_RESERVED, {YES}), (RESERVED, {YES, IF_RESERVED})):
        menu = open_grounds(basis, Measure.PRESERVE, reservations=reservations, offence=OUTSIDE)
        assert (code in {ground.code for ground in menu}) is (cell in allowed)


@pytest.mark.parametrize(
    ("instrument", "rows"),
    [
        (
            "uncc",
            {
                "uncc/42-5/ground": "R42_5_reserved_dc",
                "uncc/42-6/40-21-b": "R21B_essential_interests",
                "uncc/42-6/40-21-c": "R21C_domestic_bar",
                "uncc/42-6/40-22": "R22_discrimination",
            },
        ),
        (
            "budapest",
            {
                "budapest/29-4/ground": "B29_4_reserved_dc",
                "budapest/29-5/a": "B29_5A_political",
                "budapest/29-5/b": "B29_5B_essential",
            },
        ),
        ("reciprocity", {"reciprocity/domestic-law": "D_domestic_law"}),
    ],
)
def test_the_closed_list_of_each_instrument_with_its_rows(
    instrument: str, rows: dict[str, str]
) -> None:
    found = grounds_for(instrument, Measure.PRESERVE)
    assert {ground.id: ground.code.value for ground in found} == rows


@pytest.mark.parametrize("code", [*GroundCode])
@pytest.mark.parametrize("basis", [UNCC, BUDAPEST, RECIPROCITY])
def test_the_path_of_a_communication_has_its_own_list(basis: Basis, code: str) -> None:
    problems = refuse(basis, code, measure=Measure.DISCLOSE_TRAFFIC_PATH, reservations=RESERVED)
    assert (stops(problems) == []) is (code in TRAFFIC_PATH[basis.instrument])


def test_a_measure_without_grounds_in_this_edition_can_not_be_refused_by_code() -> None:
    assert grounds_for("uncc", Measure.EXTRADITE) == ()
    assert stops(refuse(UNCC, "R37_1", measure=Measure.EXTRADITE)) == ["refusal-ground-not-open"]


def test_an_instrument_without_rows_has_no_list() -> None:
    with pytest.raises(InstrumentWithoutRows):
        grounds_for("untoc_18", Measure.PRESERVE)


@pytest.mark.parametrize("basis", ALL_BASES)
def test_a_refusal_needs_a_ground(basis: Basis) -> None:
    [problem] = refuse(basis)
    assert (problem.code, problem.field) == ("refusal-no-ground", "grounds")
    assert problem.stops
    assert problem.rows


@pytest.mark.parametrize("reason", ["", " ", "\n\t "])
@pytest.mark.parametrize(
    ("basis", "code", "row_id"),
    [
        (UNCC, "R22_discrimination", "uncc/40-25"),
        (BUDAPEST, "B29_5A_political", "budapest/27-7"),
        (RECIPROCITY, "D_domestic_law", "reciprocity/reasons"),
    ],
)
def test_a_refusal_needs_a_written_reason(
    basis: Basis, code: str, row_id: str, reason: str
) -> None:
    [problem] = refuse(basis, code, reason=reason)
    assert (problem.code, problem.field) == ("refusal-no-reason", "reason")
    assert problem.stops
    assert problem.rows == (row_id,)


def test_a_reason_of_two_signs_is_a_reason() -> None:
    assert refuse(UNCC, "R22_discrimination", reason="政治") == ()


def test_without_ground_and_reason_both_are_named() -> None:
    problems = refuse(UNCC, reason="")
    assert [problem.field for problem in problems] == ["grounds", "reason"]


def test_several_grounds_may_be_named_and_a_wrong_one_is_not_hidden_by_a_right_one() -> None:
    assert refuse(UNCC, "R21B_essential_interests", "R22_discrimination") == ()
    assert stops(refuse(UNCC, "R22_discrimination", "R21A_form")) == ["refusal-ground-not-open"]


def test_a_ground_named_twice_is_judged_once() -> None:
    assert len(refuse(UNCC, "R21A_form", "R21A_form")) == 1


def test_a_refusal_under_42_6_needs_no_consultation() -> None:
    assert refuse(UNCC, "R21B_essential_interests") == ()
    assert "No consultation is required" in str(row("uncc/42-6").text)


@pytest.mark.parametrize("code", list(NotAGround))
@pytest.mark.parametrize("basis", ALL_BASES)
def test_tax_and_bank_secrecy_are_never_a_ground(basis: Basis, code: NotAGround) -> None:
    [problem] = refuse(basis, code)
    assert problem.code == "refusal-never-a-ground"
    assert problem.stops
    assert "no ground" in str(problem.sentence)


@pytest.mark.parametrize(
    ("code", "row_id"), [("fiscal", "uncc/40-23"), ("bank_secrecy", "uncc/40-24")]
)
def test_under_the_convention_the_rows_say_so(code: str, row_id: str) -> None:
    [problem] = refuse(UNCC, code)
    assert problem.rows == (row_id,)


@pytest.mark.parametrize(
    ("basis", "rows"),
    [
        (UNCC, ("uncc/42-4/dual-criminality", "uncc/42-5")),
        (BUDAPEST, ("budapest/29-3/dual-criminality", "budapest/29-4")),
    ],
)
@pytest.mark.parametrize("reservations", [NOTHING_RESERVED, RESERVED])
@pytest.mark.parametrize("offence", list(OffenceCode))
def test_dual_criminality_as_such_is_never_a_condition(
    basis: Basis, rows: tuple[str, ...], reservations: frozenset[str], offence: OffenceCode
) -> None:
    [problem] = refuse(basis, "R08_dual_criminality", reservations=reservations, offence=offence)
    assert problem.code == "refusal-dual-criminality"
    assert problem.stops
    assert problem.rows == rows


def test_without_a_treaty_dual_criminality_is_a_matter_of_domestic_law() -> None:
    assert stops(refuse(RECIPROCITY, "R08_dual_criminality")) == ["refusal-ground-not-open"]
    assert refuse(RECIPROCITY, "D_domestic_law", reason="Not an offence here.") == ()


RESERVING = [
    (UNCC, "R42_5_reserved_dc", "42_5", "29_4"),
    (BUDAPEST, "B29_4_reserved_dc", "29_4", "42_5"),
    (BUDAPEST_ON_UNCC_FORM, "B29_4_reserved_dc", "29_4", "42_5"),
]


@pytest.mark.parametrize(("basis", "code", "own", "other"), RESERVING)
def test_the_reserved_ground_is_for_the_state_that_made_that_reservation(
    basis: Basis, code: str, own: str, other: str
) -> None:
    assert stops(refuse(basis, code, reservations=frozenset({own}))) == []
    assert stops(refuse(basis, code, reservations=frozenset({other}))) == ["refusal-not-reserved"]
    assert stops(refuse(basis, code)) == ["refusal-not-reserved"]


@pytest.mark.parametrize("offence", list(OffenceCode))
def test_42_5_is_closed_for_offences_of_the_convention(offence: OffenceCode) -> None:
    problems = refuse(UNCC, "R42_5_reserved_dc", reservations=RESERVED, offence=offence)
    expected = ["refusal-offence-inside"] if offence.of_the_convention else []
    assert [problem.code for problem in problems] == expected


INSIDE_BUDAPEST = {"A07", "A08", "A09", "A10", "A11", "A12"}


@pytest.mark.parametrize("offence", list(OffenceCode))
def test_29_4_is_closed_for_articles_2_to_11_and_warns_where_that_must_be_checked(
    offence: OffenceCode,
) -> None:
    [problem] = refuse(BUDAPEST, "B29_4_reserved_dc", reservations=RESERVED, offence=offence)
    if offence in INSIDE_BUDAPEST:
        assert (problem.code, problem.severity) == ("refusal-offence-inside", Severity.STOP)
    else:
        assert (problem.code, problem.severity) == ("refusal-check-inside", Severity.WARN)
        assert "2 to 11" in str(problem.sentence)


@pytest.mark.parametrize(("basis", "code", "own", "_"), RESERVING)
def test_the_reserved_ground_asks_why_the_condition_cannot_be_met_at_disclosure(
    basis: Basis, code: str, own: str, _: str
) -> None:
    problems = refuse(basis, code, reservations=frozenset({own}), reason="")
    [problem] = [problem for problem in problems if problem.stops]
    assert problem.code == "refusal-no-reason"
    assert "when the data would be disclosed" in str(problem.sentence)


@pytest.mark.parametrize("basis", ALL_BASES)
def test_an_ongoing_case_does_not_postpone_preservation(basis: Basis) -> None:
    [problem] = refuse(basis, POSTPONE_ONGOING)
    assert problem.code == "refusal-ground-not-open"
    assert "not this measure" in str(problem.sentence)


@pytest.mark.parametrize("code", ["", "because", "r22_discrimination", "R22"])
def test_a_word_that_is_no_code_is_refused(code: str) -> None:
    [problem] = refuse(UNCC, code)
    assert problem.code == "refusal-ground-not-open"
    assert "is not a ground" in str(problem.sentence)


@pytest.mark.parametrize(
    ("basis", "measure", "rows"),
    [
        (UNCC, Measure.PRESERVE, ("uncc/42-6",)),
        (UNCC, Measure.DISCLOSE_TRAFFIC_PATH, ("uncc/43-2",)),
        (BUDAPEST, Measure.PRESERVE, ("budapest/29-5",)),
        (BUDAPEST, Measure.DISCLOSE_TRAFFIC_PATH, ("budapest/30-2",)),
        (RECIPROCITY, Measure.PRESERVE, ("reciprocity/domestic-law",)),
    ],
)
def test_a_ground_that_is_not_open_names_the_list(
    basis: Basis, measure: Measure, rows: tuple[str, ...]
) -> None:
    [problem] = refuse(basis, "R21A_form", measure=measure)
    assert problem.rows == rows


def test_the_rows_of_a_refusal_are_those_of_its_grounds() -> None:
    codes = ["R22_discrimination", "R21B_essential_interests", "R21A_form"]
    assert ground_rows(UNCC, Measure.PRESERVE, codes) == (
        "uncc/42-6/40-21-b",
        "uncc/42-6/40-22",
    )
    assert ground_rows(BUDAPEST_ON_UNCC_FORM, Measure.PRESERVE, ["B29_5A_political"]) == (
        "budapest/29-5/a",
    )
    assert ground_rows(BUDAPEST, Measure.PRESERVE, ["R22_discrimination"]) == ()


def test_the_reservations_of_a_card_are_taken_by_instrument() -> None:
    card = [
        OnCard(instrument="budapest", code="29_4"),
        OnCard(instrument="uncc", code="11_3"),
        OnCard(instrument="uncc", code="63_3"),
    ]
    assert reservations_of(card, "uncc") == {"11_3", "63_3"}
    assert reservations_of(card, "budapest") == {"29_4"}
    assert reservations_of(card, "reciprocity") == set()


ANY_CODES = st.lists(st.sampled_from([*MATRIX, "nonsense"]), max_size=5)


@given(
    basis=st.sampled_from(ALL_BASES),
    codes=ANY_CODES,
    reserved=st.sets(st.sampled_from(sorted(RESERVED))),
    offence=st.sampled_from(OffenceCode),
    reason=st.text(max_size=10),
)
def test_a_refusal_goes_out_exactly_if_each_ground_is_on_the_menu_and_a_reason_is_given(
    basis: Basis, codes: list[str], reserved: set[str], offence: OffenceCode, reason: str
) -> None:
    problems = refusal_problems(
        basis, Measure.PRESERVE, codes, reason, reservations=reserved, offence=offence
    )
    menu = open_grounds(basis, Measure.PRESERVE, reservations=reserved, offence=offence)
    allowed = {ground.code for ground in menu}
    complete = bool(codes) and set(codes) <= allowed and bool(reason.strip())
    assert (stops(problems) == []) is complete
