"""A hostile peer in a sync: what it says of numbers, and what it "gives back"."""

from dataclasses import replace

import pytest

from comity.actions.cards import both_cards
from comity.actions.deliver import next_call
from comity.actions.ports import House, NodeKeys
from comity.actions.recover import mark_restored
from comity.actions.send import send_request
from comity.actions.sync import settle_sync, sync_call
from comity.text import ToldError
from comity.wire.errors import TheirFault
from comity.wire.items import Outgoing, Part, write_item
from comity.wire.reply import Answer, build_reply
from comity.wire.sync import SyncState
from tests.actions.desks import BUDAPEST, OFFICER, Desks, asked, desks, hold
from tests.directory.states import make_state
from tests.memory_store import MemoryStore
from tests.world.nodes import MemorySigner

THIRD = make_state("XVL")


def intruder(two: Desks) -> House:
    """Return the node of a third State, Velia, that Northmere knows as a peer."""
    hold(two.north, THIRD, (BUDAPEST,))
    keys = NodeKeys(node=THIRD.node, epoch=1, openers={THIRD.opening.public.id: THIRD.opening})
    found = replace(
        two.north, me="XVL", store=MemoryStore("XVL"), signer=MemorySigner(THIRD.acts), keys=keys
    )
    for state in (THIRD, two.states["XNR"]):
        hold(found, state, (BUDAPEST,))
    return found


def answer(house: House, mid: str, said: Answer) -> bytes:
    mine, theirs = both_cards(house, "XNR")
    return build_reply(
        said,
        re=mid,
        mine=mine,
        theirs=theirs,
        key=house.keys.node,
        at=house.clock.now(),
        nonce=house.random(16),
    )


def test_an_act_of_a_file_with_another_state_is_not_taken_back_from_a_peer(two: Desks) -> None:
    matter = two.ask()
    velia = intruder(two)
    (held,) = two.held(two.north, matter)
    # Velia saw the envelope, in a certificate whose parts were withheld.
    leaked = Outgoing(n=1, act=matter, blob=write_item(held.envelope, (None,)))
    mark_restored(two.north, detail="a test said so")
    call = sync_call(two.north, "XVL")
    said = SyncState(given=0, held=1, receipts=0)
    body = answer(velia, call.call.sent.mid, Answer(state=said, items=(leaked,)))
    with pytest.raises(TheirFault) as caught:
        settle_sync(two.north, call, body)
    assert caught.value.code == "not-for-me"
    call = sync_call(two.north, "XVL")
    said = SyncState(given=0, held=0, receipts=0)
    settle_sync(two.north, call, answer(velia, call.call.sent.mid, Answer(state=said)))
    assert next_call(two.north, "XVL") is None


def test_an_act_given_back_under_a_second_number_is_not_stored_twice(two: Desks) -> None:
    sent = send_request(two.north, asked(), by=OFFICER)
    jin = two.jin
    call = sync_call(two.north, "XJN")
    parts = two.north.store.read(lambda view: view.parts_of(sent.act.id))
    given = tuple(None if one is None else Part(salt=one.salt, data=one.data) for one in parts)
    item = Outgoing(n=9, act=sent.act.id, blob=write_item(sent.envelope, given))
    said = SyncState(given=0, held=0, receipts=0)
    body = answer(jin, call.call.sent.mid, Answer(state=said, items=(item,)))
    with pytest.raises(ToldError):
        settle_sync(two.north, call, body)
    assert two.north.store.read(lambda view: view.given("XJN")) == 1


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()
