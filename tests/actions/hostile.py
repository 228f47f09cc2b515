"""What a peer can send that no honest verb would: acts made by hand, posted by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.actions.cards import both_cards
from comity.actions.deliver import Call, blob_of, open_answer
from comity.actions.draft import Place, Step, compose, frame_of
from comity.actions.ports import HeldAct, HeldPart, House
from comity.actions.receive import receive
from comity.actions.send import send_request
from comity.matters.act import Act, read_act
from comity.seal import canonical
from comity.seal.dsse import ACT_TYPE, sign
from comity.wire.call import build_call
from comity.wire.head import Kind
from comity.wire.items import Outgoing
from comity.wire.receipt import Answered
from tests.actions.desks import OFFICER, Desks, asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An act with its parts and the envelope that carries it."""

    act: Act
    envelope: bytes
    parts: tuple[HeldPart, ...] = ()

    def out(self, n: int, *, act: str = "", with_parts: bool = True) -> Outgoing:
        """Return it as an item under a number; ``act`` claims another id."""
        held = HeldAct(act=self.act, envelope=self.envelope, stored_at=self.act.at)
        parts = tuple(part if with_parts else None for part in self.parts)
        return Outgoing(n=n, act=act or self.act.id, blob=blob_of(held, parts))


def request(two: Desks, **changes: object) -> Made:
    """Return a request that Northmere signed and has not delivered."""
    held = send_request(two.north, asked(**changes), by=OFFICER)
    parts = two.north.store.read(lambda view: view.parts_of(held.act.id))
    return Made(act=held.act, envelope=held.envelope, parts=tuple(part for part in parts if part))


def forge(
    two: Desks,
    opening: Act,
    step: Step,
    *,
    seq: int,
    prev: str | None,
    author: str = "XNR",
    read: tuple[tuple[str, str], ...] = (),
    header: Mapping[str, canonical.Json] | None = None,
) -> Made:
    """Return an act at this place with members of its header changed, signed by its author."""
    place = Place(matter=opening.matter_id, author=author, seq=seq, prev=prev, read=read)
    house = two.houses[author]
    made = compose(
        step, frame_of(opening, opening.law.edition), place, house.clock.now(), house.random
    )
    act = made.act
    if header is not None:
        act = read_act(canonical.encode({**canonical.decode(act.header), **header}))
    envelope = sign(act.header, ACT_TYPE, two.states[author].acts)
    return Made(act=act, envelope=envelope, parts=made.parts)


def post(sender: House, receiver: House, *items: Outgoing) -> tuple[Answered, ...]:
    """Post items in one call, past the sender's queue, and return the proven receipts."""
    mine, theirs = both_cards(sender, receiver.me)
    now = sender.clock.now()
    sent = build_call(
        Kind.ACTS,
        mine=mine,
        theirs=theirs,
        key=sender.keys.node,
        at=now,
        nonce=sender.random(16),
        items=items,
    )
    call = Call(peer=receiver.me, path="/inbox", sent=sent, at=now)
    answer = receive(receiver, call.body)
    assert answer.status == 200
    return open_answer(sender, call, answer.body).head.receipts
