"""The story: every step is told and played, and its words can be filled for any cast."""

import re

import pytest

from comity_stage.cast import Role, packaged_cast
from comity_stage.scene import Step
from comity_stage.scenes.home import FILES, LISTS
from comity_stage.story import PLAYS, packaged_story
from comity_stage.told import filled, treaty_rows

STORY = packaged_story()
CAST = packaged_cast()
WORDS = re.compile(r"%(?!\((asks|keeps|third)\)s)")


def test_every_step_is_told_once_and_played() -> None:
    assert sorted(step.key for step in STORY) == sorted(PLAYS)


def test_each_step_says_where_to_look_and_who_sees_what() -> None:
    assert all(step.tells and step.looks and step.sees for step in STORY)


@pytest.mark.parametrize("step", STORY, ids=[step.key for step in STORY])
def test_its_texts_name_parts_and_no_state(step: Step) -> None:
    texts = _texts(step)
    names = [state.name for state in CAST.states]
    assert not any(WORDS.search(text) for text in texts)
    assert not any(name in text for name in names for text in texts)
    assert all("%" not in filled(text, CAST) for text in texts)


def test_every_place_to_look_at_is_a_page_or_a_file_of_the_story() -> None:
    places = {look.path for step in STORY for look in step.looks}
    assert places <= {*LISTS, *FILES, "/requests/new"}


def test_the_stage_says_which_treaties_are_in_force_and_that_it_is_fiction() -> None:
    (row,) = treaty_rows(CAST)
    for role in (Role.ASKS, Role.KEEPS):
        assert CAST.state(role).name in row["sentence"]
    assert "Budapest Convention" in row["sentence"]
    assert "fiction" in row["sentence"]


def _texts(step: Step) -> list[str]:
    looked = [look.what for look in step.looks]
    seen = [text for one in step.sees for text in (one.who, one.what)]
    return [step.title, *step.tells, *looked, *seen]
