"""Data at rest opens in its own place, under its own key, unchanged; else not at all."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.records.cipher import RestCipher
from comity.seal.errors import CannotOpen
from comity.seal.forms import digest
from comity.seal.rest import matter_context, note_context, part_context, unlock

KEY = b"k" * 32
MATTER, OTHER = digest(b"matter"), digest(b"other")
SALT = b"s" * 32


def counted() -> Callable[[int], bytes]:
    """Return a "random" that never repeats."""
    turn = 0

    def random(size: int) -> bytes:
        nonlocal turn
        turn += 1
        return turn.to_bytes(size, "big")

    return random


def cipher(key: bytes = KEY) -> RestCipher:
    return RestCipher(key, counted())


@given(st.binary(), st.integers(0, 63))
def test_a_part_opens_in_its_own_place_only(data: bytes, index: int) -> None:
    key = bytes(32)
    sealed = cipher().seal_part(key, MATTER, index, SALT, data)
    assert cipher().open_part(key, MATTER, index, sealed) == (SALT, data)
    for act, place, opener in (
        (OTHER, index, key),
        (MATTER, index + 1, key),
        (MATTER, index, b"x" * 32),
    ):
        with pytest.raises(CannotOpen):
            cipher().open_part(opener, act, place, sealed)


@given(st.binary(min_size=1, max_size=80), st.data())
def test_a_changed_byte_opens_nothing(data: bytes, draw: st.DataObject) -> None:
    sealed = bytearray(cipher().seal_part(KEY, MATTER, 0, SALT, data))
    sealed[draw.draw(st.integers(0, len(sealed) - 1))] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        cipher().open_part(KEY, MATTER, 0, bytes(sealed))


def test_the_bytes_are_those_of_the_specification() -> None:
    one = cipher()
    assert unlock(KEY, one.wrap(MATTER, b"m" * 32), matter_context(MATTER)) == b"m" * 32
    part = one.seal_part(b"m" * 32, MATTER, 3, SALT, b"data")
    assert unlock(b"m" * 32, part, part_context(MATTER, 3)) == SALT + b"data"
    assert unlock(KEY, one.seal_note("n", "é"), note_context("n")) == "é".encode()
    anchor = one.seal_anchor("XJN", b"two officers")
    assert unlock(KEY, anchor, b"comity/anchor/v1\0XJN") == b"two officers"


def test_a_matter_key_belongs_to_its_matter_and_its_node() -> None:
    one = cipher()
    key = one.new_matter_key()
    assert len(key) == 32
    assert key != one.new_matter_key()
    wrapped = one.wrap(MATTER, key)
    assert one.unwrap(MATTER, wrapped) == key
    with pytest.raises(CannotOpen):
        one.unwrap(OTHER, wrapped)
    with pytest.raises(CannotOpen):
        cipher(b"x" * 32).unwrap(MATTER, wrapped)


def test_a_note_and_an_anchor_open_under_their_own_names() -> None:
    one = cipher()
    assert one.open_note("a", one.seal_note("a", "text")) == "text"
    assert one.open_anchor("XJN", one.seal_anchor("XJN", b"x")) == b"x"
    with pytest.raises(CannotOpen):
        one.open_note("b", one.seal_note("a", "text"))
    with pytest.raises(CannotOpen):
        one.open_anchor("XVL", one.seal_anchor("XJN", b"x"))
    with pytest.raises(CannotOpen):
        one.open_note("XJN", one.seal_anchor("XJN", b"x"))


def test_no_nonce_is_used_twice() -> None:
    one = cipher()
    sealed = {one.seal_note("a", "text")[:12] for _ in range(9)}
    assert len(sealed) == 9


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_key_or_salt_of_another_size_is_our_mistake(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cipher(bytes(size))
    with pytest.raises(ValueError, match="32 bytes"):
        cipher().seal_part(KEY, MATTER, 0, bytes(size), b"")
