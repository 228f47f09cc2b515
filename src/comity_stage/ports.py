"""Ports for the stage and for each node: a fixed block, or whatever is free."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from comity_stage.errors import PortBusy

HOST: Final = "127.0.0.1"
FIRST: Final = 8400
"""The block begins here unless another first port is named."""

LOWEST: Final = 1_024
HIGHEST: Final = 65_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The port of the stage page, and (desk, node) of each State by code."""

    stage: int
    nodes: tuple[tuple[str, int, int], ...]

    def all(self) -> tuple[int, ...]:
        """Return every port once."""
        return (self.stage, *(port for _, desk, node in self.nodes for port in (desk, node)))


def block(first: int, states: Iterable[tuple[str, str]]) -> Ports:
    """Return the ports from ``first`` on, for States given as (code, name).

    Raises ``PortBusy`` that names the first busy port and who wanted it.
    """
    _must_be_free(first, "the stage page")
    nodes = []
    for number, (code, name) in enumerate(states):
        desk, node = first + 1 + 2 * number, first + 2 + 2 * number
        _must_be_free(desk, f"the desk of {name}")
        _must_be_free(node, f"the node port of {name}")
        nodes.append((code, desk, node))
    return Ports(stage=first, nodes=tuple(nodes))


def free(states: Iterable[tuple[str, str]]) -> Ports:
    """Return ports that were free a moment ago."""
    codes = [code for code, _ in states]
    doors = [socket.create_server((HOST, 0)) for _ in range(1 + 2 * len(codes))]
    numbers = [int(door.getsockname()[1]) for door in doors]
    for door in doors:
        door.close()
    pairs = zip(codes, numbers[1::2], numbers[2::2], strict=True)
    return Ports(stage=numbers[0], nodes=tuple(pairs))


def _must_be_free(port: int, what: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortBusy(port, what) from error
