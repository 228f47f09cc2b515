"""A preservation from the request to its end, on both desks."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from comity.actions.acknowledge import acknowledge
from comity.actions.cannot import cannot_assure, go_on
from comity.actions.draft import Step
from comity.actions.errors import IncompleteError, NotAllowedError, NotFoundError
from comity.actions.extend import ask_extension, decline_extension, extend
from comity.actions.follow_up import follow_up, hold, not_received
from comity.actions.preserve import Kept, first_end, keep, order
from comity.actions.refuse import grounds_now, problems_of_refusal, refuse
from comity.actions.seen import seen
from comity.actions.state import state_act
from comity.actions.talk import ask_info, inform
from comity.actions.withdraw import expire, release, withdraw
from comity.safeguards.purpose import PurposeSign
from tests.actions.desks import DAY, OFFICER, STRANGER, Desks, desks


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def kept(two: Desks) -> str:
    """Return a matter in which the data is kept."""
    matter = ordered(two)
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two))
    two.exchange()
    return matter


def ordered(two: Desks) -> str:
    matter = two.ask()
    order(
        two.jin, matter, by=OFFICER, sign=PurposeSign.NONE_SEEN, custodian="CloudHarbour", ours="J1"
    )
    two.exchange()
    return matter


def confirmed(two: Desks, **changes: object) -> Kept:
    fields: dict[str, object] = {
        "custodian": "CloudHarbour",
        "results": ((1, "kept"),),
        "until": two.clock.now() + 61 * DAY,
    }
    return Kept(**{**fields, **changes})  # type: ignore[arg-type]


def both(two: Desks, matter: str) -> str:
    """Return what both desks see, which must be one thing."""
    codes = {two.code(house, matter) for house in two.houses.values()}
    assert len(codes) == 1, codes
    return codes.pop()


def test_the_whole_way_both_desks_see_the_same(two: Desks) -> None:
    matter = two.ask()
    ways = [both(two, matter)]
    seen(two.jin, matter, by=OFFICER)
    two.exchange()
    ways.append(both(two, matter))
    acknowledge(two.jin, matter, by=OFFICER, ours="JN-1")
    two.exchange()
    ways.append(both(two, matter))
    order(two.jin, matter, by=OFFICER, sign=PurposeSign.NONE_SEEN, custodian="CloudHarbour")
    two.exchange()
    ways.append(both(two, matter))
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two))
    two.exchange()
    ways.append(both(two, matter))
    assert ways == ["sent", "seen", "acknowledged", "being-preserved", "preserved"]


def test_each_side_keeps_its_own_reference_and_sees_the_others(two: Desks) -> None:
    matter = two.ask(ours="NR-7")
    acknowledge(two.jin, matter, by=OFFICER, ours="JN-1")
    two.exchange()
    north = two.north.store.read(lambda view: view.row(matter))
    jin = two.jin.store.read(lambda view: view.row(matter))
    assert north is not None
    assert jin is not None
    assert (north.ours, north.theirs) == ("NR-7", "JN-1")
    assert (jin.ours, jin.theirs) == ("JN-1", "NR-7")


def test_seen_is_written_once_for_each_act_that_asks(two: Desks) -> None:
    matter = two.ask()
    assert seen(two.jin, matter, by=OFFICER) is not None
    assert seen(two.jin, matter, by=OFFICER) is None
    two.exchange()
    withdraw(two.north, matter, by=OFFICER)
    two.exchange()
    assert seen(two.jin, matter, by=OFFICER) is not None
    assert seen(two.jin, matter, by=OFFICER) is None


def test_the_asking_side_does_not_write_that_it_saw_its_own_request(two: Desks) -> None:
    matter = two.ask()
    assert seen(two.north, matter, by=OFFICER) is None


def test_checking_first_orders_nothing_and_the_answer_stays_home(two: Desks) -> None:
    matter = two.ask()
    with pytest.raises(NotAllowedError):
        order(
            two.jin,
            matter,
            by=OFFICER,
            sign=PurposeSign.CHECK_FIRST,
            custodian="CloudHarbour",
            note="a journalist?",
        )
    two.exchange()
    assert both(two, matter) == "sent"
    notes = two.jin.store.read(lambda view: view.notes_of(matter, kind="screening"))
    assert ["check_first" in one.body for one in notes] == [True]
    assert two.north.store.read(lambda view: view.notes_of(matter)) == ()


def test_an_order_needs_a_custodian(two: Desks) -> None:
    matter = two.ask()
    with pytest.raises(IncompleteError) as caught:
        order(two.jin, matter, by=OFFICER, sign=PurposeSign.NONE_SEEN, custodian=" ")
    assert [name for name, _ in caught.value.problems] == ["custodian"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"custodian": ""}, "custodian"),
        ({"results": ()}, "results"),
        ({"results": ((1, "perhaps"),)}, "results"),
        ({"results": ((1, "not_found"),)}, "results"),
        ({"results": ((1, "kept"), (2, "kept"))}, "results"),
    ],
)
def test_what_is_kept_is_said_item_by_item(
    two: Desks, changes: dict[str, object], field: str
) -> None:
    matter = ordered(two)
    with pytest.raises(IncompleteError) as caught:
        keep(two.jin, matter, by=OFFICER, kept=confirmed(two, **changes))
    assert field in [name for name, _ in caught.value.problems]
    assert both(two, matter) == "being-preserved"


def test_an_end_before_the_floor_of_sixty_days_is_refused(two: Desks) -> None:
    matter = ordered(two)
    early = two.clock.now() + 60 * DAY - timedelta(seconds=1)
    with pytest.raises(IncompleteError) as caught:
        keep(two.jin, matter, by=OFFICER, kept=confirmed(two, until=early))
    assert [name for name, _ in caught.value.problems] == ["until"]
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two, until=early + timedelta(seconds=1)))


def test_the_proposed_end_is_past_the_floor(two: Desks) -> None:
    matter = ordered(two)
    assert first_end(two.jin, matter) >= two.clock.now() + 60 * DAY


def test_an_extension_is_asked_granted_and_answered(two: Desks) -> None:
    matter = kept(two)
    later = two.clock.now() + 90 * DAY
    ask_extension(two.north, matter, by=OFFICER, until=later)
    two.exchange()
    extend(two.jin, matter, by=OFFICER, until=later)
    two.exchange()
    row = two.north.store.read(lambda view: view.row(matter))
    assert row is not None
    assert row.until == later
    with pytest.raises(NotAllowedError):
        decline_extension(two.jin, matter, by=OFFICER, reason="too late")


def test_an_extension_may_be_declined_with_a_reason(two: Desks) -> None:
    matter = kept(two)
    ask_extension(two.north, matter, by=OFFICER, until=two.clock.now() + 90 * DAY)
    two.exchange()
    with pytest.raises(IncompleteError):
        decline_extension(two.jin, matter, by=OFFICER, reason=" ")
    decline_extension(two.jin, matter, by=OFFICER, reason="Our order cannot be renewed.")
    two.exchange()
    assert both(two, matter) == "preserved"


@pytest.mark.parametrize("days", [-1, 0, 30, 61])
def test_an_extension_that_is_none_is_refused(two: Desks, days: int) -> None:
    matter = kept(two)
    with pytest.raises(IncompleteError) as caught:
        ask_extension(two.north, matter, by=OFFICER, until=two.clock.now() + days * DAY)
    assert [name for name, _ in caught.value.problems] == ["until"]


def test_an_extension_after_the_end_is_too_late(two: Desks) -> None:
    matter = kept(two)
    two.clock.pass_(62 * DAY)
    with pytest.raises(IncompleteError):
        ask_extension(two.north, matter, by=OFFICER, until=two.clock.now() + 90 * DAY)


def test_a_question_is_asked_and_answered(two: Desks) -> None:
    matter = two.ask()
    with pytest.raises(NotAllowedError):
        inform(two.north, matter, by=OFFICER, answer="the port is 4431")
    ask_info(two.jin, matter, by=OFFICER, question="Which port?")
    two.exchange()
    inform(two.north, matter, by=OFFICER, answer="4431")
    two.exchange()
    with pytest.raises(NotAllowedError):
        inform(two.north, matter, by=OFFICER, answer="4431 again")


def test_a_preservation_that_cannot_be_assured_goes_on_only_when_told(two: Desks) -> None:
    matter = ordered(two)
    cannot_assure(two.jin, matter, by=OFFICER, reason="The provider tells its users.")
    two.exchange()
    assert both(two, matter) == "asks-go-on"
    with pytest.raises(NotAllowedError):
        keep(two.jin, matter, by=OFFICER, kept=confirmed(two))
    go_on(two.north, matter, by=OFFICER)
    two.exchange()
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two))
    two.exchange()
    assert both(two, matter) == "preserved"


def test_a_follow_up_holds_the_data_until_a_decision(two: Desks) -> None:
    matter = kept(two)
    follow_up(two.north, matter, by=OFFICER, reference="MLA 12")
    two.exchange()
    hold(two.jin, matter, by=OFFICER)
    two.exchange()
    assert both(two, matter) == "kept-until-decision"


def test_a_follow_up_needs_its_reference_and_may_not_have_arrived(two: Desks) -> None:
    matter = kept(two)
    with pytest.raises(IncompleteError):
        follow_up(two.north, matter, by=OFFICER, reference="")
    follow_up(two.north, matter, by=OFFICER, reference="MLA 12")
    two.exchange()
    not_received(two.jin, matter, by=OFFICER, reason="Nothing has come.")
    two.exchange()
    both(two, matter)


def test_data_may_not_expire_before_the_end_nor_over_an_open_follow_up(two: Desks) -> None:
    matter = kept(two)
    with pytest.raises(NotAllowedError):
        expire(two.jin, matter, by=OFFICER)
    follow_up(two.north, matter, by=OFFICER, reference="MLA 12")
    two.exchange()
    two.clock.pass_(62 * DAY)
    with pytest.raises(NotAllowedError):
        expire(two.jin, matter, by=OFFICER)


def test_data_expires_when_its_time_has_passed(two: Desks) -> None:
    matter = kept(two)
    two.clock.pass_(62 * DAY)
    expire(two.jin, matter, by=OFFICER)
    two.exchange()
    assert both(two, matter) == "expired"


def test_a_follow_up_that_crosses_an_expiry_is_called_crossed_on_both_desks(two: Desks) -> None:
    matter = kept(two)
    two.clock.pass_(62 * DAY)
    expire(two.jin, matter, by=OFFICER)
    follow_up(two.north, matter, by=OFFICER, reference="MLA 12")
    two.exchange()
    assert both(two, matter) == "crossed-expired"


def test_withdrawn_data_is_released(two: Desks) -> None:
    matter = kept(two)
    withdraw(two.north, matter, by=OFFICER, reason="The suspect was acquitted.")
    two.exchange()
    assert both(two, matter) == "release-due"
    release(two.jin, matter, by=OFFICER)
    two.exchange()
    assert two.code(two.north, matter) == two.code(two.jin, matter)
    row = two.north.store.read(lambda view: view.row(matter))
    assert row is not None
    assert row.closed


def test_a_refusal_needs_a_ground_of_the_basis_and_a_reason(two: Desks) -> None:
    matter = two.ask()
    open_now = [ground.code.value for ground in grounds_now(two.jin, matter)]
    assert "B29_5B_essential" in open_now
    assert "R22_discrimination" not in open_now
    for grounds, reason, field in (
        ((), "no", "grounds"),
        (("B29_5B_essential",), " ", "reason"),
        (("R22_discrimination",), "no", "grounds"),
        (("fiscal",), "taxes", "grounds"),
    ):
        assert field in [one.field for one in problems_of_refusal(two.jin, matter, grounds, reason)]
        with pytest.raises(IncompleteError):
            refuse(two.jin, matter, by=OFFICER, grounds=grounds, reason=reason)
    refuse(
        two.jin, matter, by=OFFICER, grounds=("B29_5B_essential",), reason="Essential interests."
    )
    two.exchange()
    assert both(two, matter) == "refused"


def test_nothing_is_preserved_after_a_refusal(two: Desks) -> None:
    matter = two.ask()
    refuse(
        two.jin, matter, by=OFFICER, grounds=("B29_5B_essential",), reason="Essential interests."
    )
    with pytest.raises(NotAllowedError):
        order(two.jin, matter, by=OFFICER, sign=PurposeSign.NONE_SEEN, custodian="CloudHarbour")


def test_a_role_without_the_power_can_press_nothing(two: Desks) -> None:
    matter = two.ask()
    presses: tuple[Callable[[], object], ...] = (
        lambda: acknowledge(two.jin, matter, by=STRANGER, ours="x"),
        lambda: order(
            two.jin, matter, by=STRANGER, sign=PurposeSign.NONE_SEEN, custodian="CloudHarbour"
        ),
        lambda: keep(two.jin, matter, by=STRANGER, kept=confirmed(two)),
        lambda: refuse(two.jin, matter, by=STRANGER, grounds=("B29_5B_essential",), reason="r"),
        lambda: seen(two.jin, matter, by=STRANGER),
        lambda: withdraw(two.north, matter, by=STRANGER),
        lambda: ask_info(two.jin, matter, by=STRANGER, question="?"),
        lambda: cannot_assure(two.jin, matter, by=STRANGER, reason="r"),
    )
    for press in presses:
        with pytest.raises(NotAllowedError):
            press()
    two.exchange()
    assert both(two, matter) == "sent"


def test_a_step_of_the_other_lane_is_refused_with_a_sentence(two: Desks) -> None:
    matter = two.ask()
    with pytest.raises(NotAllowedError) as caught:
        state_act(two.north, matter, Step(step="acknowledge"))
    assert str(caught.value)


def test_an_absent_matter_is_not_found(two: Desks) -> None:
    with pytest.raises(NotFoundError):
        acknowledge(two.jin, "sha256:" + "0" * 64, by=OFFICER, ours="x")
