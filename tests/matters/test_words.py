"""Sentences are templates with named values: codes and times, never words."""

from comity.matters import sayings
from comity.matters.sayings import HEADLINES, TAGS
from comity.matters.story import SAID
from comity.matters.words import GROUNDS, NOT_SAID, STATES, TIMES, filled, time_or_not_said
from comity.text import Sentence, say
from tests.matters.pair import NOW

NUMBERS = {"items", "kept", "reference"}
TEMPLATES = [
    *HEADLINES.values(),
    *TAGS.values(),
    *SAID.values(),
    *(one for one in vars(sayings).values() if isinstance(one, Sentence)),
]


def test_a_template_takes_its_values_by_name_and_no_others() -> None:
    template = say("%(requested)s waits for %(requesting)s.", requested="", requesting="")
    values = {"requesting": "XNR", "requested": "XJN", "until": "never"}
    assert filled(template, values) == say(
        "%(requested)s waits for %(requesting)s.", requested="XJN", requesting="XNR"
    )


def test_a_time_that_nobody_stated_is_a_dash() -> None:
    assert time_or_not_said(None) == NOT_SAID
    assert time_or_not_said(NOW) == "2026-05-04T03:00:00Z"


def test_every_value_is_of_a_kind_that_the_desk_can_translate() -> None:
    for template in TEMPLATES:
        names = {name for name, _ in template.values}
        assert names <= STATES | TIMES | GROUNDS | NUMBERS
        assert all(f"%({name})s" in template.text for name in names)


def test_the_kinds_of_values_do_not_overlap() -> None:
    assert len(STATES | TIMES | GROUNDS) == len(STATES) + len(TIMES) + len(GROUNDS)


def test_a_sentence_ends_as_a_sentence_and_a_status_word_does_not() -> None:
    for template in TEMPLATES:
        assert template.text.endswith((".", "?")) is (template not in TAGS.values())


def test_no_sentence_speaks_of_machinery() -> None:
    told = " ".join(template.text.lower() for template in TEMPLATES)
    for word in (" lane", "fold", "digest", "hash", "void", " act ", "matter", "invalid", "error"):
        assert word not in told
