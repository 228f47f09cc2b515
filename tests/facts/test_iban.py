"""International bank account numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import BadIban, Hidden, Iban, iban
from tests.facts import drawn


@pytest.mark.parametrize(
    "typed",
    [
        "GB82WEST12345698765432",
        "GB82 WEST 1234 5698 7654 32",
        "gb82 west 1234 5698 7654 32",
        "GB82-WEST-1234-5698-7654-32",
        "  GB82WEST12345698765432 ",
    ],
)
def test_an_iban_is_cleaned(typed: str) -> None:
    assert iban.clean(typed) == Iban(number="GB82WEST12345698765432")


@pytest.mark.parametrize(
    "typed",
    [
        "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S",
        "FR1420041010050500013M02606",
        "SA0380000000608010167519",
        "BR9700360305000010009795493P1",
    ],
)
def test_ibans_of_every_length_are_taken(typed: str) -> None:
    assert iban.clean(typed).number == typed


@pytest.mark.parametrize("typed", ["GB82WEST12345698765431", "GB82WEST12345698765423"])
def test_a_wrong_or_swapped_digit_is_told(typed: str) -> None:
    with pytest.raises(BadIban, match="check digits"):
        iban.clean(typed)


@pytest.mark.parametrize(
    "typed", ["", "123", "GB82", "12345678901234567", "GB82WEST1234569876543!"]
)
def test_what_is_no_iban_is_told_where_to_go(typed: str) -> None:
    with pytest.raises(BadIban, match="belongs in the description"):
        iban.clean(typed)


def test_a_country_that_issues_none_is_refused() -> None:
    with pytest.raises(BadIban):
        iban.clean(drawn.iban_of("US", "123456789012345678"))


def test_national_check_digits_inside_are_not_judged() -> None:
    odd = drawn.iban_of("NO", "86011117948")  # the last digit breaks the Norwegian rule
    assert iban.clean(odd).number == odd


def test_a_right_checksum_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(BadIban, match="not an IBAN"):
        iban.clean(drawn.iban_of("GB", "WEST123456987654321"))


def test_a_hidden_character_is_refused() -> None:
    with pytest.raises(Hidden):
        iban.clean("GB82\u200bWEST12345698765432")


def test_it_is_shown_in_groups_of_four() -> None:
    assert iban.clean("GB82WEST12345698765432").caption() == "GB82 WEST 1234 5698 7654 32"


@pytest.mark.parametrize(("country", "length"), [("DE", 22), ("NO", 15), ("MT", 31), ("US", None)])
def test_the_length_in_a_country_is_known(country: str, length: int | None) -> None:
    assert iban.length_in(country) == length


@given(drawn.ibans)
def test_a_computed_iban_is_taken_and_its_caption_read_back(value: Iban) -> None:
    assert iban.clean(value.caption()) == value
    assert value.normal == value.number


@given(drawn.ibans, st.integers(2, 21), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(value: Iban, place: int, more: int) -> None:
    digit = (int(value.number[place]) + more) % 10
    wrong = value.number[:place] + str(digit) + value.number[place + 1 :]
    with pytest.raises(BadIban):
        Iban(number=wrong)
