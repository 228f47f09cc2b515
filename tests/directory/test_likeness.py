"""A name that looks like another State's is warned of; the code decides."""

import pytest

from comity.directory.likeness import look_alikes
from tests.directory.states import make_state

NORTHMERE = make_state()
JINHAI = make_state("XJN")


@pytest.mark.parametrize("name", ["State of XJN", "STATE OF XJN", "Ｓtate-of XJN", "Státe of XJN"])
def test_another_states_name_is_warned_of_however_it_is_written(name: str) -> None:
    dressed = NORTHMERE.changed(names=(("en", name),))
    (sentence,) = look_alikes(dressed, [NORTHMERE.card, JINHAI.card])
    assert "XNR and XJN have the same name" in str(sentence)


def test_a_name_with_look_alike_letters_is_warned_of() -> None:
    dressed = NORTHMERE.changed(names=(("en", "N\u043erthmere"),))  # a Cyrillic o
    (sentence,) = look_alikes(dressed, [])
    assert "different alphabets" in str(sentence)


@pytest.mark.parametrize(
    "name", ["An Lạc", "Россия", "中国 China", "日本ノくに", "Ελλάδα (Hellas)"]
)
def test_honest_names_are_left_alone(name: str) -> None:
    plain = NORTHMERE.changed(names=(("en", name),))
    assert look_alikes(plain, [JINHAI.card, NORTHMERE.card]) == ()
