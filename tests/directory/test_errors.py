"""Each error has a code of the specification and a sentence that says what to do."""

import re
from pathlib import Path

import pytest

from comity.directory import errors
from comity.directory.errors import DirectoryError

SPEC = Path(__file__).parents[2] / "spec"
TOLD: tuple[DirectoryError, ...] = (
    errors.WrongField("keys.1.until"),
    errors.KeyTooLong("acts", 1),
    errors.KeyTwice("acts", 1),
    errors.NoValidKey("XNR", "acts"),
    errors.IssuedAhead("XNR"),
    errors.WrongRoot("XNR"),
    errors.OlderCard("XNR", 6, 7),
    errors.TwoCards("XNR", 7),
    errors.CardExpired("XNR"),
    errors.NotPinned("XNR"),
    errors.WordsDiffer("XNR", 3),
    errors.WordsMissing(11),
    errors.OneOfficer(),
    errors.NotVouched("XNR"),
    errors.DemoCard("XNR"),
    errors.WrongState("XNR", "XJN"),
    errors.UnknownKey("XNR"),
    errors.KeyNotValid("XNR"),
    errors.WrongPurpose("XNR"),
)


def test_every_leaf_is_listed_here() -> None:
    leaves = {
        found
        for found in vars(errors).values()
        if isinstance(found, type)
        and issubclass(found, DirectoryError)
        and not found.__subclasses__()
    }
    assert leaves == {type(error) for error in TOLD}


def test_the_codes_are_those_of_the_specification() -> None:
    card = (SPEC / "card-v1.md").read_text(encoding="utf-8").rpartition("Errors:")[2]
    act = (SPEC / "act-v1.md").read_text(encoding="utf-8").rpartition("## 7. Errors")[2]
    named = set(re.findall(r"`([a-z-]+)`", card + act))
    assert {error.code for error in TOLD} <= named
    assert set(re.findall(r"`([a-z-]+)`", card)) <= {error.code for error in TOLD}


@pytest.mark.parametrize("error", TOLD, ids=lambda error: type(error).__name__)
def test_each_sentence_is_whole_and_says_what_to_do(error: DirectoryError) -> None:
    text = str(error)
    assert "%(" not in text
    assert text[0].isupper() or text.startswith(("“", "11"))
    assert text.endswith(".")
    assert error.sentence.text.count(".") >= 1
    assert len(text) < 260
