"""A treaty binds a State from a day on; a signature never does."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.convention.errors import NotATreaty, UnknownInstrument
from comity.convention.treaties import (
    PartyStatus,
    Standing,
    Treaty,
    entry_for,
    general_entry,
    pick_treaty,
    treaties_listed,
)
from tests.convention.settings import DAY, denounced, party, signatory

FROM = date(2026, 3, 1)
UNTIL = date(2026, 9, 1)
DAYS = st.dates(date(2024, 1, 1), date(2040, 1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCard:
    """An entry as a card has it."""

    instrument: str
    in_force_from: date = FROM
    source: str = "register"
    confirmed_by: str = "legal department"


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (FROM - DAY, Standing.LATER),
        (FROM, Standing.BINDS),
        (FROM + DAY, Standing.BINDS),
        (date(2124, 3, 1), Standing.BINDS),
    ],
)
def test_a_treaty_binds_from_its_first_day_on(on: date, standing: Standing) -> None:
    assert party("budapest", FROM).standing(on) is standing


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (FROM - DAY, Standing.LATER),
        (FROM, Standing.BINDS),
        (UNTIL - DAY, Standing.BINDS),
        (UNTIL, Standing.ENDED),
        (UNTIL + DAY, Standing.ENDED),
    ],
)
def test_a_denounced_treaty_binds_until_its_end(on: date, standing: Standing) -> None:
    assert denounced("budapest", FROM, UNTIL).standing(on) is standing


@given(DAYS)
def test_a_signature_binds_on_no_day(on: date) -> None:
    assert signatory("uncc").standing(on) is Standing.SIGNED_ONLY


def test_a_state_outside_a_treaty_is_not_bound() -> None:
    outside = Treaty(
        instrument="uncc",
        in_force_from=None,
        status=PartyStatus.NONE,
        source="register",
        confirmed_by="legal department",
    )
    assert outside.standing(FROM) is Standing.NOT_LISTED


@pytest.mark.parametrize(
    ("status", "since", "until"),
    [
        (PartyStatus.PARTY, None, None),
        (PartyStatus.PARTY, FROM, UNTIL),
        (PartyStatus.SIGNATORY, FROM, None),
        (PartyStatus.SIGNATORY, None, UNTIL),
        (PartyStatus.NONE, FROM, None),
        (PartyStatus.DENOUNCED, FROM, None),
        (PartyStatus.DENOUNCED, None, UNTIL),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(
    status: PartyStatus, since: date | None, until: date | None
) -> None:
    with pytest.raises(NotATreaty, match="budapest"):
        Treaty(
            instrument="budapest",
            in_force_from=since,
            in_force_until=until,
            status=status,
            source="register",
            confirmed_by="legal department",
        )


@pytest.mark.parametrize("code", ["reciprocity", "police_to_police"])
def test_help_without_a_treaty_is_no_treaty(code: str) -> None:
    with pytest.raises(NotATreaty, match="no treaty"):
        party(code)


def test_a_treaty_has_a_known_code() -> None:
    with pytest.raises(UnknownInstrument):
        party("hanoi")


def test_the_entry_that_binds_on_the_day_is_picked() -> None:
    old = denounced("budapest", date(2010, 1, 1), date(2020, 1, 1))
    new = party("budapest", FROM)
    assert pick_treaty([old, new], "budapest", FROM) == new
    assert pick_treaty([new, old], "budapest", date(2015, 1, 1)) == old


def test_an_entry_that_does_not_bind_is_still_told() -> None:
    assert pick_treaty([signatory("uncc")], "uncc", FROM) == signatory("uncc")
    assert pick_treaty([signatory("uncc")], "budapest", FROM) is None


def test_a_card_gives_its_treaties() -> None:
    [found] = treaties_listed([OnCard(instrument="budapest")])
    assert (found.instrument, found.in_force_from) == ("budapest", FROM)
    assert (found.source, found.confirmed_by) == ("register", "legal department")
    assert found.standing(FROM) is Standing.BINDS


def test_a_code_of_a_newer_edition_on_a_card_stops_nothing() -> None:
    listed = [OnCard(instrument=code) for code in ("uncc_protocol", "reciprocity", "budapest")]
    assert [each.instrument for each in treaties_listed(listed)] == ["budapest"]


def test_the_convention_enters_into_force_on_the_ninetieth_day_after_the_fortieth_deposit() -> None:
    assert general_entry(date(2027, 1, 1)) == date(2027, 4, 1)
    assert general_entry(date(2027, 12, 1)) == date(2028, 2, 29)


def test_with_fewer_than_forty_instruments_nobody_is_bound() -> None:
    assert entry_for(date(2026, 2, 1), fortieth_deposit=None) is None


@pytest.mark.parametrize(
    ("deposit", "entry"),
    [
        (date(2026, 2, 1), date(2027, 4, 1)),
        (date(2027, 1, 1), date(2027, 4, 1)),
        (date(2027, 3, 1), date(2027, 4, 1)),
        (date(2027, 3, 2), date(2027, 4, 1)),
        (date(2027, 3, 3), date(2027, 4, 2)),
        (date(2028, 1, 31), date(2028, 3, 1)),
    ],
)
def test_a_later_state_is_bound_after_thirty_days_but_not_before_the_others(
    deposit: date, entry: date
) -> None:
    assert entry_for(deposit, fortieth_deposit=date(2027, 1, 1)) == entry


@given(deposit=DAYS, fortieth=DAYS)
def test_nobody_is_bound_before_the_general_entry(deposit: date, fortieth: date) -> None:
    entry = entry_for(deposit, fortieth_deposit=fortieth)
    assert entry is not None
    assert entry >= general_entry(fortieth)
    assert entry - deposit >= timedelta(days=30)
