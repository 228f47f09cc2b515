"""A peer is added by its words or by a registrar, and renewed only by its own root."""

from dataclasses import replace

import pytest

from comity.actions.deliver import Call, blocked, failed, next_call
from comity.actions.errors import UnknownPeerError
from comity.actions.notes import drop_note, rewrite_note, write_note
from comity.actions.offer_card import card_call, settle_card
from comity.actions.peers import add_peer_by_registrar, add_peer_by_words, renew_card
from comity.actions.ports import House
from comity.actions.receive import receive
from comity.actions.send import send_request
from comity.actions.sync import settle_sync, sync_call
from comity.directory.errors import (
    DemoCard,
    DirectoryError,
    NotVouched,
    OneOfficer,
    RolledBack,
    WordsDiffer,
    WrongRoot,
)
from comity.directory.pin import write_anchor
from comity.seal.words import twelve_words
from comity.wire.call import build_card_call
from comity.wire.errors import TheirFault
from tests.actions.desks import DAY, OFFICER, asked, desks
from tests.directory.states import make_state, seeded, signing_key

THIRD = make_state("XVL")
WORDS = " ".join(twelve_words(THIRD.root.public.id))
REGISTRAR = signing_key("registrar", live=False)


def test_words_read_by_two_officers_add_a_peer() -> None:
    north = desks().north
    held = add_peer_by_words(north, THIRD.envelope(), WORDS, ("Ada", "Bo"))
    assert held.card.state == "XVL"
    assert north.store.read(lambda view: view.card("XVL")) == held


@pytest.mark.parametrize(
    ("words", "officers", "error"),
    [
        (WORDS.replace(WORDS.split()[4], "zoo"), ("Ada", "Bo"), WordsDiffer),
        (WORDS, ("Ada", "ada "), OneOfficer),
        ("", ("Ada", "Bo"), DirectoryError),
    ],
)
def test_other_words_or_one_officer_add_nobody(
    words: str, officers: tuple[str, str], error: type[Exception]
) -> None:
    north = desks().north
    with pytest.raises(error):
        add_peer_by_words(north, THIRD.envelope(), words, officers)
    assert north.store.read(lambda view: view.card("XVL")) is None


def test_a_registrars_signature_adds_a_peer_only_where_its_key_is_pinned() -> None:
    north = desks().north
    anchor = write_anchor("XVL", THIRD.root.public.id, north.clock.now(), REGISTRAR)
    with pytest.raises(UnknownPeerError):
        add_peer_by_registrar(north, THIRD.envelope(), anchor)
    knows = replace(north, registrars=(REGISTRAR.public,))
    held = add_peer_by_registrar(knows, THIRD.envelope(), anchor)
    assert held.card.state == "XVL"


def test_a_registrars_signature_for_another_root_adds_nobody() -> None:
    north = replace(desks().north, registrars=(REGISTRAR.public,))
    other = make_state("XZR")
    anchor = write_anchor("XVL", other.root.public.id, north.clock.now(), REGISTRAR)
    with pytest.raises(NotVouched):
        add_peer_by_registrar(north, THIRD.envelope(), anchor)


def test_a_card_signed_by_the_registrar_alone_is_refused() -> None:
    north = replace(desks().north, registrars=(REGISTRAR.public,))
    forged = replace(THIRD, root=REGISTRAR)
    anchor = write_anchor("XVL", THIRD.root.public.id, north.clock.now(), REGISTRAR)
    with pytest.raises(DirectoryError):
        add_peer_by_registrar(north, forged.envelope(root=REGISTRAR.public), anchor)


def test_a_demonstration_card_is_refused_by_a_live_node_and_the_other_way() -> None:
    north = desks().north
    with pytest.raises(DemoCard):
        add_peer_by_words(north, THIRD.envelope(demo=True), WORDS, ("Ada", "Bo"))
    with pytest.raises(DemoCard):
        add_peer_by_words(replace(north, demo=True), THIRD.envelope(), WORDS, ("Ada", "Bo"))


def test_a_newer_card_of_the_same_root_is_taken_and_an_older_one_is_not() -> None:
    two = desks()
    jin = two.states["XJN"]
    renew_card(two.north, "XJN", jin.envelope(version=8))
    assert len(two.north.store.read(lambda view: view.card_history("XJN"))) == 2
    with pytest.raises(RolledBack):
        renew_card(two.north, "XJN", jin.envelope(version=7))


def test_a_changed_telephone_number_is_told_loudly() -> None:
    two = desks()
    jin = two.states["XJN"]
    changed = tuple(replace(one, phone="+86 10 0000") for one in jin.card.authorities)
    renew_card(two.north, "XJN", jin.envelope(version=8, authorities=changed))
    alarms = two.north.store.read(lambda view: view.alarms(limit=9))
    assert [alarm.code for alarm in alarms].count("card-changed") >= 1


def test_a_card_under_another_root_is_refused() -> None:
    two = desks()
    thief = replace(two.states["XJN"], root=signing_key("thief", live=False))
    with pytest.raises(WrongRoot):
        renew_card(two.north, "XJN", thief.envelope(version=9, root=thief.root.public))


def test_a_state_that_was_never_pinned_cannot_renew() -> None:
    with pytest.raises(UnknownPeerError):
        renew_card(desks().north, "XVL", THIRD.envelope())


def test_a_renewal_travels_from_peer_to_peer() -> None:
    two = desks()
    jin = two.states["XJN"]
    envelope = jin.envelope(version=8)
    held = two.jin.store.read(lambda view: view.card("XNR"))
    assert held is not None
    renewed = renew_card(two.jin, "XJN", envelope)
    sent = build_card_call(
        envelope,
        mine=renewed.card,
        theirs=held.card,
        key=jin.node,
        at=two.clock.now(),
        nonce=seeded("n")(16),
    )
    assert receive(two.north, sent.body).status == 200
    newest = two.north.store.read(lambda view: view.card("XJN"))
    assert newest is not None
    assert newest.card.version == 8


def test_notes_are_kept_rewritten_and_dropped_at_home() -> None:
    two = desks()
    note = write_note(two.north, by=OFFICER, kind="draft", body="{}")
    two.clock.pass_(DAY)
    newer = rewrite_note(two.north, note, '{"to":"XJN"}')
    assert newer.id == note.id
    found = two.north.store.read(lambda view: view.notes_of(None, kind="draft"))
    assert [one.body for one in found] == ['{"to":"XJN"}']
    drop_note(two.north, note.id)
    assert two.north.store.read(lambda view: view.note(note.id)) is None


def test_a_meeting_shows_an_old_card_and_the_newest_one_is_brought() -> None:
    two = desks()
    first = settle_sync(two.jin, call := sync_call(two.jin, "XNR"), _answer(two.north, call.call))
    assert not first.offer_card
    renew_card(two.jin, "XJN", two.states["XJN"].envelope(version=8))
    then = settle_sync(two.jin, call := sync_call(two.jin, "XNR"), _answer(two.north, call.call))
    assert then.offer_card
    offered = card_call(two.jin, "XNR")
    settle_card(two.jin, offered, _answer(two.north, offered))
    newest = two.north.store.read(lambda view: view.card("XJN"))
    assert newest is not None
    assert newest.card.version == 8
    again = settle_sync(two.jin, call := sync_call(two.jin, "XNR"), _answer(two.north, call.call))
    assert not again.offer_card


def test_a_card_that_breaks_a_rule_is_refused_and_the_offerer_told() -> None:
    two = desks()
    renew_card(two.jin, "XJN", two.states["XJN"].envelope(version=8))
    renew_card(two.north, "XJN", two.states["XJN"].envelope(version=9))
    offered = card_call(two.jin, "XNR")
    with pytest.raises(TheirFault) as caught:
        settle_card(two.jin, offered, _answer(two.north, offered))
    assert caught.value.code


def test_a_peer_that_is_back_gets_at_once_what_waited() -> None:
    two = desks()
    send_request(two.north, asked(), by=OFFICER)
    call = next_call(two.north, "XJN")
    assert call is not None
    failed(two.north, call, "no-connection")
    assert next_call(two.north, "XJN") is None
    back = sync_call(two.jin, "XNR")
    settle_sync(two.jin, back, _answer(two.north, back.call))
    assert next_call(two.north, "XJN") is not None


def test_an_act_under_a_number_that_has_left_raises_an_alarm() -> None:
    two = desks()
    send_request(two.north, asked(), by=OFFICER)
    blocked(two.north, "XJN", "already-signed")
    alarms = two.north.store.read(lambda view: view.alarms(limit=9))
    assert [alarm.code for alarm in alarms] == ["already-signed"]


def _answer(house: House, call: Call) -> bytes:
    return receive(house, call.body).body
