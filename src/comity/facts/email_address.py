"""An e-mail address (RFC 5321 section 4.1.2, RFC 6531 for other scripts)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from comity.facts import domain
from comity.facts.data import Data, text_of
from comity.facts.errors import BadDomain, BadEmailAddress, Wildcard
from comity.facts.typed import as_typed, has_wildcard, refang
from comity.text import say

LONGEST: Final = 254
# Dots may stand anywhere: Japanese carriers gave out addresses such as "a..b.@carrier".
_LOCAL: Final = re.compile(r"[\w.!#$&'+/=^`{|}~-]{1,64}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailAddress:
    """One mailbox: the part before the at sign as written, the domain as servers see it."""

    kind: ClassVar[str] = "email_address"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "address"})
    address: str

    def __post_init__(self) -> None:
        """Refuse what is not one mailbox at one domain."""
        local, _, host = self.address.rpartition("@")
        if has_wildcard(local):
            raise Wildcard(
                say("Name one e-mail address. A wildcard (*, ?) asks for many people's data.")
            )
        if not _LOCAL.match(local):
            raise BadEmailAddress(
                say("This is not an e-mail address. Write it like name@example.com.")
            )
        _host(host)

    @property
    def domain(self) -> domain.Domain:
        """Return the domain after the at sign."""
        return domain.Domain(name=self.address.rpartition("@")[2])

    @property
    def normal(self) -> str:
        """Return the form to compare by: providers do not tell capitals apart."""
        return unicodedata.normalize("NFC", self.address.casefold())

    def caption(self) -> str:
        """Return the address; an international domain also in its own script."""
        readable = self.domain.readable
        plain = self.address.rpartition("@")
        return self.address if readable == plain[2] else f"{plain[0]}@{readable} ({self.address})"

    def as_data(self) -> Data:
        """Return the wire form."""
        return {"kind": self.kind, "address": self.address}


def clean(text: str) -> EmailAddress:
    """Return the address that a person typed, defanged or not.

    :raises BadEmailAddress: it is not one e-mail address.
    :raises Wildcard: it stands for several.
    """
    typed = refang(as_typed(text, longest=LONGEST)).removeprefix("mailto:")
    local, _, host = typed.strip("<>").rpartition("@")
    try:
        return EmailAddress(address=f"{local}@{domain.clean(host).name}")
    except BadDomain as error:
        raise _bad_host() from error


def from_data(data: Mapping[str, str | int]) -> EmailAddress:
    """Return the address of its wire form."""
    return EmailAddress(address=text_of(data, "address"))


def _host(name: str) -> domain.Domain:
    try:
        return domain.Domain(name=name)
    except BadDomain as error:
        raise _bad_host() from error


def _bad_host() -> BadEmailAddress:
    return BadEmailAddress(
        say("The part after @ is not a domain name. Write the address like name@example.com.")
    )
