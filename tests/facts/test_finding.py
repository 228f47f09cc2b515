"""How a finding is shown: the stretch of its line, short and without tricks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import Connection, connection, finding
from comity.facts.display import has_hidden
from comity.facts.finding import LONGEST_EXCERPT
from comity.facts.spots import Spot
from comity.text import say


def test_the_excerpt_is_the_line_around() -> None:
    text = "first\nlook  at\tthis ola@evil.com now\nlast"
    start = text.index("ola@")
    assert finding.excerpt(text, start, start + 12) == "look at this ola@evil.com now"


def test_the_excerpt_begins_at_most_forty_signs_before() -> None:
    text = "x" * 500 + " ola@evil.com " + "y" * 500
    start = text.index("ola@")
    shown = finding.excerpt(text, start, start + 12)
    assert shown == ("x" * 39 + " ola@evil.com " + "y" * 67)
    assert len(shown) == LONGEST_EXCERPT


def test_a_line_of_just_the_length_is_shown_whole() -> None:
    whole = "a" * LONGEST_EXCERPT
    assert finding.excerpt(whole, 0, 5) == whole
    assert finding.excerpt(whole + "b", 0, 5) == whole


def test_an_excerpt_that_grew_by_revealing_is_cut_with_a_mark() -> None:
    shown = finding.excerpt("\u202e" * 200, 0, 200)
    assert len(shown) == LONGEST_EXCERPT
    assert shown.endswith("…")
    assert finding.excerpt("a\u202eb", 0, 3) == "a[U+202E]b"


@pytest.mark.parametrize(("start", "end"), [(0, 5), (6, 11), (0, 11)])
def test_an_excerpt_never_runs_over_its_line(start: int, end: int) -> None:
    assert "\n" not in finding.excerpt("first\nother", start, end)


@given(st.text(max_size=300), st.integers(0, 299), st.integers(1, 40))
def test_any_stretch_has_a_short_and_open_excerpt(text: str, start: int, size: int) -> None:
    start = min(start, len(text))
    shown = finding.excerpt(text, start, min(len(text), start + size))
    assert len(shown) <= LONGEST_EXCERPT
    assert not has_hidden(shown)


def test_a_finding_takes_what_the_spot_asks_for() -> None:
    value = connection.clean("81.2.69.142")
    note = say("Look at it twice.")
    spot = Spot(value=value, start=0, end=11, missing=value.missing, notes=(note,))
    made = finding.found_at(spot, "81.2.69.142 x", where=say("Line %(number)s", number="1"))
    assert isinstance(made.value, Connection)
    assert (made.missing, made.notes) == (value.missing, (note,))
    assert made.excerpt == "81.2.69.142 x"
    assert not made.is_complainant
    assert made.kind == "connection"
