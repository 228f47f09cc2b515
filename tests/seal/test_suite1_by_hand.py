"""Suite 1 against the texts it is made of, step by step, without the library's HPKE."""

from hashlib import sha3_256, shake_256
from hmac import digest as hmac

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.seal.forms import unb64
from comity.seal.suite1 import MlKem768X25519Open
from tests.seal.samples import JINHAI_OPENS

# draft-connolly-cfrg-xwing-kem, appendix C, first vector.
XWING_SEED = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
XWING_PUBLIC_BEGINS = bytes.fromhex(
    "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5"
    "b19cfc3da5fa1a92c49f25513e0fd30d6b1611c9ab9635d7086727a4b7d21d34"
)
XWING_PUBLIC_ENDS = bytes.fromhex(
    "859edb06eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534"
)

KEM_ID, KDF_ID, AEAD_ID = 0x647A, 0x0001, 0x0002
XWING_LABEL = bytes.fromhex("5c2e2f2f5e5c")
SUITE_ID = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (KEM_ID, KDF_ID, AEAD_ID))


def labeled_extract(salt: bytes, label: bytes, key: bytes) -> bytes:
    """RFC 9180 section 4."""
    return hmac(salt, b"HPKE-v1" + SUITE_ID + label + key, "sha256")


def labeled_expand(secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """RFC 9180 section 4, for at most one block."""
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + SUITE_ID + label + info
    return hmac(secret, labeled + b"\1", "sha256")[:length]


def open_by_hand(seed: bytes, sealed: bytes, info: bytes) -> bytes:
    """X-Wing decapsulation, then RFC 9180 sections 5.1 and 5.2 in base mode."""
    mlkem, x25519 = seed[:64], X25519PrivateKey.from_private_bytes(seed[64:])
    first, second, ciphertext = sealed[:1088], sealed[1088:1120], sealed[1120:]
    shared = sha3_256(
        MLKEM768PrivateKey.from_seed_bytes(mlkem).decapsulate(first)
        + x25519.exchange(X25519PublicKey.from_public_bytes(second))
        + second
        + x25519.public_key().public_bytes_raw()
        + XWING_LABEL
    ).digest()
    context = (
        b"\0" + labeled_extract(b"", b"psk_id_hash", b"") + labeled_extract(b"", b"info_hash", info)
    )
    secret = labeled_extract(shared, b"secret", b"")
    key = labeled_expand(secret, b"key", context, 32)
    nonce = labeled_expand(secret, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, ciphertext, b"")


def test_the_key_pair_is_that_of_x_wing() -> None:
    key = MlKem768X25519Open.from_seed(shake_256(XWING_SEED).digest(96))
    public = unb64(str(key.public.data()["mlkem768x25519"]))
    assert public.startswith(XWING_PUBLIC_BEGINS)
    assert public.endswith(XWING_PUBLIC_ENDS)


@settings(max_examples=20)
@given(st.binary(max_size=100), st.binary(max_size=100))
def test_a_seal_opens_by_rfc_9180_done_by_hand(plaintext: bytes, info: bytes) -> None:
    sealed = JINHAI_OPENS.public.seal(plaintext, info)
    assert open_by_hand(JINHAI_OPENS.seed(), sealed, info) == plaintext
