"""The storage key's file: like a key file of seal-v1 section 4, without a public half.

Canonical JSON `{"v":1,"purpose":"storage","kdf":{...},"secret"}`; ``secret`` is the
32-byte key under scrypt(passphrase), bound to the other members.
"""

from collections.abc import Callable
from typing import Final
from unicodedata import normalize

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from comity.seal.canonical import Json, decode, encode
from comity.seal.errors import CannotOpen, NotCanonical
from comity.seal.forms import b64, unb64
from comity.seal.keyfile import BLOCK, COST, LANES, SALT
from comity.seal.rest import KEY, NONCE, lock, unlock
from comity.text import say

_VERSION: Final = 1
_PURPOSE: Final = "storage"


def write_storage_key(key: bytes, passphrase: str, random: Callable[[int], bytes]) -> bytes:
    """Return the bytes of a storage key's file; ``random(n)`` gives n unpredictable bytes."""
    salt = random(SALT)
    members = _members(salt)
    secret = lock(_stretched(passphrase, salt), random(NONCE), key, encode(members))
    return encode({**members, "secret": b64(secret)})


def read_storage_key(data: bytes, passphrase: str) -> bytes:
    """Return the key; raise ``CannotOpen`` on a wrong passphrase or a changed file."""
    try:
        members = decode(data)
        kdf = members["kdf"]
        salt = unb64(str(kdf["salt"])) if isinstance(kdf, dict) else b""
        secret = unb64(str(members.pop("secret")))
        # Checked before the work: a changed file must not choose how much memory it takes.
        if members != _members(salt) or len(salt) != SALT:
            raise _cannot_open()
        key = unlock(_stretched(passphrase, salt), secret, encode(members))
    except (CannotOpen, NotCanonical, KeyError) as error:
        raise _cannot_open() from error
    if len(key) != KEY:
        raise _cannot_open()
    return key


def _members(salt: bytes) -> dict[str, Json]:
    kdf: dict[str, Json] = {"name": "scrypt", "n": COST, "r": BLOCK, "p": LANES, "salt": b64(salt)}
    return {"v": _VERSION, "purpose": _PURPOSE, "kdf": kdf}


def _stretched(passphrase: str, salt: bytes) -> bytes:
    typed = normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=KEY, n=COST, r=BLOCK, p=LANES).derive(typed)


def _cannot_open() -> CannotOpen:
    return CannotOpen(
        say(
            "The storage key does not open. Type the passphrase again; if it is right, the "
            "file was changed: restore it from a backup."
        )
    )
