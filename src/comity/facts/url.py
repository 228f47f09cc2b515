"""A web address, read as a browser reads it (WHATWG URL standard)."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

import ada_url

from comity.facts import domain
from comity.facts.data import Data, text_of
from comity.facts.errors import BadUrl, FactError
from comity.facts.typed import as_typed, refang
from comity.text import say

LONGEST: Final = 4_096
_WEB: Final = re.compile(r"(?i)(?:https?|ftp):|[^/]*://")
# A word and a colon that no port follows: mailto:, javascript:, data: and their like.
_OTHER: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)")
_WRITTEN: Final = re.compile(r"(?:https?|ftp)://[\x21-\x7e]+\Z")
_HELP: Final = say(
    "This is not a web address. Copy it whole, such as https://shop.example.com/pay."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An http, https or ftp address in the form a browser would send."""

    kind: ClassVar[str] = "url"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "address"})
    address: str

    def __post_init__(self) -> None:
        """Refuse what is not plain ASCII with a scheme and a public host."""
        if len(self.address) > LONGEST or not _WRITTEN.match(self.address):
            raise BadUrl(_HELP)
        if not _is_public_host(self.host):
            raise BadUrl(
                say(
                    "The host in this web address is not a domain name or an IP address. "
                    "Copy the whole address again."
                )
            )

    @property
    def host(self) -> str:
        """Return the host that a browser would call: a domain or an IP address."""
        return _parsed(self.address).hostname.strip("[]")

    @property
    def normal(self) -> str:
        """Return the address without its fragment, which never reaches a server."""
        return self.address.partition("#")[0]

    def caption(self) -> str:
        """Return the address."""
        return self.address

    def as_data(self) -> Data:
        """Return the wire form."""
        return {"kind": self.kind, "address": self.address}


def clean(text: str) -> Url:
    """Return the web address that a person typed; without a scheme, http is meant.

    :raises BadUrl: it is no web address, or of another scheme than http, https and ftp.
    """
    typed = refang(as_typed(text, longest=LONGEST))
    if _WEB.match(typed):
        return Url(address=_parsed(typed).href)
    if _OTHER.match(typed):
        raise BadUrl(_HELP)
    return Url(address=_parsed(f"http://{typed}").href)


def from_data(data: Mapping[str, str | int]) -> Url:
    """Return the web address of its wire form."""
    return Url(address=text_of(data, "address"))


def _parsed(address: str) -> ada_url.URL:
    try:
        return ada_url.URL(address)
    except ValueError as error:
        raise BadUrl(_HELP) from error


def _is_public_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _is_domain(host)
    return True


def _is_domain(host: str) -> bool:
    try:
        domain.Domain(name=host.rstrip("."))
    except FactError:
        return False
    return True
