"""Offence codes, their names, and how far the Budapest Convention covers them."""

import pytest

from comity.convention.codes import Extent
from comity.convention.errors import UnknownOffence
from comity.convention.offences import (
    Modifier,
    OffenceCode,
    check_offence,
    extent_under,
    modifiers_of,
    offence_row,
    offence_title,
    offences_of,
)

NAMES = {
    "A07": "illegal_access",
    "A08": "illegal_interception",
    "A09": "data_interference",
    "A10": "system_interference",
    "A11": "misuse_of_devices",
    "A12": "ict_forgery",
    "A13": "ict_theft_fraud",
    "A14": "csam",
    "A15": "grooming",
    "A16": "intimate_images",
    "A17": "laundering",
}
OTHERS = ["B_serious_crime", "B_other_un_treaty", "C_out_of_scope"]
UNDER_BUDAPEST = {
    "A07": Extent.FULL,
    "A08": Extent.FULL,
    "A09": Extent.FULL,
    "A10": Extent.FULL,
    "A11": Extent.FULL,
    "A12": Extent.FULL,
    "A13": Extent.PARTIAL,
    "A14": Extent.PARTIAL,
    "A15": Extent.NONE,
    "A16": Extent.NONE,
    "A17": Extent.NONE,
    "B_serious_crime": Extent.NONE,
    "B_other_un_treaty": Extent.NONE,
    "C_out_of_scope": Extent.NONE,
}


def test_the_codes_are_the_offences_of_the_convention_and_three_others() -> None:
    assert [code.value for code in OffenceCode] == [*NAMES, *OTHERS]


@pytest.mark.parametrize(("code", "name"), NAMES.items())
def test_an_offence_of_the_convention_has_its_row(code: str, name: str) -> None:
    found = offence_row(OffenceCode(code))
    assert found is not None
    assert found.name == name
    assert found.article == str(int(code[1:]))
    assert OffenceCode(code).of_the_convention


@pytest.mark.parametrize("code", OTHERS)
def test_other_offences_have_no_row_and_are_not_of_the_convention(code: str) -> None:
    assert offence_row(OffenceCode(code)) is None
    assert not OffenceCode(code).of_the_convention


@pytest.mark.parametrize("code", ["", "A06", "A18", "a07", "A7", "B", "C", "A07 "])
def test_a_code_that_is_none_is_refused_with_the_list(code: str) -> None:
    with pytest.raises(UnknownOffence) as caught:
        check_offence(code)
    assert "A07, A08" in str(caught.value)


def test_a_code_is_returned_as_an_offence() -> None:
    assert check_offence("A13") is OffenceCode.A13


def test_every_offence_has_a_title_of_its_own() -> None:
    titles = [str(offence_title(code)) for code in OffenceCode]
    assert len(set(titles)) == len(OffenceCode)
    assert titles[0] == "Illegal access"


@pytest.mark.parametrize(("code", "extent"), UNDER_BUDAPEST.items())
def test_how_far_budapest_covers_an_offence(code: str, extent: Extent) -> None:
    assert extent_under("budapest", OffenceCode(code)) is extent


@pytest.mark.parametrize("code", list(OffenceCode))
def test_the_convention_covers_all_its_own_offences_and_no_other(code: OffenceCode) -> None:
    expected = Extent.FULL if code.value in NAMES else Extent.NONE
    assert extent_under("uncc", code) is expected


@pytest.mark.parametrize("code", list(OffenceCode))
def test_reciprocity_establishes_no_offence(code: OffenceCode) -> None:
    assert extent_under("reciprocity", code) is Extent.NONE


def test_the_modifiers_of_the_rows_are_the_modifiers_of_the_code() -> None:
    assert {row.name for row in modifiers_of("uncc")} == {each.value for each in Modifier}


def test_modifiers_are_not_offences() -> None:
    assert [row.article for row in offences_of("uncc")] == [str(n) for n in range(7, 18)]
    assert [row.article for row in offences_of("budapest")] == [str(n) for n in range(2, 11)]


def test_copyright_is_an_offence_of_budapest_alone() -> None:
    [copyright_row] = [row for row in offences_of("budapest") if not row.codes]
    assert copyright_row.article == "10"
