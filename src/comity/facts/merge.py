"""Each identifier once: the first place stands, the complainant's mark wins."""

from collections.abc import Iterable
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address
from typing import TypeGuard

from comity.facts.connection import Connection
from comity.facts.domain import Domain
from comity.facts.email_address import EmailAddress
from comity.facts.finding import Finding
from comity.facts.read import Value
from comity.facts.url import Url
from comity.text import say


def merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return one finding for each kind and normal form, in order of first appearance.

    What is the complainant's anywhere is hers everywhere: also a link that holds her
    address, and a domain of her provider. An IP address without time is left out where the
    same one stands elsewhere with its time.
    """
    listed = list(found)
    own = [f.value for f in listed if f.is_complainant and isinstance(f.value, EmailAddress)]
    addresses = frozenset(address.normal for address in own)
    hosts = frozenset(address.domain.registrable for address in own) - {None}
    first: dict[tuple[str, str], Finding] = {}
    for finding in listed:
        first.setdefault((finding.kind, finding.value.normal), _marked(finding, addresses, hosts))
    values = [finding.value for finding in first.values()]
    timed = frozenset(value.ip for value in values if _is_timed(value))
    return tuple(f for f in first.values() if not _is_repeated(f, timed))


def _marked(finding: Finding, addresses: frozenset[str], hosts: frozenset[str | None]) -> Finding:
    match finding.value:
        case EmailAddress(normal=normal) if normal in addresses:
            return replace(finding, is_complainant=True)
        case Domain(registrable=host) if host in hosts:
            return replace(finding, is_complainant=True)
        case Url(address=link) if _holds(link, addresses):
            note = say("This link holds the complainant's address: send it only if it is needed.")
            return replace(finding, is_complainant=True, notes=(*finding.notes, note))
    return finding


def _holds(link: str, addresses: frozenset[str]) -> bool:
    plain = link.casefold().replace("%40", "@")
    return any(address in plain for address in addresses)


def _is_timed(value: Value) -> TypeGuard[Connection]:
    return isinstance(value, Connection) and bool(value.at or value.local)


def _is_repeated(finding: Finding, timed: frozenset[IPv4Address | IPv6Address]) -> bool:
    value = finding.value
    return (
        isinstance(value, Connection)
        and not _is_timed(value)
        and value.port is None
        and value.ip in timed
    )
