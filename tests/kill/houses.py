"""A stopped node's house in the process of the tests, without the key that signs acts."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from comity.actions.ports import House
from comity.node.config import Config, read_config
from comity.node.house import SystemClock
from comity.node.keys import MEMORY_FILE, open_secrets
from comity.node.memory import SignerMemory
from comity.node.own_card import log_origin
from comity.node.signer import KeylessSigner
from comity.seal.suites import LIVE
from tests.node.command import PASSPHRASE
from tests.stores import Database, Databases, open_database

MEMORY: Final = f"keys/{MEMORY_FILE}"


def house_of(folder: Path, databases: Databases) -> House:
    """Return the house of the node in ``folder``; ``databases`` forgets its rows again."""
    config = read_config(folder / "comity.toml", {})
    return _house(config, databases.open(config.database))


def bare_house(folder: Path) -> House:
    """Return the house of the node in ``folder``, for a process that ends with it."""
    config = read_config(folder / "comity.toml", {})
    return _house(config, open_database(config.database))


def _house(config: Config, database: Database) -> House:
    secrets = open_secrets(config.keys.folder, PASSPHRASE, datetime.now(UTC))
    memory = SignerMemory(config.keys.folder / MEMORY_FILE)
    memory.close()  # nothing is signed or sent by this house
    return House(
        me=config.state,
        demo=config.demo,
        store=database.store(config.state, storage_key=secrets.storage, suites=LIVE),
        signer=KeylessSigner(memory),
        keys=secrets.keys,
        clock=SystemClock(),
        random=os.urandom,
        suites=LIVE,
        origin=log_origin(config.state),
        powers=config.powers,
    )
