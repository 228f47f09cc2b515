"""Acts per second that one node accepts over HTTP: proven, durable, numbered, receipted.

The calls are made beforehand with the asking node's own keys, so that the
measured machine does a receiver's work and little else.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.line import post, race
from comity.actions.draft import DraftPart, Frame, Place, Step, compose
from comity.convention import edition
from comity.directory.card import Card
from comity.directory.read import read_card
from comity.node.keys import open_acts_key, open_secrets
from comity.seal.dsse import ACT_TYPE, read_envelope, sign
from comity.wire.call import build_call
from comity.wire.head import NONCE, Kind
from comity.wire.items import Outgoing, Part, write_item
from comity_stage.nodes import Node

PART = b'{"v":1,"facts":"A forged page took money from a victim; keep the account."}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The keys and cards that a calling node holds."""

    mine: Card
    theirs: Card
    folder: Path
    passphrase: str


def caller(asks: Node, keeps: Node) -> Caller:
    """Open what the asking node would call with."""
    secret = asks.folder.parent / "secret" / "passphrase"
    return Caller(
        mine=read_card(read_envelope(asks.card.read_bytes()).payload),
        theirs=read_card(read_envelope(keeps.card.read_bytes()).payload),
        folder=asks.folder / "keys",
        passphrase=secret.read_text(encoding="utf-8"),
    )


def ready_calls(who: Caller, *, acts: int, each: int, first_n: int) -> list[bytes]:
    """Return POST requests that bring ``acts`` new requests, ``each`` in one call."""
    now = datetime.now(UTC)
    key = open_acts_key(who.folder, who.passphrase, now)
    node = open_secrets(who.folder, who.passphrase, now).keys.node
    items = [_item(who, key, now, first_n + number) for number in range(acts)]
    return [
        post(
            "/inbox",
            build_call(
                Kind.ACTS,
                mine=who.mine,
                theirs=who.theirs,
                key=node,
                at=now,
                nonce=os.urandom(NONCE),
                items=items[start : start + each],
            ).body,
        )
        for start in range(0, acts, each)
    ]


def _item(who: Caller, key: object, now: datetime, n: int) -> Outgoing:
    frame = Frame(
        parties=tuple(sorted(((who.mine.state, "requesting"), (who.theirs.state, "requested")))),
        instrument="reciprocity",
        article="",
        form="uncc",
        channel="poc_247",
        urgency="immediate_247",
        offence="A13",
        lang="en",
        edition=edition(),
    )
    step = Step(
        step="request",
        until=now + timedelta(days=90),
        items=1,
        refs=((who.mine.state, f"B-{n}"),),
        parts=(DraftPart(role="request", data=PART),),
    )
    place = Place(matter=None, author=who.mine.state, seq=0, prev=None)
    made = compose(step, frame, place, now, os.urandom)
    envelope = sign(made.act.header, ACT_TYPE, key)  # type: ignore[arg-type]
    parts = [Part(salt=part.salt, data=part.data) for part in made.parts]
    return Outgoing(n=n, act=made.act.id, blob=write_item(envelope, parts))


def accepted_per_second(port: int, calls: list[bytes], *, acts: int, lines: int) -> float:
    """Post the calls over ``lines`` connections; return acts accepted per second."""
    seconds, answers = race(port, calls, lines)
    if any(status != 200 or not body.startswith(b"COMITY1\n") for status, body in answers):  # noqa: PLR2004
        message = f"a call was refused: {answers[0][1][:200]!r}"
        raise RuntimeError(message)
    return acts / seconds
