"""Opening a node for one command: settings, passphrase, keys, house."""

from datetime import UTC, datetime
from pathlib import Path

from comity.actions.ports import House
from comity.node.config import Config
from comity.node.keys import NodeSecrets, open_secrets
from comity.node.late import django_ready, late
from comity.node.passphrase import passphrase_from


def opened(file: Path | None) -> tuple[Config, House]:
    """Return the settings and the house, without the key that signs acts."""
    config = django_ready(file)
    return config, house_of(config)


def house_of(config: Config) -> House:
    """Return the house of a node whose Django is set up, without the key that signs acts."""
    house: House = late("comity.node.house", "build_house")(config, secrets_of(config), None)
    return house


def secrets_of(config: Config) -> NodeSecrets:
    """Ask for the passphrase where no file holds it, and open the node's keys."""
    return secrets_of_passphrase(config, passphrase_from(config.keys.passphrase_file))


def secrets_of_passphrase(config: Config, passphrase: str) -> NodeSecrets:
    """Open the node's keys."""
    return open_secrets(config.keys.folder, passphrase, datetime.now(UTC))
