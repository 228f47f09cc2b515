"""What one request may name."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import (
    KINDS,
    EmailAddress,
    FactError,
    Period,
    Unknown,
    Value,
    clean,
    count_problems,
    period_problems,
    request_problems,
    typed_problems,
    value_problems,
)
from tests.facts import drawn

TODAY = date(2026, 11, 24)


def emails(count: int) -> list[EmailAddress]:
    return [EmailAddress(address=f"ola{number}@example.com") for number in range(count)]


@pytest.mark.parametrize(("count", "wrong"), [(0, True), (1, False), (50, False), (51, True)])
def test_a_request_names_one_to_fifty(count: int, wrong: bool) -> None:
    problems = count_problems(count)
    assert bool(problems) is wrong
    assert all(problem.field == "identifiers" for problem in problems)


def test_the_count_and_the_limit_are_told() -> None:
    sentence = str(count_problems(51)[0].sentence)
    assert "50" in sentence
    assert "51" in sentence
    assert "second request" in sentence


def test_the_form_names_its_own_field() -> None:
    assert count_problems(0, field="items")[0].field == "items"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("account", "Telegram: ol*"),
        ("account", "Telegram: ol?"),
        ("account", "Telegram: ol%"),
        ("email_address", "*@example.com"),
        ("domain", "*.example.com"),
        ("phone", "+44 20 7946*"),
        ("wallet", "0x5aAe*"),
        ("connection", "81.2.69.*"),
    ],
)
def test_a_wildcard_is_a_problem_of_its_field(kind: str, text: str) -> None:
    (problem,) = typed_problems(kind, text, field="row-3")
    assert problem.field == "row-3"
    assert "many people" in str(problem.sentence)


@pytest.mark.parametrize("text", ["81.2.69.0/24", "2001:db8::/32", "81.2.69.1-81.2.69.9"])
def test_a_range_of_addresses_is_a_problem(text: str) -> None:
    (problem,) = typed_problems("connection", text, field="row-1")
    assert "range" in str(problem.sentence)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("url", "https://example.com/a?b=%20*"),
        ("account", "Telegram: ola"),
        ("connection", "81.2.69.142:51234 2026-05-01 12:03:27 -07:00"),
        ("email_address", "ola@example.com"),
    ],
)
def test_an_exact_identifier_has_no_problem(kind: str, text: str) -> None:
    assert typed_problems(kind, text, field="row-1") == ()


def test_an_override_in_a_handle_is_a_problem() -> None:
    (problem,) = typed_problems("account", "Telegram: al\u202eo", field="row-1")
    assert "U+202E" in str(problem.sentence)


def test_a_kind_that_is_none_is_a_problem() -> None:
    (problem,) = typed_problems("nothing", "x", field="row-1")
    assert "from the list" in str(problem.sentence)


@given(st.sampled_from([*sorted(KINDS), "nothing"]), st.text(max_size=60))
def test_no_problem_means_that_clean_takes_it(kind: str, text: str) -> None:
    problems = typed_problems(kind, text, field="row")
    if problems:
        assert len(problems) == 1
        assert str(problems[0].sentence)
    else:
        assert clean(kind, text).kind == kind


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60))
def test_what_clean_refuses_is_a_problem(kind: str, text: str) -> None:
    try:
        clean(kind, text)
    except FactError:
        assert typed_problems(kind, text, field="row")


def test_a_good_period_has_no_problem() -> None:
    assert period_problems("2026-05-01", "2026-05-31", today=TODAY) == ()


def test_today_may_be_asked_for_and_tomorrow_not() -> None:
    assert period_problems("2026-11-24", "2026-11-24", today=TODAY) == ()
    (problem,) = period_problems("2026-11-24", "2026-11-25", today=TODAY)
    assert problem.field == "period_to"
    assert "not come yet" in str(problem.sentence)


def test_a_period_wholly_in_the_future_is_told_at_both_ends() -> None:
    problems = period_problems("2027-01-01", "2027-01-31", today=TODAY)
    assert [problem.field for problem in problems] == ["period_from", "period_to"]


def test_a_period_has_at_most_365_days() -> None:
    assert period_problems("2025-01-01", "2025-12-31", today=TODAY) == ()
    (problem,) = period_problems("2025-01-01", "2026-01-01", today=TODAY)
    assert problem.field == "period_to"
    assert "366" in str(problem.sentence)
    assert "365" in str(problem.sentence)


def test_an_open_period_is_told_at_the_open_end() -> None:
    (problem,) = period_problems("2026-05-01", " ", today=TODAY)
    assert problem.field == "period_to"
    assert "asks for everything" in str(problem.sentence)


def test_both_ends_are_told_at_once() -> None:
    problems = period_problems("", "2026-02-30", today=TODAY)
    assert [problem.field for problem in problems] == ["period_from", "period_to"]
    assert "no such day" in str(problems[1].sentence)


def test_a_period_that_runs_backwards_is_told_at_its_end() -> None:
    (problem,) = period_problems("2026-05-02", "2026-05-01", today=TODAY)
    assert problem.field == "period_to"


def test_the_form_names_its_own_ends() -> None:
    problems = period_problems("", "", today=TODAY, fields=("a", "b"))
    assert [problem.field for problem in problems] == ["a", "b"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_texts_are_a_period_or_problems(first: str, last: str) -> None:
    assert period_problems(first, last, today=TODAY)


@given(st.dates(), st.dates(), st.dates())
def test_no_problem_means_short_closed_and_past(first: date, last: date, today: date) -> None:
    problems = period_problems(first.isoformat(), last.isoformat(), today=today)
    good = first <= last <= today and last - first < timedelta(days=365)
    assert (problems == ()) is good


def test_an_unknown_value_cannot_be_asked_for() -> None:
    (problem,) = value_problems(Unknown(kind="new", fields=()), field="row-1")
    assert "does not know" in str(problem.sentence)


def test_a_period_among_the_identifiers_is_told() -> None:
    (problem,) = value_problems(Period(first=TODAY, last=TODAY), field="row-1")
    assert "period of the request" in str(problem.sentence)


def test_a_good_request_has_no_problem() -> None:
    asked = Period(first=date(2026, 5, 1), last=date(2026, 5, 31))
    assert request_problems(emails(50), asked, today=TODAY) == ()


def test_every_problem_of_a_request_is_told_at_once() -> None:
    values: list[Value] = [*emails(51), Unknown(kind="new", fields=()), emails(1)[0]]
    asked = Period(first=date(2025, 1, 1), last=date(2027, 1, 1))
    fields = [problem.field for problem in request_problems(values, asked, today=TODAY)]
    assert fields == ["identifiers", "identifier-52", "identifier-53", "period_to", "period_to"]


def test_the_same_mailbox_in_other_capitals_is_told_as_twice() -> None:
    values = [EmailAddress(address="ola@example.com"), EmailAddress(address="OLA@example.com")]
    asked = Period(first=TODAY, last=TODAY)
    (problem,) = request_problems(values, asked, today=TODAY)
    assert problem.field == "identifier-2"
    assert "twice" in str(problem.sentence)


def test_a_request_without_period_is_told() -> None:
    (problem,) = request_problems(emails(1), None, today=TODAY)
    assert problem.field == "period_from"


@given(st.lists(drawn.values, max_size=60), st.none() | drawn.periods)
def test_every_problem_has_a_field_and_a_sentence(
    values: list[Value], asked: Period | None
) -> None:
    for problem in request_problems(values, asked, today=TODAY):
        assert problem.field
        assert str(problem.sentence)
