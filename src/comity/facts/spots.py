"""Where in a text an identifier stands: candidates by pattern, then the value decides.

Time is bounded whatever the text. Each pattern begins with a sign or a class (which Python
skips to at once), looks back only after that, and repeats possessively or a bounded number
of times; at most ``MOST_MATCHES`` places and ``MOST_TRIED`` different candidates of a kind
are looked at. General extractors of indicators were weighed and left: they backtrack
without bound, fetch lists from the network, or take minutes for a few megabytes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from comity.facts import digest, domain, email_address, iban, phone, url, wallet
from comity.facts.digest import Digest
from comity.facts.domain import Domain
from comity.facts.errors import FactError
from comity.facts.iban import Iban
from comity.facts.phone import Phone
from comity.facts.platforms import account_in
from comity.facts.read import Value
from comity.facts.url import Url
from comity.facts.wallet import Wallet
from comity.text import Sentence, say

MOST_MATCHES: Final = 50_000
MOST_TRIED: Final = 2_000
MOST_FOUND: Final = 500

# Endings that are more often of a file than of a country.
_FILE_ENDINGS: Final = frozenset({"cc", "md", "mov", "pl", "ps", "py", "rs", "sh", "so", "zip"})
# New endings that more often follow a full stop without a space; and the old ones in capitals.
_WORD_ENDINGS: Final = frozenset({"here", "how", "like", "now", "one", "today", "you"})
_CAPITAL_ENDINGS: Final = frozenset({"BIZ", "COM", "INFO", "NET", "ORG"})
# Hosts that only name document types.
_NAMESPACES: Final = frozenset({"www.w3.org", "schemas.microsoft.com", "schemas.xmlsoap.org"})
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A value and where it stands in the text that was searched."""

    value: Value
    start: int
    end: int
    missing: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """A pattern for candidates, how to cut one out, and how to make a value of it."""

    pattern: re.Pattern[str]
    read: Callable[[str], Value | None]
    cut: Callable[[re.Match[str]], tuple[int, str]]
    missing: tuple[Sentence, ...] = ()


class Search:
    """One pass through one text: what stretches are taken, and whether it had to stop."""

    def __init__(self, text: str) -> None:
        """Begin with nothing taken."""
        self.text = text
        self.stopped = False
        self._taken = bytearray(len(text))

    def spots(self, finder: Finder) -> Iterator[Spot]:
        """Yield each place, not yet taken, where ``finder`` finds a value."""
        tried: dict[str, Value | None] = {}
        for number, match in enumerate(finder.pattern.finditer(self.text)):
            if number == MOST_MATCHES:
                self.stopped = True
                return
            start, written = finder.cut(match)
            end = start + len(written)
            if not written or self._taken.find(1, start, end) >= 0:
                continue
            if written not in tried:
                if len(tried) == MOST_TRIED:
                    self.stopped = True
                    return
                tried[written] = _value(finder, written)
            value = tried[written]
            if value is not None:
                self._taken[start:end] = b"\x01" * (end - start)
                yield Spot(value=value, start=start, end=end, missing=finder.missing)


def everything(search: Search) -> Iterator[Spot]:
    """Yield every identifier but IP addresses, each different one once."""
    for finder in (URLS, EMAILS, LONG_WORDS, IBANS, PHONES, SPOKEN_PHONES, DOMAINS):
        yield from _different(search.spots(finder))


def links(search: Search) -> Iterator[Spot]:
    """Yield web and e-mail addresses only: what the source of an HTML page is searched for."""
    for finder in (URLS, EMAILS):
        yield from _different(search.spots(finder))


def _different(spots: Iterator[Spot]) -> Iterator[Spot]:
    seen: set[str] = set()
    for spot in spots:
        if spot.value.normal not in seen and len(seen) <= MOST_FOUND:
            seen.add(spot.value.normal)
            yield spot
            yield from _named_account(spot)


def _named_account(spot: Spot) -> Iterator[Spot]:
    account = account_in(spot.value) if isinstance(spot.value, Url) else None
    if account:
        yield replace(spot, value=account)


def _value(finder: Finder, written: str) -> Value | None:
    try:
        return finder.read(written)
    except FactError:
        return None


def _whole(match: re.Match[str]) -> tuple[int, str]:
    return match.start(), match.group()


def _cut_url(match: re.Match[str]) -> tuple[int, str]:
    """Leave out the punctuation of the sentence around, but not a bracket opened inside."""
    written = match.group()
    while written and (written[-1] in ".,;:!?'*_~" or _closes_nothing(written)):
        written = written[:-1]
    return match.start(), written


def _closes_nothing(written: str) -> bool:
    opening = _CLOSING.get(written[-1])
    return opening is not None and written.count(opening) < written.count(written[-1])


def _cut_email(match: re.Match[str]) -> tuple[int, str]:
    """Take what stands before the at sign as well; a full stop around is the sentence's."""
    at, text = match.start(), match.string
    before = _BEFORE_AT.search(text, max(0, at - _REACH), at)
    if not before or at - before.start() == _REACH:
        return at, ""
    written = before.group() + match.group().rstrip(".-_")
    trimmed = written.lstrip("'.-+")
    return before.start() + len(written) - len(trimmed), trimmed


def _cut_word(match: re.Match[str]) -> tuple[int, str]:
    """Take a word only whole."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    return start, "" if _is_letter(before) or _is_letter(after) else match.group()


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _cut_iban(match: re.Match[str]) -> tuple[int, str]:
    """Take as many characters as an IBAN of that country has, single spaces between them."""
    reach = _iban_of(match.group()[:2])
    found = reach.match(match.string, match.start()) if reach else None
    return match.start(), found.group() if found else ""


@cache
def _iban_of(country: str) -> re.Pattern[str] | None:
    length = iban.length_in(country)
    if length is None:
        return None
    return re.compile(rf"[A-Z]{{2}}\d\d(?:[ -]?[A-Z0-9]){{{length - 4}}}(?![A-Za-z0-9])")


def _cut_spoken(match: re.Match[str]) -> tuple[int, str]:
    return match.start(1), match.group(1)


def _read_url(written: str) -> Url | None:
    link = url.clean(written)
    return None if link.host in _NAMESPACES else link


def _read_iban(written: str) -> Iban:
    return iban.clean(written.replace("-", ""))


def _read_phone(written: str) -> Phone | None:
    number = phone.clean(f"+{written.removeprefix('+')}")
    return number if phone.is_assigned(number) else None


def _read_spoken_phone(written: str) -> Phone:
    """Take a number after the word telephone even from a range that the plan does not know."""
    return phone.clean(f"+{written}")


def _read_word(written: str) -> Wallet | Digest | None:
    """Read a long word of letters and digits: a wallet address, a digest, or neither."""
    if len(written) in digest.LENGTHS and not written.isdigit():
        try:
            return digest.clean(written)
        except FactError:
            return wallet.clean(written)
    return wallet.clean(written)


def _read_domain(written: str) -> Domain | Url | None:
    """Take a name only with a known ending, and not what looks like a file or two sentences."""
    host, slash, _ = written.partition("/")
    ending = host.rpartition(".")[2]
    if not (ending.islower() or ending in _CAPITAL_ENDINGS or not ending.isascii()):
        return None
    if ending in _FILE_ENDINGS | _WORD_ENDINGS and not host.startswith("www."):
        return None
    name = domain.clean(host)
    if name.registrable is None:
        return None
    return url.clean(written) if slash and len(written) > len(host) + 1 else name


_REACH: Final = 65
_BEFORE_AT: Final = re.compile(rf"[\w.+'-]{{1,{_REACH}}}\Z")

URLS: Final = Finder(
    pattern=re.compile(
        r"[hHfF](?<![A-Za-z0-9+.-].)(?:[tT][tT][pP][sS]?|[tT][pP])://"
        rf"[^\s<>\"`{{}}|\\^]{{1,{url.LONGEST}}}+"
    ),
    read=_read_url,
    cut=_cut_url,
)
EMAILS: Final = Finder(
    pattern=re.compile(r"@[\w.-]{3,253}+"), read=email_address.clean, cut=_cut_email
)
LONG_WORDS: Final = Finder(
    pattern=re.compile(r"[0-9A-Za-z]{26,91}+"), read=_read_word, cut=_cut_word
)
IBANS: Final = Finder(
    pattern=re.compile(r"[A-Z](?<![A-Za-z0-9].)[A-Z][0-9][0-9](?=[ -]?[A-Z0-9])"),
    read=_read_iban,
    cut=_cut_iban,
)
PHONES: Final = Finder(
    pattern=re.compile(r"\+(?<!\w.)[1-9](?:[ ().\u2011/-]{0,2}[0-9]){6,14}+(?![0-9])"),
    read=_read_phone,
    cut=_whole,
)
SPOKEN_PHONES: Final = Finder(
    pattern=re.compile(
        r"[tTpPfFmMcCwW](?<!\w.)(?:[eE][lL](?:[eE][pP][hH][oO][nN][eE])?|[hH][oO][nN][eE]"
        r"|[aA][xX]|[oO][bB][iI][lL][eE]|[eE][lL][lL]|[hH][aA][tT][sS][aA][pP][pP])\b[ .]{0,2}"
        r"(?:[nN][oOrR]|[nN]umber|NUMBER)?[ .:=#]{1,4}"
        r"([1-9](?:[ ().\u2011/-]{0,2}[0-9]){8,14}+)(?![0-9])"
    ),
    read=_read_spoken_phone,
    cut=_cut_spoken,
    missing=(
        say("This number was written without +: check that it begins with the country code."),
    ),
)
DOMAINS: Final = Finder(
    pattern=re.compile(
        r"[^\W_](?<![\w@./-].)[\w-]{0,62}+\.(?:[^\W_][\w-]{0,62}+\.){0,8}"
        r"(?:xn--[a-z0-9-]{2,59}+|[^\W\d_]{2,24}+)(?![\w@-])"
        r"(?:/[^\s<>\"`{}|\\^]{0,2000}+)?"
    ),
    read=_read_domain,
    cut=_cut_url,
)
