"""Which key of a card may be used for what, and when (seal-v1 section 1)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from comity.directory.card import Card, CardKey
from comity.directory.errors import CardExpired, KeyNotValid, UnknownKey, WrongPurpose
from comity.directory.keys import epoch_of, key_for, last_seal_key, seal_key_for
from comity.seal.keys import Purpose, VerifyKey
from tests.directory.states import DAY, NOW, make_state, opening_key, signing_key

NORTHMERE = make_state()
CARD = NORTHMERE.card
ACTS = NORTHMERE.acts.public.id
NODE = NORTHMERE.node.public.id
SECOND = timedelta(seconds=1)


def find(
    card: Card,
    key_id: str,
    *,
    purpose: Purpose = Purpose.ACTS,
    at: datetime = NOW,
    received_at: datetime | None = None,
) -> VerifyKey:
    return key_for(card, purpose, key_id, at=at, received_at=received_at or at)


def test_a_valid_key_is_found() -> None:
    assert find(CARD, ACTS) == NORTHMERE.acts.public
    assert find(CARD, NODE, purpose=Purpose.NODE) == NORTHMERE.node.public


def test_a_key_of_one_purpose_is_never_accepted_for_another() -> None:
    for key_id, purpose in (
        (NODE, Purpose.ACTS),
        (ACTS, Purpose.NODE),
        (NORTHMERE.root.public.id, Purpose.ACTS),
        (NORTHMERE.opening.public.id, Purpose.NODE),
    ):
        with pytest.raises(WrongPurpose) as caught:
            find(CARD, key_id, purpose=purpose)
        assert caught.value.code == "wrong-purpose"


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(UnknownKey) as caught:
        find(CARD, signing_key("thief").public.id)
    assert caught.value.code == "unknown-key"


def test_a_key_is_valid_from_its_first_second_to_before_its_end() -> None:
    since, until = CARD.signing[0].since, CARD.signing[0].until
    assert find(CARD, ACTS, at=since).id
    assert find(CARD, ACTS, at=until - SECOND).id
    for moment in (since - SECOND, until):
        with pytest.raises(KeyNotValid) as caught:
            find(CARD, ACTS, at=moment)
        assert caught.value.code == "key-not-valid"


def test_a_late_signature_is_accepted_for_thirty_days_after_the_keys_end() -> None:
    until = CARD.signing[0].until
    dated = until - SECOND
    assert find(CARD, ACTS, at=dated, received_at=until + 30 * DAY - SECOND).id
    with pytest.raises(KeyNotValid):
        find(CARD, ACTS, at=dated, received_at=until + 30 * DAY)


def test_an_expired_card_opens_nothing_new() -> None:
    short = NORTHMERE.changed(expires=NOW + DAY)
    with pytest.raises(CardExpired):
        find(short, ACTS, received_at=NOW + DAY)
    with pytest.raises(CardExpired):
        seal_key_for(short, NOW + DAY)


def test_what_came_before_the_card_expired_stays_provable() -> None:
    short = NORTHMERE.changed(expires=NOW + DAY)
    assert find(short, ACTS, received_at=NOW).id


def test_a_key_dropped_from_a_newer_card_signs_nothing_new() -> None:
    other = signing_key("next acts key")
    revoked = NORTHMERE.changed(
        version=8,
        signing=(replace(CARD.signing[0], epoch=2, public=other.public), CARD.signing[1]),
    )
    assert find(revoked, other.public.id).id
    with pytest.raises(UnknownKey):
        find(revoked, ACTS)
    assert find(CARD, ACTS).id, "with the card of its time an act stays provable"


def test_a_renewed_card_lists_old_and_new_key_side_by_side() -> None:
    other = signing_key("next acts key")
    later = replace(CARD.signing[0], epoch=2, public=other.public, since=NOW)
    both = NORTHMERE.changed(signing=(CARD.signing[0], later, CARD.signing[1]))
    assert find(both, ACTS).id
    assert find(both, other.public.id).id
    assert epoch_of(both, Purpose.ACTS, other.public.id) == 2


def test_the_newest_valid_sealing_key_is_chosen() -> None:
    newer, future = opening_key("newer"), opening_key("future")
    first = CARD.sealing[0]
    keys: tuple[CardKey, ...] = (  # type: ignore[type-arg]
        first,
        replace(first, epoch=3, public=newer.public),
        replace(first, epoch=4, public=future.public, since=NOW + DAY),
    )
    card = NORTHMERE.changed(sealing=keys)
    assert seal_key_for(card, NOW).id == newer.public.id
    assert seal_key_for(card, NOW + DAY).id == future.public.id
    assert last_seal_key(card).id == future.public.id


def test_without_a_valid_sealing_key_nothing_is_sent() -> None:
    with pytest.raises(KeyNotValid):
        seal_key_for(CARD, CARD.sealing[0].until)


def test_our_own_card_can_be_sent_under_an_expired_card() -> None:
    short = NORTHMERE.changed(expires=NOW + DAY)
    assert last_seal_key(short) == NORTHMERE.opening.public


def test_the_epoch_of_a_key_is_that_of_its_purpose() -> None:
    assert epoch_of(CARD, Purpose.NODE, NODE) == 3
    with pytest.raises(WrongPurpose):
        epoch_of(CARD, Purpose.ACTS, NODE)
    with pytest.raises(UnknownKey):
        epoch_of(CARD, Purpose.ACTS, signing_key("thief").public.id)
