"""The node port under real granian, with TLS: sizes, paths, times and slow callers."""

import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from comity.wire.frame import MAX_BODY
from tests.transport.ground import connected, free_port, head, papers, reply, started

WAIT = 2.0


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    made = papers(tmp_path_factory.mktemp("tls"))
    number = free_port()
    command = [
        "-m",
        "tests.transport.echo",
        str(number),
        str(made.certificate),
        str(made.key),
        "0",
        str(WAIT),
    ]
    with started(command, ports=[number]):
        yield number


def refused(answer: tuple[int, bytes]) -> tuple[int, str, str]:
    status, body = answer
    data = json.loads(body)
    return status, data["error"]["code"], data["error"]["fault"]


@pytest.mark.parametrize("path", ["/inbox", "/sync"])
def test_a_body_reaches_the_verb(port: int, path: str) -> None:
    with connected(port) as door:
        door.sendall(head(path, 5) + b"hello")
        assert reply(door) == (200, b"5")


def test_the_longest_body_is_taken(port: int) -> None:
    with connected(port) as door:
        door.sendall(head("/inbox", MAX_BODY) + bytes(MAX_BODY))
        assert reply(door) == (200, str(MAX_BODY).encode())


def test_a_body_of_a_gibibyte_is_refused_before_it_is_sent(port: int) -> None:
    with connected(port) as door:
        door.sendall(head("/inbox", 1 << 30))
        assert refused(reply(door)) == (413, "too-large", "yours")


def test_a_body_that_grows_beyond_the_limit_is_refused_on_the_way(port: int) -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    with connected(port) as door:
        door.sendall(b"POST /inbox HTTP/1.1\r\nHost: node\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(17):
                door.sendall(chunk)
            answer = reply(door)
        except (ssl.SSLError, ConnectionError, IndexError):
            # The port hung up while we still sent: it took nothing, and said so too early to hear.
            return
        assert refused(answer) == (413, "too-large", "yours")


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999999999"])
def test_a_length_that_is_no_length_is_refused(port: int, length: str) -> None:
    with connected(port) as door:
        door.sendall(
            f"POST /inbox HTTP/1.1\r\nHost: n\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        assert reply(door)[0] in (400, 413)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/"),
        ("POST", "/segments"),
        ("POST", "/inbox/"),
        ("POST", "/INBOX"),
        ("GET", "/inbox"),
        ("PUT", "/sync"),
    ],
)
def test_another_path_or_method_is_not_found(port: int, method: str, path: str) -> None:
    with connected(port) as door:
        door.sendall(head(path, 0, method))
        assert refused(reply(door)) == (404, "not-found", "yours")


def test_tls_below_1_3_is_refused(port: int) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with connected(port) as door:
        assert door.version() == "TLSv1.3"
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as raw,
        pytest.raises(ssl.SSLError),
    ):
        context.wrap_socket(raw)


def test_two_hundred_stalled_bodies_slow_nobody_and_end(port: int) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(connected(port)) for _ in range(200)]
        for door in stalled:
            door.sendall(head("/inbox", 1000) + b"slow")
        began = time.monotonic()
        for _ in range(50):
            with connected(port) as door:
                door.sendall(head("/inbox", 5) + b"quick")
                assert reply(door) == (200, b"5")
        assert time.monotonic() - began < 5
        for door in stalled:
            assert refused(reply(door)) == (408, "not-a-message", "yours")
        assert time.monotonic() - began < WAIT + 5


def test_a_caller_who_leaves_in_the_middle_harms_nobody(port: int) -> None:
    for _ in range(20):
        with connected(port) as door:
            door.sendall(head("/inbox", 1000) + b"half")
    with connected(port) as door:
        door.sendall(head("/inbox", 2) + b"ok")
        assert reply(door) == (200, b"2")
