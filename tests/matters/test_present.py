"""The present: every cell as the page prints it, total, and right in each of its sentences."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import pytest

from comity.matters.act import Act, Result
from comity.matters.fold import fold
from comity.matters.present import ALARMS, CELLS, ENDS, Code, Facts, Present, Tag, present, tell
from comity.matters.stages import Ask, Stage
from comity.seal.forms import time_text
from tests.matters import page
from tests.matters.pair import KEPT, LATER, NOW, Changes, Pair, Q, R, again, opening, play
from tests.matters.test_every_step import PATHS
from tests.matters.test_standing import newer

AFTER = LATER + timedelta(days=1)
FILED = "has filed the follow-up request"

# What each printed cell is in the code, and whether it asks for a call.
PRINTED = {
    "nothing asked: alarm": (Code.NOTHING_ASKED, True),
    "sent": (Code.SENT, False),
    "seen": (Code.SEEN, False),
    "acknowledged": (Code.ACKNOWLEDGED, False),
    "being preserved": (Code.BEING_PRESERVED, False),
    "preserved [partly] until D": (Code.PRESERVED, False),
    "preserved, hold due (f)": (Code.HOLD_DUE, False),
    "kept until decision": (Code.KEPT_UNTIL_DECISION, False),
    "refused (ground)": (Code.REFUSED, False),
    "refused; follow-up runs on": (Code.REFUSED_FOLLOW_UP, False),
    "asks you: go on?": (Code.ASKS_GO_ON, False),
    "go on? hold due": (Code.ASKS_GO_ON, False),
    "expired": (Code.EXPIRED, False),
    "released unasked: alarm": (Code.RELEASED_UNASKED, True),
    "crossed: expired, follow-up filed, call": (Code.CROSSED_EXPIRED, True),
    "crossed, call": (Code.CROSSED_RELEASED, True),
    "withdrawn, closed": (Code.WITHDRAWN, False),
    "release due": (Code.RELEASE_DUE, False),
    "closed": (Code.CLOSED, False),
    "closed, or release due if ever ordered or kept": (Code.CLOSED, False),
}
CLOSED = frozenset(
    {
        "refused (ground)",
        "refused; follow-up runs on",
        "expired",
        "released unasked: alarm",
        "withdrawn, closed",
        "closed",
        "closed, or release due if ever ordered or kept",
    }
)
QUIET = frozenset({"kept until decision", "refused; follow-up runs on"})
SUBSETS = [frozenset(some) for count in range(5) for some in combinations(Ask, count)]


def printed(asking: Stage, keeping: Stage) -> tuple[str, bool]:
    """The text of a cell, and whether it adds that the follow-up request is filed."""
    cell = page.presents()[asking, keeping]
    bare = cell.removesuffix(", follow-up filed")
    return (cell, False) if cell in PRINTED else (bare, True)


def facts(asking: Stage, keeping: Stage) -> Facts:
    """Two lanes with the questions that come with the stages themselves."""
    natural = set()
    if asking is Stage.FOLLOWED and keeping is not Stage.HELD:
        natural.add(Ask.FOLLOW_UP)
    if keeping is Stage.CANNOT:
        natural.add(Ask.GO_ON)
    return Facts(
        requesting=Q,
        requested=R,
        asking=asking,
        keeping=keeping,
        questions=frozenset(natural),
        until=LATER,
        asked_until=AFTER,
        grounds=("R21B_essential_interests",),
    )


def crossed(asking: Stage, keeping: Stage) -> Pair:
    """Acts that bring the lanes to these stages; the requesting State has read none of R's."""
    pair = play() if asking is not Stage.NONE else play(until=None)
    followed: Act | None = None
    for state, step in PATHS[R][keeping]:
        more = Changes(answers=followed.id) if step == "held" and followed else Changes()
        act = pair.do(state, step, **more)
        if state == Q:
            followed = act
            pair.meet()
    if asking is Stage.OPEN and followed:
        # Only a fork can take back what the other State has answered.
        pair.held[Q].append(again(followed, lang="ar"))
    if asking is Stage.FOLLOWED and not followed:
        pair.do(Q, "follow_up")
    if asking is Stage.WITHDRAWN:
        pair.do(Q, "withdraw")
    return pair


def words(shown: Present) -> str:
    return " ".join(map(str, (shown.sentence, *shown.also)))


@pytest.mark.parametrize(("asking", "keeping"), list(CELLS))
def test_each_cell_is_the_page_s(asking: Stage, keeping: Stage) -> None:
    cell, filed = printed(asking, keeping)
    code, alarm = PRINTED[cell]
    shown = tell(facts(asking, keeping), NOW)
    assert (shown.code, shown.alarm) == (code, alarm)
    assert (FILED in words(shown)) is (asking is Stage.FOLLOWED and cell not in QUIET)
    assert (FILED in words(shown)) or not filed
    assert ("hold due" in cell) is ("held until" in words(shown) or "hold the data" in words(shown))
    assert shown.closed is (cell in CLOSED)
    assert ("call each other" in words(shown).lower()) is alarm


@pytest.mark.parametrize(("asking", "keeping"), list(CELLS))
def test_real_acts_lead_to_each_cell(asking: Stage, keeping: Stage) -> None:
    view = crossed(asking, keeping).view
    assert (view.requesting.stage, view.requested.stage) == (asking, keeping)
    assert present(view, NOW).code == PRINTED[printed(asking, keeping)[0]][0]


def test_what_the_page_puts_in_brackets_and_letters_is_said() -> None:
    kept = facts(Stage.OPEN, Stage.KEPT)
    assert time_text(LATER) in str(tell(kept, NOW).sentence)
    assert "a part of the data" in str(tell(replace(kept, partly=True), NOW).sentence)
    refused = tell(facts(Stage.OPEN, Stage.REFUSED), NOW)
    assert "R21B_essential_interests" in str(refused.sentence)
    cannot = facts(Stage.WITHDRAWN, Stage.CANNOT)
    assert tell(cannot, NOW).code is Code.CLOSED
    due = tell(replace(cannot, ever_preserved=True), NOW)
    assert (due.code, due.closed, due.waiting_for) == (Code.RELEASE_DUE, False, R)


EVERYTHING = [
    replace(
        facts(asking, keeping), questions=asked, until=until, partly=partly, ever_preserved=ever
    )
    for (asking, keeping), asked, until, partly, ever in product(
        CELLS, SUBSETS, (None, LATER), (False, True), (False, True)
    )
]


def test_the_present_is_total_and_its_members_agree() -> None:
    for one, now in product(EVERYTHING, (NOW, LATER, AFTER)):
        shown = tell(one, now)
        assert "%(" not in words(shown) + str(shown.label)
        assert len(set(shown.also)) == len(shown.also)
        assert shown.alarm is (shown.code in ALARMS)
        assert shown.waiting_for == (shown.owing[0] if shown.owing else None)
        assert len(set(shown.owing)) == len(shown.owing)
        assert (shown.tag is Tag.WAITING) is bool(shown.owing)
        assert shown.closed is (shown.code in ENDS and not shown.owing)
        assert not shown.closed or shown.tag in (Tag.CLOSED, Tag.REFUSED)
        assert (shown.until is None) or one.keeping in (Stage.KEPT, Stage.CANNOT)


def test_every_code_of_the_table_is_reached() -> None:
    reached = {tell(one, now).code for one, now in product(EVERYTHING, (NOW, AFTER))}
    assert reached == set(Code) - {Code.NOT_ARRIVED, Code.NOT_UNDERSTOOD}


def test_time_matters_in_one_row_only() -> None:
    moved = {(one.asking, one.keeping) for one in EVERYTHING if tell(one, NOW) != tell(one, AFTER)}
    assert moved == {(Stage.OPEN, Stage.KEPT), (Stage.FOLLOWED, Stage.KEPT)}
    assert all(tell(one, NOW) == tell(one, LATER) for one in EVERYTHING)


def test_a_question_that_an_end_has_closed_is_not_seen() -> None:
    for one in EVERYTHING:
        if one.asking is Stage.WITHDRAWN:
            assert tell(one, NOW) == tell(replace(one, questions=frozenset()), NOW)
        if one.keeping in (Stage.REFUSED, Stage.EXPIRED, Stage.RELEASED):
            left = one.questions & {Ask.FOLLOW_UP}
            assert tell(one, NOW) == tell(replace(one, questions=left), NOW)


@pytest.mark.parametrize(
    ("asked", "code", "waiting_for"),
    [
        ({}, Code.END_DATE_PASSED, R),
        ({Ask.EXTENSION}, Code.MUST_NOT_LAPSE, R),
        ({Ask.FOLLOW_UP}, Code.MUST_NOT_LAPSE, R),
        ({Ask.INFO}, Code.END_DATE_PASSED, R),
    ],
)
@pytest.mark.parametrize("asking", [Stage.OPEN, Stage.FOLLOWED])
def test_after_the_end_date_the_page_s_sentence_is_said(
    asking: Stage, asked: set[Ask], code: Code, waiting_for: str
) -> None:
    one = replace(facts(asking, Stage.KEPT), questions=frozenset(asked))
    assert tell(one, LATER).code in (Code.PRESERVED, Code.HOLD_DUE)
    shown = tell(one, LATER + timedelta(seconds=1))
    assert (shown.code, shown.waiting_for, shown.tag) == (code, waiting_for, Tag.WAITING)
    assert shown.alarm is (code is Code.MUST_NOT_LAPSE)
    assert time_text(LATER) in str(shown.sentence)


@pytest.mark.parametrize(
    ("keeping", "tag"),
    [
        (Stage.NONE, Tag.NEW),
        (Stage.SEEN, Tag.NEW),
        (Stage.ACK, Tag.TAKEN),
        (Stage.ORDERED, Tag.PRESERVING),
        (Stage.KEPT, Tag.PRESERVED),
        (Stage.HELD, Tag.PRESERVED),
        (Stage.REFUSED, Tag.REFUSED),
        (Stage.CANNOT, Tag.WAITING),
        (Stage.EXPIRED, Tag.CLOSED),
        (Stage.RELEASED, Tag.CLOSED),
    ],
)
def test_the_status_word_says_where_the_requested_state_is(keeping: Stage, tag: Tag) -> None:
    assert tell(facts(Stage.OPEN, keeping), NOW).tag is tag


@pytest.mark.parametrize(
    ("asked", "owing"),
    [
        ({Ask.INFO}, (Q,)),
        ({Ask.EXTENSION}, (R,)),
        ({Ask.FOLLOW_UP}, (R,)),
        ({Ask.GO_ON}, (Q,)),
        ({Ask.INFO, Ask.EXTENSION}, (R, Q)),
        ({Ask.GO_ON, Ask.FOLLOW_UP}, (Q, R)),
    ],
)
def test_the_status_word_names_who_owes_an_answer(asked: set[Ask], owing: tuple[str, ...]) -> None:
    keeping = Stage.CANNOT if Ask.GO_ON in asked else Stage.KEPT
    one = replace(facts(Stage.FOLLOWED, keeping), questions=frozenset(asked))
    shown = tell(one, NOW)
    assert shown.owing == owing
    assert str(shown.label) == f"Waiting for {owing[0]}"


def test_an_open_question_adds_its_sentence() -> None:
    kept = facts(Stage.OPEN, Stage.KEPT)
    info = tell(replace(kept, questions=frozenset({Ask.INFO})), NOW)
    assert [str(one) for one in info.also] == [
        "XJN has asked for more information. It waits for XNR."
    ]
    more = tell(replace(kept, questions=frozenset({Ask.EXTENSION})), NOW)
    assert time_text(AFTER) in str(more.also[0])


def test_the_extension_asked_for_last_is_the_one_shown() -> None:
    pair = play((R, "kept"), (Q, "ask_extension"))
    pair.do(Q, "ask_extension", until=AFTER)
    pair.meet()
    assert time_text(AFTER) in words(present(pair.view, NOW))


def test_after_go_on_the_requested_state_is_awaited() -> None:
    shown = present(play((R, "cannot"), (Q, "go_on")).view, NOW)
    assert (shown.code, shown.waiting_for) == (Code.TOLD_TO_GO_ON, R)


def test_a_follow_up_said_not_received_is_still_shown_as_filed() -> None:
    shown = present(play((R, "kept"), (Q, "follow_up"), (R, "not_received")).view, NOW)
    assert shown.code is Code.PRESERVED
    assert FILED in words(shown)


def test_partly_is_told_until_a_newer_word() -> None:
    pair = play()
    some = (KEPT, Result(item=2, result="not_found"))
    pair.do(R, "kept", results=some)
    pair.meet()
    shown = present(pair.view, NOW)
    assert (shown.code, shown.partly) == (Code.PRESERVED, True)
    pair.do(Q, "follow_up")
    pair.meet()
    assert "the entry says which items" in words(present(pair.view, NOW))
    pair.do(R, "cannot")
    pair.meet()
    pair.do(Q, "go_on")
    pair.meet()
    pair.do(R, "kept")
    assert present(pair.view, NOW).partly is False


PART_KEPT = "a part of the data is kept"
PART_LEFT = "A part of what was asked for is not kept"


@pytest.mark.parametrize(("asking", "keeping"), list(CELLS))
def test_partly_is_said_once_and_only_where_something_is_kept(
    asking: Stage, keeping: Stage
) -> None:
    whole = facts(asking, keeping)
    for asked in (whole.questions, frozenset[Ask]()):
        for now in (NOW, AFTER):
            one = replace(whole, questions=asked)
            assert PART_KEPT not in words(tell(one, now))
            assert PART_LEFT not in words(tell(one, now))
            shown = tell(replace(one, partly=True), now)
            said = words(shown).count(PART_KEPT) + words(shown).count(PART_LEFT)
            assert said == (keeping in (Stage.KEPT, Stage.HELD))
            assert (PART_KEPT in words(shown)) is (shown.code is Code.PRESERVED)


def test_a_hold_is_due_with_go_on_only_while_the_follow_up_is_open() -> None:
    cannot = facts(Stage.FOLLOWED, Stage.CANNOT)
    assert "must be held until" in words(tell(cannot, NOW))
    answered = words(tell(replace(cannot, questions=frozenset({Ask.GO_ON})), NOW))
    assert FILED in answered
    assert "must be held until" not in answered


def test_a_refusal_that_names_no_ground_has_a_dash() -> None:
    one = replace(facts(Stage.OPEN, Stage.REFUSED), grounds=())
    assert "Ground: —." in str(tell(one, NOW).sentence)
    both = replace(one, grounds=("R21B", "R22"))
    assert "Ground: R21B, R22." in str(tell(both, NOW).sentence)


def test_before_the_request_has_arrived_nothing_is_alarming() -> None:
    pair = play((R, "acknowledge"))
    shown = present(fold(pair.acts[1:]), NOW)
    assert (shown.code, shown.alarm, shown.closed) == (Code.NOT_ARRIVED, False, False)
    assert present(fold(()), NOW).code is Code.NOT_ARRIVED


def test_a_matter_of_an_unknown_kind_says_so() -> None:
    shown = present(fold([newer(opening(), kind="freeze")]), NOW)
    assert shown.code is Code.NOT_UNDERSTOOD
    assert len(shown.also) == 0


def test_a_fork_is_an_alarm_whatever_the_stages_say() -> None:
    pair = play((R, "ordered"))
    pair.held[R].append(again(pair.acts[1], lang="ar"))
    shown = present(pair.view, NOW)
    assert (shown.code, shown.alarm) == (Code.SENT, True)
    assert "XJN has signed two different entries under one number" in words(shown)


def test_where_the_headline_says_it_nothing_is_added() -> None:
    assert present(fold(play((R, "seen")).acts[1:]), NOW).also == ()
    assert present(fold([newer(opening(), v=2)]), NOW).also == ()
    assert present(play((R, "seen")).view, NOW).also == ()


def test_entries_that_wait_or_are_unknown_are_mentioned() -> None:
    pair = play((R, "seen"), (R, "acknowledge"))
    waits = present(fold([pair.acts[0], pair.acts[2]]), NOW)
    assert "Some entries wait" in words(waits)
    strange = newer(pair.acts[1], step="hand_over")
    assert "not understood" in words(present(fold([pair.acts[0], strange]), NOW))


def test_the_same_acts_give_the_same_present_at_any_hour_before_the_end() -> None:
    view = play((R, "kept")).view
    assert present(view, NOW) == present(view, datetime(2000, 1, 1, tzinfo=UTC))
