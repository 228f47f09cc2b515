"""A database older than what was signed is noticed, and waits until nothing old can arrive."""

from datetime import timedelta
from operator import methodcaller

import pytest

from comity.actions.acknowledge import acknowledge
from comity.actions.deliver import next_call
from comity.actions.errors import RestoredError
from comity.actions.ports import Alarm
from comity.actions.recover import QUIET, at_start, mark_restored, quiet_since_restore, tell_missing
from comity.actions.send import send_request
from comity.actions.withdraw import withdraw
from tests.actions.desks import BUDAPEST, OFFICER, Desks, asked, desks, hold
from tests.directory.states import make_state

SECOND = timedelta(seconds=1)
THIRD = make_state("XVL")


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def codes(two: Desks) -> list[str]:
    return [one.code for one in two.north.store.read(lambda view: view.alarms(limit=99))]


def unsynced(two: Desks) -> frozenset[str]:
    return two.north.store.read(lambda view: view.unsynced())


def test_a_start_with_everything_there_marks_nothing(two: Desks) -> None:
    two.ask()
    assert at_start(two.north) == frozenset()
    assert (codes(two), unsynced(two)) == ([], frozenset())


def test_a_first_start_with_an_empty_house_marks_nothing(two: Desks) -> None:
    assert at_start(two.north) == frozenset()
    assert codes(two) == []


def test_a_missing_act_marks_every_known_peer_and_never_ourselves(two: Desks) -> None:
    hold(two.north, THIRD, (BUDAPEST,))
    backup = two.stores["XNR"].snapshot()
    two.ask()
    two.stores["XNR"].load(backup)
    assert at_start(two.north) == {"XJN", "XVL"}
    (alarm,) = two.north.store.read(lambda view: view.alarms(limit=9))
    assert (alarm.code, alarm.peer) == ("restored", "XNR")
    assert alarm.detail.startswith("1 signed acts are not in the records (sha256:")


def test_the_mark_outlives_a_restart(two: Desks) -> None:
    mark_restored(two.north, detail="a test said so")
    assert at_start(two.north) == {"XJN"}
    assert codes(two) == ["restored"]


def test_an_act_that_was_signed_and_never_left_is_not_missed_and_may_be_replaced(
    two: Desks,
) -> None:
    matter = two.ask()
    backup = two.stores["XNR"].snapshot()
    withdraw(two.north, matter, by=OFFICER, reason="settled")
    two.stores["XNR"].load(backup)
    assert at_start(two.north) == frozenset()
    again = withdraw(two.north, matter, by=OFFICER, reason="in other words")
    assert again.act.seq == 1
    two.exchange()
    assert two.code(two.jin, matter) == "withdrawn"


def test_a_restored_node_opens_no_file_and_writes_in_none_with_that_peer(two: Desks) -> None:
    matter = two.ask()
    mark_restored(two.north, detail="a test said so")
    before = two.stores["XNR"].snapshot().acts
    with pytest.raises(RestoredError) as caught:
        withdraw(two.north, matter, by=OFFICER)
    assert "XJN" in str(caught.value)
    with pytest.raises(RestoredError):
        send_request(two.north, asked(), by=OFFICER)
    assert two.stores["XNR"].snapshot().acts == before


def test_only_files_shared_with_the_peer_still_to_be_reached_must_wait(two: Desks) -> None:
    hold(two.north, THIRD, (BUDAPEST,))
    two.north.store.write(lambda unit: unit.set_unsynced(frozenset({"XJN"})))
    sent = send_request(two.north, asked(to="XVL"), by=OFFICER)
    assert {party.state for party in sent.act.parties} == {"XNR", "XVL"}
    withdraw(two.north, sent.act.id, by=OFFICER)
    with pytest.raises(RestoredError) as caught:
        send_request(two.north, asked(to="XJN"), by=OFFICER)
    assert "XVL" not in str(caught.value)


def test_the_other_side_is_not_held_up_by_our_restore(two: Desks) -> None:
    matter = two.ask()
    mark_restored(two.north, detail="a test said so")
    acknowledge(two.jin, matter, by=OFFICER, ours="J-1")
    two.exchange()
    assert two.code(two.north, matter) == "acknowledged"


def test_what_waited_before_the_restore_may_still_be_delivered(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    mark_restored(two.north, detail="a test said so")
    assert next_call(two.north, "XJN") is not None


def quiet(two: Desks) -> bool:
    now = two.clock.now()
    return two.north.store.read(lambda view: quiet_since_restore(view, "XNR", now))


def test_the_wait_is_twenty_minutes_to_the_second(two: Desks) -> None:
    assert quiet(two)
    mark_restored(two.north, detail="a test said so")
    assert not quiet(two)
    two.clock.pass_(QUIET - SECOND)
    assert not quiet(two)
    two.clock.pass_(SECOND)
    assert quiet(two)


def test_a_flood_of_younger_alarms_does_not_end_the_wait(two: Desks) -> None:
    mark_restored(two.north, detail="a test said so")
    two.clock.pass_(SECOND)
    now = two.clock.now()
    for n in range(300):
        flood = Alarm(code="equivocation", peer="XJN", at=now, detail=str(n))
        two.north.store.write(methodcaller("raise_alarm", flood))
    assert not quiet(two)


def test_a_second_restore_that_lost_as_many_other_acts_begins_the_wait_again(two: Desks) -> None:
    store = two.stores["XNR"]
    backup = store.snapshot()
    two.ask()
    store.load(backup)
    at_start(two.north)
    two.clock.pass_(QUIET)
    assert quiet(two)
    two.north.signer.signed.clear()  # type: ignore[attr-defined]  # as if given back
    two.north.store.write(lambda unit: unit.set_unsynced(frozenset()))
    backup = store.snapshot()
    two.ask()
    store.load(backup)
    at_start(two.north)
    assert not quiet(two)


def test_a_second_restore_begins_the_wait_again(two: Desks) -> None:
    mark_restored(two.north, detail="first")
    two.clock.pass_(QUIET)
    mark_restored(two.north, detail="second")
    assert not quiet(two)


@pytest.mark.parametrize(
    ("code", "peer", "waits"),
    [
        ("restored", "XNR", True),
        ("i-was-restored", "XNR", True),
        ("restored", "XJN", False),
        ("peer-restored", "XJN", False),
        ("equivocation", "XNR", False),
    ],
)
def test_only_our_own_restore_makes_us_wait(two: Desks, code: str, peer: str, waits: bool) -> None:
    alarm = Alarm(code=code, peer=peer, at=two.clock.now(), detail="d")
    two.north.store.write(lambda unit: unit.raise_alarm(alarm))
    assert quiet(two) is not waits


def test_missing_acts_are_told_only_after_every_peer_was_asked(two: Desks) -> None:
    backup = two.stores["XNR"].snapshot()
    matter = two.ask()
    two.stores["XNR"].load(backup)
    at_start(two.north)
    tell_missing(two.north)
    assert "act-missing" not in codes(two)
    two.north.store.write(lambda unit: unit.set_unsynced(frozenset()))
    for _ in range(3):
        tell_missing(two.north)
    found = two.north.store.read(lambda view: view.alarms(limit=9))
    assert [one.detail for one in found if one.code == "act-missing"] == [f"{matter} 0"]


def test_without_a_restore_nobody_is_told_of_missing_acts(two: Desks) -> None:
    backup = two.stores["XNR"].snapshot()
    two.ask()
    two.stores["XNR"].load(backup)
    tell_missing(two.north)
    assert codes(two) == []
