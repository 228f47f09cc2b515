"""Times as logs and mails write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import BadMoment, moment
from tests.facts import drawn

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 5, 1, 12, 3, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-05-01T12:03:27Z",
        "2026-05-01 12:03:27 UTC",
        "2026-05-01 12:03:27 GMT",
        "2026-05-01T14:03:27+02:00",
        "2026-05-01 14:03:27 +0200",
        "2026-05-01 14:03:27+02",
        "2026/05/01 12:03:27 UTC",
        "01/May/2026:05:03:27 -0700",
        "1 May 2026 12:03:27 +0000",
        "May  1 12:03:27 2026 UTC",
    ],
)
def test_every_style_names_the_same_instant(typed: str) -> None:
    assert moment.clean(typed).at == NOON


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("2026-05-01 12:03:27Z", "UTC"),
        ("2026-05-01 12:03:27 +00:00", "UTC"),
        ("2026-05-01 12:03:27 +0545", "+05:45"),
        ("2026-05-01 12:03:27 -09:30", "-09:30"),
    ],
)
def test_the_zone_is_kept_as_it_was_said(typed: str, zone: str) -> None:
    assert moment.clean(typed).zone == zone


def test_fractions_of_a_second_are_kept() -> None:
    read = moment.clean("2026-05-01T12:03:27.250Z")
    assert read.at == NOON.replace(microsecond=250_000)
    assert moment.clean("2026-05-01T12:03:27,1234567Z").at == NOON.replace(microsecond=123_456)


def test_without_a_zone_there_is_no_instant() -> None:
    read = moment.clean("2026-05-01 12:03:27")
    assert (read.at, read.zone) == (None, None)
    assert read.local == datetime(2026, 5, 1, 12, 3, 27)  # noqa: DTZ001


def test_the_zone_of_the_field_is_used_and_said_to_be_assumed() -> None:
    read = moment.clean("2026-05-01 14:03:27", zone=BERLIN)
    assert (read.at, read.zone, read.assumed) == (NOON, "Europe/Berlin", True)


def test_a_written_zone_beats_that_of_the_field() -> None:
    read = moment.clean("2026-05-01 12:03:27Z", zone=BERLIN)
    assert (read.at, read.zone, read.assumed) == (NOON, "UTC", False)


@pytest.mark.parametrize("zone", ["CST", "IST", "CEST", "EST"])
def test_an_abbreviation_that_several_zones_share_is_not_guessed(zone: str) -> None:
    with pytest.raises(BadMoment):
        moment.clean(f"2026-05-01 12:03:27 {zone}")
    found = moment.find(f"2026-05-01 12:03:27 {zone}")
    assert found is not None
    assert found.at is None


def test_a_time_without_seconds_says_so() -> None:
    assert not moment.clean("2026-05-01 12:03Z").to_second
    assert moment.clean("2026-05-01 12:03:27Z").to_second


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "12:03:27", "2026-05-01", "May  1 12:03:27", "2026-05-01 12:03:27 +02:00 x"],
)
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadMoment, match=r"2026-05-01 14:03:27 \+02:00"):
        moment.clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-02-30 12:03:27Z",
        "2026-05-01 24:03:27Z",
        "2026-05-01 12:60:27Z",
        "2026-05-01 12:03:61Z",
        "1 Foo 2026 12:03:27 +0000",
    ],
)
def test_a_time_that_never_was_is_refused(typed: str) -> None:
    with pytest.raises(BadMoment, match="no such date"):
        moment.clean(typed)


def test_an_impossible_offset_is_refused() -> None:
    with pytest.raises(BadMoment, match="offset"):
        moment.clean("2026-05-01 12:03:27 +99:00")


@pytest.mark.parametrize("year", ["0001", "1969", "2200", "9999"])
def test_a_year_that_cannot_be_right_is_refused(year: str) -> None:
    with pytest.raises(BadMoment, match="year"):
        moment.clean(f"{year}-05-01 12:03:27Z")


@pytest.mark.parametrize("year", ["1970", "2199"])
def test_the_first_and_last_year_are_taken(year: str) -> None:
    assert moment.clean(f"{year}-05-01 12:03:27Z").at is not None


@pytest.mark.parametrize(
    ("offset", "taken"), [("+14:00", True), ("-12:00", True), ("+18:00", False)]
)
def test_offsets_reach_as_far_as_zones_do(offset: str, taken: bool) -> None:
    found = moment.find(f"2026-05-01 12:03:27 {offset}")
    assert found is not None
    assert (found.at is not None) is taken


@pytest.mark.parametrize("typed", ["2026-03-29 02:30:00", "2026-10-25 02:30:00"])
def test_a_time_that_clocks_skipped_or_showed_twice_is_asked_for(typed: str) -> None:
    with pytest.raises(BadMoment, match="Europe/Berlin"):
        moment.clean(typed, zone=BERLIN)
    found = moment.find(typed, zone=BERLIN)
    assert found is not None
    assert found.local is not None
    assert found.at is None


def test_the_offset_settles_a_time_that_clocks_showed_twice() -> None:
    first = moment.clean("2026-10-25 02:30:00 +02:00", zone=BERLIN)
    second = moment.clean("2026-10-25 02:30:00 +01:00", zone=BERLIN)
    assert first.at is not None
    assert second.at is not None
    assert (second.at - first.at).total_seconds() == 3_600


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (
            '192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200',
            "10/Oct/2000:13:55:36 -0700",
        ),
        ("2026/05/01 12:03:27 [error] 1#1: *5 open() failed", "2026/05/01 12:03:27"),
        ("time=2026-05-01T12:03:27.123Z level=info", "2026-05-01T12:03:27.123Z"),
        ("<34>Oct 11 22:14:15 host sshd[1]: Failed", "Oct 11 22:14:15"),
        ("Date: Thu, 22 Aug 2002 13:27:39 +0100 (IST)", "22 Aug 2002 13:27:39 +0100"),
        ("[Thu Aug 22 13:27:39 2002] [error]", "Aug 22 13:27:39 2002"),
    ],
)
def test_the_time_on_a_line_is_found(line: str, written: str) -> None:
    found = moment.find(line)
    assert found is not None
    assert found.written == written


def test_syslog_without_year_is_no_instant_even_with_a_zone() -> None:
    found = moment.find("Oct 11 22:14:15 host sshd[1]", zone=BERLIN)
    assert found is not None
    assert (found.local, found.at) == (None, None)


@pytest.mark.parametrize(
    "line", ["", "no time", "version 2026-05-01", "99:99:99", "2026-99-99 12:03:27"]
)
def test_a_line_without_a_time_has_none(line: str) -> None:
    assert moment.find(line) is None


@pytest.mark.parametrize(
    ("header", "at"),
    [
        ("Fri, 01 May 2026 14:03:27 +0200 (CEST)", NOON),
        ("1 May 2026 12:03:27 GMT", NOON),
        ("Fri, 1 May 26 12:03:27 UT", NOON),
        ("Fri, 1 May 2026 08:03:27 EDT", NOON),
        ("1 May 2026 12:03:27 -0000", NOON),
        ("Fri, 1 May 2026 12:03:27", None),
        ("Fri, 1 May 2026 12:03:27 XYZ", None),
    ],
)
def test_dates_of_mails_are_read_with_their_obsolete_zones(
    header: str, at: datetime | None
) -> None:
    found = moment.from_mail(header)
    assert found is not None
    assert found.at == at
    assert found.local is not None


@pytest.mark.parametrize(
    "header", ["", "ola", "1 May 9999 12:03:27 +0000", "32 May 2026 12:03:27 +0000"]
)
def test_a_mail_date_that_is_none_is_none(header: str) -> None:
    assert moment.from_mail(header) is None


@given(st.text(max_size=100))
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    for found in (moment.find(text, zone=BERLIN), moment.from_mail(text)):
        assert found is None or found.at is None or found.at.tzinfo is UTC


@given(
    st.from_regex(
        r"[0-9]{1,2} [A-Z][a-z]{2} [0-9]{2,5} [0-9]{1,3}:[0-9]{2}(:[0-9]{1,5})? [+-]?[0-9A-Z]{0,6}",
        fullmatch=True,
    )
)
def test_no_mail_date_breaks_the_reading(text: str) -> None:
    found = moment.from_mail(text)
    assert found is None or found.local is not None


@given(drawn.moments)
def test_an_iso_time_is_read_back(at: datetime) -> None:
    assert moment.clean(at.isoformat() + "Z").at == at.replace(tzinfo=UTC)
