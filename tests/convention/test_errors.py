"""Every error of the law room has a stable code of its own and one root."""

import inspect

import pytest

from comity.convention import errors
from comity.convention.errors import ConventionError, LawFileError
from comity.text import ToldError, say

CODES = {
    "BasisNotInForce": "basis-not-in-force",
    "ConventionError": "convention",
    "DuplicateRow": "law-duplicate-row",
    "InstrumentWithoutForm": "instrument-without-form",
    "InstrumentWithoutRows": "instrument-without-rows",
    "LawFileError": "law-file",
    "MissingKey": "law-missing-key",
    "NoSuchClock": "no-such-clock",
    "NotATreaty": "not-a-treaty",
    "NotToml": "law-not-toml",
    "NotUtc": "not-utc",
    "PenaltyMissing": "penalty-missing",
    "UnknownInstrument": "unknown-instrument",
    "UnknownKey": "law-unknown-key",
    "UnknownOffence": "unknown-offence",
    "UnknownRow": "unknown-row",
    "WrongPenalty": "wrong-penalty",
    "WrongRole": "wrong-role",
    "WrongTarget": "wrong-target",
    "WrongValue": "law-wrong-value",
}
FOUND = {
    name: kind
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, ToldError) and kind is not ToldError
}


def test_the_codes_are_these_and_stay_these() -> None:
    assert {name: kind.code for name, kind in FOUND.items()} == CODES


def test_no_two_errors_share_a_code() -> None:
    assert len({kind.code for kind in FOUND.values()}) == len(FOUND)


@pytest.mark.parametrize("kind", FOUND.values())
def test_every_error_hangs_on_the_root_of_the_room_and_tells_its_sentence(
    kind: type[ConventionError],
) -> None:
    assert issubclass(kind, ConventionError)
    sentence = say("Choose %(what)s.", what="another")
    assert kind(sentence).sentence == sentence
    assert str(kind(sentence)) == "Choose another."


def test_an_error_of_a_law_file_can_be_caught_as_one() -> None:
    of_files = {name for name, kind in FOUND.items() if issubclass(kind, LawFileError)}
    assert of_files == {
        "DuplicateRow",
        "LawFileError",
        "MissingKey",
        "NotToml",
        "UnknownKey",
        "WrongValue",
    }
