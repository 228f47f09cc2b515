"""Which legal basis would do between two States on a day, and what blocks the others."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.convention.basis import (
    Basis,
    BasisOption,
    basis_caption,
    basis_options,
    require_basis,
)
from comity.convention.codes import Measure
from comity.convention.errors import (
    BasisNotInForce,
    InstrumentWithoutForm,
    InstrumentWithoutRows,
    UnknownInstrument,
)
from comity.convention.load import row
from comity.convention.treaties import Treaty
from tests.convention.settings import (
    ALL_BASES,
    BUDAPEST,
    BUDAPEST_ON_UNCC_FORM,
    DAY,
    RECIPROCITY,
    TODAY,
    UNCC,
    denounced,
    party,
    signatory,
)

NOBODY: tuple[Treaty, ...] = ()
BOTH = (party("budapest"),)
FIRST_DAY = date(2026, 11, 24)


def option(
    instrument: str,
    ours: Sequence[Treaty],
    theirs: Sequence[Treaty],
    *,
    on: date = TODAY,
    measure: Measure = Measure.PRESERVE,
) -> BasisOption:
    options = basis_options(ours, theirs, on=on, measure=measure)
    return next(each for each in options if each.instrument == instrument)


def test_without_any_treaty_the_convention_budapest_and_reciprocity_are_shown() -> None:
    options = basis_options(NOBODY, NOBODY, on=TODAY)
    assert [(each.instrument, each.usable) for each in options] == [
        ("uncc", False),
        ("budapest", False),
        ("reciprocity", True),
    ]


@pytest.mark.parametrize(
    ("on", "usable"),
    [(FIRST_DAY - DAY, False), (FIRST_DAY, True), (FIRST_DAY + DAY, True)],
)
def test_a_basis_opens_on_the_day_of_entry_into_force_and_not_the_day_before(
    on: date, usable: bool
) -> None:
    treaties = [party("budapest", FIRST_DAY)]
    assert option("budapest", treaties, BOTH, on=on).usable is usable
    assert option("budapest", BOTH, treaties, on=on).usable is usable


@given(
    ours=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    theirs=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_a_treaty_is_a_basis_exactly_when_it_binds_both(ours: date, theirs: date, on: date) -> None:
    found = option("budapest", [party("budapest", ours)], [party("budapest", theirs)], on=on)
    assert found.usable is (on >= max(ours, theirs))
    assert found.since == (max(ours, theirs) if found.usable else None)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)))
def test_two_signatures_open_the_convention_on_no_day(on: date) -> None:
    found = option("uncc", [signatory("uncc")], [signatory("uncc")], on=on)
    assert not found.usable
    assert "A signature is not consent to be bound" in str(found.why)


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        (NOBODY, BOTH, "Your State's card does not list"),
        (BOTH, NOBODY, "The other State's card does not list"),
        ([signatory("budapest")], BOTH, "Your State has only signed"),
        (BOTH, [signatory("budapest")], "The other State has only signed"),
        ([party("budapest", date(2027, 1, 1))], BOTH, "For your State this treaty is in force"),
        (BOTH, [party("budapest", date(2027, 1, 1))], "other State this treaty is in force only"),
        (
            [denounced("budapest", date(2010, 1, 1), date(2026, 1, 1))],
            BOTH,
            "For your State this treaty ended on 2026-01-01",
        ),
        (
            BOTH,
            [denounced("budapest", date(2010, 1, 1), date(2026, 1, 1))],
            "For the other State this treaty ended on 2026-01-01",
        ),
    ],
)
def test_a_basis_that_does_not_bind_both_says_whose_side_and_what_would_do(
    ours: Sequence[Treaty], theirs: Sequence[Treaty], why: str
) -> None:
    found = option("budapest", ours, theirs)
    assert not found.usable
    assert why in str(found.why)
    assert "Reciprocity would do" in str(found.instead)


def test_a_later_day_is_named() -> None:
    found = option("budapest", [party("budapest", date(2027, 1, 1))], BOTH)
    assert "2027-01-01" in str(found.why)


def test_what_would_do_is_the_convention_before_budapest_before_reciprocity() -> None:
    all_in_force = [party("uncc"), party("budapest")]
    blocked = [signatory("cets224")]
    instead = option("cets224", [*all_in_force, *blocked], all_in_force).instead
    assert "UN Convention would do" in str(instead)
    assert "Budapest Convention would do" in str(option("uncc", BOTH, BOTH).instead)
    assert "Reciprocity would do" in str(option("uncc", NOBODY, BOTH).instead)


def test_what_can_be_used_needs_nothing_instead() -> None:
    options = basis_options(BOTH, BOTH, on=TODAY)
    assert [each.instrument for each in options if each.instead is None] == [
        "budapest",
        "reciprocity",
    ]


def test_a_usable_basis_leaves_the_confirming_to_the_officer() -> None:
    found = option("budapest", BOTH, [party("budapest", date(2012, 2, 1))])
    assert found.usable
    assert found.since == date(2012, 2, 1)
    assert "2012-02-01" in str(found.why)
    assert "Confirm it." in str(found.why)
    assert found.article == "29"
    assert found.rows == ("budapest/29-1",)


def test_an_option_shows_who_confirmed_it_and_from_which_source() -> None:
    found = option("budapest", BOTH, BOTH)
    assert found.ours is not None
    assert found.theirs is not None
    assert found.ours.confirmed_by == "Legal department"
    assert found.theirs.source == "Treaty office, status list"


def test_the_blocked_convention_names_the_rows_on_signature_and_entry_into_force() -> None:
    found = option("uncc", [signatory("uncc")], BOTH)
    assert found.rows == ("uncc/64", "uncc/65-1", "uncc/65-2")
    assert all(row(row_id) for row_id in found.rows)


def test_a_treaty_in_force_without_law_rows_is_shown_and_cannot_be_used() -> None:
    treaties = [party("untoc_18"), party("bilateral:northmere-jinhai")]
    for code in ("untoc_18", "bilateral:northmere-jinhai"):
        found = option(code, treaties, treaties)
        assert not found.usable
        assert "no rows for this measure" in str(found.why)
        assert "Reciprocity would do" in str(found.instead)


@pytest.mark.parametrize("ours", [NOBODY, BOTH, (party("uncc"),)])
def test_reciprocity_is_always_offered_and_always_marked(ours: Sequence[Treaty]) -> None:
    found = option("reciprocity", ours, ours)
    assert found.usable
    assert str(found.mark) == "No treaty: reciprocity"
    assert found.article == ""
    assert found.since is None
    assert "undertaken, not required" in str(found.why)


def test_only_reciprocity_carries_the_mark_of_no_treaty() -> None:
    options = basis_options([party("uncc"), *BOTH], [party("uncc"), *BOTH], on=TODAY)
    assert [each.instrument for each in options if each.mark] == ["reciprocity"]


def test_a_measure_that_reciprocity_has_no_row_for_is_not_offered() -> None:
    measure = Measure.DISCLOSE_TRAFFIC_PATH
    assert not option("reciprocity", BOTH, BOTH, measure=measure).usable
    assert option("budapest", BOTH, BOTH, measure=measure).article == "30"
    blocked = option("uncc", NOBODY, NOBODY, measure=measure)
    assert "No legal basis" in str(blocked.instead)


def test_the_options_come_in_one_order() -> None:
    treaties = [party("bilateral:a-b"), party("cets224"), party("budapest")]
    for ours in (treaties, treaties[::-1]):
        assert [each.instrument for each in basis_options(ours, NOBODY, on=TODAY)] == [
            "uncc",
            "budapest",
            "cets224",
            "bilateral:a-b",
            "reciprocity",
        ]


def test_a_basis_in_force_is_returned() -> None:
    for chosen in (BUDAPEST, BUDAPEST_ON_UNCC_FORM):
        assert require_basis(chosen, BOTH, BOTH, on=TODAY).instrument == "budapest"
    assert require_basis(RECIPROCITY, NOBODY, NOBODY, on=TODAY).mark is not None


@pytest.mark.parametrize(
    ("treaties", "what"),
    [
        ([party("budapest")], "Choose the Budapest Convention"),
        (NOBODY, "Choose reciprocity"),
        ([signatory("uncc")], "Choose reciprocity"),
    ],
)
def test_the_convention_blocks_before_it_is_in_force_and_says_what_would_do(
    treaties: Sequence[Treaty], what: str
) -> None:
    with pytest.raises(BasisNotInForce) as caught:
        require_basis(UNCC, treaties, treaties, on=TODAY)
    assert caught.value.code == "basis-not-in-force"
    assert "Nothing was sent" in str(caught.value)
    assert "2026-11-24" in str(caught.value)
    assert what in str(caught.value)


def test_budapest_blocked_where_the_convention_would_do() -> None:
    treaties = [party("uncc", FIRST_DAY)]
    with pytest.raises(BasisNotInForce, match="Choose the UN Convention"):
        require_basis(BUDAPEST, treaties, treaties, on=FIRST_DAY)


def test_where_nothing_would_do_a_lawyer_is_asked() -> None:
    with pytest.raises(BasisNotInForce, match="ask a lawyer"):
        require_basis(RECIPROCITY, NOBODY, NOBODY, on=TODAY, measure=Measure.DISCLOSE_TRAFFIC_PATH)


@pytest.mark.parametrize("on", [FIRST_DAY, FIRST_DAY + DAY])
def test_the_convention_can_be_chosen_once_it_binds_both(on: date) -> None:
    treaties = [party("uncc", FIRST_DAY)]
    assert require_basis(UNCC, treaties, treaties, on=on).article == "42"


def test_a_basis_needs_rows_and_a_form_needs_contents() -> None:
    with pytest.raises(InstrumentWithoutRows):
        Basis(instrument="untoc_18", form="uncc")
    with pytest.raises(InstrumentWithoutForm):
        Basis(instrument="budapest", form="reciprocity")
    with pytest.raises(UnknownInstrument):
        Basis(instrument="hanoi", form="uncc")
    with pytest.raises(UnknownInstrument):
        Basis(instrument="uncc", form="hanoi")


@pytest.mark.parametrize("basis", ALL_BASES)
def test_only_reciprocity_is_undertaken(basis: Basis) -> None:
    assert basis.undertaken is (basis.instrument == "reciprocity")


@pytest.mark.parametrize(
    ("basis", "measure", "article"),
    [
        (UNCC, Measure.PRESERVE, "42"),
        (UNCC, Measure.DISCLOSE_TRAFFIC_PATH, "43"),
        (BUDAPEST, Measure.PRESERVE, "29"),
        (BUDAPEST_ON_UNCC_FORM, Measure.PRESERVE, "29"),
        (RECIPROCITY, Measure.PRESERVE, ""),
        (UNCC, Measure.EXTRADITE, ""),
    ],
)
def test_the_article_of_a_basis_is_that_of_the_treaty_and_not_of_the_form(
    basis: Basis, measure: Measure, article: str
) -> None:
    assert basis.article(measure) == article


def test_the_caption_tells_form_and_basis_apart() -> None:
    assert str(basis_caption(BUDAPEST_ON_UNCC_FORM)) == (
        "Form: UN Convention against Cybercrime."
        " Basis: Budapest Convention on Cybercrime, article 29."
    )
    assert str(basis_caption(UNCC)) == (
        "Form and basis: UN Convention against Cybercrime, article 42."
    )
    assert str(basis_caption(RECIPROCITY)) == (
        "Form: UN Convention against Cybercrime. No treaty: reciprocity."
    )
