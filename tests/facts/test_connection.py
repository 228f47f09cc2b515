"""IP addresses with port and time."""

from datetime import UTC, datetime, timedelta, timezone
from ipaddress import ip_address
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from comity.facts import (
    BadConnection,
    BadMoment,
    Connection,
    FactError,
    Hidden,
    Wildcard,
    connection,
)
from tests.facts import drawn

IP = ip_address("81.2.69.142")
NOON = datetime(2026, 5, 1, 12, 3, 27, tzinfo=UTC)
LOCAL = datetime(2026, 5, 1, 12, 3, 27)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "port", "at"),
    [
        ("81.2.69.142", None, None),
        ("81.2.69[.]142", None, None),
        ("81.2.69.142:51234", 51234, None),
        ("81.2.69.142 port 51234", 51234, None),
        ("81.2.69.142, source port: 51234", 51234, None),
        ("81.2.69.142 2026-05-01 12:03:27Z", None, NOON),
        ("81.2.69.142:51234 2026-05-01 14:03:27 +02:00", 51234, NOON),
        ("81.2.69.142 port 51234 at 2026-05-01T12:03:27Z", 51234, NOON),
        ("81.2.69.142, port 51234, 2026-05-01 12:03:27 UTC", 51234, NOON),
        ("::ffff:81.2.69.142", None, None),
    ],
)
def test_a_connection_is_cleaned(typed: str, port: int | None, at: datetime | None) -> None:
    value = connection.clean(typed)
    assert (value.ip, value.port, value.at) == (IP, port, at)


@pytest.mark.parametrize(
    ("typed", "port"),
    [("2001:db8::7", None), ("[2001:db8::7]:443", 443), ("[2001:DB8:0::7]", None)],
)
def test_an_ipv6_address_is_cleaned(typed: str, port: int | None) -> None:
    value = connection.clean(typed)
    assert (str(value.ip), value.port) == ("2001:db8::7", port)


@pytest.mark.parametrize(
    "typed", ["", "ola", "999.1.1.1", "81.2.69", "81.2.69.042", "fe80::1%eth0", "a:b"]
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadConnection, match="not an IP address"):
        connection.clean(typed)


@pytest.mark.parametrize("port", ["0", "65536", "999999", "-1", "abc", "٢٢"])
def test_an_impossible_port_is_refused(port: str) -> None:
    with pytest.raises(BadConnection, match="1 to 65535"):
        connection.clean_parts("81.2.69.142", port=port)


@pytest.mark.parametrize(
    "typed", ["81.2.69.0/24", "2001:db8::/32", "81.2.69.1-81.2.69.9", "81.2.69.*"]
)
def test_a_range_is_refused(typed: str) -> None:
    with pytest.raises(Wildcard, match="each address"):
        connection.clean(typed)


def test_the_rest_must_be_a_time() -> None:
    with pytest.raises(BadMoment):
        connection.clean("81.2.69.142 yesterday")


def test_a_hidden_character_is_refused() -> None:
    with pytest.raises(Hidden):
        connection.clean("81.2.69\u200b.142")


def test_separate_fields_make_the_same_value() -> None:
    parts = connection.clean_parts(
        " 81.2.69.142 ", port=" 51234 ", when="2026-05-01 14:03:27", zone=ZoneInfo("Europe/Berlin")
    )
    assert (parts.ip, parts.port, parts.at, parts.zone) == (IP, 51234, NOON, "Europe/Berlin")


def test_a_bare_ipv4_address_asks_for_port_and_time() -> None:
    asked = [str(sentence) for sentence in connection.clean("81.2.69.142").missing]
    assert len(asked) == 2
    assert "source port" in asked[0]
    assert "date and the time" in asked[1]


def test_a_time_without_zone_asks_for_the_zone() -> None:
    value = connection.clean("81.2.69.142:51234 2026-05-01 12:03:27")
    assert [str(sentence) for sentence in value.missing] == [
        "This time has no zone: say which zone the log used."
    ]
    assert (value.at, value.local) == (None, LOCAL)


def test_a_time_without_seconds_asks_for_the_second() -> None:
    value = connection.clean("81.2.69.142:51234 2026-05-01 12:03Z")
    assert ["exact second" in str(sentence) for sentence in value.missing] == [True]


def test_an_ipv6_address_needs_no_port() -> None:
    assert connection.clean("2001:db8::7 2026-05-01 12:03:27Z").missing == ()


def test_a_whole_connection_lacks_nothing() -> None:
    assert connection.clean("81.2.69.142:51234 2026-05-01 12:03:27Z").missing == ()


@pytest.mark.parametrize(
    ("ip", "reach"),
    [
        ("81.2.69.142", "public"),
        ("2a00:1450::1", "public"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("192.168.0.1", "private"),
        ("100.64.0.1", "private"),
        ("fd00::1", "private"),
        ("192.0.2.1", "example"),
        ("198.51.100.1", "example"),
        ("203.0.113.1", "example"),
        ("2001:db8::1", "example"),
        ("127.0.0.1", "nowhere"),
        ("0.0.0.0", "nowhere"),
        ("224.0.0.1", "nowhere"),
        ("169.254.0.1", "nowhere"),
        ("255.255.255.255", "nowhere"),
        ("240.0.0.1", "nowhere"),
        ("::1", "nowhere"),
        ("::", "nowhere"),
        ("fe80::1", "nowhere"),
        ("ff02::1", "nowhere"),
        ("dead::beef", "nowhere"),
    ],
)
def test_where_an_address_reaches_is_known(ip: str, reach: str) -> None:
    assert Connection(ip=ip_address(ip)).reach == reach


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("81.2.69.142", "81.2.69.142"),
        ("81.2.69.142:51234", "81.2.69.142:51234"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:443", "[2001:db8::7]:443"),
        ("81.2.69.142 2026-05-01 14:03:27 +02:00", "81.2.69.142 · 2026-05-01 12:03:27 UTC"),
        ("81.2.69.142 2026-05-01 12:03:27", "81.2.69.142 · 2026-05-01 12:03:27"),
        ("81.2.69.142 2026-05-01 12:03Z", "81.2.69.142 · 2026-05-01 12:03 UTC"),
    ],
)
def test_the_caption_shows_what_is_known(typed: str, shown: str) -> None:
    assert connection.clean(typed).caption() == shown


def test_a_time_is_given_once() -> None:
    with pytest.raises(BadConnection, match="once"):
        Connection(ip=IP, at=NOON, local=LOCAL)


def test_an_instant_is_in_utc_and_a_clock_in_no_zone() -> None:
    with pytest.raises(BadConnection, match="once"):
        Connection(ip=IP, at=LOCAL)
    with pytest.raises(BadConnection, match="once"):
        Connection(ip=IP, local=NOON)
    with pytest.raises(BadConnection, match="once"):
        Connection(ip=IP, at=NOON.astimezone(timezone(timedelta(hours=2))))


@pytest.mark.parametrize("zone", ["", "a b", "x" * 65, "Europe/Berlin\u202e"])
def test_a_zone_has_a_plain_short_name(zone: str) -> None:
    with pytest.raises(BadConnection, match="zone"):
        Connection(ip=IP, at=NOON, zone=zone)


def test_a_zone_belongs_to_an_instant() -> None:
    with pytest.raises(BadConnection, match="zone"):
        Connection(ip=IP, zone="UTC")


@pytest.mark.parametrize("year", [1, 1968, 2201, 9999])
def test_a_year_that_cannot_be_right_is_refused(year: int) -> None:
    with pytest.raises(BadConnection, match="year"):
        Connection(ip=IP, at=NOON.replace(year=year))


def test_another_second_or_port_is_another_connection() -> None:
    one = connection.clean("81.2.69.142:51234 2026-05-01 12:03:27Z")
    same = connection.clean("81.2.69.142:51234 2026-05-01 14:03:27 +02:00")
    other = connection.clean("81.2.69.142:51235 2026-05-01 12:03:27Z")
    later = connection.clean("81.2.69.142:51234 2026-05-01 12:03:28Z")
    assert one.normal == same.normal
    assert len({one.normal, other.normal, later.normal}) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"ip": "81.2.69.042"},
        {"ip": ""},
        {"port": 0},
        {"at": "2026-05-01T12:03:27"},
        {"at": "2026-05-01T12:03:27+00:00"},
        {"at": "2026-13-01T12:03:27Z"},
        {"at": "2026-05-01 12:03:27Z"},
        {"at": "2026-05-01"},
        {"local": "2026-05-01T12:03:27"},
    ],
)
def test_wire_data_of_another_shape_is_refused(change: dict[str, str | int]) -> None:
    right: dict[str, str | int] = {
        "kind": "connection",
        "ip": "81.2.69.142",
        "port": 1,
        "at": "2026-05-01T12:03:27Z",
    }
    assert connection.from_data(right).at == NOON
    with pytest.raises(FactError):
        connection.from_data(right | change)


@given(drawn.connections)
def test_the_caption_of_a_connection_is_read_back(value: Connection) -> None:
    typed = value.caption().replace(" · ", " ")
    assert connection.clean(typed).normal == value.normal
