"""Read a card's bytes strictly (card-v1). Form only: whether to believe it is ``trust``."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final, NoReturn, TypeVar

from comity.directory.card import (
    MAX_CARD,
    Authority,
    Card,
    CardKey,
    Declaration,
    Endpoint,
    K,
    Treaty,
)
from comity.directory.errors import WrongField
from comity.directory.members import Members, WrongMember
from comity.seal.canonical import Json, decode
from comity.seal.errors import BadKey, NotCanonical
from comity.seal.keys import Purpose, SealTo, Suite, VerifyKey
from comity.seal.suites import LIVE, read_seal_key, read_verify_key

P = TypeVar("P")

MOST_KEYS: Final = 96
MOST_ENTRIES: Final = 256
MOST_TAGS: Final = 64
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 8_000

_SIGNING: Final = (Purpose.ACTS, Purpose.NODE)
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_ARTICLE: Final = re.compile(r"[A-Za-z0-9 ().,/§-]{0,64}")
_PHONE: Final = re.compile(r"\+[0-9][0-9 ()./-]{3,38}")
_ORIGIN: Final = re.compile(r"[!-*,-~]{1,255}")
_URL: Final = re.compile(
    r"https://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(:[1-9][0-9]{0,4})?"
    r"(/[A-Za-z0-9._~-]{1,64}){0,8}"
)


def read_card(payload: bytes, suites: Mapping[int, Suite] = LIVE) -> Card:
    """Return the card that ``payload`` says.

    Raises ``NotACard`` (too long, or a member missing or of a wrong form),
    ``NotCanonical``, ``UnknownSuite``.
    """
    if len(payload) > MAX_CARD:
        _refuse("length")
    members = Members(decode(payload))
    try:
        return _card(members, payload, suites)
    except WrongMember as error:
        raise WrongField(error.path) from error


def _card(members: Members, payload: bytes, suites: Mapping[int, Suite]) -> Card:
    members.whole("v", 1, 1)
    signing, sealing = _keys(members, suites)
    card = Card(
        state=members.state("state"),
        names=_names(members),
        version=members.whole("version", 1),
        issued=members.time("issued"),
        expires=members.time("expires"),
        root=_public(members, "root", suites, read_verify_key),
        successor=_successor(members),
        demo=members.flag("demo"),
        signing=signing,
        sealing=sealing,
        endpoint=_endpoint(members.within("endpoint")),
        authorities=tuple(map(_authority, members.each("authorities", MOST_ENTRIES))),
        languages=members.lines("languages", _TAG, MOST_TAGS),
        roster=tuple(one.rest() for one in members.each("roster", MOST_ENTRIES)),
        declarations=tuple(map(_declaration, members.each("declarations", MOST_ENTRIES))),
        treaties=tuple(map(_treaty, members.each("treaties", MOST_ENTRIES))),
        log=members.formed("log", _ORIGIN),
        extra=members.rest(),
        payload=payload,
    )
    if card.issued >= card.expires:
        members.fail("expires")
    if len({one.code for one in card.authorities}) != len(card.authorities):
        members.fail("authorities")
    return card


def _names(members: Members) -> tuple[tuple[str, str], ...]:
    given = members.object("name")
    within = Members(given, "name")
    if "en" not in given or len(given) > MOST_TAGS or not all(map(_TAG.fullmatch, given)):
        members.fail("name")
    return tuple((tag, within.line(tag, LONGEST_NAME)) for tag in sorted(given))


def _successor(members: Members) -> str | None:
    return None if members.is_null("successor") else members.digest("successor")


def _public(
    members: Members,
    name: str,
    suites: Mapping[int, Suite],
    read: Callable[[Mapping[str, Json], Mapping[int, Suite]], P],
) -> P:
    try:
        return read(members.object(name), suites)
    except (BadKey, NotCanonical) as error:
        raise members.wrong(name) from error


def _keys(
    members: Members, suites: Mapping[int, Suite]
) -> tuple[tuple[CardKey[VerifyKey], ...], tuple[CardKey[SealTo], ...]]:
    signing: list[CardKey[VerifyKey]] = []
    sealing: list[CardKey[SealTo]] = []
    order: list[tuple[str, int]] = []
    for one in members.each("keys", MOST_KEYS):
        purpose = one.text("purpose")
        epoch = one.whole("epoch", 1)
        if purpose in _SIGNING:
            verify = _public(one, "public", suites, read_verify_key)
            signing.append(_key(one, Purpose(purpose), epoch, verify))
        elif purpose == Purpose.SEAL:
            seal = _public(one, "public", suites, read_seal_key)
            sealing.append(_key(one, Purpose.SEAL, epoch, seal))
        else:
            one.fail("purpose")
        order.append((purpose, epoch))
    if any(first >= second for first, second in pairwise(order)):
        members.fail("keys")
    return tuple(signing), tuple(sealing)


def _key(one: Members, purpose: Purpose, epoch: int, public: K) -> CardKey[K]:
    since, until = one.time("from"), one.time("until")
    if since >= until:
        one.fail("until")
    return CardKey(
        purpose=purpose, epoch=epoch, since=since, until=until, public=public, extra=one.rest()
    )


def _endpoint(one: Members) -> Endpoint:
    return Endpoint(url=one.formed("url", _URL), tls=one.digest("tls"), extra=one.rest())


def _authority(one: Members) -> Authority:
    return Authority(
        code=one.formed("code", _CODE),
        name=one.line("name", LONGEST_NAME),
        roles=one.lines("roles", _CODE, MOST_TAGS, 1),
        phone=one.formed("phone", _PHONE),
        hours=one.line("hours", LONGEST_NAME),
        languages=one.lines("languages", _TAG, MOST_TAGS),
        extra=one.rest(),
    )


def _declaration(one: Members) -> Declaration:
    return Declaration(
        instrument=one.formed("instrument", _CODE),
        article=one.formed("article", _ARTICLE),
        code=one.formed("code", _CODE),
        text=one.prose("text", LONGEST_TEXT),
        source=one.line("source", LONGEST_TEXT),
        extra=one.rest(),
    )


def _treaty(one: Members) -> Treaty:
    return Treaty(
        instrument=one.formed("instrument", _CODE),
        in_force_from=one.day("in_force_from"),
        source=one.line("source", LONGEST_TEXT),
        confirmed_by=one.line("confirmed_by", LONGEST_NAME),
        extra=one.rest(),
    )


def _refuse(field: str) -> NoReturn:
    raise WrongField(field)
