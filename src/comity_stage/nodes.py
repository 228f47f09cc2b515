"""The nodes: made with `comity init`, introduced with `comity peer add`, run by `comity up`."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.directory.trust import claimed
from comity.node.private import make_private_folder, write_private
from comity_stage.about import about_toml, set_zone
from comity_stage.cast import Cast, Role, State
from comity_stage.commands import Words, environment, together
from comity_stage.errors import NodeStopped
from comity_stage.ports import HOST, Ports
from comity_stage.registrar import Registrar, new_registrar

READY_SECONDS: Final = 90.0
STOP_SECONDS: Final = 15.0
_LOOK: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One State's node: where it lies, where it listens, and its officer's password."""

    state: State
    folder: Path
    desk: int
    port: int
    password: str

    @property
    def address(self) -> str:
        """Where its officers open the desk."""
        return f"https://{HOST}:{self.desk}"

    @property
    def certificate(self) -> Path:
        """The certificate that its card pins, as PEM."""
        return self.folder / "keys" / "tls.crt"

    @property
    def card(self) -> Path:
        """The card that it hands to peers."""
        return self.folder / f"{self.state.code}.card.json"

    @property
    def log(self) -> Path:
        """What its processes printed."""
        return self.folder / "up.log"

    @property
    def words(self) -> str:
        """The twelve words of its root, as they are read over the phone."""
        return " ".join(claimed(self.card.read_bytes()).words)


def make_nodes(cast: Cast, folder: Path, ports: Ports) -> tuple[Node, ...]:
    """Make the node of each State, and make peers of those that speak with each other."""
    registrar = new_registrar(folder)
    secret = folder / "secret"
    make_private_folder(secret)
    write_private(secret / "passphrase", secrets.token_urlsafe(24).encode())
    listening = {code: (desk, node) for code, desk, node in ports.nodes}
    nodes = tuple(
        _planned(state, folder, listening[state.code], cast, secret) for state in cast.states
    )
    together([(_init(node, folder, registrar), folder) for node in nodes])
    for node in nodes:
        set_zone(node.folder / "comity.toml", node.state.zone)
    _introduce(nodes, cast, registrar)
    return nodes


def _planned(
    state: State, folder: Path, listening: tuple[int, int], cast: Cast, secret: Path
) -> Node:
    password = secrets.token_urlsafe(15)
    write_private(secret / f"{state.code}.password", password.encode())
    about = about_toml(state, cast.in_force(state.code))
    write_private(folder / f"{state.code}.about.toml", about.encode())
    desk, port = listening
    return Node(state=state, folder=folder / state.code, desk=desk, port=port, password=password)


def _init(node: Node, folder: Path, registrar: Registrar) -> Words:
    state, secret = node.state, folder / "secret"
    return [
        *("init", node.folder, "--demo", "--state", state.code, "--name", state.name),
        *("--desk-listen", f"{HOST}:{node.desk}", "--node-listen", f"{HOST}:{node.port}"),
        *("--about", folder / f"{state.code}.about.toml", "--registrar", registrar.public),
        *("--passphrase-file", secret / "passphrase", "--officer", state.officer),
        *("--officer-password-file", secret / f"{state.code}.password"),
        *("--role", "duty_officer", "--role", "prosecutor", "--role", "central_authority"),
    ]


def _introduce(nodes: tuple[Node, ...], cast: Cast, registrar: Registrar) -> None:
    """Make peers, both ways shown: by the registrar's statement, and by words heard."""
    by_code = {node.state.code: node for node in nodes}
    asks, keeps, third = (by_code[cast.state(role).code] for role in Role)
    vouched = {node.state.code: registrar.vouch(node.card) for node in nodes}

    def by_registrar(home: Node, peer: Node) -> tuple[Words, Path]:
        anchor = vouched[peer.state.code]
        return ["peer", "add", peer.card, "--anchor", anchor], home.folder

    def by_words(home: Node, peer: Node) -> tuple[Words, Path]:
        first, second = home.state.heard_by
        heard: Words = ["--words", peer.words, "--officer", first, "--officer", second]
        return ["peer", "add", peer.card, *heard], home.folder

    together([by_registrar(asks, keeps), by_words(keeps, asks), by_registrar(third, asks)])
    together([by_registrar(asks, third)])


@contextmanager
def running(nodes: tuple[Node, ...], answers: Callable[[Node], bool]) -> Iterator[None]:
    """Run every node until the end of the block; nothing that was started stays behind."""
    started: list[tuple[Node, subprocess.Popen[bytes]]] = []
    try:
        started.extend((node, _up(node)) for node in nodes)
        _until_ready(started, answers)
        yield
    finally:
        _stop([process for _, process in started])


def _up(node: Node) -> "subprocess.Popen[bytes]":
    with node.log.open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "comity_stage.kept", str(os.getpid()), "up"],
            cwd=node.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the stage alone, which stops them in order
        )


def _until_ready(
    started: list[tuple[Node, "subprocess.Popen[bytes]"]], answers: Callable[[Node], bool]
) -> None:
    until = time.monotonic() + READY_SECONDS
    for node, process in started:
        while not answers(node):
            if process.poll() is not None or time.monotonic() > until:
                raise NodeStopped(node.state.name, str(node.log))
            time.sleep(_LOOK)


def _stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
