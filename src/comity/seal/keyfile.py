"""Key files: a secret key under a passphrase (``spec/seal-v1.md`` section 4).

Pure: bytes in, bytes out. The caller keeps the file with mode 0600. One scrypt
takes about 32 MiB and a tenth of a second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from unicodedata import normalize

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from comity.seal.canonical import LARGEST, Json, decode, encode
from comity.seal.errors import CannotOpen, NotCanonical
from comity.seal.forms import b64, read_time, time_text, unb64
from comity.seal.keys import Purpose
from comity.seal.rest import KEY, NONCE, lock, unlock
from comity.seal.suite1 import NUMBER, Ed25519MlDsa65Signing, MlKem768X25519Open
from comity.text import say

VERSION: Final = 1
SALT: Final = 16
COST: Final = 32_768
BLOCK: Final = 8
LANES: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A secret key and what its file says of it. Valid at t when from <= t < until."""

    purpose: Purpose
    epoch: int
    valid_from: datetime
    valid_until: datetime
    key: Ed25519MlDsa65Signing | MlKem768X25519Open


def write_key_file(held: KeyFile, passphrase: str, random: Callable[[int], bytes]) -> bytes:
    """Return the bytes of a key file; ``random(n)`` gives n unpredictable bytes.

    ``ValueError`` when the key does not fit its purpose or the epoch is not positive.
    """
    if not _fits(held):
        message = f"this key cannot have purpose {held.purpose} and epoch {held.epoch}"
        raise ValueError(message)
    salt = random(SALT)
    members: dict[str, Json] = {
        "v": VERSION,
        "purpose": held.purpose.value,
        "suite": NUMBER,
        "epoch": held.epoch,
        "from": time_text(held.valid_from),
        "until": time_text(held.valid_until),
        "public": held.key.public.data(),
        "kdf": _kdf(salt),
    }
    key = _stretched(passphrase, salt)
    secret = lock(key, random(NONCE), held.key.seed(), encode(members))
    return encode({**members, "secret": b64(secret)})


def read_key_file(data: bytes, passphrase: str) -> KeyFile:
    """Return the key of a file; raise ``CannotOpen`` on a wrong passphrase or a changed file."""
    try:
        return _read(decode(data), passphrase)
    except (CannotOpen, NotCanonical, KeyError, TypeError, ValueError) as error:
        raise CannotOpen(
            say(
                "The key file does not open. Type the passphrase again; if it is right, "
                "the file was changed: restore it from a backup."
            )
        ) from error


def _read(members: dict[str, Json], passphrase: str) -> KeyFile:
    secret = _bytes(members.pop("secret"))
    salt = _bytes(_members(members["kdf"])["salt"])
    # Checked before the work: a changed file must not choose how much memory it takes.
    if members["kdf"] != _kdf(salt) or len(salt) != SALT:
        raise KeyError
    purpose = Purpose(_text(members["purpose"]))
    seed = unlock(_stretched(passphrase, salt), secret, encode(members))
    make = MlKem768X25519Open if purpose is Purpose.SEAL else Ed25519MlDsa65Signing
    key = make.from_seed(seed)
    held = KeyFile(
        purpose=purpose,
        epoch=_number(members["epoch"]),
        valid_from=read_time(_text(members["from"])),
        valid_until=read_time(_text(members["until"])),
        key=key,
    )
    if key.public.data() != members["public"] or members["v"] != VERSION or not _fits(held):
        raise KeyError
    return held


def _fits(held: KeyFile) -> bool:
    opens = isinstance(held.key, MlKem768X25519Open)
    return opens == (held.purpose is Purpose.SEAL) and 1 <= held.epoch <= LARGEST


def _kdf(salt: bytes) -> dict[str, Json]:
    return {"name": "scrypt", "n": COST, "r": BLOCK, "p": LANES, "salt": b64(salt)}


def _stretched(passphrase: str, salt: bytes) -> bytes:
    typed = normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=KEY, n=COST, r=BLOCK, p=LANES).derive(typed)


def _members(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Json) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _bytes(value: Json) -> bytes:
    return unb64(_text(value))
