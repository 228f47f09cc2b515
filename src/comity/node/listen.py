"""Listening: granian with TLS 1.3, one process that answers and one that watches it.

``listen`` returns when the process is asked to stop (SIGINT, SIGTERM).
"""

import ctypes
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from errno import EADDRINUSE
from pathlib import Path
from typing import Any, Final, TypeAlias

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from comity.node.config import Config
from comity.node.errors import CannotListen
from comity.node.tables import Address
from comity.text import say

App: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

_DESK_CONNECTIONS: Final = 512
_SPARE_CONNECTIONS: Final = 64
_HEADER_MILLISECONDS: Final = 10_000
_STOP_SECONDS: Final = 5
_RUST_THREADS: Final = 4
_PR_SET_PDEATHSIG: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Where to listen, with which certificate, for how many connections at a time."""

    what: str
    address: Address
    certificate: Path
    key: Path
    connections: int


def desk_listener(config: Config) -> Listener:
    """Return where officers reach the desk."""
    return Listener(
        what="the desk",
        address=config.desk.listen,
        certificate=config.keys.tls_certificate,
        key=config.keys.tls_key,
        connections=_DESK_CONNECTIONS,
    )


def node_listener(config: Config) -> Listener:
    """Return where peers reach the node."""
    return Listener(
        what="the node port",
        address=config.node.listen,
        certificate=config.keys.tls_certificate,
        key=config.keys.tls_key,
        connections=config.node.bodies + _SPARE_CONNECTIONS,
    )


def must_be_free(listener: Listener) -> None:
    """Raise ``CannotListen`` with one sentence when the port is busy or not ours to take."""
    address = listener.address
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise _cannot_listen(listener, error) from error


def listen(listener: Listener, make: Callable[[], App]) -> None:
    """Serve the application that ``make`` returns in the answering process."""
    must_be_free(listener)
    # The answering process inherits what this one has loaded and opened.
    multiprocessing.set_start_method("fork", force=True)
    server = Granian(
        listener.what,
        address=listener.address.host,
        port=listener.address.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_MILLISECONDS),
        websockets=False,
        backlog=1024,
        backpressure=listener.connections,
        runtime_blocking_threads=_RUST_THREADS,
        workers_kill_timeout=_STOP_SECONDS,
        ssl_cert=listener.certificate,
        ssl_key=listener.key,
        log_level=LogLevels.warning,
    )
    parent = os.getpid()

    def load(*_: object) -> App:
        die_with(parent, signal.SIGKILL)
        return make()

    server.serve(target_loader=load, wrap_loader=False)


def die_with(parent: int, how: signal.Signals) -> None:
    """Ask the kernel to send ``how`` to this process when its parent ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        if os.getppid() != parent:  # it ended before we asked
            os.kill(os.getpid(), how)


def _cannot_listen(listener: Listener, error: OSError) -> CannotListen:
    where = str(listener.address)
    if error.errno == EADDRINUSE:
        return CannotListen(
            say(
                "Port %(port)s, where %(what)s should listen (%(where)s), is busy. Stop the "
                'program that uses it, or write another port under "listen" in comity.toml.',
                port=str(listener.address.port),
                what=listener.what,
                where=where,
            )
        )
    return CannotListen(
        say(
            "This machine does not let %(what)s listen on %(where)s: %(error)s. Write another "
            'address under "listen" in comity.toml.',
            what=listener.what,
            where=where,
            error=error.strerror or str(error),
        )
    )
