"""A request leaves only when basis, form, scope, powers and limits allow it."""

from dataclasses import replace
from datetime import date

import pytest

from comity.actions.errors import IncompleteError, NotAllowedError, TooLargeError, UnknownPeerError
from comity.actions.ports import Officer
from comity.actions.send import (
    basis_choices,
    default_end,
    problems_of,
    request_part,
    send_request,
)
from comity.convention.errors import BasisNotInForce
from comity.convention.powers import Powers
from comity.directory.errors import CardExpired
from comity.facts import email_address, iban
from comity.facts.period import Period
from comity.matters.act import read_act
from comity.seal import canonical
from tests.actions.desks import BUDAPEST, DAY, OFFICER, STRANGER, asked, desks


def fields_of(**changes: object) -> set[str]:
    two = desks()
    problems = problems_of(two.north, asked(**changes), OFFICER)
    for _, sentence in problems:
        assert str(sentence).endswith((".", "?"))
    if problems:
        with pytest.raises(IncompleteError):
            send_request(two.north, asked(**changes), by=OFFICER)
        assert two.north.store.read(lambda view: view.rows(closed=False, limit=9)) == ()
    return {field for field, _ in problems}


def answers(**changes: str) -> tuple[tuple[str, str], ...]:
    found = dict(asked().answers) | changes
    return tuple(found.items())


def test_a_request_in_order_has_no_problems() -> None:
    assert fields_of() == set()


@pytest.mark.parametrize("code", ["authority", "facts", "data", "link", "necessity"])
def test_each_mandatory_content_is_asked_for_at_its_field(code: str) -> None:
    assert fields_of(answers=answers(**{code: "  "})) == {code}


def test_without_the_intention_to_follow_up_nothing_is_sent() -> None:
    assert fields_of(answers=answers(follow_up="no")) == {"follow_up"}


def test_fifty_one_identifiers_are_one_too_many() -> None:
    many = tuple(email_address.clean(f"a{n}@harbour.example") for n in range(51))
    assert fields_of(items=many[:50]) == set()
    assert fields_of(items=many) == {"identifiers"}


def test_a_request_names_something() -> None:
    assert "identifiers" in fields_of(items=())


def test_a_period_of_more_than_a_year_or_in_the_future_is_refused() -> None:
    assert fields_of(period=Period(first=date(2025, 4, 1), last=date(2026, 4, 30))) == {"period_to"}
    assert "period_to" in fields_of(period=Period(first=date(2026, 4, 1), last=date(2027, 1, 1)))


def test_an_end_that_has_passed_or_is_before_the_floor_is_refused() -> None:
    two = desks()
    assert "until" in fields_of(until=two.clock.now() - DAY)
    assert fields_of(until=two.clock.now() + 59 * DAY) == {"until"}


def test_a_text_that_is_too_long_is_refused_at_its_field() -> None:
    assert fields_of(answers=answers(facts="x" * 20_001)) == {"facts"}


def test_a_request_that_does_not_fit_into_a_message_is_refused() -> None:
    two = desks()
    long = dict.fromkeys(("facts", "data", "link", "custodian", "necessity"), "語" * 20000)
    with pytest.raises(TooLargeError):
        send_request(two.north, asked(answers=answers(**long, authority="語" * 20_000)), by=OFFICER)


def test_a_request_without_our_own_reference_is_refused() -> None:
    assert fields_of(ours=" ") == {"ours"}


def test_an_offence_below_four_years_is_no_request_under_the_convention() -> None:
    uncc = replace(BUDAPEST, instrument="uncc")
    two = desks(treaties=(uncc,))
    low = asked(instrument="uncc", offence="C_out_of_scope", max_penalty_months=36)
    assert [field for field, _ in problems_of(two.north, low, OFFICER)] == ["offence"]
    serious = replace(low, offence="B_serious_crime", max_penalty_months=48)
    assert problems_of(two.north, serious, OFFICER) == ()


def test_the_scope_gate_is_the_conventions_alone() -> None:
    assert fields_of(offence="C_out_of_scope", max_penalty_months=36) == set()


def test_a_basis_not_in_force_blocks_and_says_what_would_do() -> None:
    two = desks()
    with pytest.raises(BasisNotInForce) as caught:
        send_request(two.north, asked(instrument="uncc"), by=OFFICER)
    assert "Budapest" in str(caught.value)
    bare = desks(treaties=())
    with pytest.raises(BasisNotInForce) as caught:
        send_request(bare.north, asked(), by=OFFICER)
    assert "reciprocity" in str(caught.value)
    assert bare.north.store.read(lambda view: view.deliveries(waiting_only=False)) == ()


def test_reciprocity_is_always_there_and_marked() -> None:
    bare = desks(treaties=())
    choices = {one.instrument: one for one in basis_choices(bare.north, "XJN")}
    assert not choices["uncc"].usable
    assert not choices["budapest"].usable
    assert choices["reciprocity"].usable
    assert str(choices["reciprocity"].mark) == "No treaty: reciprocity"
    send_request(bare.north, asked(instrument="reciprocity"), by=OFFICER)


def test_only_a_role_that_may_ask_may_send() -> None:
    two = desks()
    with pytest.raises(NotAllowedError):
        send_request(two.north, asked(), by=STRANGER)
    prosecutor = Officer(id="p", roles=frozenset({"prosecutor"}))
    assert [field for field, _ in problems_of(two.north, asked(), prosecutor)] == ["role"]
    unset = replace(two.north, powers=Powers())
    assert [field for field, _ in problems_of(unset, asked(), OFFICER)] == ["role"]


def test_a_state_without_a_card_is_no_peer() -> None:
    with pytest.raises(UnknownPeerError):
        send_request(desks().north, asked(to="XVL"), by=OFFICER)


def test_an_expired_card_opens_nothing_new() -> None:
    two = desks()
    two.clock.pass_(299 * DAY)
    later = {"until": two.clock.now() + 90 * DAY}
    send_request(two.north, asked(**later), by=OFFICER)
    two.clock.pass_(2 * DAY)
    with pytest.raises(CardExpired):
        send_request(two.north, asked(**later), by=OFFICER)
    assert len(two.north.store.read(lambda view: view.deliveries(waiting_only=True))) == 1


def test_the_header_holds_no_personal_data_and_the_part_holds_what_was_asked() -> None:
    two = desks()
    secret = "panel@harbour.example"
    held = send_request(two.north, asked(), by=OFFICER)
    assert secret.encode() not in held.act.header
    assert b"4,120" not in held.act.header
    part = request_part(asked())
    assert canonical.decode(part)["items"] == [{"n": 1, **email_address.clean(secret).as_data()}]
    again = read_act(held.act.header)
    assert (again.basis.instrument, again.basis.article, again.form) == ("budapest", "29", "uncc")
    assert again.law.rows


def test_two_requests_in_the_same_words_are_two_matters() -> None:
    two = desks()
    first = send_request(two.north, asked(), by=OFFICER)
    assert send_request(two.north, asked(), by=OFFICER).act.id != first.act.id


def test_text_is_normalised_and_never_breaks_the_bytes() -> None:
    odd = "e\u0301 \ud800 \r\n\u0000 ok"
    part = request_part(asked(answers=answers(facts=odd), contact=odd))
    facts = canonical.decode(part)["facts"]
    assert isinstance(facts, str)
    assert facts.startswith("\u00e9 ")


def test_the_proposed_end_is_past_every_floor() -> None:
    two = desks()
    assert default_end(two.north) > two.clock.now() + 60 * DAY


def test_an_iban_travels_as_an_item() -> None:
    two = desks()
    item = iban.clean("GB82 WEST 1234 5698 7654 32")
    matter = two.ask(items=(item, email_address.clean("a@harbour.example")))
    parts = two.jin.store.read(lambda view: view.parts_of(matter))
    assert parts[0] is not None
    items = canonical.decode(parts[0].data)["items"]
    assert isinstance(items, list)
    assert items[0] == {"n": 1, **item.as_data()}
