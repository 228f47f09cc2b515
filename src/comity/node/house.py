"""Wiring: one State's house from its settings and opened keys.

Imported after Django is set up (``django_ready``).
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from comity.actions.ports import House, Signer
from comity.actions.recover import at_start
from comity.node.config import Config
from comity.node.errors import NotOpen
from comity.node.keys import MEMORY_FILE, NodeSecrets
from comity.node.memory import SignerMemory
from comity.node.own_card import log_origin
from comity.node.public_key import read_public_key
from comity.node.signer import FileSigner, KeylessSigner
from comity.records.cipher import RestCipher
from comity.records.store import DjangoStore
from comity.seal.keys import SigningKey, VerifyKey
from comity.seal.suites import LIVE, assert_backend

_OPEN: Final[list[House]] = []


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """Return the present instant."""
        return datetime.now(UTC)


def build_house(config: Config, secrets: NodeSecrets, acts: SigningKey | None) -> House:
    """Return the house; without the acts key it signs messages and never acts.

    Raises ``NoHybrid`` where this machine cannot do all of suite 1.
    """
    assert_backend()
    memory = SignerMemory(config.keys.folder / MEMORY_FILE)
    signer: Signer = KeylessSigner(memory) if acts is None else FileSigner(acts, memory)
    return House(
        me=config.state,
        demo=config.demo,
        store=DjangoStore(
            "default", me=config.state, cipher=RestCipher(secrets.storage, os.urandom)
        ),
        signer=signer,
        keys=secrets.keys,
        clock=SystemClock(),
        random=os.urandom,
        suites=LIVE,
        registrars=_registrars(config.registrars),
        origin=log_origin(config.state),
        powers=config.powers,
    )


def open_house(config: Config, secrets: NodeSecrets, acts: SigningKey | None) -> House:
    """Build the house, compare the signer's memory with the records, and let it be found."""
    house = build_house(config, secrets, acts)
    at_start(house)
    _OPEN[:] = [house]
    return house


def the_house() -> House:
    """Return this process's house; the desk finds it here (``settings.COMITY_HOUSE``)."""
    if not _OPEN:
        raise NotOpen
    return _OPEN[0]


def _registrars(files: tuple[Path, ...]) -> tuple[VerifyKey, ...]:
    return tuple(map(read_public_key, files))
