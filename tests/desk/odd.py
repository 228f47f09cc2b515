"""Acts that no officer of ours would state, put before Jinhai as they would arrive."""

from comity.actions.draft import DraftPart, Place, Step, compose, frame_of
from comity.actions.ports import HeldAct, HeldPart
from comity.matters.act import Act, read_act
from comity.seal import canonical
from comity.seal.dsse import ACT_TYPE, sign
from comity.seal.forms import time_text
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, send


def foreign(desks: Desks, part: bytes) -> str:
    """Deliver a request whose part another program wrote; return the matter's id."""
    house = desks.house(NORTHMERE)
    first = opening(desks, send(desks))
    made = compose(
        Step(
            step="request",
            until=first.until,
            items=2,
            parts=(DraftPart(role="request", data=part),),
        ),
        frame_of(first, first.law.edition),
        Place(matter=None, author=NORTHMERE, seq=0, prev=None),
        desks.clock.now(),
        house.random,
    )
    return deliver(desks, made.act, made.parts)


def odd(desks: Desks, matter: str, **changes: canonical.Json) -> Act:
    """Return a withdrawal of Northmere with members changed."""
    members = canonical.decode(opening(desks, matter).header)
    later: dict[str, canonical.Json] = {
        "matter": matter,
        "nonce": None,
        "seq": 1,
        "prev": matter,
        "step": "withdraw",
        "items": 0,
        "until": None,
        "offence": "",
        "parts": [],
        "refs": {},
        "at": time_text(desks.clock.now()),
    }
    return read_act(canonical.encode(members | later | changes))


def opening(desks: Desks, matter: str) -> Act:
    """Return the act that opened a matter at Northmere."""
    (first, *_) = desks.house(NORTHMERE).store.read(lambda view: view.acts_of(matter))
    return first.act


def deliver(desks: Desks, act: Act, parts: tuple[HeldPart | None, ...] = ()) -> str:
    """Put an act of Northmere into Jinhai's records; return its matter's id."""
    key = desks.house(NORTHMERE).signer.key  # type: ignore[attr-defined]  # the tests' own signer
    held = HeldAct(act=act, envelope=sign(act.header, ACT_TYPE, key), stored_at=desks.clock.now())
    desks.house(JINHAI).store.write(lambda unit: unit.add_act(held, parts))
    return act.matter_id
