"""The kinds of identifier there are, and the way from typed text or wire data to a value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from comity.facts import (
    account,
    connection,
    digest,
    domain,
    email_address,
    iban,
    period,
    phone,
    unknown,
    url,
    wallet,
)
from comity.facts.account import Account
from comity.facts.connection import Connection
from comity.facts.data import LARGEST_NUMBER, LONGEST_TEXT
from comity.facts.digest import Digest
from comity.facts.domain import Domain
from comity.facts.email_address import EmailAddress
from comity.facts.errors import BadData, UnknownKind
from comity.facts.iban import Iban
from comity.facts.period import Period
from comity.facts.phone import Phone
from comity.facts.unknown import Unknown
from comity.facts.url import Url
from comity.facts.wallet import Wallet
from comity.text import Sentence, say

Known: TypeAlias = (
    Account | Connection | Digest | Domain | EmailAddress | Iban | Period | Phone | Url | Wallet
)
Value: TypeAlias = Known | Unknown

MOST_FIELDS: Final = 32
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of identifier: its label for people and the two ways to make a value of it."""

    label: Sentence
    clean: Callable[[str], Known]
    from_data: Callable[[Mapping[str, str | int]], Known]
    keys: frozenset[str]
    choices: tuple[tuple[str, frozenset[str]], ...] = ()


KINDS: Final[Mapping[str, Kind]] = {
    EmailAddress.kind: Kind(
        label=say("E-mail address"),
        clean=email_address.clean,
        from_data=email_address.from_data,
        keys=EmailAddress.keys,
    ),
    Account.kind: Kind(
        label=say("Account with a provider"),
        clean=account.clean,
        from_data=account.from_data,
        keys=Account.keys,
        choices=(("named_by", frozenset({account.HANDLE, account.USER_ID})),),
    ),
    Connection.kind: Kind(
        label=say("IP address with port and time"),
        clean=connection.clean,
        from_data=connection.from_data,
        keys=Connection.keys,
    ),
    Url.kind: Kind(
        label=say("Web address"), clean=url.clean, from_data=url.from_data, keys=Url.keys
    ),
    Domain.kind: Kind(
        label=say("Domain name"),
        clean=domain.clean,
        from_data=domain.from_data,
        keys=Domain.keys,
    ),
    Phone.kind: Kind(
        label=say("Telephone number"),
        clean=phone.clean,
        from_data=phone.from_data,
        keys=Phone.keys,
    ),
    Iban.kind: Kind(
        label=say("Bank account (IBAN)"),
        clean=iban.clean,
        from_data=iban.from_data,
        keys=Iban.keys,
    ),
    Wallet.kind: Kind(
        label=say("Wallet address"),
        clean=wallet.clean,
        from_data=wallet.from_data,
        keys=Wallet.keys,
        choices=(("chain", wallet.CHAINS),),
    ),
    Digest.kind: Kind(
        label=say("Digest of a file"),
        clean=digest.clean,
        from_data=digest.from_data,
        keys=Digest.keys,
        choices=(("algorithm", frozenset(digest.LENGTHS.values())),),
    ),
    Period.kind: Kind(
        label=say("Period"),
        clean=period.clean,
        from_data=period.from_data,
        keys=Period.keys,
    ),
}

IDENTIFIERS: Final = tuple(kind for kind in KINDS if kind != Period.kind)
"""The kinds that a request may name; a period is not one of them."""


def clean(kind: str, text: str) -> Known:
    """Return the value of this kind that a person typed.

    :raises UnknownKind: there is no such kind.
    :raises FactError: the leaf of that kind, with what to do.
    """
    if kind not in KINDS:
        raise UnknownKind(say("Choose from the list what kind of identifier this is."))
    return KINDS[kind].clean(text)


def from_data(data: Mapping[str, str | int]) -> Value:
    """Return the value of its wire form; ``from_data(v.as_data()) == v``.

    A kind, field or choice that only a newer version knows makes an `Unknown`, which is
    shown as it is and written back unchanged.

    :raises FactError: a known kind whose fields are not what the kind says.
    """
    kind = data.get("kind")
    if not isinstance(kind, str) or not _CODE.match(kind) or len(data) > MOST_FIELDS:
        raise BadData(say("An identifier needs a kind and at most 32 fields."))
    _check_shape(data)
    known = KINDS.get(kind)
    if known and data.keys() <= known.keys and _chosen(data, known):
        value = known.from_data(data)
        if value.as_data() != dict(data):
            raise BadData(say("This identifier is not written in the one agreed form."))
        return value
    return unknown.from_data(data)


def _chosen(data: Mapping[str, str | int], kind: Kind) -> bool:
    return all(field not in data or data[field] in allowed for field, allowed in kind.choices)


def _check_shape(data: Mapping[str, str | int]) -> None:
    """Refuse what no version would write; what the fields mean comes after."""
    for name, value in data.items():
        too_long = isinstance(value, str) and len(value) > LONGEST_TEXT
        too_large = isinstance(value, int) and abs(value) > LARGEST_NUMBER
        if not _CODE.match(name) or type(value) not in {str, int} or too_long or too_large:
            raise BadData(say("A field of this identifier is not text or a whole number."))
