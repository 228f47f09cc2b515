"""What the headers of a mail give away: who sent it, by which hops, and to whom.

``Received`` headers (RFC 5321 section 4.4) are written by each server on the way, the newest
on top: the ``from`` clause holds the address that connected, the end the time. Anything
below the first server that one trusts may be invented by the sender.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from comity.facts import domain, email_address, moment
from comity.facts.errors import FactError
from comity.facts.finding import Finding, found_at
from comity.facts.lines import in_field
from comity.facts.mail import Header
from comity.facts.read import Value
from comity.facts.spots import EMAILS, Search, Spot, everything
from comity.facts.typed import refang
from comity.text import Sentence, say

SENDERS: Final = frozenset(
    {"from", "sender", "reply-to", "return-path", "resent-from", "x-sender", "errors-to"}
    | {"disposition-notification-to", "x-authenticated-sender", "x-env-sender"}
)
RECIPIENTS: Final = frozenset(
    {"to", "cc", "bcc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"}
    | {"x-rcpt-to", "resent-to", "resent-cc", "apparently-to", "x-delivered-to", "x-forwarded-to"}
)
_ADDRESS_ONLY: Final = frozenset(
    {"x-originating-ip", "x-sender-ip", "x-source-ip", "x-client-ip", "x-remote-ip"}
    | {"x-originating-client-ip", "received-spf"}
)
_SEARCHED: Final = frozenset({"subject", "list-unsubscribe", "x-php-originating-script"})

_BOTH: Final = say(
    "This address stands as sender and as recipient. Tick it only if it is not the "
    "complainant's own: senders forge it."
)
_BY: Final = re.compile(r"(?i)(?:^|\s)by\s")
_FOR: Final = re.compile(r"(?i)\sfor\s+<?([^\s<>;]{3,254})")
_ANGLED: Final = re.compile(r"<([^<>\s]{3,254})>")
_MESSAGE_ID: Final = re.compile(r"@([^\s<>@]{3,253})>?\s*\Z")
_SIGNED_BY: Final = re.compile(r"(?:^|;)\s*d\s*=\s*([\w.-]{3,253})")


def findings(
    headers: Iterable[Header], *, forwarded: bool = False, covering: bool = False
) -> Iterator[Finding]:
    """Yield what each header names; recipients are marked as the complainant's.

    :param forwarded: the headers of a mail that was attached to another.
    :param covering: the headers of that other: whoever sent it is the complainant.
    """
    found = [
        (header, finding)
        for header in headers
        for finding in _in_header(header, _where(header, forwarded=forwarded))
    ]
    senders = {f.value.normal for header, f in found if header.name in SENDERS}
    recipients = {f.value.normal for header, f in found if header.name in RECIPIENTS}
    for _, finding in found:
        notes = (*finding.notes, _BOTH) if finding.value.normal in senders & recipients else ()
        yield replace(
            finding,
            notes=notes or finding.notes,
            is_complainant=finding.is_complainant or covering,
        )


def _in_header(header: Header, where: Sentence) -> Iterator[Finding]:
    name, text = header.name, refang(header.text)
    if name in SENDERS | RECIPIENTS:
        for spot in _mailboxes(text):
            yield found_at(spot, text, where=where, is_complainant=name in RECIPIENTS)
    elif name == "received":
        yield from _received(text, where)
    elif name in _ADDRESS_ONLY:
        for spot in in_field(text, time=None):
            yield found_at(spot, text, where=where)
    elif name in {"message-id", "dkim-signature"}:
        pattern = _MESSAGE_ID if name == "message-id" else _SIGNED_BY
        for spot in _named_domain(text, pattern):
            yield found_at(spot, text, where=where)
    elif name in _SEARCHED:
        for spot in everything(Search(text)):
            yield found_at(spot, text, where=where)


def _received(text: str, where: Sentence) -> Iterator[Finding]:
    by = _BY.search(text)
    came_from = text[: by.start()] if by else text.partition(";")[0]
    time = moment.from_mail(text.rpartition(";")[2])
    for spot in in_field(came_from, time=time):
        yield found_at(spot, text, where=where)
    for match in _FOR.finditer(text):
        for spot in _tried(email_address.clean, match):
            yield found_at(spot, text, where=where, is_complainant=True)


def _mailboxes(text: str) -> Iterator[Spot]:
    """Yield addresses in angle brackets first: they may hold signs that free text may not."""
    angled = [
        spot for match in _ANGLED.finditer(text) for spot in _tried(email_address.clean, match)
    ]
    yield from angled
    yield from Search(_ANGLED.sub(lambda match: " " * len(match.group()), text)).spots(EMAILS)


def _named_domain(text: str, pattern: re.Pattern[str]) -> Iterator[Spot]:
    match = pattern.search(text)
    return _tried(domain.clean, match) if match else iter(())


def _tried(clean: Callable[[str], Value], match: re.Match[str]) -> Iterator[Spot]:
    try:
        value = clean(match[1])
    except FactError:
        return
    yield Spot(value=value, start=match.start(1), end=match.end(1))


def _where(header: Header, *, forwarded: bool) -> Sentence:
    name = header.name.title()
    if forwarded:
        return say("Forwarded mail, header %(name)s", name=name)
    if header.name == "received":
        return say("Header Received, number %(number)s from the top", number=str(header.number))
    return say("Header %(name)s", name=name)
