"""`comity demo`: start the States of the cast, and show the story or play it."""

import argparse
import json
import os
import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from getpass import getuser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from comity.seal.suites import assert_backend
from comity.text import ToldError
from comity_stage.browser import Browser
from comity_stage.cast import Cast, packaged_cast
from comity_stage.errors import NodeStopped, PortBusy
from comity_stage.folder import emptied
from comity_stage.ledger import Fact
from comity_stage.nodes import Node, make_nodes, running
from comity_stage.ports import FIRST, HIGHEST, HOST, LOWEST, Ports, block, free
from comity_stage.scene import Scene
from comity_stage.serve import prepared, serve
from comity_stage.story import packaged_story

FOLDER: Final = Path("var/demo")
BROKE: Final = "the story goes on to its end"
_SIGNED_IN: Final = 200

_ABOUT: Final = """\
Start fictional States as real nodes on this machine, and show one request between them.
Their keys are born DEMO: every live node refuses their cards."""


def main(argv: Sequence[str]) -> int:
    """Run the demonstration; return the exit code (1: a fact did not hold)."""
    args = _parser().parse_args(argv)
    assert_backend()
    for asked in (signal.SIGINT, signal.SIGTERM):  # a shell's background starts without Ctrl-C
        signal.signal(asked, signal.default_int_handler)
    cast = packaged_cast().rotated(args.rotate)
    with _folder(args) as folder, _nodes(args, cast, folder) as (nodes, ports):
        scene = Scene(cast=cast, nodes=nodes, folder=folder)
        return _headless(scene, as_json=args.json) if args.headless else _shown(scene, ports)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="comity demo",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--headless", action="store_true", help="play the story without a browser and check it")
    add("--json", action="store_true", help="with --headless: one line of JSON for each fact")
    add("--port", type=_port, metavar="N", help=f"first port (default: {FIRST}, or what is free)")
    add("--folder", type=Path, metavar="DIR", help=f"where the nodes lie (default: {FOLDER})")
    add("--rotate", type=int, default=0, metavar="N", help="give each role to the N-th next State")
    return parser


def _port(text: str) -> int:
    """Read a first port; the block above it must fit, and need no root."""
    if not text.isascii() or not text.isdigit() or not LOWEST <= int(text[:9]) <= HIGHEST:
        message = f"write a number from {LOWEST} to {HIGHEST}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


@contextmanager
def _folder(args: Namespace) -> Iterator[Path]:
    """Give the folder, emptied; a headless run takes one of its own unless it is named."""
    if args.headless and args.folder is None:
        with TemporaryDirectory(prefix="comity-demo-") as made, emptied(Path(made)) as folder:
            yield folder
    else:
        with emptied(args.folder or FOLDER) as folder:
            yield folder


@contextmanager
def _nodes(args: Namespace, cast: Cast, folder: Path) -> Iterator[tuple[tuple[Node, ...], Ports]]:
    ports = _ports(args, cast)
    began = time.monotonic()
    _say(args, f"Making {len(cast.states)} nodes in {folder} …")
    nodes = make_nodes(cast, folder, ports)
    _say(args, f"Made after {time.monotonic() - began:.0f} s. Starting them …")
    with running(nodes, _answers):
        _say(args, f"All are up after {time.monotonic() - began:.0f} s.")
        yield nodes, ports
        _say(args, "Stopping the nodes …")


def _ports(args: Namespace, cast: Cast) -> Ports:
    states = [(state.code, state.name) for state in cast.states]
    if args.port is not None:
        return block(args.port, states)
    if args.headless:
        return free(states)
    try:
        return block(FIRST, states)
    except PortBusy as error:
        print(f"{error.sentence}\nUntil then, free ports are taken.", file=sys.stderr)
        return free(states)


def _say(args: Namespace, text: str) -> None:
    """Tell how far it is; standard output of a headless run is for facts."""
    print(text, file=sys.stderr if args.headless else sys.stdout, flush=True)


def _answers(node: Node) -> bool:
    browser = Browser(node)
    try:
        return browser.get("/sign-in").status == _SIGNED_IN
    except NodeStopped:
        return False
    finally:
        browser.close()


def _headless(scene: Scene, *, as_json: bool) -> int:
    """Play every step and print every fact; a step that cannot go on is a failed fact."""
    told = 0
    for step in packaged_story():
        scene.ledger.begin(step.key)
        try:
            step.play(scene)
        except ToldError as error:
            scene.ledger.check(BROKE, held=False, seen=error.sentence)
        for fact in scene.ledger.facts[told:]:
            _print(fact, as_json=as_json)
        told = len(scene.ledger.facts)
        if scene.ledger.failed and scene.ledger.failed[-1] == BROKE:
            break
    for name, seconds in scene.timings.items():
        print(json.dumps({"timing": name, "seconds": seconds}) if as_json else f"{name}: {seconds}")
    print(json.dumps({"facts": told, "failed": list(scene.ledger.failed)}, ensure_ascii=False))
    return 1 if scene.ledger.failed else 0


def _print(fact: Fact, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(fact), ensure_ascii=False), flush=True)
        return
    held = "ok " if fact.held else "NOT"
    print(f"{held}  {fact.step}: {fact.name}  [{fact.seen}]", flush=True)


def _shown(scene: Scene, ports: Ports) -> int:
    """Serve the stage page until Ctrl-C."""
    page = prepared(scene, packaged_story(), ports.stage)
    print(f"\nThe stage:  {page.address}\n")
    print("Your browser will warn: the certificates were made here a moment ago, and no authority")
    print(f"knows them. The stage's has the SHA-256 digest\n  {page.fingerprint}")
    if ssh := ssh_line(os.environ.get("SSH_CONNECTION", ""), ports):
        print("\nYou are on another machine. On yours, run this, then open the address there:")
        print(f"  {ssh}")
    print("\nStop with Ctrl-C.", flush=True)
    serve(page)
    return 0


def ssh_line(connection: str, ports: Ports) -> str:
    """Return the command that brings the pages to the machine that came in over ssh.

    ``connection`` is SSH_CONNECTION: the client's address and port, then the server's.
    """
    parts = connection.split()
    if len(parts) != 4:  # noqa: PLR2004  # ssh(1), ENVIRONMENT
        return ""
    pages = (ports.stage, *(desk for _, desk, _ in ports.nodes))
    forwards = " ".join(f"-L {port}:{HOST}:{port}" for port in pages)
    return f"ssh -N {forwards} {getuser()}@{parts[2]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
