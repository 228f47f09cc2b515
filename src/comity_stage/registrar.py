"""A registrar of the demonstration: a key that vouches for roots and sees no file."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from comity.directory.pin import write_anchor
from comity.directory.trust import claimed
from comity.node.private import write_private
from comity.seal.canonical import encode
from comity.seal.keys import SigningKey
from comity.seal.suite1 import new_signing_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrar:
    """The key, which is never written to disk, and the file with its public half."""

    key: SigningKey
    public: Path

    def vouch(self, card: Path) -> Path:
        """Sign that the root of this card is the root of its State; return the file."""
        found = claimed(card.read_bytes()).card
        file = self.public.parent / f"{found.state}.anchor.json"
        now = datetime.now(UTC).replace(microsecond=0)
        write_private(file, write_anchor(found.state, found.root.id, now, self.key))
        return file


def new_registrar(folder: Path) -> Registrar:
    """Make a registrar whose public key lies in ``folder``."""
    key = new_signing_key(os.urandom)
    public = folder / "registrar.pub.json"
    write_private(public, encode(key.public.data()))
    return Registrar(key=key, public=public)
