import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.errors import CannotOpen, NotCanonical
from comity.seal.forms import digest
from comity.seal.rest import (
    KEY,
    NONCE,
    TAG,
    lock,
    matter_context,
    note_context,
    part_context,
    unlock,
)

KEY_BYTES = bytes(range(KEY))
NONCE_BYTES = bytes(range(NONCE))
ACT = digest(b"header")
CONTEXT = part_context(ACT, 3)
LOCKED = lock(KEY_BYTES, NONCE_BYTES, b"a victim's account", CONTEXT)


@given(
    st.binary(min_size=KEY, max_size=KEY),
    st.binary(min_size=NONCE, max_size=NONCE),
    st.binary(max_size=200),
    st.binary(max_size=100),
)
def test_what_is_locked_unlocks(key: bytes, nonce: bytes, plaintext: bytes, context: bytes) -> None:
    locked = lock(key, nonce, plaintext, context)
    assert locked.startswith(nonce)
    assert len(locked) == NONCE + len(plaintext) + TAG
    assert unlock(key, locked, context) == plaintext


def test_it_is_aes_256_gcm() -> None:
    # "The Galois/Counter Mode of Operation", test case 16.
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plaintext = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    context = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert lock(key, nonce, plaintext, context).hex() == (
        "cafebabefacedbaddecaf888"
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )


@given(st.integers(0, len(LOCKED) - 1), st.integers(0, 7))
def test_one_flipped_bit_does_not_unlock(place: int, bit: int) -> None:
    changed = bytearray(LOCKED)
    changed[place] ^= 1 << bit
    with pytest.raises(CannotOpen, match="restore from a backup"):
        unlock(KEY_BYTES, bytes(changed), CONTEXT)


@pytest.mark.parametrize("length", [0, 1, NONCE, NONCE + TAG - 1, NONCE + TAG, len(LOCKED) - 1])
def test_a_piece_does_not_unlock(length: int) -> None:
    with pytest.raises(CannotOpen):
        unlock(KEY_BYTES, LOCKED[:length], CONTEXT)


def test_another_key_does_not_unlock() -> None:
    with pytest.raises(CannotOpen):
        unlock(bytes(KEY), LOCKED, CONTEXT)


@pytest.mark.parametrize(
    "context",
    [
        part_context(ACT, 2),
        part_context(digest(b"other"), 3),
        matter_context(ACT),
        note_context(ACT),
        b"",
    ],
)
def test_data_put_in_another_place_does_not_unlock(context: bytes) -> None:
    with pytest.raises(CannotOpen):
        unlock(KEY_BYTES, LOCKED, context)


def test_contexts_are_those_of_the_page() -> None:
    raw = bytes.fromhex(ACT[7:])
    assert part_context(ACT, 3) == b"comity/part/v1\x00" + raw + b"\0\0\0\3"
    assert matter_context(ACT) == b"comity/matter/v1\x00" + raw
    assert note_context("n-1") == b"comity/note/v1\x00n-1"


def test_a_context_needs_a_digest() -> None:
    for make in (matter_context, lambda text: part_context(text, 0)):
        with pytest.raises(NotCanonical):
            make("7")


@pytest.mark.parametrize(("key", "nonce"), [(16, NONCE), (31, NONCE), (KEY, 8), (KEY, 16), (0, 0)])
def test_another_length_of_key_or_nonce_is_our_own_mistake(key: int, nonce: int) -> None:
    with pytest.raises(ValueError, match="needed"):
        lock(bytes(key), bytes(nonce), b"", b"")


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_unlocking_takes_a_key_of_32_bytes_only(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        unlock(bytes(length), LOCKED, CONTEXT)
