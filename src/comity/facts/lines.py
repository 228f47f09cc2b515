"""IP addresses on the lines of a log, each with the port and the time on its line.

Apache and nginx (combined and error), syslog, sshd, netfilter, ISO 8601: whatever the
format, the time that belongs to an address stands on the same line.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address
from typing import Final
from zoneinfo import ZoneInfo

from comity.facts import connection, moment
from comity.facts.connection import Connection
from comity.facts.moment import Moment
from comity.facts.spots import MOST_FOUND, Finder, Search, Spot
from comity.text import Sentence, say

MOST_PLACES: Final = 20_000
LONGEST_LINE: Final = 1_000

_HEX: Final = "[0-9A-Fa-f]"
# Behind a slash after a word stands a version (Chrome/124.0.0.0); before one, a range.
# An IPv6 address (RFC 4291) has eight groups or one "::"; a time of day has neither.
_IPV4: Final = (
    r"[0-9](?<![\w./-].)[0-9]{0,2}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"
    r"(?!\w|[/.-][0-9])"
)
_IPV6: Final = (
    rf"[0-9A-Fa-f:](?:(?<=IPv6:.)|(?<![\w:./-].))(?:(?<={_HEX}){_HEX}{{0,3}}:(?:{_HEX}{{1,4}}:){{6}}{_HEX}{{1,4}}"
    rf"|(?:(?<={_HEX}){_HEX}{{0,3}}(?::{_HEX}{{1,4}}){{0,6}}+::|(?<=:):)"
    rf"(?:{_HEX}{{1,4}}(?::{_HEX}{{1,4}}){{0,6}})?)"
    r"(?:\.[0-9]{1,3}){0,3}(?![\w:])"
)
_ADDRESSES: Final = (re.compile(_IPV4), re.compile(_IPV6))
# 81.2.69.142:51234, [..]:51234, ".." port 51234, "ip":"..","port":51234, [..] (port=51234
_NEXT_PORT: Final = re.compile(
    r"[\]\"']{0,2}(?::|[ ,;]{1,2}[\"']?(?:source[ _]?|src_?|s)?port[\"']?[ :=]{1,2}[\"']?"
    r"|[ ]?\(port=)([0-9]{1,5})(?![0-9.:])",
    re.IGNORECASE,
)
_NETFILTER: Final = {
    "SRC=": re.compile(r"\bSPT=([0-9]{1,5})\b"),
    "DST=": re.compile(r"\bDPT=([0-9]{1,5})\b"),
}
_LAST_PORT: Final = 65_535


def connections(search: Search, *, zone: ZoneInfo | None) -> Iterator[Spot]:
    """Yield each different address, port and time of the text; loopback and such left out."""
    seen: set[tuple[str, int | None, str]] = set()
    times = _Times(search.text, zone)
    for number, spot in enumerate(_addresses(search)):
        if number == MOST_PLACES or len(seen) > MOST_FOUND:
            search.stopped = True
            return
        time = times.on(line_around(search.text, spot.start, spot.end))
        port = _port(spot, search.text)
        key = (spot.value.normal, port, time.written if time else "")
        if key not in seen and isinstance(spot.value, Connection):
            seen.add(key)
            yield _at(spot, spot.value, port=port, time=time)


def in_field(text: str, *, time: Moment | None) -> Iterator[Spot]:
    """Yield the addresses in one header of a mail, at the time that the header gives."""
    for spot in _addresses(Search(text)):
        if isinstance(spot.value, Connection):
            yield _at(spot, spot.value, port=_port(spot, text), time=time)


def _addresses(search: Search) -> Iterator[Spot]:
    for finder in ADDRESSES:
        yield from search.spots(finder)


def _read(written: str) -> Connection | None:
    try:
        found = connection.of(ip_address(written))
    except ValueError:
        return None
    return None if found.reach == connection.NOWHERE else found


def _cut(match: re.Match[str]) -> tuple[int, str]:
    return match.start(), match.group()


class _Times:
    """The time on each line, found once."""

    def __init__(self, text: str, zone: ZoneInfo | None) -> None:
        self._text = text
        self._zone = zone
        self._start = -1
        self._moment: Moment | None = None

    def on(self, line: tuple[int, int]) -> Moment | None:
        if line[0] != self._start:
            self._start = line[0]
            self._moment = moment.find(self._text[line[0] : line[1]], zone=self._zone)
        return self._moment


def line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line begins and ends; of an endless line, the stretch around.

    Stretches begin at fixed places, so that two addresses in one are looked at once.
    """
    before = max(0, start // LONGEST_LINE - 1) * LONGEST_LINE
    after = (end // LONGEST_LINE + 2) * LONGEST_LINE
    last = text.find("\n", end, after)
    return max(before, text.rfind("\n", before, start) + 1), last if last >= 0 else after


def _at(spot: Spot, found: Connection, *, port: int | None, time: Moment | None) -> Spot:
    value = connection.of(found.ip, port=port, time=time)
    return replace(spot, value=value, missing=_missing(value, time), notes=_notes(value, time))


def _port(spot: Spot, text: str) -> int | None:
    after = _NEXT_PORT.match(text, spot.end)
    pattern = _NETFILTER.get(text[max(0, spot.start - 4) : spot.start])
    if pattern and not after:
        after = pattern.search(text, spot.end, line_around(text, spot.start, spot.end)[1])
    port = int(after[1]) if after else 0
    return port if 0 < port <= _LAST_PORT else None


def _missing(value: Connection, time: Moment | None) -> tuple[Sentence, ...]:
    if time and time.local is None:
        partial = say(
            "The line says %(time)s but no year and no zone: please add both.", time=time.written
        )
        return (*value.missing[:-1], partial)
    return value.missing


def _notes(value: Connection, time: Moment | None) -> tuple[Sentence, ...]:
    notes = []
    if time and time.assumed and time.zone:
        notes.append(say("The log names no zone: read as %(zone)s.", zone=time.zone))
    if value.reach == connection.PRIVATE:
        notes.append(say("A private address, of no use abroad: look for the public one."))
    if value.reach == connection.EXAMPLE:
        notes.append(say("This address is reserved for examples: check that it was copied right."))
    return tuple(notes)


ADDRESSES: Final = tuple(Finder(pattern=pattern, read=_read, cut=_cut) for pattern in _ADDRESSES)
