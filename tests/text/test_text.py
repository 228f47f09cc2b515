"""A sentence keeps its words and its values apart, so that it can be translated."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.text import Sentence, ToldError, say


class LostError(ToldError):
    code = "lost"


def test_a_sentence_shows_its_values_and_keeps_its_words() -> None:
    told = say("%(state)s sent %(n)s.", state="XNR", n="3")
    assert str(told) == "XNR sent 3."
    assert told.text == "%(state)s sent %(n)s."


def test_a_sentence_without_values_is_shown_as_it_stands() -> None:
    assert str(say("100% kept.")) == "100% kept."


def test_the_order_of_values_makes_no_other_sentence() -> None:
    one, other = say("%(a)s %(b)s", a="1", b="2"), say("%(a)s %(b)s", b="2", a="1")
    assert one == other
    assert hash(one) == hash(other)
    assert one != say("%(a)s %(b)s", a="2", b="1")


@given(st.text())
def test_a_value_is_never_read_as_a_placeholder(value: str) -> None:
    assert str(say("<%(value)s>", value=value)) == f"<{value}>"


def test_a_value_may_be_called_text() -> None:
    assert str(say("%(text)s", text="x")) == "x"


def test_a_missing_value_is_a_mistake_that_shows() -> None:
    with pytest.raises(KeyError):
        str(say("%(a)s %(b)s", a="1"))


def test_a_sentence_cannot_be_changed() -> None:
    told = say("Words.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        told.text = "Other words."  # type: ignore[misc]


def test_a_told_error_is_its_sentence_with_a_code() -> None:
    fault = LostError(say("Call %(state)s.", state="XNR"))
    assert (str(fault), fault.code) == ("Call XNR.", "lost")
    assert fault.sentence == Sentence("Call %(state)s.", (("state", "XNR"),))
    assert ToldError.code == "error"
