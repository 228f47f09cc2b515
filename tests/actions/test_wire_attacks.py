"""A hostile peer, a lossy line, a restored backup: what a node does with them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comity.actions.deliver import blocked, failed, next_call, settle
from comity.actions.draft import Composed, Place, Step, compose, frame_of
from comity.actions.errors import NotAllowedError, RestoredError, UnknownPeerError
from comity.actions.ports import HeldAct, House, NodeKeys, Unit
from comity.actions.receive import receive
from comity.actions.recover import at_start, mark_restored
from comity.actions.seen import seen
from comity.actions.send import send_request
from comity.actions.sequence import sign_checkpoint
from comity.actions.sync import settle_sync, sync_call
from comity.actions.withdraw import withdraw
from comity.directory.errors import CardExpired
from comity.seal.dsse import CHECKPOINT_TYPE, prove, read_envelope
from comity.wire.errors import TheirFault
from comity.wire.refusal import read_refusal
from tests.actions.desks import BUDAPEST, DAY, OFFICER, Desks, asked, desks, hold
from tests.directory.states import make_state
from tests.memory_store import MemoryStore
from tests.world.nodes import MemorySigner

MINUTE = timedelta(minutes=1)


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def test_a_replayed_call_changes_nothing_and_gets_the_same_receipts(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    call = next_call(two.north, "XJN")
    assert call is not None
    first = receive(two.jin, call.body)
    before = two.stores["XJN"].snapshot().acts
    again = receive(two.jin, call.body)
    assert two.stores["XJN"].snapshot().acts == before
    settled = settle(two.north, call, first.body)
    assert settled.delivered == 1
    late = settle(two.north, replace(call, deliveries=()), again.body)
    assert late.delivered == 0


def test_a_call_reflected_to_another_state_is_refused(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    call = next_call(two.north, "XJN")
    assert call is not None
    answer = receive(two.north, call.body)
    assert answer.status == 400
    assert read_refusal(answer.body).code == "not-for-me"


@pytest.mark.parametrize(
    "body", [b"", b"COMITY1\n", b"COMITY2\n" + b"x" * 99, b"{}", b"\xff" * 5000]
)
def test_garbage_is_refused_in_clear_and_stores_nothing(two: Desks, body: bytes) -> None:
    answer = receive(two.jin, body)
    assert answer.status == 400
    assert read_refusal(answer.body).code
    assert two.stores["XJN"].snapshot().acts == {}


def test_a_body_over_the_limit_is_too_large(two: Desks) -> None:
    assert receive(two.jin, bytes(1_048_577)).status == 413


def test_an_unknown_state_is_told_so_without_a_key_being_used(two: Desks) -> None:
    third = desks(treaties=())
    send_request(third.north, asked(instrument="reciprocity"), by=OFFICER)
    call = next_call(third.north, "XJN")
    assert call is not None
    alone = replace(two.jin, store=two.stores["XJN"].__class__("XJN"))
    assert read_refusal(receive(alone, call.body).body).code == "unknown-peer"


def test_a_call_from_a_clock_far_away_is_refused_under_seal(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    call = next_call(two.north, "XJN")
    assert call is not None
    two.clock.pass_(11 * MINUTE)
    answer = receive(two.jin, call.body)
    assert answer.status == 200
    with pytest.raises(TheirFault) as caught:
        settle(two.north, call, answer.body)
    assert caught.value.code == "clock-apart"
    assert two.stores["XJN"].snapshot().acts == {}


def test_nothing_is_lost_when_no_answer_comes(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    for expected in range(1, 6):
        call = next_call(two.north, "XJN")
        assert call is not None
        failed(two.north, call, "no-answer")
        (waiting,) = two.north.store.read(lambda view: view.deliveries(waiting_only=True))
        assert (waiting.attempts, waiting.error) == (expected, "no-answer")
        assert next_call(two.north, "XJN") is None
        two.clock.pass_(15 * MINUTE)
    two.exchange()
    assert two.north.store.read(lambda view: view.deliveries(waiting_only=True)) == ()


def test_an_urgent_act_is_never_more_than_forty_seconds_from_its_next_try(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    for _ in range(20):
        call = next_call(two.north, "XJN")
        assert call is not None
        failed(two.north, call, "no-answer")
        two.clock.pass_(timedelta(seconds=40))


def test_a_lease_keeps_two_workers_apart_and_runs_out(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    assert next_call(two.north, "XJN") is not None
    assert next_call(two.north, "XJN") is None
    two.clock.pass_(61 * timedelta(seconds=1))
    assert next_call(two.north, "XJN") is not None


def test_a_forged_reply_settles_nothing(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    call = next_call(two.north, "XJN")
    assert call is not None
    good = receive(two.jin, call.body).body
    for bad in (b"", good[:-1], good[:-1] + bytes([good[-1] ^ 1]), call.body):
        with pytest.raises(TheirFault):
            settle(two.north, call, bad)
    (waiting,) = two.north.store.read(lambda view: view.deliveries(waiting_only=True))
    assert waiting.delivered_at is None


def test_a_reply_to_another_call_settles_nothing(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    first = next_call(two.north, "XJN")
    assert first is not None
    old = receive(two.jin, first.body).body
    two.clock.pass_(2 * MINUTE)
    second = next_call(two.north, "XJN")
    assert second is not None
    with pytest.raises(TheirFault):
        settle(two.north, second, old)


def test_an_expired_card_blocks_before_anything_is_leased(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    two.clock.pass_(400 * DAY)
    with pytest.raises(CardExpired):
        next_call(two.north, "XJN")
    blocked(two.north, "XJN", "card-expired")
    (waiting,) = two.north.store.read(lambda view: view.deliveries(waiting_only=True))
    assert waiting.error == "card-expired"


def test_a_peer_without_a_card_cannot_be_called(two: Desks) -> None:
    with pytest.raises(UnknownPeerError):
        next_call(two.north, "XVL")


@pytest.mark.parametrize("parties", [(("XJN", "requested"), ("XVL", "requesting")), None])
def test_a_third_state_moves_nothing_in_a_matter_of_two(
    two: Desks, parties: tuple[tuple[str, str], ...] | None
) -> None:
    matter = two.ask()
    third = make_state("XVL")
    hold(two.jin, third, (BUDAPEST,))
    opening = two.held(two.jin, matter)[0].act
    frame = frame_of(opening, opening.law.edition)
    frame = replace(frame, parties=parties) if parties else frame
    place = Place(matter=matter, author="XVL", seq=0, prev=None, read=(("XNR", matter),))
    forged = compose(Step(step="withdraw"), frame, place, two.clock.now(), two.north.random)
    intruder = replace(
        two.north,
        me="XVL",
        store=MemoryStore("XVL"),
        signer=MemorySigner(third.acts),
        keys=NodeKeys(node=third.node, epoch=1, openers={third.opening.public.id: third.opening}),
    )
    for state in (third, two.states["XJN"]):
        hold(intruder, state, (BUDAPEST,))
    queue(intruder, forged)
    call = next_call(intruder, "XJN")
    assert call is not None
    settled = settle(intruder, call, receive(two.jin, call.body).body)
    # Naming the real parties it is refused; naming itself it is kept, void and shown.
    assert settled.delivered == (1 if parties else 0)
    assert len(two.held(two.jin, matter)) == (2 if parties else 1)
    assert two.code(two.jin, matter) == "sent"


def queue(house: House, composed: Composed) -> None:
    """Put an act into a node's queue without asking whether it may be stated."""
    envelope = house.signer.sign_act(composed.act.header)
    held = HeldAct(act=composed.act, envelope=envelope, stored_at=house.clock.now())

    def put(unit: Unit) -> None:
        unit.add_act(held, composed.parts)
        unit.add_delivery(peer="XJN", act_id=held.act.id, urgent=True, now=held.stored_at)

    house.store.write(put)


def test_a_restored_node_signs_nothing_until_it_has_synced(two: Desks) -> None:
    matter = two.ask()
    store = two.stores["XNR"]
    backup = store.snapshot()
    withdraw(two.north, matter, by=OFFICER, reason="settled")
    two.exchange()
    store.load(backup)
    assert at_start(two.north) == {"XJN"}
    with pytest.raises(RestoredError):
        withdraw(two.north, matter, by=OFFICER, reason="again")
    two.clock.pass_(21 * MINUTE)
    sync(two)
    assert two.north.store.read(lambda view: view.unsynced()) == frozenset()
    assert two.code(two.north, matter) == two.code(two.jin, matter)
    assert len(two.held(two.north, matter)) == len(two.held(two.jin, matter)) == 2


def test_a_restored_node_waits_until_no_old_call_can_arrive(two: Desks) -> None:
    two.ask()
    mark_restored(two.north, detail="a test said so")
    sync(two)
    assert two.north.store.read(lambda view: view.unsynced()) == {"XJN"}
    two.clock.pass_(21 * MINUTE)
    sync(two)
    assert two.north.store.read(lambda view: view.unsynced()) == frozenset()


def test_an_ordinary_restart_with_a_silent_peer_may_sign(two: Desks) -> None:
    matter = two.ask()
    assert at_start(two.north) == frozenset()
    withdraw(two.north, matter, by=OFFICER)


def test_what_a_restored_peer_lost_is_sent_again_and_both_desks_are_told(two: Desks) -> None:
    backup = two.stores["XJN"].snapshot()
    matter = two.ask()
    two.stores["XJN"].load(backup)
    mark_restored(two.jin, detail="a test said so")
    assert two.held(two.jin, matter) == ()
    sync(two)
    two.exchange()
    assert len(two.held(two.jin, matter)) == 1
    told = {alarm.code for alarm in two.north.store.read(lambda view: view.alarms(limit=9))}
    assert "peer-restored" in told
    told = {alarm.code for alarm in two.jin.store.read(lambda view: view.alarms(limit=9))}
    assert "restored" in told


def test_an_act_that_nobody_holds_any_more_is_told_and_its_number_stays_used(two: Desks) -> None:
    matter = two.ask()
    backup = two.stores["XNR"].snapshot()
    withdraw(two.north, matter, by=OFFICER)
    assert next_call(two.north, "XJN") is not None
    two.stores["XNR"].load(backup)
    at_start(two.north)
    two.clock.pass_(21 * MINUTE)
    sync(two)
    alarms = two.north.store.read(lambda view: view.alarms(limit=9))
    assert [f"{matter} 1"] == [one.detail for one in alarms if one.code == "act-missing"]


def test_a_checkpoint_is_signed_once_for_what_is_held(two: Desks) -> None:
    assert sign_checkpoint(two.north) is None
    two.ask()
    first = sign_checkpoint(two.north)
    assert first is not None
    assert sign_checkpoint(two.north) == first
    prove(read_envelope(first), two.states["XNR"].node.public, CHECKPOINT_TYPE)


def test_seen_by_a_person_is_no_delivery_receipt(two: Desks) -> None:
    matter = two.ask()
    (delivery,) = two.north.store.read(lambda view: view.deliveries(waiting_only=False))
    assert delivery.code == "stored"
    assert two.code(two.north, matter) == "sent"
    seen(two.jin, matter, by=OFFICER)
    two.exchange()
    assert two.code(two.north, matter) == "seen"
    with pytest.raises(NotAllowedError):
        withdraw(two.jin, matter, by=OFFICER)


def sync(two: Desks) -> None:
    """Let each side sync with the other until it has nothing more to ask."""
    for mine, theirs in ((two.north, two.jin), (two.jin, two.north)):
        for _ in range(5):
            call = sync_call(mine, theirs.me)
            found = settle_sync(mine, call, receive(theirs, call.call.body).body)
            if not found.again:
                break
