"""What a screening amounts to, whatever was answered: advice that follows from all answers."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.convention.codes import Measure
from comity.convention.grounds import grounds_for
from comity.safeguards.grounds import Said, screen
from comity.safeguards.purpose import PurposeCheck, PurposeSign, stands_in_the_way

GROUNDS = grounds_for("budapest", Measure.PRESERVE)
CODES = [one.code.value for one in GROUNDS]
SAID = st.sampled_from(["no", "yes", "unsure", "", "perhaps"])


@given(said=st.lists(SAID, min_size=len(CODES), max_size=len(CODES)))
def test_the_advice_follows_from_all_answers_in_one_order(said: list[str]) -> None:
    screening = screen(GROUNDS, dict(zip(CODES, said, strict=True)))
    assert screening.complete is (not {"", "perhaps"} & set(said))
    found = [code for code, one in zip(CODES, said, strict=True) if one == "yes"]
    assert list(screening.found) == found
    advice = str(screening.advice)
    if not screening.complete:
        assert "not answered" in advice
    elif found:
        assert "may refuse" in advice
    elif "unsure" in said:
        assert "colleague" in advice
    else:
        assert "No ground" in advice


def test_one_unanswered_ground_outweighs_a_ground_found_in_the_advice() -> None:
    answers = dict.fromkeys(CODES[:-1], "yes")
    assert "not answered" in str(screen(GROUNDS, answers).advice)


def test_a_ground_found_outweighs_one_that_a_person_is_unsure_of() -> None:
    answers = dict.fromkeys(CODES, "unsure") | {CODES[-1]: "yes"}
    assert "may refuse" in str(screen(GROUNDS, answers).advice)


def test_answers_are_kept_beside_their_grounds() -> None:
    screening = screen(GROUNDS, {CODES[0]: "unsure"})
    assert screening.asked[0].said is Said.UNSURE
    assert screening.asked[0].ground == GROUNDS[0]
    assert {one.said for one in screening.asked[1:]} <= {None}


def test_a_basis_without_grounds_has_nothing_to_ask() -> None:
    screening = screen((), {"anything": "yes"})
    assert (screening.complete, screening.found) == (True, ())


@pytest.mark.parametrize("sign", list(PurposeSign))
def test_a_check_is_written_once_and_cannot_be_changed(sign: PurposeSign) -> None:
    check = PurposeCheck(by="o-1", at=datetime(2026, 5, 4, tzinfo=UTC), sign=sign, note=" a\nb ")
    assert check.written() == f"{sign.value}\n a\nb"
    assert (stands_in_the_way(check) is None) is (sign is PurposeSign.NONE_SEEN)
    with pytest.raises(FrozenInstanceError):
        check.sign = PurposeSign.NONE_SEEN  # type: ignore[misc]
