"""The row of a matter says who, how far and until when, and nothing about a person."""

from dataclasses import astuple
from datetime import timedelta

import pytest

from comity.actions.acknowledge import acknowledge
from comity.actions.draft import Step
from comity.actions.follow_up import follow_up
from comity.actions.ports import House, Row
from comity.actions.preserve import keep
from comity.actions.rows import put_row
from comity.actions.withdraw import release, withdraw
from comity.matters.fold import Standing
from tests.actions.desks import DAY, OFFICER, Desks, desks
from tests.actions.hostile import forge, post, request
from tests.actions.test_preservation import confirmed, kept, ordered

HOUR = timedelta(hours=1)


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def row(house: House, matter: str) -> Row:
    found = house.store.read(lambda view: view.row(matter))
    assert found is not None
    return found


def test_each_desk_sees_its_own_role_and_the_other_state(two: Desks) -> None:
    matter = two.ask()
    north, jin = row(two.north, matter), row(two.jin, matter)
    assert (north.role, north.peer) == ("requesting", "XJN")
    assert (jin.role, jin.peer) == ("requested", "XNR")
    assert (north.matter, north.instrument, north.urgency) == (matter, "budapest", "immediate_247")


def test_both_rows_say_the_same_present(two: Desks) -> None:
    matter = kept(two)
    north, jin = row(two.north, matter), row(two.jin, matter)
    assert (north.code, north.tag, north.until) == (jin.code, jin.tag, jin.until)
    assert north.until == two.clock.now() + 61 * DAY


def test_a_row_keeps_when_it_was_opened_and_moves_when_it_changes(two: Desks) -> None:
    opened = two.clock.now()
    matter = two.ask()
    two.clock.pass_(HOUR)
    acknowledge(two.jin, matter, by=OFFICER, ours="J-1")
    two.exchange()
    for house in two.houses.values():
        assert (row(house, matter).opened_at, row(house, matter).changed_at) == (
            opened,
            opened + HOUR,
        )


def test_an_end_is_shown_only_while_something_is_kept(two: Desks) -> None:
    matter = ordered(two)
    assert row(two.north, matter).until is None
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two))
    two.exchange()
    assert row(two.north, matter).until is not None


def test_a_matter_closes_on_both_desks_and_moves_to_the_closed_list(two: Desks) -> None:
    matter, other = kept(two), two.ask()
    withdraw(two.north, matter, by=OFFICER)
    two.exchange()
    assert not row(two.north, matter).closed
    release(two.jin, matter, by=OFFICER)
    two.exchange()
    for house in two.houses.values():
        closed = house.store.read(lambda view: view.rows(closed=True, limit=9))
        still = house.store.read(lambda view: view.rows(closed=False, limit=9))
        assert [one.matter for one in closed] == [matter]
        assert [one.matter for one in still] == [other]


def test_the_newest_reference_of_a_state_is_shown(two: Desks) -> None:
    matter = two.ask(ours="NR-7")
    acknowledge(two.jin, matter, by=OFFICER, ours="JN-1")
    two.exchange()
    follow_up(two.north, matter, by=OFFICER, reference="MLA 12")
    two.exchange()
    assert (row(two.north, matter).ours, row(two.north, matter).theirs) == ("MLA 12", "JN-1")
    assert (row(two.jin, matter).ours, row(two.jin, matter).theirs) == ("JN-1", "MLA 12")


def test_a_state_cannot_write_the_other_states_reference(two: Desks) -> None:
    matter = two.ask(ours="NR-7")
    acknowledge(two.jin, matter, by=OFFICER, ours="JN-1")
    two.exchange()
    opening = two.held(two.north, matter)[0].act
    renamed = Step(step="withdraw", refs=(("XJN", "JN-2"),))
    post(two.north, two.jin, forge(two, opening, renamed, seq=1, prev=matter).out(2))
    assert row(two.jin, matter).ours == "JN-1"


def test_a_row_of_an_entry_without_its_request_is_shown_with_its_sender(two: Desks) -> None:
    opening = request(two)
    child = forge(two, opening.act, Step(step="withdraw"), seq=1, prev=opening.act.id)
    post(two.north, two.jin, child.out(2))
    found = row(two.jin, opening.act.id)
    assert (found.code, found.peer, found.role) == ("not-arrived", "XNR", "requested")
    post(two.north, two.jin, opening.out(1))
    assert row(two.jin, opening.act.id).opened_at == found.opened_at


def test_a_row_holds_nothing_that_was_asked(two: Desks) -> None:
    matter = kept(two)
    for house in two.houses.values():
        text = repr(astuple(row(house, matter)))
        for word in ("panel@harbour", "CloudHarbour", "4,120", "forged"):
            assert word not in text


def test_storing_a_row_returns_the_fold_that_it_shows(two: Desks) -> None:
    matter = kept(two)
    before = row(two.north, matter)
    now = two.clock.now() + HOUR
    folded = two.north.store.write(lambda unit: put_row(unit, matter, "XNR", now))
    assert [one.standing for one in folded.judged] == [Standing.COUNTS] * 3
    after = row(two.north, matter)
    assert (after.code, after.changed_at) == (before.code, now)


def test_a_row_is_drawn_anew_as_time_passes(two: Desks) -> None:
    matter = kept(two)
    now = two.clock.now() + 62 * DAY
    two.north.store.write(lambda unit: put_row(unit, matter, "XNR", now))
    assert row(two.north, matter).code != "preserved"
