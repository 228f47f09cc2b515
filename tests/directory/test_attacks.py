"""Attacks on a directory (after the TUF specification), as far as one card can show them.

The others are in ``test_trust`` (forged State, wrong State, endless data, fast
forward, rollback, a thief's key, two valid roots), ``test_compare`` (swapped
telephone number) and ``test_likeness`` (homoglyphs).
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.directory.card import Card
from comity.directory.errors import CardExpired, DirectoryError, OlderCard, UnknownKey
from comity.directory.keys import key_for
from comity.directory.trust import accept_card
from comity.seal.errors import SealError
from comity.seal.keys import Purpose
from tests.directory.states import DAY, NOW, make_state, signing_key
from tests.suite0 import SUITES_0

NORTHMERE = make_state()
PINNED = NORTHMERE.pinned()
GOOD = NORTHMERE.envelope(version=8)
HELD = NORTHMERE.card


def accept(envelope: bytes, held: Card = HELD, days: int = 0) -> Card:
    now = NOW + days * DAY
    return accept_card(envelope, pinned=PINNED, held=held, now=now, demo=False, suites=SUITES_0)


def test_a_directory_that_is_offline_for_thirty_days_changes_nothing() -> None:
    later = NOW + 30 * DAY
    found = key_for(HELD, Purpose.ACTS, NORTHMERE.acts.public.id, at=later, received_at=later)
    assert found == NORTHMERE.acts.public


def test_a_frozen_directory_is_noticed_when_the_card_runs_out() -> None:
    with pytest.raises(CardExpired):
        accept(NORTHMERE.envelope(), days=300)


def test_a_revocation_that_was_hidden_cannot_be_undone_by_the_old_card() -> None:
    acts, node = HELD.signing
    next_key = type(acts)(
        purpose=acts.purpose,
        epoch=2,
        since=acts.since,
        until=acts.until,
        public=signing_key("next").public,
    )
    revoked = accept(NORTHMERE.envelope(version=8, signing=(next_key, node)))
    with pytest.raises(UnknownKey):
        key_for(revoked, Purpose.ACTS, acts.id, at=NOW, received_at=NOW)
    with pytest.raises(OlderCard):
        accept(NORTHMERE.envelope(), held=revoked)


def test_extraneous_members_give_nothing_any_power() -> None:
    extra = NORTHMERE.envelope(version=8, extra=b'{"roots":["XJN"],"trust":true}')
    card = accept(extra)
    assert card.keys == HELD.keys
    assert card.root == HELD.root


@given(place=st.integers(0, len(GOOD) - 1), flip=st.integers(1, 255))
def test_a_changed_byte_anywhere_leaves_the_card_held(place: int, flip: int) -> None:
    changed = bytearray(GOOD)
    changed[place] ^= flip
    with pytest.raises((DirectoryError, SealError)):
        accept(bytes(changed))


@given(length=st.integers(0, len(GOOD) - 1))
def test_a_truncated_card_leaves_the_card_held(length: int) -> None:
    with pytest.raises((DirectoryError, SealError)):
        accept(GOOD[:length])
