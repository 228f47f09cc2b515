"""Ports: a block that is asked for is taken whole, or the busy one is named."""

import socket

import pytest

from comity_stage.demo import ssh_line
from comity_stage.errors import PortBusy
from comity_stage.ports import Ports, block, free
from tests.transport.ground import free_port

STATES = [("XNR", "Northmere"), ("XJN", "Jinhai")]


def spare_block() -> int:
    """Return a port above which others are free as well, as far as one can know."""
    while True:
        first = free_port()
        try:
            block(first, STATES)
        except (PortBusy, OverflowError):
            continue
        return first


def test_a_block_is_numbered_from_its_first_port() -> None:
    first = spare_block()
    ports = block(first, STATES)
    assert ports.stage == first
    assert ports.nodes == (("XNR", first + 1, first + 2), ("XJN", first + 3, first + 4))
    assert ports.all() == tuple(range(first, first + 5))


@pytest.mark.parametrize(
    ("offset", "what"),
    [
        (0, "the stage page"),
        (1, "the desk of Northmere"),
        (2, "the node port of Northmere"),
        (3, "the desk of Jinhai"),
        (4, "the node port of Jinhai"),
    ],
)
def test_a_busy_port_is_named_with_who_wanted_it(offset: int, what: str) -> None:
    first = spare_block()
    with (
        socket.create_server(("127.0.0.1", first + offset)),
        pytest.raises(PortBusy, match=f"Port {first + offset}, for {what}, is busy"),
    ):
        block(first, STATES)


def test_free_ports_are_all_different() -> None:
    ports = free(STATES)
    assert len(set(ports.all())) == 5
    assert [code for code, _, _ in ports.nodes] == ["XNR", "XJN"]


def test_over_ssh_the_pages_are_brought_to_the_other_machine() -> None:
    ports = Ports(stage=8400, nodes=(("XNR", 8401, 8402), ("XJN", 8403, 8404)))
    command = ssh_line("192.0.2.7 50000 192.0.2.9 22", ports)
    assert command.startswith("ssh -N -L 8400:127.0.0.1:8400 -L 8401:127.0.0.1:8401 ")
    assert "-L 8403:127.0.0.1:8403" in command
    assert "8402" not in command
    assert command.endswith("@192.0.2.9")


def test_without_ssh_nothing_is_said_of_it() -> None:
    assert ssh_line("", Ports(stage=1, nodes=())) == ""
