"""Two nodes that meet say how far they have come, and what one lost the other gives back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comity.actions.acknowledge import acknowledge
from comity.actions.errors import RestoredError
from comity.actions.ports import Delivery, House
from comity.actions.receive import receive
from comity.actions.recover import at_start, mark_restored
from comity.actions.seen import seen
from comity.actions.send import send_request
from comity.actions.sync import SyncCall, Synced, settle_sync, standing, sync_call
from comity.actions.withdraw import withdraw
from comity.seal.dsse import ACT_TYPE, sign
from comity.wire.errors import TheirFault
from comity.wire.items import Outgoing
from comity.wire.reply import Answer, build_reply
from comity.wire.sync import Conclusion, Finding, SyncState
from tests.actions.desks import OFFICER, Desks, asked, desks
from tests.actions.hostile import Made, post, request
from tests.directory.states import signing_key

QUIET = timedelta(minutes=20)


@pytest.fixture(name="two")
def _two() -> Desks:
    """Return desks where Northmere gave two acts and Jinhai one, all receipted."""
    two = desks()
    matter = two.ask()
    two.ask()
    seen(two.jin, matter, by=OFFICER)
    two.exchange()
    return two


def said(**changes: object) -> SyncState:
    """Return what Jinhai says when both are in step, changed."""
    fields: dict[str, object] = {"given": 1, "held": 2, "above": (), "receipts": 1, "want": 0}
    return SyncState(**{**fields, **changes})  # type: ignore[arg-type]


def reply(two: Desks, call: SyncCall, answer: Answer) -> bytes:
    """Return what Jinhai's node key signs, whatever it is."""
    return build_reply(
        answer,
        re=call.call.sent.mid,
        mine=two.states["XJN"].card,
        theirs=two.states["XNR"].card,
        key=two.jin.keys.node,
        at=two.clock.now(),
        nonce=two.jin.random(16),
    )


def told(
    two: Desks, state: SyncState, *items: Outgoing, before: Conclusion | None = None
) -> Synced:
    """Let Northmere call and be told ``state``."""
    call = sync_call(two.north, "XJN")
    body = reply(two, call, Answer(state=state, items=items))
    return settle_sync(two.north, call, body, before=before)


def alarms(house: House) -> set[tuple[str, str]]:
    found = house.store.read(lambda view: view.alarms(limit=9))
    return {(one.code, one.peer) for one in found}


def unsynced(house: House) -> frozenset[str]:
    return house.store.read(lambda view: view.unsynced())


def due(house: House) -> list[int]:
    found = house.store.read(lambda view: view.deliveries(waiting_only=True))
    return [one.n for one in found]


def meet(mine: House, theirs: House) -> list[Synced]:
    """Let one side call until it has nothing more to ask."""
    rounds: list[Synced] = []
    while not rounds or rounds[-1].again:
        call = sync_call(mine, theirs.me)
        rounds.append(settle_sync(mine, call, receive(theirs, call.call.body).body))
        assert len(rounds) < 9
    return rounds


def test_what_a_side_says_is_what_it_holds(two: Desks) -> None:
    north = two.north.store.read(lambda view: standing(view, peer="XJN"))
    jin = two.jin.store.read(lambda view: standing(view, peer="XNR"))
    assert north == SyncState(given=2, held=1, receipts=2)
    assert jin == SyncState(given=1, held=2, receipts=1)
    send_request(two.north, asked(), by=OFFICER)
    north = two.north.store.read(lambda view: standing(view, peer="XJN"))
    assert (north.given, north.receipts, north.want) == (3, 2, 0)
    mark_restored(two.north, detail="a test said so")
    north = two.north.store.read(lambda view: standing(view, peer="XJN"))
    assert north.want == 4


def test_with_a_stranger_nothing_has_come(two: Desks) -> None:
    found = two.north.store.read(lambda view: standing(view, peer="XVL"))
    assert found == SyncState(given=0, held=0, receipts=0)


PEER_BACK = ("peer-restored", "XJN")
I_WAS = ("i-was-restored", "XNR")
UNAWARE = ("peer-unaware", "XJN")


@pytest.mark.parametrize(
    ("changes", "findings", "want", "resent", "alarm"),
    [
        ({}, {Finding.IN_STEP}, 0, 0, None),
        ({"given": 4}, {Finding.ON_THE_WAY}, 0, 0, None),
        ({"held": 1}, {Finding.PEER_RESTORED}, 0, 1, PEER_BACK),
        ({"held": 0}, {Finding.PEER_RESTORED}, 0, 2, PEER_BACK),
        ({"held": 3}, {Finding.I_WAS_RESTORED}, 3, 0, I_WAS),
        ({"above": (5, 9)}, {Finding.I_WAS_RESTORED}, 3, 0, I_WAS),
        (
            {"given": 2, "receipts": 2},
            {Finding.I_WAS_RESTORED, Finding.ON_THE_WAY},
            0,
            0,
            I_WAS,
        ),
        ({"given": 0, "receipts": 0}, {Finding.PEER_UNAWARE}, 0, 0, UNAWARE),
        ({"given": 0, "receipts": 0, "want": 1}, {Finding.PEER_RESTORED}, 0, 0, PEER_BACK),
        (
            {"given": 0, "receipts": 0, "want": 1, "held": 0},
            {Finding.PEER_RESTORED},
            0,
            2,
            PEER_BACK,
        ),
    ],
)
def test_each_row_of_the_page_is_concluded_done_and_told(
    two: Desks,
    changes: dict[str, object],
    findings: set[Finding],
    want: int,
    resent: int,
    alarm: tuple[str, str] | None,
) -> None:
    synced = told(two, said(**changes))
    assert set(synced.conclusion.findings) == findings
    assert (synced.conclusion.want, synced.resent, synced.returned) == (want, resent, 0)
    assert len(due(two.north)) == resent
    assert alarms(two.north) == ({alarm} if alarm else set())
    assert unsynced(two.north) == (frozenset({"XJN"}) if want else frozenset())
    assert synced.again is bool(want)


def test_a_peer_that_denies_what_we_hold_twice_is_impossible_and_people_must_call(
    two: Desks,
) -> None:
    denies = said(given=0, receipts=0)
    first = told(two, denies)
    second = told(two, denies, before=first.conclusion)
    assert second.conclusion.findings == (Finding.IMPOSSIBLE,)
    assert not second.conclusion.may_sign
    assert ("sync-impossible", "XJN") in alarms(two.north)
    third = told(two, denies, before=second.conclusion)
    assert third.conclusion.findings == (Finding.IMPOSSIBLE,)
    assert told(two, said(), before=third.conclusion).conclusion.findings == (Finding.IN_STEP,)


def test_a_restored_node_may_not_sign_while_a_peer_contradicts_it(two: Desks) -> None:
    mark_restored(two.north, detail="a test said so")
    two.clock.pass_(QUIET)
    denies = said(given=0, receipts=0)
    first = told(two, denies)
    two.north.store.write(lambda unit: unit.set_unsynced(frozenset({"XJN"})))
    told(two, denies, before=first.conclusion)
    assert unsynced(two.north) == {"XJN"}


def test_numbers_that_the_peer_holds_above_a_gap_are_not_what_is_lost(two: Desks) -> None:
    synced = told(two, said(held=0, above=(2,)))
    # From the first one lost on all are due again: a repeated act repeats its receipt.
    assert synced.resent == 2
    assert due(two.north) == [1, 2]
    two.exchange()
    assert due(two.north) == []


def test_what_was_never_receipted_is_not_resent_by_a_sync(two: Desks) -> None:
    send_request(two.north, asked(), by=OFFICER)
    assert told(two, said()).resent == 0
    assert due(two.north) == [3]


def test_more_than_sixty_four_acts_come_back_in_several_rounds(two: Desks) -> None:
    backup = two.stores["XNR"].snapshot()
    for _ in range(70):
        send_request(two.north, asked(), by=OFFICER)
    two.exchange()
    two.stores["XNR"].load(backup)
    assert at_start(two.north) == {"XJN"}
    two.clock.pass_(QUIET)
    rounds = meet(two.north, two.jin)
    assert [one.returned for one in rounds] == [64, 6]
    assert [one.again for one in rounds] == [True, False]
    # That it was restored was said in this meeting: calls from before may still be on their way.
    assert unsynced(two.north) == {"XJN"}
    two.clock.pass_(QUIET)
    meet(two.north, two.jin)
    assert unsynced(two.north) == frozenset()
    assert two.north.store.read(lambda view: standing(view, peer="XJN")) == SyncState(
        given=72, held=1, receipts=2
    )
    assert len(two.stores["XNR"].snapshot().acts) == len(two.stores["XJN"].snapshot().acts) == 73
    assert due(two.north) == []
    after = send_request(two.north, asked(), by=OFFICER)
    (queued,) = two.north.store.read(lambda view: view.deliveries_of(after.act.id))
    assert queued.n == 73


def test_acts_too_many_bytes_for_one_reply_come_back_in_several(two: Desks) -> None:
    long = dict(asked().answers) | dict.fromkeys(("facts", "data", "link"), "語" * 20_000)
    backup = two.stores["XNR"].snapshot()
    for _ in range(6):
        send_request(two.north, asked(answers=tuple(long.items())), by=OFFICER)
    two.exchange()
    two.stores["XNR"].load(backup)
    at_start(two.north)
    assert [one.returned for one in meet(two.north, two.jin)] == [4, 2]


def test_what_comes_back_has_its_parts_its_row_and_its_leaf(two: Desks) -> None:
    backup = two.stores["XNR"].snapshot()
    matter = two.ask(ours="NR-99")
    row = two.north.store.read(lambda view: view.row(matter))
    parts = two.north.store.read(lambda view: view.parts_of(matter))
    two.stores["XNR"].load(backup)
    at_start(two.north)
    meet(two.north, two.jin)
    back = two.north.store.read(lambda view: view.row(matter))
    assert row is not None
    assert back is not None
    assert (back.code, back.ours, back.role) == (row.code, "NR-99", "requesting")
    assert two.north.store.read(lambda view: view.parts_of(matter)) == parts
    assert two.north.store.read(lambda view: view.leaf_index(matter)) is not None
    (queued,) = two.north.store.read(lambda view: view.deliveries_of(matter))
    assert (queued.n, queued.code) == (3, "stored")
    assert queued.delivered_at is not None


def test_acts_are_given_back_over_a_gap_under_their_own_numbers(two: Desks) -> None:
    third = request(two)
    post(two.north, two.jin, third.out(5))
    items = two.jin.store.read(lambda view: view.held_numbers("XNR"))
    assert items == (2, (5,))
    fresh = desks()
    fresh.clock.moment = two.clock.moment
    mark_restored(fresh.north, detail="a test said so")
    (only,) = meet(fresh.north, two.jin)
    assert only.returned == 3
    numbers = {one.act_id: one.n for one in deliveries(fresh.north)}
    assert sorted(numbers.values()) == [1, 2, 5]
    assert numbers[third.act.id] == 5


def deliveries(house: House) -> tuple[Delivery, ...]:
    return house.store.read(lambda view: view.deliveries(waiting_only=False))


def lost_one(two: Desks) -> Made:
    """Return an act of Northmere that only Jinhai holds now."""
    backup = two.stores["XNR"].snapshot()
    made = request(two)
    two.exchange()
    two.stores["XNR"].load(backup)
    return made


def test_a_returned_act_that_northmere_did_not_sign_is_refused(two: Desks) -> None:
    made = lost_one(two)
    thief = signing_key("thief", live=False)
    for key in (thief, two.states["XJN"].acts, two.north.keys.node):
        forged = Made(act=made.act, envelope=sign(made.act.header, ACT_TYPE, key), parts=made.parts)
        with pytest.raises(TheirFault):
            told(two, said(held=3), forged.out(3))
    assert two.north.store.read(lambda view: view.act(made.act.id)) is None
    with pytest.raises(TheirFault):
        told(two, said(held=3), made.out(3, act="sha256:" + "0" * 64))
    assert told(two, said(held=3), made.out(3)).returned == 1


def test_one_forged_act_among_returned_ones_returns_none(two: Desks) -> None:
    made = lost_one(two)
    jins = two.jin.store.read(lambda view: view.deliveries(waiting_only=False))[0]
    seen_act = two.jin.store.read(lambda view: view.act(jins.act_id))
    assert seen_act is not None
    foreign = Made(act=seen_act.act, envelope=seen_act.envelope)
    with pytest.raises(TheirFault) as caught:
        told(two, said(held=4), made.out(3), foreign.out(4))
    assert caught.value.code == "author-not-sender"
    assert two.north.store.read(lambda view: view.act(made.act.id)) is None


def test_a_returned_act_signed_by_a_key_of_an_older_card_is_taken(two: Desks) -> None:
    made = lost_one(two)
    older = two.states["XNR"]
    fresh = replace(older.card.signing[0], public=signing_key("XNR next", live=False).public)
    held = two.north.store.read(lambda view: view.card("XNR"))
    assert held is not None
    card = older.changed(version=8, signing=(fresh, *older.card.signing[1:]))
    two.north.store.write(lambda unit: unit.put_card(replace(held, card=card)))
    assert told(two, said(held=3), made.out(3)).returned == 1


def test_what_is_held_already_is_not_taken_twice_nor_asked_for_ever(two: Desks) -> None:
    made = lost_one(two)
    assert told(two, said(held=3), made.out(3)).returned == 1
    before = two.stores["XNR"].snapshot().acts
    again = told(two, said(held=3), made.out(3))
    assert (again.returned, again.again) == (0, False)
    assert two.stores["XNR"].snapshot().acts == before


def test_a_peer_that_claims_acts_and_gives_none_is_not_asked_for_ever(two: Desks) -> None:
    first = told(two, said(held=9))
    assert first.again
    assert not told(two, said(held=9)).again
    assert unsynced(two.north) == {"XJN"}
    with pytest.raises(RestoredError):
        send_request(two.north, asked(), by=OFFICER)


def test_a_reply_without_a_standing_proves_nothing(two: Desks) -> None:
    call = sync_call(two.north, "XJN")
    with pytest.raises(TheirFault) as caught:
        settle_sync(two.north, call, reply(two, call, Answer()))
    assert caught.value.code == "not-a-head"


def test_a_restored_node_that_did_not_notice_learns_it_when_it_is_called(two: Desks) -> None:
    backup = two.stores["XNR"].snapshot()
    two.ask()
    two.stores["XNR"].load(backup)
    meet(two.jin, two.north)
    assert unsynced(two.north) == {"XJN"}
    assert ("i-was-restored", "XNR") in alarms(two.north)
    with pytest.raises(RestoredError):
        send_request(two.north, asked(), by=OFFICER)


def test_both_sides_restored_still_come_to_one_file(two: Desks) -> None:
    matter = two.ask()
    backups = {name: store.snapshot() for name, store in two.stores.items()}
    acknowledge(two.jin, matter, by=OFFICER, ours="J-5")
    two.exchange()
    kept = two.stores["XNR"].snapshot()
    withdraw(two.north, matter, by=OFFICER)
    two.exchange()
    two.stores["XNR"].load(kept)
    two.stores["XJN"].load(backups["XJN"])
    for house in two.houses.values():
        assert at_start(house)
    two.clock.pass_(QUIET)
    meet(two.north, two.jin)
    meet(two.jin, two.north)
    two.exchange()
    two.clock.pass_(QUIET)
    meet(two.jin, two.north)
    two.exchange()
    # The withdrawal is lost: it had left, and the peer that had it was restored too.
    assert two.code(two.north, matter) == two.code(two.jin, matter) == "acknowledged"
    told_missing = [
        one.detail
        for one in two.north.store.read(lambda view: view.alarms(limit=9))
        if one.code == "act-missing"
    ]
    assert told_missing == [f"{matter} 1"]
    assert unsynced(two.north) == unsynced(two.jin) == frozenset()
