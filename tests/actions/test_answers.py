"""Of several open questions the newest is answered first, and each once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from comity.actions.answers import NOT_ASKED, open_question
from comity.actions.cannot import cannot_assure, go_on
from comity.actions.errors import IncompleteError, NotAllowedError, NotFoundError
from comity.actions.extend import ask_extension, decline_extension, extend, reason_part
from comity.actions.follow_up import follow_up, hold, not_received
from comity.actions.preserve import order
from comity.actions.seen import seen
from comity.actions.talk import ask_info, inform
from comity.actions.withdraw import expire, release, withdraw
from comity.safeguards.purpose import PurposeSign
from tests.actions.desks import DAY, OFFICER, STRANGER, Desks, desks
from tests.actions.test_preservation import kept, ordered


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def test_the_newest_question_is_answered_first_then_the_older_one(two: Desks) -> None:
    matter = two.ask()
    asked = [
        ask_info(two.jin, matter, by=OFFICER, question=word).act.id
        for word in ("Which port?", "Which day?")
    ]
    two.exchange()
    answered = [
        inform(two.north, matter, by=OFFICER, answer=word).act.answers for word in ("4", "5")
    ]
    assert answered == asked[::-1]
    with pytest.raises(NotAllowedError) as caught:
        inform(two.north, matter, by=OFFICER, answer="6")
    assert caught.value.sentence == NOT_ASKED


def test_of_two_extensions_asked_the_newest_is_granted_and_the_other_declined(two: Desks) -> None:
    matter = kept(two)
    first, second = (
        ask_extension(two.north, matter, by=OFFICER, until=two.clock.now() + days * DAY).act.id
        for days in (80, 90)
    )
    two.exchange()
    until = two.clock.now() + 90 * DAY
    assert extend(two.jin, matter, by=OFFICER, until=until).act.answers == second
    declined = decline_extension(two.jin, matter, by=OFFICER, reason="Granted once.")
    assert declined.act.answers == first


def test_an_extension_unasked_answers_nothing(two: Desks) -> None:
    matter = kept(two)
    held = extend(two.jin, matter, by=OFFICER, until=two.clock.now() + 70 * DAY)
    assert held.act.answers is None
    two.exchange()
    assert two.code(two.north, matter) == "preserved"


def test_a_question_that_was_not_yet_delivered_is_not_open_for_the_other(two: Desks) -> None:
    matter = two.ask()
    ask_info(two.jin, matter, by=OFFICER, question="Which port?")
    with pytest.raises(NotAllowedError):
        open_question(two.north, matter, "ask_info")
    two.exchange()
    assert open_question(two.north, matter, "ask_info")


def test_a_question_of_another_kind_is_not_taken_for_this_one(two: Desks) -> None:
    matter = two.ask()
    ask_info(two.jin, matter, by=OFFICER, question="Which port?")
    two.exchange()
    for step in ("cannot", "follow_up", "ask_extension", ""):
        with pytest.raises(NotAllowedError):
            open_question(two.north, matter, step)
    with pytest.raises(NotFoundError):
        open_question(two.north, "sha256:" + "0" * 64, "ask_info")


def test_each_answer_names_its_question(two: Desks) -> None:
    matter = kept(two)
    filed = follow_up(two.north, matter, by=OFFICER, reference="MLA 12").act.id
    two.exchange()
    assert hold(two.jin, matter, by=OFFICER).act.answers == filed
    other = kept(two)
    filed = follow_up(two.north, other, by=OFFICER, reference="MLA 13").act.id
    two.exchange()
    late = not_received(two.jin, other, by=OFFICER, reason="Nothing has come.")
    assert late.act.answers == filed
    third = ordered(two)
    told = cannot_assure(two.jin, third, by=OFFICER, reason="The provider tells its users.").act.id
    two.exchange()
    assert go_on(two.north, third, by=OFFICER).act.answers == told


def test_a_release_names_the_withdrawal_where_there_is_one(two: Desks) -> None:
    matter = kept(two)
    gone = withdraw(two.north, matter, by=OFFICER).act.id
    two.exchange()
    assert release(two.jin, matter, by=OFFICER).act.answers == gone
    unasked = kept(two)
    assert release(two.jin, unasked, by=OFFICER, reason="Our order ended.").act.answers is None
    two.exchange()
    assert two.code(two.north, unasked) == "released-unasked"


def test_a_reference_is_written_without_the_spaces_around_it(two: Desks) -> None:
    matter = kept(two)
    held = follow_up(two.north, matter, by=OFFICER, reference="  MLA 12 ")
    assert held.act.refs == (("XNR", "MLA 12"),)


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_no_reason_makes_no_part(text: str) -> None:
    assert reason_part(text) == ()


def test_a_reason_is_a_part_of_its_own(two: Desks) -> None:
    matter = two.ask()
    held = withdraw(two.north, matter, by=OFFICER, reason="  Der Verdächtige ist tot. ")
    (part,) = two.north.store.read(lambda view: view.parts_of(held.act.id))
    assert part is not None
    assert (part.role, part.data.decode()) == ("reason", "Der Verdächtige ist tot.")
    assert b"Verd" not in held.act.header


@pytest.mark.parametrize("text", ["", "   "])
def test_what_the_other_state_must_read_is_never_empty(two: Desks, text: str) -> None:
    matter = kept(two)
    presses: tuple[Callable[[], object], ...] = (
        lambda: ask_info(two.jin, matter, by=OFFICER, question=text),
        lambda: inform(two.north, matter, by=OFFICER, answer=text),
        lambda: cannot_assure(two.jin, matter, by=OFFICER, reason=text),
        lambda: not_received(two.jin, matter, by=OFFICER, reason=text),
        lambda: decline_extension(two.jin, matter, by=OFFICER, reason=text),
    )
    for press in presses:
        with pytest.raises(IncompleteError) as caught:
            press()
        assert [field for field, _ in caught.value.problems] == ["reason"]


def test_no_verb_is_open_to_a_role_that_may_not_press(two: Desks) -> None:
    matter = kept(two)
    later = two.clock.now() + 90 * DAY
    before = two.stores["XNR"].snapshot().acts, two.stores["XJN"].snapshot().acts
    presses: tuple[Callable[[], object], ...] = (
        lambda: ask_extension(two.north, matter, by=STRANGER, until=later),
        lambda: extend(two.jin, matter, by=STRANGER, until=later),
        lambda: decline_extension(two.jin, matter, by=STRANGER, reason="r"),
        lambda: inform(two.north, matter, by=STRANGER, answer="a"),
        lambda: go_on(two.north, matter, by=STRANGER),
        lambda: follow_up(two.north, matter, by=STRANGER, reference="r"),
        lambda: hold(two.jin, matter, by=STRANGER),
        lambda: not_received(two.jin, matter, by=STRANGER, reason="r"),
        lambda: release(two.jin, matter, by=STRANGER),
        lambda: expire(two.jin, matter, by=STRANGER),
    )
    for press in presses:
        with pytest.raises(NotAllowedError) as caught:
            press()
        assert "central_authority, duty_officer, prosecutor" in str(caught.value)
    assert before == (two.stores["XNR"].snapshot().acts, two.stores["XJN"].snapshot().acts)


def test_data_expires_only_after_the_very_second_of_its_end(two: Desks) -> None:
    matter = kept(two)
    two.clock.pass_(61 * DAY)
    with pytest.raises(NotAllowedError):
        expire(two.jin, matter, by=OFFICER)
    two.clock.pass_(timedelta(seconds=1))
    held = expire(two.jin, matter, by=OFFICER)
    assert held.act.until == two.clock.now() - timedelta(seconds=1)


def test_data_does_not_expire_over_an_open_question_for_more_time(two: Desks) -> None:
    matter = kept(two)
    ask_extension(two.north, matter, by=OFFICER, until=two.clock.now() + 90 * DAY)
    two.exchange()
    two.clock.pass_(62 * DAY)
    with pytest.raises(NotAllowedError):
        expire(two.jin, matter, by=OFFICER)


@pytest.mark.parametrize("asks", ["ask_extension", "follow_up", "ask_info", "cannot", "withdraw"])
def test_each_act_that_asks_something_is_seen_once_more(two: Desks, asks: str) -> None:
    matter = kept(two)
    assert seen(two.jin, matter, by=OFFICER) is None
    until = two.clock.now() + 90 * DAY
    here, there = two.north, two.jin
    if asks == "ask_extension":
        ask_extension(here, matter, by=OFFICER, until=until)
    elif asks == "follow_up":
        follow_up(here, matter, by=OFFICER, reference="MLA 12")
    elif asks == "withdraw":
        withdraw(here, matter, by=OFFICER)
    else:
        here, there = two.jin, two.north
        if asks == "ask_info":
            ask_info(here, matter, by=OFFICER, question="Which port?")
        else:
            cannot_assure(here, matter, by=OFFICER, reason="The provider tells its users.")
    two.exchange()
    assert seen(there, matter, by=OFFICER) is not None
    assert seen(there, matter, by=OFFICER) is None


def test_what_was_read_together_with_a_later_act_that_asks_nothing_is_seen_once(
    two: Desks,
) -> None:
    matter = kept(two)
    ask_info(two.jin, matter, by=OFFICER, question="Which port?")
    follow_up(two.north, matter, by=OFFICER, reference="MLA 12")
    two.exchange()
    assert seen(two.north, matter, by=OFFICER) is not None
    two.exchange()
    for desk in (two.jin, two.north):
        seen(desk, matter, by=OFFICER)
        two.exchange()
    assert [seen(desk, matter, by=OFFICER) for desk in (two.jin, two.north)] == [None, None]


def test_an_answer_alone_is_not_said_to_be_seen(two: Desks) -> None:
    matter = ordered(two)
    assert seen(two.north, matter, by=OFFICER) is None


def test_an_order_names_its_custodian_end_and_reference(two: Desks) -> None:
    matter = two.ask()
    held = order(
        two.jin,
        matter,
        by=OFFICER,
        sign=PurposeSign.NONE_SEEN,
        custodian=" CloudHarbour ",
        ours="J-1",
        note="looked",
    )
    assert held.act.refs == (("XJN", "J-1"),)
    (part,) = two.jin.store.read(lambda view: view.parts_of(held.act.id))
    assert part is not None
    assert b'"custodian":"CloudHarbour"' in part.data
    (note,) = two.jin.store.read(lambda view: view.notes_of(matter, kind="screening"))
    assert (note.author, note.body) == (OFFICER.id, "none_seen\nlooked")
