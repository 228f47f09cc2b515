"""What the tests of ports share: free ports, certificates, processes that end with the test."""

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comity.node.certificate import new_certificate, tls_digest

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """A certificate on disk."""

    certificate: Path
    key: Path
    digest: str


def papers(folder: Path) -> Papers:
    now = datetime.now(UTC)
    made = new_certificate(
        "XNR", ["localhost", "127.0.0.1"], valid_from=now, valid_until=now + timedelta(days=1)
    )
    certificate, key = folder / "tls.crt", folder / "tls.key"
    certificate.write_bytes(made.certificate)
    key.write_bytes(made.key)
    return Papers(certificate=certificate, key=key, digest=tls_digest(made.certificate.decode()))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@contextlib.contextmanager
def started(command: Sequence[str], *, ports: Sequence[int]) -> Iterator[subprocess.Popen[str]]:
    """Start a command in its own session; ready when each port answers; gone at the end."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        for port in ports:
            wait_for(lambda port=port: answers(port) or process.poll() is not None)
        if process.poll() is not None:
            said = process.communicate()[0]
            raise AssertionError(said)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_for(what: object, seconds: float = PATIENCE) -> None:
    """Ask again every hundredth of a second until ``what()`` is true."""
    if not callable(what):
        raise TypeError
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            message = f"not within {seconds} s"
            raise AssertionError(message)
        time.sleep(0.01)


def answers(port: int) -> bool:
    """Say whether TLS is spoken there; granian opens a port for a moment before it serves it."""
    try:
        connected(port).close()
    except OSError:
        return False
    return True


def connected(port: int) -> ssl.SSLSocket:
    """Open a TLS connection that checks nothing: what is tested is the other side."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    raw = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    return context.wrap_socket(raw)


def head(path: str, length: int, method: str = "POST") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: node\r\nContent-Length: {length}\r\n\r\n".encode()


def reply(door: ssl.SSLSocket) -> tuple[int, bytes]:
    """Read one response."""
    stream = door.makefile("rb")
    status = int(stream.readline().split()[1])
    length = 0
    while (line := stream.readline().strip()) != b"":
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, stream.read(length)
