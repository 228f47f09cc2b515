"""The directory card of a State (card-v1): its members as values, nothing checked.

``read.read_card`` makes one from bytes and ``write.write_card`` bytes from one.
Members that this version does not know are kept in ``extra`` as canonical
bytes and written back unchanged.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from comity.directory.members import NOTHING
from comity.seal.forms import digest
from comity.seal.keys import Purpose, SealTo, VerifyKey

K = TypeVar("K", VerifyKey, SealTo)

MAX_CARD: Final = 262_144
"""Bytes of the largest card (its payload, without the envelope)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardKey(Generic[K]):
    """A key with its purpose and validity: ``since`` <= t < ``until`` (member ``from``)."""

    purpose: Purpose
    epoch: int
    since: datetime
    until: datetime
    public: K
    extra: bytes = NOTHING

    @property
    def id(self) -> str:
        """The key id: digest of the public form."""
        return self.public.id

    def valid(self, moment: datetime) -> bool:
        """Say whether ``moment`` lies in the key's validity."""
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the State's node listens, and the digest of its TLS certificate (DER)."""

    url: str
    tls: str
    extra: bytes = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """An institution with its telephone number and hours; never a person."""

    code: str
    name: str
    roles: tuple[str, ...]
    phone: str
    hours: str
    languages: tuple[str, ...]
    extra: bytes = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A reservation or notification that the State made under an instrument."""

    instrument: str
    article: str
    code: str
    text: str
    source: str
    extra: bytes = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """An instrument in force for the State, with who confirmed it and from where."""

    instrument: str
    in_force_from: date
    source: str
    confirmed_by: str
    extra: bytes = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Who speaks for a State. ``payload`` is the bytes read; empty in a draft.

    ``names`` holds (language tag, name) pairs, sorted; ``successor`` is the key
    id of the next root; ``roster`` keeps each officer's entry as canonical bytes.
    """

    state: str
    names: tuple[tuple[str, str], ...]
    version: int
    issued: datetime
    expires: datetime
    root: VerifyKey
    successor: str | None = None
    demo: bool
    signing: tuple[CardKey[VerifyKey], ...]
    sealing: tuple[CardKey[SealTo], ...]
    endpoint: Endpoint
    authorities: tuple[Authority, ...] = ()
    languages: tuple[str, ...] = ()
    roster: tuple[bytes, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    treaties: tuple[Treaty, ...] = ()
    log: str
    extra: bytes = NOTHING
    payload: bytes = field(default=b"", compare=False, repr=False)

    @property
    def keys(self) -> tuple[CardKey[VerifyKey] | CardKey[SealTo], ...]:
        """All keys in the order of the card: by purpose, then epoch."""
        return (*self.signing, *self.sealing)

    @property
    def digest(self) -> str:
        """The digest by which a message names this card; ``ValueError`` for a draft."""
        if not self.payload:
            message = "a draft has no digest: write it and read it back"
            raise ValueError(message)
        return digest(self.payload)

    def name(self, language: str) -> str:
        """Return the State's name in ``language``, else in English."""
        named = dict(self.names)
        return named.get(language, named["en"])
