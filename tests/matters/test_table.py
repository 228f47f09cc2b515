"""The tables in the code are the tables on the page, line for line."""

import re
from enum import StrEnum

import pytest

from comity.convention.codes import ChannelCode, Urgency
from comity.matters.act import MEMBERS
from comity.matters.present import CELLS, Code
from comity.matters.sayings import HEADLINES, TAGS, Tag
from comity.matters.stages import (
    ASKED_BY,
    ASKS,
    CLOSES,
    FORBID_EXPIRY,
    PARTS,
    ROWS,
    STAGES,
    TABLE,
    Ask,
    Role,
    Stage,
    Step,
)
from comity.matters.story import SAID
from tests.matters import page

LANES = {Role.REQUESTING: "Requesting", Role.REQUESTED: "Requested"}
LETTERS = {"R": Role.REQUESTED, "Q": Role.REQUESTING}


@pytest.mark.parametrize("role", Role)
def test_each_line_of_the_step_table_is_the_page_s(role: Role) -> None:
    ours = [
        page.Line(
            step=row.step,
            sources=frozenset(map(str, row.sources)),
            target=row.target and str(row.target),
            needs=frozenset(map(str, row.needs)),
            may=frozenset(map(str, row.may)),
            answers=frozenset(map(str, row.answers)),
            after_go_on=row.after_go_on,
        )
        for row in ROWS[role]
    ]
    assert ours == page.lines(LANES[role])


@pytest.mark.parametrize("role", Role)
def test_the_stages_of_a_lane_are_the_page_s(role: Role) -> None:
    named = re.search(rf"{LANES[role]} lane [QR], stages ([^:]+):", page.text())
    assert named
    assert page.words(named[1]) == list(STAGES[role])
    assert tuple(STAGES[role]) == page.STAGES[LANES[role]]


@pytest.mark.parametrize("role", Role)
def test_one_step_from_one_stage_has_one_line(role: Role) -> None:
    pairs = [(stage, row.step) for row in ROWS[role] for stage in row.sources]
    assert len(pairs) == len(set(pairs)) == len(TABLE[role])


def test_every_stage_can_be_reached_and_every_step_is_taken_somewhere() -> None:
    for role in Role:
        reached = {Stage.NONE, *(row.target for row in ROWS[role] if row.target)}
        assert reached == set(STAGES[role])
    assert {row.step for role in Role for row in ROWS[role]} == set(Step)


def test_each_question_is_the_page_s() -> None:
    printed = {
        letter: (page.words(question)[0], LETTERS[lane], frozenset(page.words(answers)))
        for letter, question, lane, answers in page.table("**Open questions.**")[1:]
    }
    ours = {
        ask.value: (asking.step.value, asking.role, frozenset(map(str, asking.answered_by)))
        for ask, asking in ASKS.items()
    }
    assert ours == printed
    assert {step: ask.value for step, ask in ASKED_BY.items()} == {
        question: letter for letter, (question, _, _) in printed.items()
    }


def test_an_answer_of_the_questions_is_an_answer_in_the_step_table() -> None:
    for asking in ASKS.values():
        answering = {row.step for role in Role for row in ROWS[role] if asking.step in row.answers}
        assert answering == asking.answered_by


def test_what_closes_questions_is_the_page_s() -> None:
    assert "`withdraw` closes every question in both lanes." in page.text()
    assert "`refused`, `expired` and `released` close i, e and c;" in page.text()
    assert {
        Stage.WITHDRAWN: frozenset("iefc"),
        Stage.REFUSED: frozenset("iec"),
        Stage.EXPIRED: frozenset("iec"),
        Stage.RELEASED: frozenset("iec"),
    } == CLOSES


def test_what_forbids_expiry_is_the_page_s() -> None:
    rule = re.search(r"^7\. (.*)$", page.text(), re.MULTILINE)
    assert rule
    assert {ASKS[ask].step for ask in FORBID_EXPIRY} == set(page.words(rule[1])[1:])


def test_every_pair_of_stages_has_a_cell() -> None:
    assert set(CELLS) == set(page.presents())
    assert len(CELLS) == 40


def test_the_members_of_the_header_are_the_page_s() -> None:
    named = {name for row in page.table("## 1. Header")[1:] for name in page.words(row[0])}
    assert named == MEMBERS


@pytest.mark.parametrize(("member", "known"), [("channel", ChannelCode), ("urgency", Urgency)])
def test_the_closed_lists_of_the_header_are_the_page_s(member: str, known: type[StrEnum]) -> None:
    row = next(row for row in page.table("## 1. Header") if row[0] == f"`{member}`")
    assert page.words(row[1]) == [code.value for code in known]


def test_the_parts_are_the_page_s() -> None:
    rows = page.table("## 2. Parts")[1:]
    assert [page.words(row[0])[0] for row in rows] == list(PARTS)


def test_every_code_tag_and_step_has_its_sentence() -> None:
    assert set(HEADLINES) == set(Code)
    assert set(TAGS) == set(Tag)
    assert set(SAID) == set(Step)
    assert set(ASKS) == set(Ask)


def test_the_status_words_are_the_page_s() -> None:
    told = re.search(r"The status word on the screen: (.*)", page.text())
    assert told
    printed = re.findall('“([^”]+)”|"([^"]+)"', told[1])
    shown = {(a or b).removesuffix(" {who}") for a, b in printed}
    assert shown == {TAGS[tag].text.removesuffix(" %(who)s") for tag in Tag}


def test_no_two_codes_share_a_sentence() -> None:
    texts = [sentence.text for sentence in HEADLINES.values()]
    assert len(texts) == len(set(texts))
