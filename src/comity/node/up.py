"""`comity up`: the three processes of a node on one machine, watched.

The parent loads everything once and forks: the three share that memory. It starts again
what stops unexpectedly, more slowly each time, and what it started ends with it.
"""

import gc
import multiprocessing
import os
import signal
import socket
import ssl
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Final

from comity.node.config import Config
from comity.node.errors import NotStarted
from comity.node.late import django_ready, late, settings_of
from comity.node.listen import (
    Listener,
    desk_listener,
    die_with,
    must_be_free,
    node_listener,
)
from comity.node.opened import secrets_of_passphrase
from comity.node.passphrase import passphrase_from
from comity.node.tables import Address
from comity.text import ToldError

READY_SECONDS: Final = 30.0
STOP_SECONDS: Final = 8.0
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
STEADY_SECONDS: Final = 60.0
"""A process that ran so long begins again with the first pause."""

_LOOK: Final = 0.2
_POLL: Final = 0.02
_FORK: Final = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A process of the node: what people call it, and what it does until it is stopped."""

    name: str
    run: Callable[[], None]


class Watched:
    """A role and the process that fills it now."""

    def __init__(self, role: Role) -> None:
        """Begin without a process."""
        self.role = role
        self.process: BaseProcess | None = None
        self._started = 0.0
        self._pause = 0.0
        self._again_at = 0.0

    def start(self) -> None:
        """Fork the process."""
        self._started = time.monotonic()
        self.process = _FORK.Process(
            target=_child, args=(self.role, os.getpid()), name=self.role.name, daemon=False
        )
        self.process.start()

    def alive(self) -> bool:
        """Say whether the process runs."""
        return self.process is not None and self.process.is_alive()

    def tend(self) -> None:
        """Start the process again when it has ended and its pause is over."""
        now = time.monotonic()
        if self.alive():
            return
        if self.process is not None:
            steady = now - self._started > STEADY_SECONDS
            self._pause = FIRST_PAUSE if steady else self._next_pause()
            self._again_at = now + self._pause
            _tell(
                f"The {self.role.name} stopped unexpectedly (code {self.process.exitcode}). "
                f"It is started again in {self._pause:g} s."
            )
            self.process = None
        if now >= self._again_at:
            self.start()

    def _next_pause(self) -> float:
        return min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)


def run(args: Namespace) -> int:
    """Start the node, say where it is, and watch it until it is asked to stop."""
    began = time.monotonic()
    config = settings_of(args.config)
    listeners = (desk_listener(config), node_listener(config))
    for listener in listeners:
        must_be_free(listener)
    roles = _roles(config, args)
    stop = threading.Event()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda *_: stop.set())
    watched = [Watched(role) for role in roles]
    try:
        for one in watched:
            one.start()
        _until_ready(watched, listeners, stop)
        if not stop.is_set():
            _say_ready(config, time.monotonic() - began)
        _watch(watched, stop)
    finally:
        _stop(watched)
    return 0


def _roles(config: Config, args: Namespace) -> tuple[Role, ...]:
    passphrase = passphrase_from(config.keys.passphrase_file)
    # Opening keys and loading code take half a second each; the thread ends before any fork.
    with ThreadPoolExecutor(1) as aside:
        opening = aside.submit(secrets_of_passphrase, config, passphrase)
        django_ready(args.config)
        late("comity.node.processes", "preload")()
        secrets = opening.result()
    desk = late("comity.node.processes", "serve_desk")
    node = late("comity.node.processes", "serve_node")
    work = late("comity.node.processes", "work")
    # Loaded objects never become garbage: leaving them out keeps their pages shared.
    gc.collect()
    gc.freeze()
    return (
        Role(name="desk", run=partial(desk, config, secrets, passphrase)),
        Role(name="node port", run=partial(node, config, secrets)),
        Role(name="worker", run=partial(work, config, secrets)),
    )


def _child(role: Role, parent: int) -> None:
    """Fill a role in a forked process; it is asked to stop when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with(parent, signal.SIGTERM)
    try:
        role.run()
    except ToldError as error:
        _tell(str(error.sentence))
        sys.exit(2)


def _until_ready(
    watched: Iterable[Watched], listeners: Iterable[Listener], stop: threading.Event
) -> None:
    until = time.monotonic() + READY_SECONDS
    waiting = list(listeners)
    while waiting and not stop.is_set():
        for one in watched:
            if not one.alive():
                raise NotStarted(one.role.name)
        waiting = [listener for listener in waiting if not _answers(listener.address)]
        if time.monotonic() > until:
            raise NotStarted(waiting[0].what if waiting else "")
        stop.wait(_POLL)


def _answers(address: Address) -> bool:
    """Say whether TLS is spoken there; a bare connection may reach a port not yet served."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)  # noqa: S104
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, address.port), timeout=1) as raw,
            context.wrap_socket(raw),
        ):
            return True
    except OSError:
        return False


def _watch(watched: Iterable[Watched], stop: threading.Event) -> None:
    while not stop.is_set():
        running = [one.process.sentinel for one in watched if one.process is not None]
        wait(running, timeout=_LOOK)
        if not stop.is_set():
            for one in watched:
                one.tend()


def _stop(watched: Iterable[Watched]) -> None:
    processes = [one.process for one in watched if one.process is not None]
    for process in processes:
        process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def _say_ready(config: Config, seconds: float) -> None:
    print(f"{config.name} ({config.state}) is up after {seconds:.1f} s.")
    print(f"  Desk, for officers:   https://{config.desk.listen}/")
    print(f"  Node port, for peers: https://{config.node.listen}/")
    print("Stop with Ctrl-C.", flush=True)


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
