"""What each process of a node does: the desk, the node port, the worker.

Imported after Django is set up, and by `comity up` before it forks, so that the three
share the memory of what is loaded here.
"""

import logging
import os
import signal
import sys
import threading
from datetime import UTC, datetime
from functools import partial

from django.core.wsgi import get_wsgi_application
from django.db import InterfaceError, OperationalError, connections
from django.urls import get_resolver

from comity.actions.ports import House
from comity.actions.receive import HttpAnswer, receive
from comity.node.config import Config
from comity.node.house import open_house
from comity.node.keys import NodeSecrets, open_acts_key
from comity.node.listen import App, desk_listener, listen, node_listener
from comity.node.people import PeoplePort
from comity.transport.courier import Courier
from comity.transport.errors import NotReady
from comity.transport.port import NodePort
from comity.transport.post import Post

_log = logging.getLogger("comity.node")


def preload() -> None:
    """Load what the desk needs for its pages; keep no connection that a fork would share."""
    get_wsgi_application()
    list(get_resolver().url_patterns)
    connections.close_all()


def serve_desk(config: Config, secrets: NodeSecrets, passphrase: str) -> None:
    """Serve officers until asked to stop. This process alone holds the acts key."""

    def make() -> App:
        acts = open_acts_key(config.keys.folder, passphrase, datetime.now(UTC))
        open_house(config, secrets, acts)
        return PeoplePort(get_wsgi_application(), threads=config.desk.threads)

    listen(desk_listener(config), make)


def serve_node(config: Config, secrets: NodeSecrets) -> None:
    """Serve peers until asked to stop."""

    def make() -> App:
        house = open_house(config, secrets, None)
        return NodePort(
            partial(_answer, house), bodies=config.node.bodies, threads=config.node.threads
        )

    listen(node_listener(config), make)


def _answer(house: House, body: bytes) -> HttpAnswer:
    """Answer a call; say "not ready" while the database is away, and log no more than that."""
    try:
        return receive(house, body)
    except (OperationalError, InterfaceError) as error:
        _log.warning("the records cannot be reached: %s", type(error).__name__)
        raise NotReady from error


def work(config: Config, secrets: NodeSecrets) -> None:
    """Carry what is due to peers until asked to stop; does not return."""
    stop = threading.Event()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda *_: stop.set())
    Courier(open_house(config, secrets, None), Post()).run(stop)
    sys.stdout.flush()
    sys.stderr.flush()
    # A thread may wait for a silent peer for many seconds. Nothing is lost with it: every
    # delivery is in the records until its receipt is.
    os._exit(0)
