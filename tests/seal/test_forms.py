import base64
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.errors import NotCanonical
from comity.seal.forms import (
    b64,
    day_text,
    digest,
    digest_bytes,
    is_digest,
    is_state,
    read_day,
    read_time,
    time_text,
    unb64,
)

EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

# ------------------------------------------------------------------- bytes


@given(st.binary(max_size=100))
def test_bytes_are_written_as_the_standard_library_writes_them(data: bytes) -> None:
    assert b64(data) == base64.b64encode(data).decode()
    assert unb64(b64(data)) == data


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "AA",
        "AAA",
        "AA=",
        "AA===",
        "AAA==",
        "=",
        "====",
        "AAAA=",
        "AAAA==",
        "AB==",  # trailing bits
        "AAB=",
        "AA==AA==",
        "AA==\n",
        "\nAAAA",
        "AA\nAA",
        " AAAA",
        "AAAA ",
        "AA AA",
        "AA-_",
        "AA+\u00e9",
        "ＡＡＡＡ",
        "AAAA\x00",
    ],
)
def test_bytes_written_in_any_other_way_are_refused(text: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        unb64(text)
    assert refused.value.rule == "bytes"


@given(st.text("ABab01+/=\n -", max_size=12))
def test_every_text_is_one_form_of_bytes_or_none(text: str) -> None:
    try:
        data = unb64(text)
    except NotCanonical:
        return
    assert b64(data) == text


# ------------------------------------------------------------------- digests


def test_a_digest_is_that_of_sha_256() -> None:
    assert digest(b"") == EMPTY
    assert digest_bytes(EMPTY).hex() == EMPTY[7:]


@pytest.mark.parametrize(
    "text",
    [
        "",
        EMPTY[7:],
        EMPTY.upper(),
        EMPTY.replace("e3b0", "E3B0"),
        EMPTY[:-1],
        EMPTY + "0",
        EMPTY + "\n",
        " " + EMPTY,
        EMPTY.replace("sha256", "sha512"),
        EMPTY.replace("e3", "g3"),
        EMPTY.replace("e3", "３3"),
    ],
)
def test_anything_else_is_no_digest(text: str) -> None:
    assert not is_digest(text)
    with pytest.raises(NotCanonical) as refused:
        digest_bytes(text)
    assert refused.value.rule == "digest"


@pytest.mark.parametrize("text", ["XNR", "XJN", "AAA", "ZZZ"])
def test_a_state_is_three_capital_letters(text: str) -> None:
    assert is_state(text)


@pytest.mark.parametrize("text", ["", "XN", "XNRR", "xnr", "XN1", "XNR\n", "ΧΝΡ", "XN R", "ÀBC"])
def test_anything_else_is_no_state(text: str) -> None:
    assert not is_state(text)


# ------------------------------------------------------------------- times


@given(st.datetimes(datetime(2000, 1, 1), datetime(2999, 12, 31, 23, 59, 59)))  # noqa: DTZ001
def test_a_time_is_read_back_to_the_second(moment: datetime) -> None:
    utc = moment.replace(tzinfo=UTC)
    assert read_time(time_text(utc)) == utc.replace(microsecond=0)


def test_a_time_is_written_in_utc() -> None:
    there = timezone(timedelta(hours=8))
    assert time_text(datetime(2026, 5, 4, 11, 0, 0, 999_999, there)) == "2026-05-04T03:00:00Z"


def test_a_time_that_is_read_knows_its_zone() -> None:
    assert read_time("2026-05-04T03:00:00Z").tzinfo is UTC


def test_a_time_without_a_zone_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        time_text(datetime(2026, 5, 4, 3, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-05-04",
        "2026-05-04T03:00Z",
        "2026-05-04T03:00:00",
        "2026-05-04T03:00:00z",
        "2026-05-04t03:00:00Z",
        "2026-05-04 03:00:00Z",
        "2026-05-04T03:00:00.0Z",
        "2026-05-04T03:00:00+00:00",
        "2026-05-04T03:00:00Z\n",
        " 2026-05-04T03:00:00Z",
        "2026-5-4T3:0:0Z",
        "20260504T030000Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-05-04T24:00:00Z",
        "2026-05-04T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "1999-12-31T23:59:59Z",
        "3000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "+2026-05-04T03:00:00Z",
        "２026-05-04T03:00:00Z",
    ],
)
def test_a_time_written_in_any_other_way_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        read_time(text)
    assert refused.value.rule == "time"


def test_a_time_before_2000_is_not_written() -> None:
    with pytest.raises(NotCanonical):
        time_text(datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC))


# ------------------------------------------------------------------- days


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_a_day_is_read_back(day: date) -> None:
    assert read_day(day_text(day)) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-5-4",
        "2026-02-30",
        "1999-12-31",
        "3000-01-01",
        "2026-05-04Z",
        "2026-05-04\n",
        "04.05.2026",
    ],
)
def test_a_day_written_in_any_other_way_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        read_day(text)
    assert refused.value.rule == "day"


def test_a_day_before_2000_is_not_written() -> None:
    with pytest.raises(NotCanonical):
        day_text(date(1999, 12, 31))
