"""Exactly two roots, and every code of the specification with its sentence."""

import re
from pathlib import Path

import pytest

from comity.directory.errors import CardExpired, WrongField
from comity.matters.errors import HeaderTooLarge, NotAnAct
from comity.seal.errors import BadKey, BadSignature, NotCanonical
from comity.text import ToldError, say
from comity.wire import errors
from comity.wire.errors import OURS, SAYS, Code, OurFault, TheirFault, foreign, ours

SPEC = Path(__file__).parents[2] / "spec"


def codes(page: str, after: str) -> set[str]:
    """Return the codes that the last section of a page names."""
    text = (SPEC / page).read_text(encoding="utf-8").rpartition(after)[2]
    return set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", text.partition("\n\n")[0]))


def test_the_codes_are_those_of_the_specification_and_no_other() -> None:
    named = (
        codes("message-v1.md", "## 6. Errors\n\n")
        | codes("act-v1.md", "## 7. Errors\n\n")
        | codes("card-v1.md", "Errors: ")
        | codes("sync-v1.md", "## Errors\n\n")
    )
    states_of_acts = {"held", "not-understood", "void", "frozen", "given", "n"}
    assert set(Code) == named - states_of_acts


def test_every_code_has_a_whole_sentence() -> None:
    assert set(SAYS) == set(Code)
    for sentence in SAYS.values():
        assert str(sentence).endswith(".")
        assert "%" not in str(sentence)


def test_there_are_exactly_two_roots() -> None:
    found = {
        one.__name__
        for one in vars(errors).values()
        if isinstance(one, type)
        and issubclass(one, ToldError)
        and one.__module__ == errors.__name__
    }
    assert found == {"OurFault", "TheirFault"}


def test_only_two_codes_are_not_the_peers_fault() -> None:
    assert {Code.BUSY, Code.NOT_READY} == OURS


@pytest.mark.parametrize(
    ("raised", "code", "where"),
    [
        (BadSignature(), Code.BAD_SIGNATURE, ""),
        (NotCanonical(say("x"), rule="1"), Code.NOT_CANONICAL, ""),
        (BadKey(say("x")), Code.NOT_A_HEAD, ""),
        (WrongField("keys.1"), Code.NOT_A_CARD, "keys.1"),
        (CardExpired("XNR"), Code.CARD_EXPIRED, ""),
        (NotAnAct("seq"), Code.NOT_AN_ACT, "seq"),
        (HeaderTooLarge(), Code.TOO_LARGE, ""),
    ],
)
def test_what_lower_rooms_raise_becomes_the_peers_fault(
    raised: ToldError, code: Code, where: str
) -> None:
    with pytest.raises(TheirFault) as caught, foreign(Code.NOT_A_HEAD, mid="m"):
        raise raised
    assert caught.value.reason is code
    assert caught.value.where == where
    assert caught.value.mid == "m"
    assert caught.value.__cause__ is raised


def test_our_own_mistakes_are_not_blamed_on_the_peer() -> None:
    with pytest.raises(OurFault, match="an empty call"), foreign(Code.NOT_A_HEAD):
        ours("an empty call")
    with pytest.raises(ZeroDivisionError), foreign(Code.NOT_A_HEAD):
        _ = 1 / 0


def test_a_fault_keeps_the_first_code_that_was_found() -> None:
    with pytest.raises(TheirFault) as caught, foreign(Code.NOT_A_HEAD):
        raise TheirFault(Code.BUSY)
    assert caught.value.code == "busy"
