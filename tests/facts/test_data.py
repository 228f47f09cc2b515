"""Fields of wire data."""

import pytest

from comity.facts import BadData
from comity.facts.data import LARGEST_NUMBER, LONGEST_TEXT, number_of, text_of


def test_a_text_field_is_its_text() -> None:
    assert text_of({"name": "ola"}, "name") == "ola"


def test_an_absent_text_is_empty_and_an_absent_number_none() -> None:
    assert text_of({}, "name") == ""
    assert number_of({}, "port") is None


@pytest.mark.parametrize("value", [7, 0, True])
def test_a_number_is_no_text(value: int) -> None:
    with pytest.raises(BadData, match="The field name must hold text"):
        text_of({"name": value}, "name")


def test_a_text_may_be_long_but_not_endless() -> None:
    assert text_of({"name": "a" * LONGEST_TEXT}, "name")
    with pytest.raises(BadData, match="The field name is too long"):
        text_of({"name": "a" * (LONGEST_TEXT + 1)}, "name")


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\0", "\ud800"])
def test_a_text_hides_nothing(sign: str) -> None:
    with pytest.raises(BadData, match="cannot be seen"):
        text_of({"name": f"a{sign}b"}, "name")


def test_a_text_is_composed() -> None:
    assert text_of({"name": "caf\xe9"}, "name")
    with pytest.raises(BadData, match="NFC"):
        text_of({"name": "cafe\u0301"}, "name")


@pytest.mark.parametrize("value", [0, 7, -7, LARGEST_NUMBER, -LARGEST_NUMBER])
def test_a_number_field_is_its_number(value: int) -> None:
    assert number_of({"port": value}, "port") == value


@pytest.mark.parametrize("value", ["7", "", True, False, LARGEST_NUMBER + 1, -LARGEST_NUMBER - 1])
def test_what_is_no_whole_number_of_53_bits_is_refused(value: str | int) -> None:
    with pytest.raises(BadData, match="The field port must hold a whole number"):
        number_of({"port": value}, "port")
