"""A domain name (RFC 1035, RFC 5890), kept in the ASCII form that name servers see."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final

import ada_url
from publicsuffixlist import PublicSuffixList

from comity.facts.data import Data, text_of
from comity.facts.errors import BadDomain, Wildcard
from comity.facts.typed import as_typed, refang
from comity.text import say

LONGEST: Final = 253
_LABEL: Final = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME: Final = re.compile(rf"(?=.{{1,{LONGEST}}}\Z)(?:{_LABEL}\.)+(?!\d+\Z){_LABEL}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain name of at least two labels, lower case, international labels as ``xn--``."""

    kind: ClassVar[str] = "domain"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "name"})
    name: str

    def __post_init__(self) -> None:
        """Refuse a name that no name server could hold."""
        if not _NAME.match(self.name):
            raise BadDomain(
                say(
                    "This is not a domain name. Write only the name, such as shop.example.com, "
                    "without http and without a path."
                )
            )

    @property
    def normal(self) -> str:
        """Return the form to compare by."""
        return self.name

    @property
    def readable(self) -> str:
        """Return the name in its own script."""
        return ada_url.idna.decode(self.name.encode("ascii")) or self.name

    @property
    def registrable(self) -> str | None:
        """Return the part that a registrar sold, or None where the ending is unknown.

        The packaged snapshot of the Public Suffix List decides; nothing is fetched.
        """
        return _endings().privatesuffix(self.name)

    def caption(self) -> str:
        """Return the name; an international one in its own script and as name servers see it."""
        return self.name if self.readable == self.name else f"{self.readable} ({self.name})"

    def as_data(self) -> Data:
        """Return the wire form."""
        return {"kind": self.kind, "name": self.name}


def clean(text: str) -> Domain:
    """Return the domain that a person typed, defanged or not.

    :raises Wildcard: it holds ``*``.
    :raises BadDomain: it is not a domain name.
    """
    typed = refang(as_typed(text, longest=LONGEST)).rstrip(".")
    if "*" in typed:
        raise Wildcard(say("Name one domain. A wildcard (*) asks for many people's data."))
    return Domain(name=ada_url.idna.encode(typed).decode("ascii").lower())


def from_data(data: Mapping[str, str | int]) -> Domain:
    """Return the domain of its wire form."""
    return Domain(name=text_of(data, "name"))


@cache
def _endings() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
