"""The keys folder of a node: one file for each purpose and epoch, opened with one passphrase.

Opening costs a tenth of a second and 32 MiB for each file, so each process opens only
what it needs: the acts key is for the desk alone.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from comity.actions.ports import NodeKeys
from comity.node.errors import NoKey
from comity.node.private import read_private
from comity.node.storage_key import read_storage_key
from comity.seal.errors import CannotOpen
from comity.seal.keyfile import KeyFile, read_key_file
from comity.seal.keys import OpenWith, Purpose, SigningKey
from comity.seal.suite1 import Ed25519MlDsa65Signing, MlKem768X25519Open
from comity.text import say

STORAGE_FILE: Final = "storage.key"
MEMORY_FILE: Final = "signer.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSecrets:
    """What every process of a node opens at start."""

    keys: NodeKeys
    storage: bytes


def key_file_name(purpose: Purpose, epoch: int) -> str:
    """Return the name of a key's file in its folder."""
    return f"{purpose}-{epoch}.key"


def open_secrets(folder: Path, passphrase: str, now: datetime) -> NodeSecrets:
    """Open the node key, every seal key (old ones too) and the storage key."""
    node = _newest(folder, Purpose.NODE, passphrase, now)
    openers: dict[str, OpenWith] = {}
    for file in _files(folder, Purpose.SEAL):
        held = _open(file, Purpose.SEAL, passphrase)
        if isinstance(held.key, MlKem768X25519Open):
            openers[held.key.public.id] = held.key
    if not openers:
        raise NoKey(Purpose.SEAL, str(folder))
    keys = NodeKeys(node=_signing(node), epoch=node.epoch, openers=openers)
    storage = read_storage_key(read_private(folder / STORAGE_FILE), passphrase)
    return NodeSecrets(keys=keys, storage=storage)


def open_acts_key(folder: Path, passphrase: str, now: datetime) -> SigningKey:
    """Open the key that signs acts."""
    return _signing(_newest(folder, Purpose.ACTS, passphrase, now))


def open_root_key(file: Path, passphrase: str) -> SigningKey:
    """Open the root key, for signing a card."""
    return _signing(_open(file, Purpose.ROOT, passphrase))


def _newest(folder: Path, purpose: Purpose, passphrase: str, now: datetime) -> KeyFile:
    """Return the valid key of the highest epoch."""
    for file in reversed(_files(folder, purpose)):
        held = _open(file, purpose, passphrase)
        if held.valid_from <= now < held.valid_until:
            return held
    raise NoKey(purpose, str(folder))


def _files(folder: Path, purpose: Purpose) -> list[Path]:
    """Return the key files of a purpose by epoch."""
    named = [
        file for file in folder.glob(f"{purpose}-*.key") if file.stem.rpartition("-")[2].isdigit()
    ]
    return sorted(named, key=lambda file: int(file.stem.rpartition("-")[2]))


def _open(file: Path, purpose: Purpose, passphrase: str) -> KeyFile:
    held = read_key_file(read_private(file), passphrase)
    if held.purpose is not purpose:
        raise CannotOpen(
            say(
                'The file %(file)s holds a key for another purpose than "%(purpose)s". '
                "Give it back its own name.",
                file=str(file),
                purpose=purpose,
            )
        )
    return held


def _signing(held: KeyFile) -> SigningKey:
    if not isinstance(held.key, Ed25519MlDsa65Signing):
        raise NoKey(held.purpose, "")
    return held.key
