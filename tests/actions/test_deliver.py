"""What leaves in one call, what a reply settles, and when an act is tried again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actions.deliver import (
    FIRST,
    LEASE,
    SLOWEST,
    SLOWEST_URGENT,
    Call,
    blocked,
    failed,
    later,
    next_call,
    open_answer,
    settle,
)
from comity.actions.draft import Composed, DraftPart, Place, Step, compose, frame_of
from comity.actions.ports import Delivery, HeldAct, Unit
from comity.actions.receive import receive
from comity.actions.send import send_request
from comity.matters.act import Act
from comity.seal.dsse import ACT_TYPE, sign
from comity.wire.errors import Code, TheirFault
from comity.wire.frame import MAX_BODY
from comity.wire.head import Refusal
from comity.wire.items import MOST_BYTES
from comity.wire.receipt import Receipt
from comity.wire.reply import Answer, build_reply, prove_kept_reply, refusal
from tests.actions.desks import OFFICER, Desks, asked, desks
from tests.actions.hostile import forge, post, request
from tests.directory.states import NOW, signing_key

SECOND = timedelta(seconds=1)
LONG = "語" * 20_000
THIEF = signing_key("thief", live=False)


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def send(two: Desks, count: int = 1, **changes: object) -> list[Act]:
    return [send_request(two.north, asked(**changes), by=OFFICER).act for _ in range(count)]


def waiting(two: Desks) -> tuple[Delivery, ...]:
    return two.north.store.read(lambda view: view.deliveries(waiting_only=True))


def numbers(call: Call | None) -> list[int]:
    return [] if call is None else [one.n for one in call.deliveries]


def next_one(two: Desks) -> Call:
    call = next_call(two.north, "XJN")
    assert call is not None
    return call


def answered(two: Desks, call: Call) -> bytes:
    return receive(two.jin, call.body).body


def queue(two: Desks, composed: Composed, envelope: bytes) -> Act:
    """Put an act into Northmere's queue as it is."""
    held = HeldAct(act=composed.act, envelope=envelope, stored_at=two.clock.now())

    def put(unit: Unit) -> None:
        unit.add_act(held, composed.parts)
        unit.add_delivery(peer="XJN", act_id=held.act.id, urgent=True, now=held.stored_at)

    two.north.store.write(put)
    return held.act


def test_a_call_carries_at_most_sixty_four_acts_lowest_number_first(two: Desks) -> None:
    send(two, 70)
    first, second = next_one(two), next_one(two)
    assert numbers(first) == list(range(1, 65))
    assert numbers(second) == list(range(65, 71))
    assert numbers(next_call(two.north, "XJN")) == []


def test_calls_settled_out_of_order_leave_nothing_behind(two: Desks) -> None:
    send(two, 70)
    first, second = next_one(two), next_one(two)
    assert settle(two.north, second, answered(two, second)).delivered == 6
    assert two.jin.store.read(lambda view: view.held_numbers("XNR"))[0] == 0
    assert settle(two.north, first, answered(two, first)).delivered == 64
    assert two.jin.store.read(lambda view: view.held_numbers("XNR")) == (70, ())
    assert two.north.store.read(lambda view: view.receipted("XJN")) == 70
    assert waiting(two) == ()


def test_a_call_carries_no_more_bytes_than_fit_and_the_rest_waits_for_the_next(two: Desks) -> None:
    long = dict(asked().answers) | dict.fromkeys(("facts", "data", "link", "necessity"), LONG)
    send(two, 7, answers=tuple(long.items()))
    calls = [next_one(two) for _ in range(3)]
    assert [numbers(call) for call in calls] == [[1, 2, 3], [4, 5, 6], [7]]
    for call in calls:
        assert len(call.body) <= MAX_BODY
        settle(two.north, call, answered(two, call))
    assert waiting(two) == ()


def test_a_small_act_may_pass_a_large_one_that_does_not_fit(two: Desks) -> None:
    long = dict(asked().answers) | dict.fromkeys(("facts", "data", "link", "necessity"), LONG)
    send(two, 4, answers=tuple(long.items()))
    send(two)
    assert numbers(next_call(two.north, "XJN")) == [1, 2, 3, 5]
    assert numbers(next_call(two.north, "XJN")) == [4]


def test_one_act_larger_than_a_batch_still_leaves_alone(two: Desks) -> None:
    opening = send(two)[0]
    two.exchange()
    place = Place(matter=opening.id, author="XNR", seq=1, prev=opening.id)
    part = DraftPart(role="annex", data=bytes(MOST_BYTES + 1))
    large = compose(
        Step(step="withdraw", parts=(part,)),
        frame_of(opening, opening.law.edition),
        place,
        two.clock.now(),
        two.north.random,
    )
    queue(two, large, two.north.signer.sign_act(large.act.header))
    send(two)
    assert numbers(call := next_one(two)) == [2]
    assert settle(two.north, call, answered(two, call)).delivered == 1
    assert numbers(next_call(two.north, "XJN")) == [3]


def test_one_refused_act_does_not_hold_up_the_others(two: Desks) -> None:
    first, bad, last = request(two), request(two), request(two)
    tables = two.stores["XNR"].snapshot()
    forged = sign(bad.act.header, ACT_TYPE, THIEF)
    tables.acts[bad.act.id] = replace(tables.acts[bad.act.id], envelope=forged)
    two.stores["XNR"].load(tables)
    call = next_one(two)
    settled = settle(two.north, call, answered(two, call))
    assert (settled.delivered, settled.waiting, settled.error) == (2, 1, "unknown-key")
    (left,) = waiting(two)
    assert (left.act_id, left.error, left.attempts) == (bad.act.id, "unknown-key", 1)
    assert left.next_at > two.clock.now()
    for act, kept in ((first.act, True), (bad.act, False), (last.act, True)):
        proof = two.north.store.read(
            lambda view, act_id=act.id: view.proof_of_receipt(act_id, "XJN")  # type: ignore[misc]
        )
        assert (proof is not None) is kept
    assert two.north.store.read(lambda view: view.receipted("XJN")) == 1


def test_a_number_that_the_peer_holds_for_another_act_stays_in_the_queue_and_is_shown(
    two: Desks,
) -> None:
    ours, older = send(two)[0], request(two)
    post(two.north, two.jin, older.out(1))
    call = next_one(two)
    settled = settle(two.north, call, answered(two, call))
    assert settled.error == "number-reused"
    left = {one.act_id: one.error for one in waiting(two)}
    assert left[ours.id] == "number-reused"
    told = two.jin.store.read(lambda view: view.alarms(limit=9))
    assert [(one.code, one.peer) for one in told] == [("number-reused", "XNR")]


def test_the_kept_proof_of_receipt_proves_itself_later(two: Desks) -> None:
    act = send(two)[0]
    two.exchange()
    proof = two.north.store.read(lambda view: view.proof_of_receipt(act.id, "XJN"))
    assert proof is not None
    assert (proof.peer, proof.n, proof.code) == ("XJN", 1, "stored")
    card = two.states["XJN"].card
    head = prove_kept_reply(proof.head, proof.signature, card=card, at=proof.at)
    (receipt,) = head.receipts
    assert isinstance(receipt, Receipt)
    assert (receipt.act, receipt.to, receipt.at) == (act.id, "XNR", proof.at)
    with pytest.raises(TheirFault):
        prove_kept_reply(proof.head, proof.signature, card=two.states["XNR"].card, at=proof.at)
    changed = proof.head.replace(b'"stored"', b'"frozen"')
    assert changed != proof.head
    with pytest.raises(TheirFault):
        prove_kept_reply(changed, proof.signature, card=card, at=proof.at)


def test_the_first_proof_is_kept_when_an_act_is_sent_again(two: Desks) -> None:
    act = send(two)[0]
    two.exchange()
    first = two.north.store.read(lambda view: view.proof_of_receipt(act.id, "XJN"))
    two.clock.pass_(timedelta(hours=1))
    two.north.store.write(lambda unit: unit.resend_from("XJN", 1, two.clock.now()))
    two.exchange()
    assert two.north.store.read(lambda view: view.proof_of_receipt(act.id, "XJN")) == first
    assert waiting(two) == ()


@pytest.mark.parametrize("step", ["acknowledge", "teleport"])
def test_the_queue_shows_what_became_of_an_act_at_the_peer(two: Desks, step: str) -> None:
    opening = send(two)[0]
    two.exchange()
    made = forge(two, opening, Step(step=step), seq=1, prev=opening.id)
    queue(two, Composed(act=made.act), made.envelope)
    two.exchange()
    found = two.north.store.read(lambda view: view.deliveries_of(made.act.id))
    wanted = {"acknowledge": "void", "teleport": "not-understood"}[step]
    assert [(one.code, one.error, one.attempts) for one in found] == [(wanted, "", 1)]
    assert found[0].delivered_at == two.clock.now()


def delivery(attempts: int, *, urgent: bool) -> Delivery:
    return Delivery(
        peer="XJN",
        n=1,
        act_id="sha256:" + "0" * 64,
        urgent=urgent,
        created=NOW,
        attempts=attempts,
        next_at=NOW,
    )


@pytest.mark.parametrize(
    ("urgent", "waits"),
    [
        (False, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]),
        (True, [1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30, 30, 30]),
    ],
)
def test_each_wait_is_twice_the_last_up_to_its_most(urgent: bool, waits: Iterable[int]) -> None:
    for attempts, seconds in enumerate(waits):
        again = later(delivery(attempts, urgent=urgent), NOW, "no-answer", 0)
        assert again.next_at - NOW == seconds * SECOND
        assert again.attempts == attempts + 1
        assert (again.tried_at, again.error) == (NOW, "no-answer")


@given(attempts=st.integers(0, 10_000), urgent=st.booleans(), chance=st.integers(0, 255))
def test_the_retries_of_many_nodes_are_spread_but_never_by_more_than_a_quarter(
    attempts: int, urgent: bool, chance: int
) -> None:
    one = delivery(attempts, urgent=urgent)
    plain = later(one, NOW, "", 0).next_at - NOW
    spread = later(one, NOW, "", chance).next_at - NOW
    assert plain <= spread < plain * 1.25
    assert FIRST <= plain <= (SLOWEST_URGENT if urgent else SLOWEST)
    if chance:
        assert spread > plain


def test_chance_comes_from_the_house_and_not_from_the_act(two: Desks) -> None:
    send(two)
    waits = set()
    for _ in range(12):
        call = next_one(two)
        failed(two.north, call, "no-answer")
        (left,) = waiting(two)
        waits.add(left.next_at - two.clock.now())
        two.clock.pass_(timedelta(minutes=1))
    # From the sixth try on the wait is the same but for chance.
    assert len(waits) > 8


def test_an_act_that_is_not_held_is_shown_and_does_not_stop_the_others(two: Desks) -> None:
    gone, there = send(two, 2)
    tables = two.stores["XNR"].snapshot()
    del tables.acts[gone.id]
    two.stores["XNR"].load(tables)
    assert [one.act_id for one in next_one(two).deliveries] == [there.id]
    shown = {one.act_id: one for one in waiting(two)}[gone.id]
    assert (shown.error, shown.attempts) == ("act-missing", 0)
    assert shown.next_at == two.clock.now() + SLOWEST
    two.clock.pass_(SLOWEST - SECOND)
    assert numbers(next_call(two.north, "XJN")) == [2]
    two.clock.pass_(SECOND)
    assert next_call(two.north, "XJN") is None


def test_nothing_leaves_before_the_signer_remembers_it(two: Desks) -> None:
    act = send(two)[0]
    assert two.north.signer.confirmed() == ()
    next_call(two.north, "XJN")
    (known,) = two.north.signer.confirmed()
    assert (known.matter, known.seq, known.act_id) == (act.id, 0, act.id)


def test_an_act_is_numbered_in_our_own_log_before_it_leaves(two: Desks) -> None:
    act = send(two)[0]
    assert two.north.store.read(lambda view: view.leaf_index(act.id)) is None
    next_call(two.north, "XJN")
    assert two.north.store.read(lambda view: view.leaf_index(act.id)) == 0


def test_a_lease_ends_after_exactly_its_time(two: Desks) -> None:
    send(two)
    next_one(two)
    two.clock.pass_(LEASE - SECOND)
    assert next_call(two.north, "XJN") is None
    two.clock.pass_(SECOND)
    assert numbers(next_call(two.north, "XJN")) == [1]


def test_nothing_due_makes_no_call(two: Desks) -> None:
    assert next_call(two.north, "XJN") is None
    assert two.north.signer.confirmed() == ()


def test_what_waits_longest_for_its_turn_goes_by_number_not_by_time(two: Desks) -> None:
    send(two)
    failed(two.north, next_one(two), "no-answer")
    send(two)
    two.clock.pass_(2 * SECOND)
    assert numbers(next_call(two.north, "XJN")) == [1, 2]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (refusal(Code.CLOCK_APART), Code.CLOCK_APART),
        (refusal(Code.BUSY), Code.BUSY),
        (Refusal(code="of-a-later-version", says="Not known here."), Code.NOT_READY),
    ],
)
def test_a_call_refused_as_a_whole_settles_nothing_and_gives_the_reason(
    two: Desks, told: Refusal, code: Code
) -> None:
    send(two)
    call = next_one(two)
    body = build_reply(
        Answer(error=told),
        re=call.sent.mid,
        mine=two.states["XJN"].card,
        theirs=two.states["XNR"].card,
        key=two.jin.keys.node,
        at=two.clock.now(),
        nonce=two.jin.random(16),
    )
    for opened in (open_answer, settle):
        with pytest.raises(TheirFault) as caught:
            opened(two.north, call, body)
        assert caught.value.code == code.value
    assert [one.delivered_at for one in waiting(two)] == [None]


def test_a_block_puts_everything_due_back_and_raises_no_alarm_of_its_own(two: Desks) -> None:
    send(two, 3)
    blocked(two.north, "XJN", "card-expired")
    assert [(one.error, one.attempts) for one in waiting(two)] == [("card-expired", 1)] * 3
    assert two.north.store.read(lambda view: view.alarms(limit=9)) == ()
    assert next_call(two.north, "XJN") is None


def test_a_failed_call_leaves_what_was_not_in_it(two: Desks) -> None:
    send(two, 65)
    first = next_one(two)
    failed(two.north, first, "no-answer")
    left = {one.n: one for one in waiting(two)}
    assert (left[64].error, left[65].error) == ("no-answer", "")
    assert numbers(next_call(two.north, "XJN")) == [65]
