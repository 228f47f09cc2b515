import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.commit import SALT, commit
from comity.seal.forms import b64, unb64

salts = st.binary(min_size=SALT, max_size=SALT)
roles = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)
parts = st.tuples(salts, st.integers(0, 63), roles, st.binary(max_size=100))


@given(parts)
def test_a_commitment_is_the_page_s_hmac(part: tuple[bytes, int, str, bytes]) -> None:
    salt, index, role, data = part
    message = index.to_bytes(4, "big") + len(role).to_bytes(2, "big") + role.encode() + data
    assert commit(*part) == b64(hmac.digest(salt, message, hashlib.sha256))


@given(parts, parts)
def test_two_parts_never_share_a_commitment(
    one: tuple[bytes, int, str, bytes], two: tuple[bytes, int, str, bytes]
) -> None:
    assert (commit(*one) == commit(*two)) == (one == two)


def test_role_and_bytes_cannot_be_shifted_into_each_other() -> None:
    salt = bytes(SALT)
    assert commit(salt, 0, "reason", b"text") != commit(salt, 0, "reaso", b"ntext")


def test_a_commitment_has_32_bytes() -> None:
    assert len(unb64(commit(bytes(SALT), 0, "reason", b"no"))) == 32


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_our_own_mistake(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit(bytes(length), 0, "reason", b"no")


@pytest.mark.parametrize(("index", "role"), [(-1, "reason"), (2**32, "reason"), (0, "r" * 65_536)])
def test_a_number_too_large_to_write_is_our_own_mistake(index: int, role: str) -> None:
    with pytest.raises(OverflowError):
        commit(bytes(SALT), index, role, b"no")
