"""`comity serve` and `comity work`: one process of a node, for those who watch it themselves."""

from argparse import Namespace

from comity.node.config import Config
from comity.node.keys import NodeSecrets
from comity.node.late import django_ready, late
from comity.node.opened import secrets_of_passphrase
from comity.node.passphrase import passphrase_from


def serve(args: Namespace) -> int:
    """Run the desk or the node port in the foreground."""
    config, secrets, passphrase = _opened(args)
    if args.port == "desk":
        late("comity.node.processes", "serve_desk")(config, secrets, passphrase)
    else:
        late("comity.node.processes", "serve_node")(config, secrets)
    return 0


def work(args: Namespace) -> int:
    """Run the worker in the foreground."""
    config, secrets, _ = _opened(args)
    late("comity.node.processes", "work")(config, secrets)
    return 0


def _opened(args: Namespace) -> tuple[Config, NodeSecrets, str]:
    config = django_ready(args.config)
    passphrase = passphrase_from(config.keys.passphrase_file)
    return config, secrets_of_passphrase(config, passphrase), passphrase
