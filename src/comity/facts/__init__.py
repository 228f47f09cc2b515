"""Identifiers as values: clean what was typed, compare, show, send; and read a paste.

One file holds one kind. ``read.KINDS`` lists them; ``recognise`` finds them in a mail or a
log; ``limits`` says what one request may name.
"""

from comity.facts.account import Account
from comity.facts.connection import Connection
from comity.facts.data import Data
from comity.facts.digest import Digest
from comity.facts.display import has_hidden, reveal
from comity.facts.domain import Domain
from comity.facts.email_address import EmailAddress
from comity.facts.errors import (
    BadAccount,
    BadConnection,
    BadData,
    BadDigest,
    BadDomain,
    BadEmailAddress,
    BadIban,
    BadMoment,
    BadPeriod,
    BadPhone,
    BadUrl,
    BadWallet,
    FactError,
    Hidden,
    PasteTooLarge,
    TooLong,
    UnknownKind,
    Wildcard,
)
from comity.facts.finding import Finding
from comity.facts.iban import Iban
from comity.facts.limits import (
    MOST_DAYS,
    MOST_IDENTIFIERS,
    Problem,
    count_problems,
    period_problems,
    request_problems,
    typed_problems,
    value_problems,
)
from comity.facts.paste import LONGEST_PASTE, Paste, recognise
from comity.facts.period import Period
from comity.facts.phone import Phone
from comity.facts.read import IDENTIFIERS, KINDS, Kind, Known, Value, clean, from_data
from comity.facts.unknown import Unknown
from comity.facts.url import Url
from comity.facts.wallet import Wallet

__all__ = [
    "IDENTIFIERS",
    "KINDS",
    "LONGEST_PASTE",
    "MOST_DAYS",
    "MOST_IDENTIFIERS",
    "Account",
    "BadAccount",
    "BadConnection",
    "BadData",
    "BadDigest",
    "BadDomain",
    "BadEmailAddress",
    "BadIban",
    "BadMoment",
    "BadPeriod",
    "BadPhone",
    "BadUrl",
    "BadWallet",
    "Connection",
    "Data",
    "Digest",
    "Domain",
    "EmailAddress",
    "FactError",
    "Finding",
    "Hidden",
    "Iban",
    "Kind",
    "Known",
    "Paste",
    "PasteTooLarge",
    "Period",
    "Phone",
    "Problem",
    "TooLong",
    "Unknown",
    "UnknownKind",
    "Url",
    "Value",
    "Wallet",
    "Wildcard",
    "clean",
    "count_problems",
    "from_data",
    "has_hidden",
    "period_problems",
    "recognise",
    "request_problems",
    "reveal",
    "typed_problems",
    "value_problems",
]
