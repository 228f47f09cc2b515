"""Before a preservation a person is asked; every ground is asked, never only the first."""

from datetime import UTC, datetime

import pytest

from comity.convention.codes import Measure
from comity.convention.grounds import grounds_for
from comity.safeguards.grounds import Said, screen
from comity.safeguards.purpose import PurposeCheck, PurposeSign, stands_in_the_way

NOW = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
GROUNDS = grounds_for("uncc", Measure.PRESERVE)


def check(sign: PurposeSign, note: str = "") -> PurposeCheck:
    return PurposeCheck(by="o-1", at=NOW, sign=sign, note=note)


def test_no_sign_seen_lets_a_person_preserve() -> None:
    assert stands_in_the_way(check(PurposeSign.NONE_SEEN)) is None


def test_checking_first_stands_in_the_way_and_says_what_to_do() -> None:
    told = stands_in_the_way(check(PurposeSign.CHECK_FIRST))
    assert told is not None
    assert "refuse" in str(told)


def test_there_is_no_default_answer() -> None:
    with pytest.raises(TypeError):
        PurposeCheck(by="o-1", at=NOW)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("note", "written"),
    [("", "none_seen"), ("asked the prosecutor", "none_seen\nasked the prosecutor")],
)
def test_the_answer_is_written_with_its_note(note: str, written: str) -> None:
    assert check(PurposeSign.NONE_SEEN, note).written() == written


def test_every_ground_of_the_basis_is_asked() -> None:
    screening = screen(GROUNDS, {})
    assert [one.ground.code for one in screening.asked] == [one.code for one in GROUNDS]
    assert not screening.complete
    assert screening.found == ()


def test_one_answer_is_not_enough() -> None:
    first = GROUNDS[0].code.value
    screening = screen(GROUNDS, {first: "yes"})
    assert not screening.complete
    assert screening.found == (first,)


def test_all_no_lets_a_person_preserve() -> None:
    screening = screen(GROUNDS, {one.code.value: "no" for one in GROUNDS})
    assert screening.complete
    assert screening.found == ()
    assert "may preserve" in str(screening.advice)


def test_a_ground_found_is_advice_and_no_decision() -> None:
    answers = {one.code.value: "no" for one in GROUNDS} | {GROUNDS[-1].code.value: "yes"}
    screening = screen(GROUNDS, answers)
    assert screening.found == (GROUNDS[-1].code.value,)
    assert "may refuse" in str(screening.advice)


def test_being_unsure_asks_a_colleague() -> None:
    answers = {one.code.value: "no" for one in GROUNDS} | {GROUNDS[0].code.value: "unsure"}
    assert "colleague" in str(screen(GROUNDS, answers).advice)


@pytest.mark.parametrize("said", ["", "maybe", "YES", "oui"])
def test_an_answer_that_is_none_counts_as_not_asked(said: str) -> None:
    screening = screen(GROUNDS, {one.code.value: said for one in GROUNDS})
    assert all(one.said is None for one in screening.asked)


def test_answers_for_grounds_of_another_basis_are_not_looked_at() -> None:
    screening = screen(GROUNDS, {"B29_5A_political": "yes"})
    assert screening.found == ()


def test_the_three_answers() -> None:
    assert {said.value for said in Said} == {"no", "yes", "unsure"}
