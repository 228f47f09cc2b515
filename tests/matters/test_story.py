"""One sentence for each act, that can be read aloud."""

import pytest

from comity.matters.act import Result, read_act
from comity.matters.fold import Standing, fold
from comity.matters.stages import Step
from comity.matters.story import SAID, Line, story
from comity.matters.words import GROUNDS, STATES, TIMES
from comity.seal.canonical import decode, encode
from comity.seal.forms import time_text
from tests.matters.pair import KEPT, LATER, Pair, Q, R, again, next_act, play

OTHERS = {"items", "kept", "reference"}


def told(pair: Pair) -> list[str]:
    return [str(line.sentence) for line in story(pair.view)]


def last(pair: Pair) -> Line:
    return story(pair.view)[-1]


def test_a_whole_story_can_be_read_aloud() -> None:
    pair = play((R, "seen"), (R, "acknowledge"), (R, "ordered"))
    pair.do(R, "kept", results=(KEPT, Result(item=2, result="not_found")))
    pair.meet()
    pair.do(Q, "follow_up")
    pair.meet()
    pair.do(R, "held")
    end = time_text(LATER)
    assert told(pair) == [
        f"XNR asked XJN to keep data until {end}. Items: 2.",
        "A person in XJN opened the file.",
        "XJN took the request and is acting on it.",
        "XJN ordered a custodian to keep the data.",
        f"XJN states that the data is kept until {end}. Items kept: 1 of 2.",
        "XNR filed the follow-up request for the data, reference MLA-2026/9.",
        "XJN holds the data until the follow-up request is decided.",
    ]


@pytest.mark.parametrize("step", Step)
def test_every_step_has_one_whole_sentence(step: Step) -> None:
    text = SAID[step].text
    assert text[0] in "%A"
    assert text.endswith(".")
    assert {name for name, _ in SAID[step].values} <= STATES | TIMES | GROUNDS | OTHERS


def test_no_two_steps_sound_alike() -> None:
    assert len({sentence.text for sentence in SAID.values()}) == len(Step)


def test_a_line_says_whose_act_it_is_and_when_it_states() -> None:
    pair = play((R, "refused"))
    line = last(pair)
    act = pair.acts[1]
    assert (line.act_id, line.who, line.at, line.standing) == (
        act.id,
        R,
        act.at,
        Standing.COUNTS,
    )
    assert line.sentence == line.states
    assert "R21B_essential_interests" in str(line.sentence)


def test_a_void_act_says_why_and_keeps_what_it_states() -> None:
    pair = play((R, "refused"))
    pair.do(R, "kept")
    line = last(pair)
    assert line.standing is Standing.VOID
    assert str(line.sentence).startswith("This entry changes nothing: ")
    assert str(line.states).startswith("XJN states that the data is kept")


def test_an_unknown_act_says_what_to_do() -> None:
    pair = play((R, "seen"))
    newer = decode(next_act(pair.acts, R, "seen").header) | {"step": "hand_over"}
    line = story(fold([*pair.acts, read_act(encode(newer))]))[-1]
    assert line.standing is Standing.UNKNOWN
    assert "does not understand (preservation, hand_over)" in str(line.sentence)
    assert str(line.states) == "XJN stated something that this node does not understand."


def test_an_act_of_a_later_version_says_which() -> None:
    pair = play((R, "seen"))
    newer = decode(next_act(pair.acts, R, "seen").header) | {"v": 3}
    line = story(fold([*pair.acts, read_act(encode(newer))]))[-1]
    assert "newer version (3)" in str(line.sentence)


def test_both_sides_of_a_fork_are_told() -> None:
    pair = play((R, "ordered"))
    pair.held[R].append(again(pair.acts[1], lang="ar"))
    lines = story(pair.view)[1:]
    assert [line.standing for line in lines] == [Standing.FROZEN] * 2
    assert all("two different entries" in str(line.sentence) for line in lines)


def test_an_act_that_waits_says_so() -> None:
    pair = play((R, "seen"), (R, "acknowledge"))
    line = story(fold([pair.acts[0], pair.acts[2]]))[-1]
    assert line.standing is Standing.HELD
    assert "waits" in str(line.sentence)


def test_a_recorded_act_is_shown_as_an_officer_s_word() -> None:
    pair = play()
    pair.do(R, "acknowledge", assurance="recorded")
    assert [line.assurance for line in story(pair.view)] == ["node", "recorded"]


def test_an_act_may_leave_out_what_its_sentence_names() -> None:
    pair = play()
    pair.do(Q, "follow_up", refs=())
    assert "reference —." in str(last(pair).states)


def test_the_story_of_nothing_is_empty() -> None:
    assert story(fold(())) == ()
