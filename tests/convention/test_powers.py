"""Who may ask and who may order is a State's own setting; nothing is allowed by default."""

from typing import Final

import pytest

from comity.convention.codes import PowerKind
from comity.convention.errors import InstrumentWithoutRows, UnknownInstrument, WrongRole
from comity.convention.load import row
from comity.convention.powers import Grant, HeldPower, Powers, power_problems, power_rows

NORTHMERE = Powers(
    may_ask=(
        Grant(instrument="budapest", roles=frozenset({"duty_officer", "prosecutor"})),
        Grant(instrument="uncc", roles=frozenset({"prosecutor"})),
        Grant(instrument="uncc", roles=frozenset({"central_authority"})),
    ),
    may_order=(Grant(instrument="budapest", roles=frozenset({"judge"})),),
)
ASK: Final = PowerKind.ASK
ORDER: Final = PowerKind.ORDER


def allowed(power: HeldPower, instrument: str, *roles: str, powers: Powers = NORTHMERE) -> bool:
    return not power_problems(powers, power, instrument=instrument, roles=roles)


@pytest.mark.parametrize(
    ("power", "instrument", "role", "may"),
    [
        (ASK, "budapest", "duty_officer", True),
        (ASK, "budapest", "prosecutor", True),
        (ASK, "budapest", "judge", False),
        (ASK, "uncc", "duty_officer", False),
        (ASK, "uncc", "prosecutor", True),
        (ASK, "uncc", "central_authority", True),
        (ASK, "reciprocity", "prosecutor", False),
        (ORDER, "budapest", "judge", True),
        (ORDER, "budapest", "duty_officer", False),
        (ORDER, "uncc", "judge", False),
        (ORDER, "reciprocity", "judge", False),
    ],
)
def test_each_power_is_granted_by_instrument(
    power: HeldPower, instrument: str, role: str, may: bool
) -> None:
    assert allowed(power, instrument, role) is may


def test_one_role_that_may_is_enough() -> None:
    assert allowed(ASK, "budapest", "visitor", "duty_officer")
    assert not allowed(ASK, "budapest", "visitor", "clerk")


def test_an_officer_without_a_role_may_nothing() -> None:
    assert not allowed(ASK, "budapest")
    assert not allowed(ORDER, "budapest")


@pytest.mark.parametrize("power", [ASK, ORDER])
@pytest.mark.parametrize("instrument", ["uncc", "budapest", "reciprocity"])
def test_a_state_that_has_set_nothing_allows_nothing_and_says_so(
    power: HeldPower, instrument: str
) -> None:
    [problem] = power_problems(Powers(), power, instrument=instrument, roles=["duty_officer"])
    assert (problem.code, problem.field) == ("power-not-set", "role")
    assert problem.stops
    assert "administrator" in str(problem.sentence)


@pytest.mark.parametrize(("power", "word"), [(ASK, "may not ask"), (ORDER, "may not order")])
def test_a_role_that_may_not_is_told_to_hand_over(power: HeldPower, word: str) -> None:
    [problem] = power_problems(NORTHMERE, power, instrument="budapest", roles=["clerk"])
    assert problem.code == "power-not-yours"
    assert word in str(problem.sentence)
    assert "colleague who may" in str(problem.sentence)


def test_a_grant_without_roles_is_as_good_as_none() -> None:
    empty = Powers(may_ask=(Grant(instrument="uncc", roles=frozenset()),))
    [problem] = power_problems(empty, ASK, instrument="uncc", roles=["prosecutor"])
    assert problem.code == "power-not-set"


@pytest.mark.parametrize(
    ("power", "instrument", "rows"),
    [
        (ASK, "uncc", ("uncc/41-3", "uncc/42-1/ask", "uncc/42-3/a")),
        (ORDER, "uncc", ("uncc/25-1", "uncc/41-3")),
        (ASK, "budapest", ("budapest/29-1/ask", "budapest/29-2/a", "budapest/35-1/route")),
        (ORDER, "budapest", ("budapest/16-1", "budapest/35-1/route")),
        (ASK, "reciprocity", ("reciprocity/ask",)),
        (ORDER, "reciprocity", ("reciprocity/order",)),
    ],
)
def test_the_problem_names_the_rows_that_leave_it_to_domestic_law(
    power: HeldPower, instrument: str, rows: tuple[str, ...]
) -> None:
    assert power_rows(power, instrument) == rows
    assert all(row(row_id) for row_id in rows)
    [problem] = power_problems(Powers(), power, instrument=instrument, roles=[])
    assert problem.rows == rows


@pytest.mark.parametrize("role", ["", "Judge", "1st", "duty officer", "duty-officer", "a" * 41])
def test_a_role_is_a_plain_name(role: str) -> None:
    with pytest.raises(WrongRole, match="role name"):
        Grant(instrument="uncc", roles=frozenset({"judge", role}))


def test_a_grant_is_for_an_instrument_with_rows() -> None:
    with pytest.raises(InstrumentWithoutRows):
        Grant(instrument="untoc_18", roles=frozenset({"judge"}))
    with pytest.raises(UnknownInstrument):
        Grant(instrument="hanoi", roles=frozenset({"judge"}))
