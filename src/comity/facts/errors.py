"""What can be wrong with an identifier; every sentence says what to do.

No sentence repeats the value: an error may reach a log, and identifiers are personal data.
"""

from comity.text import ToldError


class FactError(ToldError):
    """Something typed, pasted or received is not a usable identifier."""

    code = "fact"


class Hidden(FactError):
    """The text holds characters that cannot be seen or that turn its direction."""

    code = "hidden_characters"


class TooLong(FactError):
    """The text is longer than any real value of its kind."""

    code = "text_too_long"


class Wildcard(FactError):
    """The text stands for many values (a wildcard, a range), not for one."""

    code = "wildcard"


class BadEmailAddress(FactError):
    """Not an e-mail address."""

    code = "bad_email_address"


class BadAccount(FactError):
    """Not an account with a provider."""

    code = "bad_account"


class BadPhone(FactError):
    """Not an international telephone number."""

    code = "bad_phone"


class BadIban(FactError):
    """Not an IBAN."""

    code = "bad_iban"


class BadWallet(FactError):
    """Not a wallet address of a known chain, or its checksum is wrong."""

    code = "bad_wallet"


class BadConnection(FactError):
    """Not an IP address with port and time."""

    code = "bad_connection"


class BadMoment(FactError):
    """Not a date and time that happened once."""

    code = "bad_moment"


class BadDomain(FactError):
    """Not a domain name."""

    code = "bad_domain"


class BadUrl(FactError):
    """Not a web address."""

    code = "bad_url"


class BadDigest(FactError):
    """Not a digest of a known algorithm."""

    code = "bad_digest"


class BadPeriod(FactError):
    """Not a period between two dates."""

    code = "bad_period"


class BadData(FactError):
    """A value from the wire does not have the shape of its kind."""

    code = "bad_fact_data"


class UnknownKind(FactError):
    """There is no such kind of identifier."""

    code = "unknown_kind"


class PasteTooLarge(FactError):
    """The paste is larger than the recogniser reads."""

    code = "paste_too_large"
