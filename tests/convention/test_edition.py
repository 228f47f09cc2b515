"""The edition names the content of the law, not its layout."""

import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity.convention
from comity.convention.load import edition, edition_of, laws, parse_law

ONE = """\
instrument = "uncc"
name = "A treaty"

[sources]
a = "first"
b = "second"

[[duty]]
id = "uncc/1"
article = "1"
title = "One"
text = "The first."
evidence = "unconfirmed"
source = "M-H"

[[duty]]
id = "uncc/2"
article = "2"
title = "Two"
text = "The second."
evidence = "sourced"
source = "V: a"
"""
SAME_CONTENT = """\
# The same law, written by somebody with other habits.
name = 'A treaty'
instrument = "uncc"
sources = { b = "second", a = "first" }
[[duty]]
source = "V: a"
evidence = "sourced"
text = "The second."
id = "uncc/2"
title = 'Two'
article = "2"
[[duty]]
source = "M-H"
evidence = "unconfirmed"
title = "One"
article = '1'
text = "The first."
id = "uncc/1"
"""
OTHER = 'instrument = "budapest"\nname = "Another treaty"\n'


def edition_from(*texts: str) -> str:
    return edition_of(parse_law("x.toml", text) for text in texts)


def test_the_edition_is_a_digest_as_an_act_header_writes_it() -> None:
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", edition())


def test_the_edition_is_that_of_the_packaged_files_each_time() -> None:
    assert edition() == edition_of(laws()) == comity.convention.edition()


def test_order_comments_quotes_and_layout_do_not_change_the_edition() -> None:
    assert edition_from(ONE) == edition_from(SAME_CONTENT)


def test_the_order_of_the_files_does_not_change_the_edition() -> None:
    assert edition_from(ONE, OTHER) == edition_from(OTHER, ONE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The first.", "The first!"),
        ("unconfirmed", "parallel"),
        ('article = "1"', 'article = "1(1)"'),
        ('id = "uncc/1"', 'id = "uncc/3"'),
        ('a = "first"', 'a = "First"'),
        ("A treaty", "The treaty"),
        ('source = "M-H"', 'source = "M-M"'),
    ],
)
def test_any_change_of_content_changes_the_edition(before: str, after: str) -> None:
    changed = ONE.replace(before, after)
    if after == "parallel":
        changed = changed.replace('source = "M-H"', 'source = "P: UNTOC 6"')
    assert edition_from(changed) != edition_from(ONE)


def test_a_law_more_or_less_changes_the_edition() -> None:
    assert len({edition_from(ONE), edition_from(OTHER), edition_from(ONE, OTHER)}) == 3


def test_a_row_moved_to_another_kind_changes_the_edition() -> None:
    moved = ONE.replace("[[duty]]", "[[principle]]", 1)
    assert edition_from(moved) != edition_from(ONE)


def test_a_second_program_can_compute_the_edition_from_the_description_alone() -> None:
    content = {
        "duty": [
            {
                "article": "1",
                "evidence": "unconfirmed",
                "id": "uncc/1",
                "source": "M-H",
                "text": "The first.",
                "title": "One",
            },
            {
                "article": "2",
                "evidence": "sourced",
                "id": "uncc/2",
                "source": "V: a",
                "text": "The second.",
                "title": "Two",
            },
        ],
        "instrument": "uncc",
        "name": "A treaty",
        "sources": {"a": "first", "b": "second"},
    }
    line = json.dumps(content, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(f"comity law edition v1\n{line}\n".encode()).hexdigest()
    assert edition_from(ONE) == f"sha256:{digest}"


@given(st.permutations(["title", "text", "article", "evidence", "source"]))
def test_no_order_of_keys_changes_the_edition(order: list[str]) -> None:
    values = {
        "title": "One",
        "text": "The first.",
        "article": "1",
        "evidence": "unconfirmed",
        "source": "M-H",
    }
    lines = "".join(f'{key} = "{values[key]}"\n' for key in order)
    head = 'instrument = "uncc"\nname = "A treaty"\n'
    plain = "".join(f'{key} = "{values[key]}"\n' for key in values)
    assert edition_from(f'{head}[[duty]]\n{lines}id = "uncc/1"\n') == edition_from(
        f'{head}[[duty]]\nid = "uncc/1"\n{plain}'
    )
