"""Accept a card, or keep the one held: each rule of card-v1, each with its code."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comity.directory.card import Card
from comity.directory.errors import (
    CardExpired,
    DemoCard,
    DirectoryError,
    IssuedAhead,
    KeyTooLong,
    KeyTwice,
    NotACard,
    NotPinned,
    NoValidKey,
    OlderCard,
    TwoCards,
    WrongField,
    WrongRoot,
    WrongState,
)
from comity.directory.pin import write_anchor
from comity.directory.trust import MAX_ENVELOPE, Pinned, accept_card, claimed
from comity.directory.write import sign_card, write_card
from comity.seal.canonical import decode, encode
from comity.seal.dsse import ACT_TYPE, CARD_TYPE, sign
from comity.seal.errors import NotCanonical, UnknownSuite
from comity.seal.words import twelve_words
from tests.directory.states import DAY, NOW, State, make_state, signing_key
from tests.suite0 import SUITES_0

NORTHMERE = make_state()
JINHAI = make_state("XJN")
NEXT_ROOT = signing_key("XNR next root")
PINNED = NORTHMERE.pinned()
THIEF = signing_key("a thief")


def accept(
    envelope: bytes,
    *,
    held: Card | None = NORTHMERE.card,
    pinned: Pinned | None = PINNED,
    now_after: timedelta = timedelta(0),
    demo: bool = False,
) -> Card:
    return accept_card(
        envelope, pinned=pinned, held=held, now=NOW + now_after, demo=demo, suites=SUITES_0
    )


def refused(kind: type[DirectoryError], code: str, envelope: bytes, **given: object) -> None:
    with pytest.raises(kind) as caught:
        accept(envelope, **given)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_the_first_card_under_a_pinned_root_is_accepted() -> None:
    assert accept(NORTHMERE.envelope(), held=None) == NORTHMERE.card


def test_a_card_of_suite_1_is_accepted() -> None:
    live = make_state(live=True)
    card = accept_card(live.envelope(), pinned=live.pinned(), held=None, now=NOW, demo=False)
    assert card == live.card
    assert card.payload == live.card.payload


def test_a_newer_card_replaces_the_one_held() -> None:
    assert accept(NORTHMERE.envelope(version=8)).version == 8


def test_versions_may_be_skipped() -> None:
    assert accept(NORTHMERE.envelope(version=900)).version == 900


def test_the_same_bytes_again_are_accepted_under_a_fresh_signature() -> None:
    assert accept(NORTHMERE.envelope()) == NORTHMERE.card


def test_a_rolled_back_card_is_refused() -> None:
    refused(OlderCard, "rolled-back", NORTHMERE.envelope(version=6))


def test_two_cards_with_one_number_are_refused() -> None:
    refused(TwoCards, "rolled-back", NORTHMERE.envelope(languages=("fr",)))


def test_a_card_signed_by_another_root_is_refused() -> None:
    forged = sign_card(replace(NORTHMERE.card, version=8, root=THIEF.public), THIEF, SUITES_0)
    refused(WrongRoot, "wrong-root", forged)
    refused(WrongRoot, "wrong-root", forged, held=None)


def test_a_card_that_names_the_root_but_is_signed_by_another_key_is_refused() -> None:
    payload = write_card(replace(NORTHMERE.card, version=8), SUITES_0)
    refused(WrongRoot, "wrong-root", sign(payload, CARD_TYPE, THIEF))


def test_one_flipped_byte_is_refused() -> None:
    envelope = decode(NORTHMERE.envelope(version=8))
    other = decode(NORTHMERE.envelope(version=9))
    refused(WrongRoot, "wrong-root", encode({**envelope, "payload": other["payload"]}))


def test_a_card_signed_by_the_registrar_alone_is_refused() -> None:
    registrar = signing_key("registrar")
    payload = write_card(replace(NORTHMERE.card, version=8), SUITES_0)
    refused(WrongRoot, "wrong-root", sign(payload, CARD_TYPE, registrar))
    refused(NotACard, "not-a-card", write_anchor("XNR", NORTHMERE.root.public.id, NOW, registrar))


def test_an_acts_key_cannot_sign_a_card() -> None:
    payload = write_card(replace(NORTHMERE.card, version=8), SUITES_0)
    refused(WrongRoot, "wrong-root", sign(payload, CARD_TYPE, NORTHMERE.acts))


def test_a_roots_signature_for_another_purpose_is_no_card() -> None:
    payload = write_card(replace(NORTHMERE.card, version=8), SUITES_0)
    refused(WrongField, "not-a-card", sign(payload, ACT_TYPE, NORTHMERE.root))


def test_a_stripped_signature_is_refused() -> None:
    live = make_state(live=True)
    envelope = decode(live.envelope())
    signatures = envelope["signatures"]
    assert isinstance(signatures, list)
    stripped = encode({**envelope, "signatures": signatures[:1]})
    with pytest.raises(WrongRoot):
        accept_card(stripped, pinned=live.pinned(), held=None, now=NOW, demo=False)


def test_a_state_whose_root_nobody_checked_is_refused() -> None:
    refused(NotPinned, "not-anchored", NORTHMERE.envelope(), pinned=None, held=None)


def test_another_states_card_is_refused() -> None:
    refused(WrongState, "wrong-state", JINHAI.envelope())
    refused(WrongState, "wrong-state", JINHAI.envelope(), held=None)


def test_a_forged_state_signed_by_a_pinned_root_is_refused() -> None:
    refused(WrongState, "wrong-state", NORTHMERE.envelope(state="XJN", version=8))


def test_a_held_card_of_another_state_is_a_mix_and_match_and_refused() -> None:
    refused(WrongState, "wrong-state", NORTHMERE.envelope(version=8), held=JINHAI.card)


def test_a_live_node_refuses_a_demonstrations_card_and_the_reverse() -> None:
    refused(DemoCard, "demo-card", NORTHMERE.envelope(demo=True, version=8))
    refused(DemoCard, "demo-card", NORTHMERE.envelope(version=8), demo=True)
    assert accept(NORTHMERE.envelope(demo=True, version=8), demo=True).demo


def test_an_expired_card_is_refused_at_its_last_second() -> None:
    envelope = NORTHMERE.envelope(version=8, expires=NOW + DAY)
    assert accept(envelope, now_after=DAY - timedelta(seconds=1)).version == 8
    refused(CardExpired, "card-expired", envelope, now_after=DAY)


def test_a_clock_ten_years_off_finds_the_card_expired_or_ahead() -> None:
    refused(CardExpired, "card-expired", NORTHMERE.envelope(), now_after=3650 * DAY)
    refused(IssuedAhead, "not-a-card", NORTHMERE.envelope(), now_after=-3650 * DAY)


def test_a_card_may_be_issued_ten_minutes_ahead_and_not_more() -> None:
    ahead = timedelta(minutes=10)
    assert accept(NORTHMERE.envelope(version=8, issued=NOW + ahead)).version == 8
    refused(
        IssuedAhead,
        "not-a-card",
        NORTHMERE.envelope(version=8, issued=NOW + ahead + timedelta(seconds=1)),
    )


def with_key(state: State, index: int, **changes: object) -> bytes:
    """Return a newer envelope with one signing key changed."""
    keys = list(state.card.signing)
    keys[index] = replace(keys[index], **changes)  # type: ignore[arg-type]
    return state.envelope(version=8, signing=tuple(keys))


def test_a_key_valid_for_more_than_400_days_is_refused() -> None:
    since = NORTHMERE.card.signing[0].since
    assert accept(with_key(NORTHMERE, 0, until=since + 400 * DAY)).version == 8
    longer = with_key(NORTHMERE, 0, until=since + 400 * DAY + timedelta(seconds=1))
    refused(KeyTooLong, "not-a-card", longer)


def test_a_key_listed_for_two_purposes_is_refused() -> None:
    refused(KeyTwice, "not-a-card", with_key(NORTHMERE, 1, public=NORTHMERE.acts.public))


def test_a_root_that_also_signs_acts_is_refused() -> None:
    refused(KeyTwice, "not-a-card", with_key(NORTHMERE, 0, public=NORTHMERE.root.public))


def test_a_key_listed_again_under_a_later_epoch_is_refused() -> None:
    acts, node = NORTHMERE.card.signing
    again = replace(acts, epoch=2, since=acts.until, until=acts.until + 400 * DAY)
    refused(KeyTwice, "not-a-card", NORTHMERE.envelope(version=8, signing=(acts, again, node)))


def test_a_successor_that_is_another_key_of_the_card_is_refused() -> None:
    for key in (NORTHMERE.root, NORTHMERE.node):
        envelope = NORTHMERE.envelope(version=8, successor=key.public.id)
        refused(WrongField, "not-a-card", envelope)


@pytest.mark.parametrize(("purpose", "index"), [("acts", 0), ("node", 1)])
def test_a_card_without_a_valid_signing_key_is_refused(purpose: str, index: int) -> None:
    ended = with_key(NORTHMERE, index, until=NOW)
    early = with_key(NORTHMERE, index, since=NOW + timedelta(seconds=1))
    missing = NORTHMERE.envelope(version=8, signing=(NORTHMERE.card.signing[1 - index],))
    for envelope in (ended, early, missing):
        with pytest.raises(NoValidKey, match=purpose):
            accept(envelope)


def test_a_card_without_a_sealing_key_is_refused() -> None:
    with pytest.raises(NoValidKey, match="seal"):
        accept(NORTHMERE.envelope(version=8, sealing=()))


def test_an_envelope_over_the_limit_is_refused_before_it_is_read() -> None:
    refused(WrongField, "not-a-card", b"\xff" * (MAX_ENVELOPE + 1))


def test_bytes_that_are_no_envelope_are_refused() -> None:
    refused(WrongField, "not-a-card", b"{}")
    with pytest.raises(NotCanonical):
        accept(b"not json")


def test_a_live_node_refuses_suite_0() -> None:
    with pytest.raises(UnknownSuite):
        accept_card(NORTHMERE.envelope(), pinned=NORTHMERE.pinned(), held=None, now=NOW, demo=False)


# Roots that pass on.


def heir(version: int, successor: str | None = None) -> bytes:
    """Return a card signed by the next root."""
    card = replace(NORTHMERE.card, version=version, root=NEXT_ROOT.public, successor=successor)
    return sign_card(card, NEXT_ROOT, SUITES_0)


def test_a_root_passes_to_its_successor_and_the_old_one_signs_no_more() -> None:
    named = accept(NORTHMERE.envelope(version=8, successor=NEXT_ROOT.public.id))
    passed = accept(heir(9), held=named)
    assert passed.root.id == NEXT_ROOT.public.id
    assert accept(heir(10), held=passed).version == 10
    refused(WrongRoot, "wrong-root", NORTHMERE.envelope(version=11), held=passed)


def test_roots_pass_on_more_than_once() -> None:
    third = signing_key("third root")
    named = accept(NORTHMERE.envelope(version=8, successor=NEXT_ROOT.public.id))
    passed = accept(heir(9, third.public.id), held=named)
    last = sign_card(replace(NORTHMERE.card, version=10, root=third.public), third, SUITES_0)
    assert accept(last, held=passed).root.id == third.public.id


def test_a_successor_cannot_sign_before_the_card_that_names_it_is_held() -> None:
    refused(WrongRoot, "wrong-root", heir(9))
    refused(WrongRoot, "wrong-root", heir(9), held=None)


def test_a_named_successor_that_has_not_signed_yet_may_be_taken_back() -> None:
    named = accept(NORTHMERE.envelope(version=8, successor=NEXT_ROOT.public.id))
    back = accept(NORTHMERE.envelope(version=9), held=named)
    refused(WrongRoot, "wrong-root", heir(10), held=back)


def test_a_fast_forward_by_anyone_but_the_root_is_refused() -> None:
    last = 2**53 - 1
    forged = sign_card(replace(NORTHMERE.card, version=last, root=THIEF.public), THIEF, SUITES_0)
    refused(WrongRoot, "wrong-root", forged)
    assert accept(NORTHMERE.envelope(version=8)).version == 8


# Before a root is pinned.


def test_a_claimed_card_gives_the_words_to_read_aloud() -> None:
    found = claimed(NORTHMERE.envelope(), SUITES_0)
    assert found.words == twelve_words(NORTHMERE.root.public.id)
    assert found.card == NORTHMERE.card


def test_a_claimed_card_is_read_as_strictly() -> None:
    with pytest.raises(NotACard):
        claimed(b"{}", SUITES_0)
    with pytest.raises(NotACard):
        claimed(sign(NORTHMERE.card.payload, ACT_TYPE, NORTHMERE.root), SUITES_0)
