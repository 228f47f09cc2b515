"""The closed lists are those of the specification and of the law files."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from comity.convention import codes
from comity.convention.codes import (
    AnswerKind,
    ChannelCode,
    ConditionCode,
    DataCategory,
    DeclarationCode,
    GroundCode,
    Measure,
    NotAGround,
    Urgency,
)
from comity.convention.load import law_rows
from comity.convention.rows import Content, Declaration, Ground

SPEC = Path(__file__).parents[2] / "spec" / "act-v1.md"
LISTS = [each for each in vars(codes).values() if isinstance(each, type) and each is not StrEnum]
CODE = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*")


def member(name: str) -> list[str]:
    """Return the values that the specification lists for a member of the header."""
    line = re.search(rf"^\| `{name}` \| (.*) \|$", SPEC.read_text(encoding="utf-8"), re.MULTILINE)
    assert line is not None
    return re.findall(r"`([^`]+)`", line[1])


def test_the_channels_are_those_of_the_act_header() -> None:
    assert [each.value for each in ChannelCode] == member("channel")


def test_the_urgencies_are_those_of_the_act_header() -> None:
    assert [each.value for each in Urgency] == member("urgency")


def test_the_forms_of_the_act_header_are_the_instruments_that_list_contents() -> None:
    assert set(member("form")) == {
        each.instrument for each in law_rows() if isinstance(each, Content)
    }


def test_the_boxes_of_the_forms_are_members_of_the_request_part() -> None:
    text = SPEC.read_text(encoding="utf-8")
    asked = {ask.field for each in law_rows() if isinstance(each, Content) for ask in each.asks}
    part = re.search(r"^Canonical JSON: `(\{.*?\})`", text, re.MULTILINE)
    assert part is not None
    assert asked - {"offence"} <= set(re.findall(r'"(\w+)"', part[1]))
    assert "| `offence` |" in text


@pytest.mark.parametrize("listed", LISTS, ids=lambda each: each.__name__)
def test_a_code_is_plain_letters_and_unique_in_its_list(listed: type[StrEnum]) -> None:
    values = [each.value for each in listed]
    assert values
    assert len(set(values)) == len(values)
    assert [value for value in values if not CODE.fullmatch(value)] == []


def test_a_ground_is_never_also_none() -> None:
    assert not {*GroundCode} & {*NotAGround}
    assert codes.POSTPONE_ONGOING not in {*GroundCode}


def test_every_reservation_that_a_ground_needs_can_be_declared() -> None:
    declared = {each.code for each in law_rows() if isinstance(each, Declaration)}
    needed = {each.reservation for each in law_rows() if isinstance(each, Ground)} - {None}
    assert needed <= declared <= set(DeclarationCode)


def test_every_way_of_answering_is_used() -> None:
    used = {ask.answer for each in law_rows() if isinstance(each, Content) for ask in each.asks}
    assert used == set(AnswerKind)


def test_the_lists_for_later_verbs_are_complete() -> None:
    assert [each.value for each in DataCategory] == [
        "subscriber",
        "traffic",
        "content",
        "other_electronic",
    ]
    assert [each.value for each in ConditionCode] == [
        "confidentiality",
        "use_limit",
        "no_onward",
        "data_safeguard",
        "cost_share",
        "retention_end",
    ]
    assert len(Measure) == 25
