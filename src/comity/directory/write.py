"""Write a card (card-v1): members to canonical bytes, and those bytes signed by the root."""

from collections.abc import Mapping
from typing import Final

from comity.directory.card import (
    Authority,
    Card,
    CardKey,
    Declaration,
    Endpoint,
    Treaty,
)
from comity.directory.errors import WrongRoot
from comity.directory.read import read_card
from comity.seal.canonical import Json, decode, encode
from comity.seal.dsse import CARD_TYPE, sign
from comity.seal.forms import day_text, time_text
from comity.seal.keys import SealTo, SigningKey, Suite, VerifyKey
from comity.seal.suites import LIVE

VERSION: Final = 1


def write_card(card: Card, suites: Mapping[int, Suite] = LIVE) -> bytes:
    """Return the canonical bytes of a card's members; ``card.payload`` is not looked at.

    Raises ``NotACard`` when the card could not be read back.
    """
    payload = encode(
        {
            **decode(card.extra),
            "v": VERSION,
            "state": card.state,
            "name": dict(card.names),
            "version": card.version,
            "issued": time_text(card.issued),
            "expires": time_text(card.expires),
            "root": card.root.data(),
            "successor": card.successor,
            "demo": card.demo,
            "keys": [_key(key) for key in card.keys],
            "endpoint": _endpoint(card.endpoint),
            "authorities": [_authority(one) for one in card.authorities],
            "languages": list(card.languages),
            "roster": [decode(officer) for officer in card.roster],
            "declarations": [_declaration(one) for one in card.declarations],
            "treaties": [_treaty(one) for one in card.treaties],
            "log": card.log,
        }
    )
    read_card(payload, suites)
    return payload


def sign_card(card: Card, root: SigningKey, suites: Mapping[int, Suite] = LIVE) -> bytes:
    """Return the card's envelope, signed by its root (or by the root that names a successor).

    Raises ``WrongRoot`` when ``root`` is not the card's own, ``NotACard`` as ``write_card``.
    """
    if root.public.id != card.root.id:
        raise WrongRoot(card.state)
    return sign(write_card(card, suites), CARD_TYPE, root)


def _key(key: CardKey[VerifyKey] | CardKey[SealTo]) -> Json:
    return {
        **decode(key.extra),
        "purpose": key.purpose.value,
        "epoch": key.epoch,
        "from": time_text(key.since),
        "until": time_text(key.until),
        "public": key.public.data(),
    }


def _endpoint(endpoint: Endpoint) -> Json:
    return {**decode(endpoint.extra), "url": endpoint.url, "tls": endpoint.tls}


def _authority(one: Authority) -> Json:
    return {
        **decode(one.extra),
        "code": one.code,
        "name": one.name,
        "roles": list(one.roles),
        "phone": one.phone,
        "hours": one.hours,
        "languages": list(one.languages),
    }


def _declaration(one: Declaration) -> Json:
    return {
        **decode(one.extra),
        "instrument": one.instrument,
        "article": one.article,
        "code": one.code,
        "text": one.text,
        "source": one.source,
    }


def _treaty(one: Treaty) -> Json:
    return {
        **decode(one.extra),
        "instrument": one.instrument,
        "in_force_from": day_text(one.in_force_from),
        "source": one.source,
        "confirmed_by": one.confirmed_by,
    }
