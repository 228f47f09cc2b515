"""Say in words what a newer card changes, the dangerous changes first and loud.

A changed telephone number or key is what a thief of a root would send, so an
officer must read it; a changed opening hour she may read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from comity.directory.card import Authority, Card, CardKey, Declaration, Treaty
from comity.seal.forms import day_text, time_text
from comity.seal.keys import SealTo, VerifyKey
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change in words; ``loud`` when an officer must read it before relying on the card."""

    sentence: Sentence
    loud: bool


def compare(older: Card, newer: Card) -> tuple[Sentence, ...]:
    """Return what ``newer`` changes, loud sentences first; empty when nothing does."""
    return tuple(change.sentence for change in changes(older, newer))


def changes(older: Card, newer: Card) -> tuple[Change, ...]:
    """Return what ``newer`` changes, loud changes first."""
    found = [change for ask in _ASKED for change in ask(older, newer)]
    return tuple(sorted(found, key=lambda change: not change.loud))


def _loud(sentence: Sentence) -> Change:
    return Change(sentence=sentence, loud=True)


def _quiet(sentence: Sentence) -> Change:
    return Change(sentence=sentence, loud=False)


def _root(older: Card, newer: Card) -> Iterator[Change]:
    if older.root.id != newer.root.id:
        yield _loud(
            say(
                "Careful: %(state)s now signs its cards with a new root key. Its old root named"
                " the new one. Compare the twelve words of the new root over a known number.",
                state=newer.state,
            )
        )
    if newer.successor is not None and newer.successor != older.successor:
        yield _loud(
            say(
                "Careful: %(state)s has named another root key, which will sign its next cards.",
                state=newer.state,
            )
        )


def _keys(older: Card, newer: Card) -> Iterator[Change]:
    before = {key.id: key for key in older.keys}
    after = {key.id: key for key in newer.keys}
    for key in after.values():
        if key.id not in before:
            yield _loud(_new_key(key))
    for key in before.values():
        if key.id not in after:
            yield _loud(
                say(
                    "Careful: the “%(purpose)s” key number %(epoch)s is gone. Nothing new that it"
                    " signs is believed.",
                    purpose=key.purpose,
                    epoch=str(key.epoch),
                )
            )
    for id_, key in after.items():
        old = before.get(id_)
        if old is not None and (old.since, old.until) != (key.since, key.until):
            yield _loud(
                say(
                    "Careful: the “%(purpose)s” key number %(epoch)s is now valid from %(since)s"
                    " until %(until)s.",
                    purpose=key.purpose,
                    epoch=str(key.epoch),
                    since=time_text(key.since),
                    until=time_text(key.until),
                )
            )


def _new_key(key: CardKey[VerifyKey] | CardKey[SealTo]) -> Sentence:
    return say(
        "Careful: there is a new “%(purpose)s” key, number %(epoch)s, valid from %(since)s until"
        " %(until)s.",
        purpose=key.purpose,
        epoch=str(key.epoch),
        since=time_text(key.since),
        until=time_text(key.until),
    )


def _authorities(older: Card, newer: Card) -> Iterator[Change]:
    before = {one.code: one for one in older.authorities}
    after = {one.code: one for one in newer.authorities}
    for code, one in after.items():
        old = before.get(code)
        if old is None:
            yield _loud(
                say(
                    "Careful: there is a new authority, %(name)s, telephone %(phone)s.",
                    name=one.name,
                    phone=one.phone,
                )
            )
        else:
            yield from _authority(old, one)
    for code, one in before.items():
        if code not in after:
            yield _loud(say("Careful: the authority %(name)s is gone.", name=one.name))


def _authority(old: Authority, new: Authority) -> Iterator[Change]:
    if old.phone != new.phone:
        yield _loud(
            say(
                "Careful: the telephone number of %(name)s changed from %(old)s to %(new)s. Before"
                " you use the new one, ask for it on the old one.",
                name=new.name,
                old=old.phone,
                new=new.phone,
            )
        )
    if old.name != new.name:
        yield _loud(
            say("Careful: the authority %(old)s is now called %(new)s.", old=old.name, new=new.name)
        )
    if old.roles != new.roles:
        yield _loud(
            say(
                "Careful: %(name)s had the roles %(old)s and now has %(new)s.",
                name=new.name,
                old=", ".join(old.roles),
                new=", ".join(new.roles),
            )
        )
    if (old.hours, old.languages) != (new.hours, new.languages):
        yield _quiet(
            say(
                "%(name)s now answers at %(hours)s in %(languages)s.",
                name=new.name,
                hours=new.hours,
                languages=", ".join(new.languages),
            )
        )


def _place(older: Card, newer: Card) -> Iterator[Change]:
    if older.endpoint.url != newer.endpoint.url:
        yield _loud(
            say(
                "Careful: the node moved from %(old)s to %(new)s.",
                old=older.endpoint.url,
                new=newer.endpoint.url,
            )
        )
    elif older.endpoint.tls != newer.endpoint.tls:
        yield _quiet(say("The node has a new TLS certificate."))
    if older.log != newer.log:
        yield _loud(
            say(
                "Careful: the log of this State is now called %(new)s; before, it was %(old)s.",
                old=older.log,
                new=newer.log,
            )
        )


def _names(older: Card, newer: Card) -> Iterator[Change]:
    if older.names != newer.names:
        yield _loud(
            say(
                "Careful: the name of the State changed from “%(old)s” to “%(new)s”.",
                old="”, “".join(name for _, name in older.names),
                new="”, “".join(name for _, name in newer.names),
            )
        )


def _treaties(older: Card, newer: Card) -> Iterator[Change]:
    for treaty in newer.treaties:
        if treaty not in older.treaties:
            yield _loud(_treaty(treaty))
    kept = {treaty.instrument for treaty in newer.treaties}
    for treaty in older.treaties:
        if treaty.instrument not in kept:
            yield _loud(
                say(
                    "Careful: %(instrument)s is no longer listed as in force.",
                    instrument=treaty.instrument,
                )
            )


def _treaty(treaty: Treaty) -> Sentence:
    return say(
        "Careful: %(instrument)s is listed as in force from %(day)s (%(source)s; confirmed by"
        " %(by)s).",
        instrument=treaty.instrument,
        day=day_text(treaty.in_force_from),
        source=treaty.source,
        by=treaty.confirmed_by,
    )


def _declarations(older: Card, newer: Card) -> Iterator[Change]:
    for one in newer.declarations:
        if one not in older.declarations:
            yield _loud(
                say(
                    "Careful: there is a new or changed declaration under %(instrument)s"
                    " %(article)s: “%(code)s”.",
                    **_named(one),
                )
            )
    kept = {(one.instrument, one.article, one.code) for one in newer.declarations}
    for one in older.declarations:
        if (one.instrument, one.article, one.code) not in kept:
            yield _loud(
                say(
                    "Careful: the declaration under %(instrument)s %(article)s, “%(code)s”, is"
                    " gone.",
                    **_named(one),
                )
            )


def _named(one: Declaration) -> dict[str, str]:
    return {"instrument": one.instrument, "article": one.article, "code": one.code}


def _rest(older: Card, newer: Card) -> Iterator[Change]:
    if older.languages != newer.languages:
        yield _quiet(
            say(
                "Requests are now accepted in %(languages)s.",
                languages=", ".join(newer.languages),
            )
        )
    if older.roster != newer.roster:
        yield _quiet(say("The list of officers' keys changed."))
    if older.expires != newer.expires:
        yield _quiet(say("The card is now valid until %(until)s.", until=time_text(newer.expires)))
    if older.extra != newer.extra:
        yield _quiet(say("The card holds entries that this version cannot show."))


_ASKED: tuple[Callable[[Card, Card], Iterator[Change]], ...] = (
    _root,
    _keys,
    _names,
    _authorities,
    _place,
    _treaties,
    _declarations,
    _rest,
)
