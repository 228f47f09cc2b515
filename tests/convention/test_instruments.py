"""Instruments are named by closed codes; only some have rows, fewer a form."""

import pytest

from comity.convention.errors import (
    InstrumentWithoutForm,
    InstrumentWithoutRows,
    UnknownInstrument,
)
from comity.convention.instruments import (
    check_instrument,
    has_form,
    has_rows,
    instrument_name,
    instrument_rank,
    require_form,
    require_rows,
)

FIXED = [
    "uncc",
    "budapest",
    "cets224",
    "untoc_18",
    "uncac_46",
    "reciprocity",
    "police_to_police",
]
NAMED = ["regional:malabo", "bilateral:northmere-jinhai-2019", "regional:1"]
UNKNOWN = [
    "",
    "UNCC",
    "hanoi",
    "regional:",
    "regional",
    "bilateral:Northmere",
    "bilateral:a b",
    "bilateral:-a",
    "bilateral:" + "a" * 65,
    "uncc ",
    "uncc\n",
    "trilateral:a",
]


@pytest.mark.parametrize("code", [*FIXED, *NAMED])
def test_a_known_code_is_returned(code: str) -> None:
    assert check_instrument(code) == code


@pytest.mark.parametrize("code", UNKNOWN)
def test_an_unknown_code_is_refused_with_the_list(code: str) -> None:
    with pytest.raises(UnknownInstrument) as caught:
        check_instrument(code)
    assert "budapest" in str(caught.value)
    assert caught.value.code == "unknown-instrument"


@pytest.mark.parametrize("code", UNKNOWN)
def test_an_unknown_code_has_no_name_no_rows_and_no_form(code: str) -> None:
    for ask in (instrument_name, require_rows, require_form):
        with pytest.raises(UnknownInstrument):
            ask(code)


@pytest.mark.parametrize("code", [*FIXED, *NAMED])
def test_every_instrument_has_a_name_for_people(code: str) -> None:
    name = str(instrument_name(code))
    assert name
    assert name != code


def test_a_named_treaty_keeps_its_name() -> None:
    assert str(instrument_name("regional:malabo")) == "Regional treaty: malabo"
    assert str(instrument_name("bilateral:a-b")) == "Bilateral treaty: a-b"


@pytest.mark.parametrize(
    ("code", "rows", "form"),
    [
        ("uncc", True, True),
        ("budapest", True, True),
        ("reciprocity", True, False),
        ("cets224", False, False),
        ("untoc_18", False, False),
        ("uncac_46", False, False),
        ("regional:malabo", False, False),
        ("police_to_police", False, False),
    ],
)
def test_what_this_edition_knows_of_each_instrument(code: str, rows: bool, form: bool) -> None:
    assert (has_rows(code), has_form(code)) == (rows, form)


@pytest.mark.parametrize("code", ["cets224", "untoc_18", "uncac_46", "bilateral:a-b"])
def test_a_treaty_without_rows_is_no_basis_yet(code: str) -> None:
    with pytest.raises(InstrumentWithoutRows, match="another legal basis") as caught:
        require_rows(code)
    assert code in str(caught.value)


def test_reciprocity_has_no_form_and_the_sentence_says_which_to_use() -> None:
    with pytest.raises(InstrumentWithoutForm, match=r"\(uncc\).*\(budapest\)"):
        require_form("reciprocity")
    assert require_form("budapest") == "budapest"


def test_treaties_come_before_help_without_a_treaty() -> None:
    shuffled = ["reciprocity", "bilateral:a-b", "uncac_46", "regional:x", "budapest", "uncc"]
    assert sorted(shuffled, key=instrument_rank) == [
        "uncc",
        "budapest",
        "uncac_46",
        "bilateral:a-b",
        "regional:x",
        "reciprocity",
    ]
