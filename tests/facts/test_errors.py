"""Every error has a stable code of its own and a sentence that says what to do."""

import inspect

import pytest

from comity import facts
from comity.facts import FactError, clean, errors, recognise
from comity.text import ToldError

CODES = {
    "bad_account",
    "bad_connection",
    "bad_digest",
    "bad_domain",
    "bad_email_address",
    "bad_fact_data",
    "bad_iban",
    "bad_moment",
    "bad_period",
    "bad_phone",
    "bad_url",
    "bad_wallet",
    "hidden_characters",
    "paste_too_large",
    "text_too_long",
    "unknown_kind",
    "wildcard",
}


def leaves() -> list[type[FactError]]:
    return [
        found
        for _, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, FactError) and found is not FactError
    ]


def test_the_codes_are_these_and_each_has_one_error() -> None:
    codes = [leaf.code for leaf in leaves()]
    assert set(codes) == CODES
    assert len(codes) == len(CODES)


def test_every_leaf_is_told_to_people_and_can_be_imported_from_the_room() -> None:
    for leaf in leaves():
        assert issubclass(leaf, ToldError)
        assert getattr(facts, leaf.__name__) is leaf


@pytest.mark.parametrize("kind", sorted(facts.KINDS))
def test_nothing_typed_is_an_error_with_a_sentence(kind: str) -> None:
    with pytest.raises(FactError) as caught:
        clean(kind, "")
    assert str(caught.value.sentence).endswith(".")
    assert len(str(caught.value.sentence)) > 20


def test_the_room_says_what_it_offers() -> None:
    assert sorted(facts.__all__, key=str) == sorted(set(facts.__all__))
    for name in facts.__all__:
        assert getattr(facts, name) is not None


def test_all_it_takes_to_read_a_paste_is_one_call() -> None:
    assert recognise("ola@evil.com", default_zone=None).findings[0].kind == "email_address"
