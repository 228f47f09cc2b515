"""The State's own card: the first one, and the next."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from comity.directory.anchor import WordsAnchor
from comity.directory.card import Card, CardKey, Endpoint, K
from comity.directory.errors import WrongField
from comity.directory.trust import Pinned, accept_card
from comity.directory.write import sign_card
from comity.node.about import FILE_NAME, About
from comity.node.errors import BadConfig
from comity.seal.keyfile import KeyFile
from comity.seal.keys import SealTo, SigningKey, VerifyKey
from comity.seal.suite1 import Ed25519MlDsa65Signing, MlKem768X25519Open
from comity.text import say

LIFE: Final = timedelta(days=366)
"""How long keys and card are valid; card-v1 allows a key 400 days."""

AT_HOME: Final = ("comity init", "root key made here")
"""Stands where two officers' names stand for a peer: nobody reads his own words by phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A card and its envelope."""

    card: Card
    envelope: bytes


def first_card(
    state: str,
    about: About,
    *,
    keys: tuple[KeyFile, ...],
    endpoint: Endpoint,
    root: SigningKey,
    demo: bool,
    now: datetime,
) -> Signed:
    """Return version 1, signed by the root."""
    signing: list[CardKey[VerifyKey]] = []
    sealing: list[CardKey[SealTo]] = []
    for held in sorted(keys, key=lambda held: (held.purpose.value, held.epoch)):
        if isinstance(held.key, MlKem768X25519Open):
            sealing.append(_listed(held, held.key.public))
        elif isinstance(held.key, Ed25519MlDsa65Signing):
            signing.append(_listed(held, held.key.public))
    draft = Card(
        state=state,
        names=about.names,
        version=1,
        issued=now,
        expires=now + LIFE,
        root=root.public,
        demo=demo,
        signing=tuple(signing),
        sealing=tuple(sealing),
        endpoint=endpoint,
        log=log_origin(state),
    )
    return _signed(_with(draft, about), root, now)


def next_card(
    held: Card, about: About, *, endpoint: Endpoint, root: SigningKey, now: datetime
) -> Signed:
    """Return the next version with the same keys and what ``about.toml`` says now."""
    ends = max(key.until for key in held.keys)
    draft = replace(held, version=held.version + 1, issued=now, expires=ends, endpoint=endpoint)
    return _signed(_with(draft, about), root, now)


def log_origin(state: str) -> str:
    """Return the name of a State's log until the State names its own domain (log-v1)."""
    return f"comity.invalid/{state}/log/v1"


def own_pin(card: Card, now: datetime) -> Pinned:
    """Return the pin of the State's own root."""
    anchor = WordsAnchor(officers=AT_HOME, at=now)
    return Pinned(state=card.state, root=card.root, anchor=anchor)


def _with(card: Card, about: About) -> Card:
    return replace(
        card,
        names=about.names,
        languages=about.languages,
        authorities=about.authorities,
        declarations=about.declarations,
        treaties=about.treaties,
    )


def _signed(draft: Card, root: SigningKey, now: datetime) -> Signed:
    """Sign, and read back as a peer will: what a peer would refuse is not handed out."""
    try:
        envelope = sign_card(draft, root)
    except WrongField as error:
        raise BadConfig(
            say(
                "The card cannot be made: look at “%(field)s” in %(file)s.",
                field=error.field,
                file=FILE_NAME,
            )
        ) from error
    card = accept_card(envelope, pinned=own_pin(draft, now), held=None, now=now, demo=draft.demo)
    return Signed(card=card, envelope=envelope)


def _listed(held: KeyFile, public: K) -> CardKey[K]:
    return CardKey(
        purpose=held.purpose,
        epoch=held.epoch,
        since=held.valid_from,
        until=held.valid_until,
        public=public,
    )
