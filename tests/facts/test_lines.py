"""IP addresses on lines of logs."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import Connection, lines
from comity.facts.spots import Search, Spot
from tests.facts import drawn

NOON = datetime(2026, 5, 1, 12, 3, 27, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def found(text: str, zone: ZoneInfo | None = None) -> list[Connection]:
    return [_value(spot) for spot in lines.connections(Search(text), zone=zone)]


def _value(spot: Spot) -> Connection:
    assert isinstance(spot.value, Connection)
    return spot.value


@pytest.mark.parametrize(
    ("line", "ip", "port", "at"),
    [
        (
            '81.2.69.142 - - [01/May/2026:14:03:27 +0200] "GET /" 200 5 "-" "Chrome/124.0.0.0"',
            "81.2.69.142",
            None,
            NOON,
        ),
        ("2026-05-01T12:03:27Z login from 81.2.69.142:51234 ok", "81.2.69.142", 51234, NOON),
        ("2026-05-01 12:03:27 UTC client=[2a00:1450::7]:443", "2a00:1450::7", 443, NOON),
        ("2026-05-01 12:03:27 UTC 81.2.69.142 port 51234", "81.2.69.142", 51234, NOON),
        (
            "2026-05-01T12:03:27Z sshd[7]: Failed password for x from 81.2.69.142 port 51234 ssh2",
            "81.2.69.142",
            51234,
            NOON,
        ),
        (
            "2026-05-01T12:03:27Z IN=eth0 SRC=81.2.69.142 LEN=60 SPT=51234 DPT=22",
            "81.2.69.142",
            51234,
            NOON,
        ),
        ("2026-05-01T12:03:27Z exim H=(x) [81.2.69.142]:51234", "81.2.69.142", 51234, NOON),
        ("ip=81.2.69.142;t=2026-05-01T12:03:27Z", "81.2.69.142", None, NOON),
        ("::ffff:81.2.69.142 2026-05-01T12:03:27Z", "81.2.69.142", None, NOON),
    ],
)
def test_an_address_is_read_with_port_and_time(
    line: str, ip: str, port: int | None, at: datetime
) -> None:
    (value,) = found(line)
    assert (str(value.ip), value.port, value.at) == (ip, port, at)


def test_source_and_destination_have_each_their_port() -> None:
    line = "2026-05-01T12:03:27Z SRC=81.2.69.142 DST=81.2.69.143 PROTO=TCP SPT=51234 DPT=22"
    assert [(str(value.ip), value.port) for value in found(line)] == [
        ("81.2.69.142", 51234),
        ("81.2.69.143", 22),
    ]


def test_a_time_belongs_to_its_own_line() -> None:
    text = "81.2.69.142 a\n2026-05-01T12:03:27Z 81.2.69.143 b\n81.2.69.144 c"
    assert [value.at for value in found(text)] == [None, NOON, None]


def test_the_zone_of_the_log_is_taken_and_noted() -> None:
    (spot,) = lines.connections(Search("2026-05-01 14:03:27 81.2.69.142"), zone=BERLIN)
    assert _value(spot).at == NOON
    assert [str(note) for note in spot.notes] == ["The log names no zone: read as Europe/Berlin."]


def test_without_a_zone_the_clock_is_kept_and_the_zone_asked_for() -> None:
    (spot,) = lines.connections(Search("2026-05-01 14:03:27 81.2.69.142"), zone=None)
    assert _value(spot).local == datetime(2026, 5, 1, 14, 3, 27)  # noqa: DTZ001
    assert any("say which zone" in str(sentence) for sentence in spot.missing)


def test_a_written_zone_needs_no_note() -> None:
    (spot,) = lines.connections(Search("2026-05-01T12:03:27Z 81.2.69.142"), zone=BERLIN)
    assert spot.notes == ()


def test_a_time_that_the_zone_had_twice_is_asked_for() -> None:
    (spot,) = lines.connections(Search("2026-10-25 02:30:00 81.2.69.142"), zone=BERLIN)
    assert _value(spot).at is None
    assert any("say which zone" in str(sentence) for sentence in spot.missing)


def test_syslog_asks_for_the_year() -> None:
    (spot,) = lines.connections(Search("Oct 11 22:14:15 sshd: 81.2.69.142 port 22"), zone=BERLIN)
    assert [str(sentence) for sentence in spot.missing] == [
        "The line says Oct 11 22:14:15 but no year and no zone: please add both."
    ]


def test_a_bare_address_asks_for_port_and_time() -> None:
    (spot,) = lines.connections(Search("81.2.69.142"), zone=None)
    assert len(spot.missing) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Chrome/124.0.0.0 Safari/537.36",
        "version 1.2.3.4.5",
        "10.256.1.1",
        "81.2.69.042",
        "81.2.69.142/24",
        "127.0.0.1 ::1 0.0.0.0 fe80::1 224.0.0.1",
        "12:00:00 00:11:22:33:44:55",
        "std::string a::b",
        "::",
        "1.2.3",
        "x81.2.69.142",
    ],
)
def test_what_is_no_address_of_a_person_is_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("ip", ["10.0.0.7", "192.168.1.7", "100.64.0.7", "fd00::7"])
def test_a_private_address_is_noted(ip: str) -> None:
    (spot,) = lines.connections(Search(f"from {ip} x"), zone=None)
    assert any("of no use abroad" in str(note) for note in spot.notes)


def test_an_address_reserved_for_examples_is_noted() -> None:
    (spot,) = lines.connections(Search("from 192.0.2.7 x"), zone=None)
    assert any("reserved for examples" in str(note) for note in spot.notes)


def test_the_same_connection_is_found_once() -> None:
    line = "2026-05-01T12:03:27Z 81.2.69.142\n"
    assert len(found(line * 3)) == 1
    assert len(found(line + line.replace("27Z", "28Z"))) == 2


def test_an_impossible_port_is_no_port() -> None:
    (value,) = found("2026-05-01T12:03:27Z 81.2.69.142:99999")
    assert value.port is None


def test_a_time_of_day_after_an_address_is_no_port() -> None:
    (value,) = found("81.2.69.142 12:03:27")
    assert value.port is None


def test_too_many_places_stop_the_search() -> None:
    search = Search("81.2.69.142\n" * (lines.MOST_PLACES + 1))
    assert len(list(lines.connections(search, zone=None))) == 1
    assert search.stopped
    search = Search("81.2.69.142\n" * lines.MOST_PLACES)
    assert len(list(lines.connections(search, zone=None))) == 1
    assert not search.stopped


def test_a_line_has_its_ends() -> None:
    text = "first\nsecond line\nthird"
    at = text.index("line")
    begin, end = lines.line_around(text, at, at + 4)
    assert text[begin:end] == "second line"
    begin, end = lines.line_around(text, 0, 5)
    assert text[begin:end] == "first"
    begin, end = lines.line_around(text, len(text) - 1, len(text))
    assert text[begin:end] == "third"


@given(st.integers(0, 9_990), st.integers(1, 10))
def test_the_stretch_of_an_endless_line_holds_the_place_and_is_bounded(at: int, size: int) -> None:
    begin, end = lines.line_around("x" * 10_000, at, at + size)
    assert begin <= at
    assert at + size <= end
    assert end - begin <= 4 * lines.LONGEST_LINE


def test_the_address_in_a_header_takes_the_time_of_the_header() -> None:
    (spot,) = lines.in_field("from x ([81.2.69.142]:51234)", time=None)
    assert (_value(spot).port, _value(spot).at) == (51234, None)


@given(st.ip_addresses(), st.integers(1, 65_535), drawn.moments)
def test_every_public_address_in_a_log_is_found(ip: object, port: int, at: datetime) -> None:
    boxed = f"[{ip}]" if ":" in str(ip) else str(ip)
    at = at.replace(microsecond=0)
    values = found(f"{at.isoformat()}Z peer {boxed}:{port} said hello")
    for value in values:
        assert value.port == port
        assert value.at == at.replace(tzinfo=UTC)
    if not values:
        assert Connection(ip=ip).reach == "nowhere"  # type: ignore[arg-type]


@given(st.text(alphabet="0123456789.:abcdef[]/ \nTZ-", max_size=200))
def test_no_text_breaks_the_search(text: str) -> None:
    for value in found(text, BERLIN):
        assert value.reach != "nowhere"
