from math import floor, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.errors import BadPadding
from comity.seal.padding import SMALLEST, pad, padded_size, unpad


def padme(length: int) -> int:
    """Padmé as its paper writes it."""
    exponent = floor(log2(length))
    mantissa = floor(log2(exponent)) + 1
    low = exponent - mantissa
    mask = (1 << low) - 1
    return (length + mask) & ~mask


@given(st.integers(0, 2**24))
def test_a_size_is_16_kib_or_padme(length: int) -> None:
    assert padded_size(length) == (SMALLEST if length + 4 <= SMALLEST else padme(length + 4))


@pytest.mark.parametrize(
    ("length", "size"),
    [
        (0, 16_384),
        (16_380, 16_384),
        (16_381, 17_408),
        (17_404, 17_408),
        (17_405, 18_432),
        (32_764, 32_768),
        (32_765, 34_816),
        (1_000_000, 1_015_808),
        (1_048_572, 1_048_576),
    ],
)
def test_the_sizes_are_these(length: int, size: int) -> None:
    assert padded_size(length) == size
    assert len(pad(bytes(length))) == size


@given(st.integers(16_381, 2**24))
def test_padding_adds_at_most_an_eighth(length: int) -> None:
    assert length + 4 <= padded_size(length) <= (length + 4) * 1.12


@given(st.integers(0, 2**20))
def test_a_longer_message_is_never_padded_to_less(length: int) -> None:
    assert padded_size(length) <= padded_size(length + 1)


@given(st.binary(max_size=300) | st.integers(16_000, 40_000).map(lambda n: b"x" * n))
def test_a_padded_message_comes_back(message: bytes) -> None:
    assert unpad(pad(message)) == message


@given(st.binary(min_size=1, max_size=100).filter(any), st.integers(0, 2**14 - 1))
def test_padding_that_is_not_zero_is_refused(dirt: bytes, place: int) -> None:
    padded = bytearray(pad(b"message"))
    place = max(place, 11)
    for offset, byte in enumerate(dirt):
        if place + offset < len(padded):
            padded[place + offset] = byte
    if bytes(padded) != pad(b"message"):
        with pytest.raises(BadPadding) as refused:
            unpad(bytes(padded))
        assert refused.value.code == "bad-padding"


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0",
        b"\0\0\0\0",
        b"\0\0\0\1x",
        pad(b"message")[:-1],
        pad(b"message") + b"\0",
        pad(b"message") * 2,
        bytes(SMALLEST - 1),
        bytes(SMALLEST + 1),
        b"\xff" * SMALLEST,
        (SMALLEST - 3).to_bytes(4, "big") + bytes(SMALLEST - 4),
        (2**32 - 1).to_bytes(4, "big") + bytes(SMALLEST - 4),
        (1).to_bytes(4, "big") + b"x" + bytes(17_408 - 5),
    ],
    ids=range(13),
)
def test_another_size_or_length_is_refused(padded: bytes) -> None:
    with pytest.raises(BadPadding):
        unpad(padded)


@given(st.binary(max_size=100))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(BadPadding):
        unpad(data)


def test_zeros_at_the_end_of_a_message_belong_to_it() -> None:
    assert unpad(pad(b"x\0\0\0")) == b"x\0\0\0"
    assert unpad(bytes(SMALLEST)) == b""
