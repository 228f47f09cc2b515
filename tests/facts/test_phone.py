"""Telephone numbers in international form."""

import pytest
from hypothesis import given

from comity.facts import BadPhone, Hidden, Phone, TooLong, phone
from tests.facts import drawn


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+44 20 7946 0958", "+442079460958"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("tel:+442079460958", "+442079460958"),
        ("+1 (212) 555-0100", "+12125550100"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("+84 912 345 678", "+84912345678"),
        ("+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨", "+442079460958"),
        ("\uff0b442079460958", "+442079460958"),
    ],
)
def test_a_number_is_cleaned(typed: str, number: str) -> None:
    assert phone.clean(typed).number == number


@pytest.mark.parametrize("typed", ["", "020 7946 0958", "0044 20 7946 0958", "ola", "+", "+0123"])
def test_a_number_without_country_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadPhone, match=r"with \+ and the country code"):
        phone.clean(typed)


@pytest.mark.parametrize("typed", ["+44 20", "+44 20 7946 0958 0958 1"])
def test_a_number_of_the_wrong_length_is_refused(typed: str) -> None:
    with pytest.raises(BadPhone, match="too short or too long"):
        phone.clean(typed)


def test_an_extension_is_not_dropped_in_silence() -> None:
    with pytest.raises(BadPhone, match="extension"):
        phone.clean("+1 212 555 0100 ext. 5")


def test_a_hidden_character_is_refused() -> None:
    with pytest.raises(Hidden):
        phone.clean("+44\u202d 20 7946 0958")


def test_an_endless_number_is_refused() -> None:
    with pytest.raises(TooLong):
        phone.clean("+" + "4" * 60)


@pytest.mark.parametrize("number", ["442079460958", "+0123456789", "+44", "+4420794609581234", ""])
def test_only_the_e164_form_makes_a_value(number: str) -> None:
    with pytest.raises(BadPhone):
        Phone(number=number)


def test_a_range_that_no_plan_knows_is_taken_but_told_apart() -> None:
    odd = phone.clean("+44 999 999 9999")
    assert not phone.is_assigned(odd)
    assert phone.is_assigned(phone.clean("+44 20 7946 0958"))


def test_the_caption_is_grouped_as_at_home() -> None:
    assert phone.clean("+442079460958").caption() == "+44 20 7946 0958"


def test_a_number_of_no_country_is_still_shown() -> None:
    assert Phone(number="+999123456789").caption() == "+999123456789"


def test_a_number_that_no_plan_knows_is_shown_whole() -> None:
    assert Phone(number="+31000000").caption() == "+31000000"


@given(drawn.phones)
def test_the_caption_holds_the_same_digits(value: Phone) -> None:
    digits = "".join(sign for sign in value.caption() if sign.isdigit())
    assert digits == value.number.removeprefix("+") == value.normal.removeprefix("+")
