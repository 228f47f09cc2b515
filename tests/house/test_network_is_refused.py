"""The guard in ``tests/conftest.py``."""

import socket
from pathlib import Path

import pytest

OUTSIDE = "192.0.2.1"  # RFC 5737: documentation only


def test_a_connection_that_leaves_this_machine_is_refused() -> None:
    with socket.socket() as door, pytest.raises(RuntimeError, match="this machine only"):
        door.connect((OUTSIDE, 9))


def test_a_datagram_that_leaves_this_machine_is_refused() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as door,
        pytest.raises(RuntimeError, match="this machine only"),
    ):
        door.sendto(b"", (OUTSIDE, 9))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="this machine only"):
        socket.getaddrinfo("northmere.example", 443)


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port)):
            pass


def test_a_local_socket_is_allowed(tmp_path: Path) -> None:
    path = str(tmp_path / "door")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as door:
        server.bind(path)
        server.listen()
        door.connect(path)
