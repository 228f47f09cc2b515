from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from comity.seal.errors import NotCanonical
from comity.seal.forms import digest
from comity.seal.words import twelve_words

ENGLISH = Mnemonic("english").wordlist

# BIP-39's own vectors for 128 bits.
BIP_39 = [
    ("00" * 16, "abandon " * 11 + "about"),
    ("7f" * 16, "legal winner thank year wave sausage worth useful legal winner thank yellow"),
    ("80" * 16, "letter advice cage absurd amount doctor acoustic avoid letter advice cage above"),
    ("ff" * 16, "zoo " * 11 + "wrong"),
    (
        "9e885d952ad362caeb4efe34a8e91bd2",
        "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
    ),
]


@pytest.mark.parametrize(("entropy", "words"), BIP_39)
def test_the_words_are_those_of_bip_39(entropy: str, words: str) -> None:
    for rest in ("00" * 16, "a5" * 16):
        assert twelve_words("sha256:" + entropy + rest) == tuple(words.split())


@given(st.binary(max_size=32).map(digest))
def test_twelve_words_hold_the_first_128_bits_and_a_checksum(key_id: str) -> None:
    words = twelve_words(key_id)
    bits = "".join(f"{ENGLISH.index(word):011b}" for word in words)
    first = bytes.fromhex(key_id[7:39])
    assert int(bits[:128], 2) == int.from_bytes(first, "big")
    assert int(bits[128:], 2) == sha256(first).digest()[0] >> 4


@given(st.binary(max_size=32).map(digest))
def test_any_wallet_s_checksum_accepts_the_words(key_id: str) -> None:
    assert Mnemonic("english").check(" ".join(twelve_words(key_id)))


@pytest.mark.parametrize("text", ["", "sha256:", "00" * 16, "sha256:" + "00" * 31])
def test_only_a_digest_has_words(text: str) -> None:
    with pytest.raises(NotCanonical):
        twelve_words(text)
