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

    ``ValueError`` when the key does not fit its purpose, the epoch is not
    positive, or the passphrase is empty.
    """
    if not passphrase:
        message = "a key file needs a passphrase"
        raise ValueError(message)
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
    except (CannotOpen, NotCanonical, ValueError) as error:
        raise CannotOpen(
            say(
                "The key file does not open. Type the passphrase again; if it is right, "
                "the file was changed: restore it from a backup."
            )
        ) from error


def _read(members: dict[str, Json], passphrase: str) -> KeyFile:
    match members:
        case {
            "v": int(version),
            "purpose": str(purpose),
            "suite": int(suite),
            "epoch": int(epoch),
            "from": str(valid_from),
            "until": str(valid_until),
            "public": dict(public),
            "kdf": {"salt": str(salt)} as kdf,
            "secret": str(secret),
            **others,
        } if (version, suite, others) == (VERSION, NUMBER, {}):
            pass
        case _:
            raise _unfit()
    # The work is always that of the page: a file must not choose how little or how much.
    if kdf != _kdf(unb64(salt)) or len(unb64(salt)) != SALT:
        raise _unfit()
    bound = {name: value for name, value in members.items() if name != "secret"}
    seed = unlock(_stretched(passphrase, unb64(salt)), unb64(secret), encode(bound))
    held = KeyFile(
        purpose=Purpose(purpose),
        epoch=epoch,
        valid_from=read_time(valid_from),
        valid_until=read_time(valid_until),
        key=_key(Purpose(purpose), seed),
    )
    if held.key.public.data() != public or not _fits(held):
        raise _unfit()
    return held


def _key(purpose: Purpose, seed: bytes) -> Ed25519MlDsa65Signing | MlKem768X25519Open:
    if purpose is Purpose.SEAL:
        return MlKem768X25519Open.from_seed(seed)
    return Ed25519MlDsa65Signing.from_seed(seed)


def _fits(held: KeyFile) -> bool:
    opens = isinstance(held.key, MlKem768X25519Open)
    return opens == (held.purpose is Purpose.SEAL) and 1 <= held.epoch <= LARGEST


def _kdf(salt: bytes) -> dict[str, Json]:
    return {"name": "scrypt", "n": COST, "r": BLOCK, "p": LANES, "salt": b64(salt)}


def _stretched(passphrase: str, salt: bytes) -> bytes:
    typed = normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=KEY, n=COST, r=BLOCK, p=LANES).derive(typed)


def _unfit() -> ValueError:
    return ValueError("not a key file of this version")
