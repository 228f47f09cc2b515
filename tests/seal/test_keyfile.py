from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.seal.canonical import LARGEST, Json, decode, encode
from comity.seal.errors import CannotOpen
from comity.seal.forms import b64, unb64
from comity.seal.keyfile import KeyFile, read_key_file, write_key_file
from comity.seal.keys import Purpose
from comity.seal.suite1 import Ed25519MlDsa65Signing, MlKem768X25519Open
from tests.seal.samples import JINHAI, JINHAI_OPENS, NORTHMERE, bytes_named

FROM = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
HELD = KeyFile(
    purpose=Purpose.ACTS,
    epoch=2,
    valid_from=FROM,
    valid_until=FROM + timedelta(days=365),
    key=NORTHMERE,
)
PHRASE = "correct horse battery staple"
FILE = write_key_file(HELD, PHRASE, bytes_named("key file"))
MEMBERS = decode(FILE)


def kdf() -> dict[str, Json]:
    found = MEMBERS["kdf"]
    assert isinstance(found, dict)
    return found


def scrypt(phrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=32_768, r=8, p=1).derive(phrase.encode())


# ------------------------------------------------------------------- written and read


@pytest.mark.parametrize(
    ("purpose", "key"),
    [
        (Purpose.ROOT, NORTHMERE),
        (Purpose.ACTS, NORTHMERE),
        (Purpose.NODE, NORTHMERE),
        (Purpose.SEAL, JINHAI_OPENS),
    ],
)
def test_a_key_comes_back_from_its_file(
    purpose: Purpose, key: MlKem768X25519Open | Ed25519MlDsa65Signing
) -> None:
    held = replace(HELD, purpose=purpose, key=key)
    again = read_key_file(write_key_file(held, PHRASE, bytes_named("again")), PHRASE)
    assert again == held
    assert again.key.seed() == held.key.seed()


def test_a_file_is_written_as_on_the_page() -> None:
    assert set(MEMBERS) == {
        "v",
        "purpose",
        "suite",
        "epoch",
        "from",
        "until",
        "public",
        "kdf",
        "secret",
    }
    assert (MEMBERS["v"], MEMBERS["suite"], MEMBERS["epoch"]) == (1, 1, 2)
    assert (MEMBERS["purpose"], MEMBERS["public"]) == ("acts", NORTHMERE.public.data())
    assert (MEMBERS["from"], MEMBERS["until"]) == ("2026-05-04T03:00:00Z", "2027-05-04T03:00:00Z")
    assert {name: kdf()[name] for name in "nrp"} == {"n": 32_768, "r": 8, "p": 1}
    assert kdf()["name"] == "scrypt"


def test_the_secret_opens_by_the_page_alone() -> None:
    secret = unb64(str(MEMBERS["secret"]))
    others = {name: value for name, value in MEMBERS.items() if name != "secret"}
    key = scrypt(PHRASE, unb64(str(kdf()["salt"])))
    assert AESGCM(key).decrypt(secret[:12], secret[12:], encode(others)) == NORTHMERE.seed()


def test_the_secret_is_not_in_the_file() -> None:
    seed = NORTHMERE.seed()
    assert b64(seed)[:20].encode() not in FILE
    assert seed[:16] not in unb64(str(MEMBERS["secret"]))


def test_salt_and_nonce_are_new_in_every_file() -> None:
    other = decode(write_key_file(HELD, PHRASE, bytes_named("other")))
    assert other["kdf"] != MEMBERS["kdf"]
    assert unb64(str(other["secret"]))[:12] != unb64(str(MEMBERS["secret"]))[:12]


def test_a_passphrase_is_the_same_however_the_keyboard_composes_it() -> None:
    file = write_key_file(HELD, "caf\u00e9", bytes_named("nfc"))
    assert read_key_file(file, "cafe\u0301") == HELD


def test_the_secret_is_not_shown() -> None:
    assert "PrivateKey" not in repr(HELD)
    assert NORTHMERE.seed()[:8].hex() not in repr(HELD)


# ------------------------------------------------------------------- refused


@pytest.mark.parametrize("phrase", ["", " ", PHRASE + " ", PHRASE.upper(), "\ud800"])
def test_a_wrong_passphrase_does_not_open(phrase: str) -> None:
    with pytest.raises(CannotOpen, match="Type the passphrase again"):
        read_key_file(FILE, phrase)


@settings(max_examples=8)
@given(st.integers(0, len(FILE) - 1), st.integers(0, 7))
def test_one_flipped_bit_does_not_open(place: int, bit: int) -> None:
    changed = bytearray(FILE)
    changed[place] ^= 1 << bit
    with pytest.raises(CannotOpen):
        read_key_file(bytes(changed), PHRASE)


def test_a_wrong_passphrase_and_a_changed_file_give_the_same_error() -> None:
    said = set()
    for data, phrase in ((FILE, "wrong"), (FILE[:-1], PHRASE), (b"", PHRASE), (b"{}", PHRASE)):
        with pytest.raises(CannotOpen) as refused:
            read_key_file(data, phrase)
        said.add((refused.value.code, str(refused.value)))
    assert len(said) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": "1"},
        {"suite": 0},
        {"suite": 2},
        {"purpose": "seal"},
        {"purpose": "root"},
        {"purpose": "registrar"},
        {"purpose": None},
        {"epoch": 3},
        {"epoch": "2"},
        {"from": "2026-05-04"},
        {"from": None},
        {"until": "2037-05-04T03:00:00Z"},
        {"public": JINHAI.public.data()},
        {"public": {}},
        {"kdf": {}},
        {"kdf": None},
        {"kdf": {**kdf(), "name": "argon2id"}},
        {"kdf": {**kdf(), "n": 2}},
        {"kdf": {**kdf(), "r": 1}},
        {"kdf": {**kdf(), "note": 1}},
        {"kdf": {**kdf(), "salt": b64(bytes(16))}},
        {"kdf": {**kdf(), "salt": b64(bytes(15))}},
        {"kdf": {**kdf(), "salt": ""}},
        {"secret": ""},
        {"secret": None},
        {"secret": b64(bytes(100))},
        {"note": 1},
    ],
    ids=range(28),
)
def test_a_changed_member_does_not_open(changes: dict[str, Json]) -> None:
    with pytest.raises(CannotOpen):
        read_key_file(encode({**MEMBERS, **changes}), PHRASE)


@pytest.mark.parametrize("n", [2**30, 2**53 - 1, 32_767, 65_536])
def test_a_changed_file_does_not_choose_how_much_memory_it_takes(n: int) -> None:
    with pytest.raises(CannotOpen):
        read_key_file(encode({**MEMBERS, "kdf": {**kdf(), "n": n}}), PHRASE)


def forged(
    purpose: str, public: dict[str, Json], seed: bytes, salt: bytes = bytes(16), **other: Json
) -> bytes:
    """Write a file whose passphrase is right and whose contents do not fit together."""
    nonce = bytes(12)
    members = {
        **MEMBERS,
        "purpose": purpose,
        "public": public,
        "kdf": {**kdf(), "salt": b64(salt), **other},
    }
    del members["secret"]
    secret = nonce + AESGCM(scrypt(PHRASE, salt)).encrypt(nonce, seed, encode(members))
    return encode({**members, "secret": b64(secret)})


def test_a_file_whose_parts_do_not_fit_does_not_open() -> None:
    fits = forged("acts", NORTHMERE.public.data(), NORTHMERE.seed())
    assert read_key_file(fits, PHRASE).key == NORTHMERE
    for purpose, public, seed in (
        ("acts", JINHAI.public.data(), NORTHMERE.seed()),
        ("acts", JINHAI_OPENS.public.data(), JINHAI_OPENS.seed()),
        ("seal", NORTHMERE.public.data(), NORTHMERE.seed()),
        ("acts", NORTHMERE.public.data(), NORTHMERE.seed()[:32]),
    ):
        with pytest.raises(CannotOpen):
            read_key_file(forged(purpose, public, seed), PHRASE)


def test_a_file_that_states_another_derivation_does_not_open() -> None:
    whole = "acts", NORTHMERE.public.data(), NORTHMERE.seed()
    for file in (
        forged(*whole, n=2),
        forged(*whole, name="argon2id"),
        forged(*whole, note=1),
        forged(*whole, salt=bytes(15)),
        forged(*whole, salt=bytes(17)),
    ):
        with pytest.raises(CannotOpen):
            read_key_file(file, PHRASE)


@pytest.mark.parametrize("epoch", [1, LARGEST])
def test_the_first_and_the_last_epoch_are_written(epoch: int) -> None:
    held = replace(HELD, epoch=epoch)
    assert read_key_file(write_key_file(held, PHRASE, bytes_named("epoch")), PHRASE) == held


@pytest.mark.parametrize(
    "held",
    [
        replace(HELD, purpose=Purpose.SEAL),
        replace(HELD, key=JINHAI_OPENS),
        replace(HELD, epoch=0),
        replace(HELD, epoch=-1),
        replace(HELD, epoch=LARGEST + 1),
    ],
    ids=["purpose", "key", "zero", "negative", "large"],
)
def test_a_key_that_does_not_fit_its_purpose_is_not_written(held: KeyFile) -> None:
    with pytest.raises(ValueError, match="cannot have purpose"):
        write_key_file(held, PHRASE, bytes_named("unfit"))


def test_a_file_is_not_written_without_a_passphrase() -> None:
    with pytest.raises(ValueError, match="passphrase"):
        write_key_file(HELD, "", bytes_named("empty"))
