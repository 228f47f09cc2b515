"""An IP address at a moment: what a provider needs to find one subscriber.

RFC 6302: behind carrier-grade translation many people share one IPv4 address, so the
source port and the exact second in a known zone are needed as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from comity.facts import moment
from comity.facts.data import Data, number_of, text_of
from comity.facts.errors import BadConnection, Wildcard
from comity.facts.moment import Moment
from comity.facts.typed import as_typed, refang
from comity.text import Sentence, say

LONGEST: Final = 160
PUBLIC: Final = "public"
PRIVATE: Final = "private"
EXAMPLE: Final = "example"
NOWHERE: Final = "nowhere"

_LAST_PORT: Final = 65_535
_EXAMPLES: Final = tuple(
    ip_network(block)
    for block in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)
_PORT: Final = re.compile(r"\d{1,5}\Z", re.ASCII)
_PORT_WORD: Final = re.compile(r"(?i)(?:source )?port[ :=]*(\d{1,5})\b[ ,;]*", re.ASCII)
_RANGE: Final = re.compile(
    r"[0-9a-fA-F:.]{2,45}(?:/[0-9]{1,3}|-[0-9a-fA-F:.]{1,45})\Z|[0-9a-fA-F:.*]*\*[0-9a-fA-F:.*]*\Z"
)
_ZONE: Final = re.compile(r"[A-Za-z0-9_+/:-]{1,64}\Z")
_WIRE_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?P<second>:\d\d(?:\.\d{6})?)?(?P<utc>Z)?\Z", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """An IP address, and where known its source port and its moment.

    ``at`` is the instant in UTC and ``zone`` how the source named its zone. Where the zone
    is not known there is no instant: ``local`` then keeps what the clock showed.
    ``to_second`` is False where the source wrote no seconds.
    """

    kind: ClassVar[str] = "connection"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "ip", "port", "at", "local", "zone"})
    ip: IPv4Address | IPv6Address
    port: int | None = None
    at: datetime | None = None
    local: datetime | None = None
    zone: str | None = None
    to_second: bool = True

    def __post_init__(self) -> None:
        """Refuse an impossible port and a time that contradicts itself."""
        if self.port is not None and not 0 < self.port <= _LAST_PORT:
            raise BadConnection(say("A port is a number from 1 to 65535: check it."))
        aware = self.at is not None and self.at.utcoffset() == timedelta(0)
        naive = self.local is not None and self.local.tzinfo is None
        if (self.at and not aware) or (self.local and not naive) or (aware and naive):
            raise BadConnection(say("Give the time of the connection once, with its zone."))
        for time in (self.at, self.local):
            if time and not moment.FIRST_YEAR - 1 <= time.year <= moment.LAST_YEAR + 1:
                raise BadConnection(say("This year cannot be right: write it with four digits."))
        if self.zone is not None and not (self.at and _ZONE.match(self.zone)):
            raise BadConnection(say("The zone belongs to a time and has a short name or offset."))

    @property
    def normal(self) -> str:
        """Return the form to compare by."""
        return f"{self.ip} {self.port or 0} {self._when()}"

    @property
    def reach(self) -> str:
        """Return ``public``, ``private``, ``example`` (RFC 5737) or ``nowhere`` (loopback ...)."""
        ip = self.ip
        if any(ip in block for block in _EXAMPLES if block.version == ip.version):
            return EXAMPLE
        if ip.is_loopback or ip.is_unspecified or ip.is_multicast or ip.is_link_local:
            return NOWHERE
        if ip.is_reserved:
            return NOWHERE
        return PUBLIC if ip.is_global else PRIVATE

    @property
    def missing(self) -> tuple[Sentence, ...]:
        """Return a request for each piece without which a provider cannot find one person."""
        asked = []
        if self.port is None and self.ip.version == IPv4Address(0).version:
            asked.append(
                say(
                    "Many people can share one IPv4 address: "
                    "please add the source port if the log has it."
                )
            )
        if self.local:
            asked.append(say("This time has no zone: say which zone the log used."))
        elif not self.at:
            asked.append(say("Please add the date and the time to the second, with its zone."))
        if not self.to_second:
            asked.append(say("This time has no seconds: please add the exact second."))
        return tuple(asked)

    def caption(self) -> str:
        """Return address, port and time."""
        box = f"[{self.ip}]" if self.ip.version != IPv4Address(0).version else str(self.ip)
        place = f"{box}:{self.port}" if self.port else str(self.ip)
        when = self._when().replace("T", " ").replace("Z", " UTC")
        return f"{place} \u00b7 {when}" if when else place

    def as_data(self) -> Data:
        """Return the wire form; absent pieces are left out."""
        data: Data = {"kind": self.kind, "ip": str(self.ip)}
        if self.port is not None:
            data["port"] = self.port
        if self.at or self.local:
            data["at" if self.at else "local"] = self._when()
        if self.zone:
            data["zone"] = self.zone
        return data

    def _when(self) -> str:
        time = self.at or self.local
        if not time:
            return ""
        spec = "auto" if self.to_second else "minutes"
        return time.replace(tzinfo=None).isoformat(timespec=spec) + ("Z" if self.at else "")


def clean(text: str, *, zone: ZoneInfo | None = None) -> Connection:
    """Return the connection typed as ``203.0.113.7:51234 2026-05-01 14:03:27 +02:00``.

    Port and time may be absent: ``missing`` asks for them. ``zone`` is used for a time that
    has none.

    :raises BadConnection: no IP address, or an impossible port.
    :raises BadMoment: the rest is not a time.
    :raises Wildcard: a range of addresses.
    """
    typed = refang(as_typed(text, longest=LONGEST)).replace(",", " ")
    place, _, rest = typed.partition(" ")
    ip, port = _place(place)
    word = _PORT_WORD.match(rest.strip())
    if word:
        port, rest = port or word[1], rest.strip()[word.end() :]
    return clean_parts(ip, port=port, when=rest.strip().removeprefix("at "), zone=zone)


def clean_parts(
    ip: str, *, port: str = "", when: str = "", zone: ZoneInfo | None = None
) -> Connection:
    """Return the connection typed into separate fields; port and time may be empty.

    :raises BadConnection: no IP address, or an impossible port.
    :raises BadMoment: ``when`` is not a time.
    :raises Wildcard: a range of addresses.
    """
    address = _address(refang(as_typed(ip, longest=LONGEST)))
    number = as_typed(port, longest=LONGEST)
    if number and not _PORT.match(number):
        raise BadConnection(say("A port is a number from 1 to 65535: check it."))
    time = moment.clean(when, zone=zone) if when.strip() else None
    return of(address, port=int(number) if number else None, time=time)


def of(
    ip: IPv4Address | IPv6Address, *, port: int | None = None, time: Moment | None = None
) -> Connection:
    """Return the connection from ``ip`` at a moment; without a zone only its clock is kept."""
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return Connection(
        ip=mapped or ip,
        port=port,
        at=time.at if time else None,
        local=time.local if time and not time.at else None,
        zone=time.zone if time else None,
        to_second=time.to_second if time and time.local else True,
    )


def from_data(data: Mapping[str, str | int]) -> Connection:
    """Return the connection of its wire form."""
    at, local = text_of(data, "at"), text_of(data, "local")
    return Connection(
        ip=_address(text_of(data, "ip")),
        port=number_of(data, "port"),
        at=_time(at, utc=True),
        local=_time(local, utc=False),
        zone=text_of(data, "zone") or None,
        to_second=all(_to_second(text) for text in (at, local) if text),
    )


def _place(text: str) -> tuple[str, str]:
    if text.startswith("["):
        ip, _, port = text[1:].partition("]")
        return ip, port.removeprefix(":")
    if text.count(":") == 1:
        ip, _, port = text.partition(":")
        return ip, port
    return text, ""


def _address(text: str) -> IPv4Address | IPv6Address:
    if _RANGE.match(text):
        raise Wildcard(say("Name each address. A range of addresses asks for many people's data."))
    try:
        return ip_address(text if "%" not in text else "")
    except ValueError as error:
        raise BadConnection(
            say("This is not an IP address. Write it like 203.0.113.7 or 2001:db8::7.")
        ) from error


def _time(text: str, *, utc: bool) -> datetime | None:
    if not text:
        return None
    form = _WIRE_TIME.match(text)
    if not form or bool(form["utc"]) != utc:
        raise BadConnection(say("The time is not written as 2026-05-01T12:03:27Z."))
    try:
        time = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError as error:
        raise BadConnection(say("There is no such date or time: check each part.")) from error
    return time.replace(tzinfo=UTC) if utc else time


def _to_second(text: str) -> bool:
    form = _WIRE_TIME.match(text)
    return form is not None and form["second"] is not None
