"""A TLS server that answers one connection after another with what a test tells it to."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.transport.ground import Papers

Behaviour = Callable[[ssl.SSLSocket], None]


@dataclass
class Heard:
    """What arrived before each answer."""

    requests: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def odd_server(
    papers: Papers, behave: Behaviour, *, most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
) -> Iterator[tuple[int, Heard]]:
    """Serve on a free port until the block ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.certificate, papers.key)
    context.maximum_version = most
    heard = Heard()
    door = socket.create_server(("127.0.0.1", 0))
    port = int(door.getsockname()[1])
    served = threading.Thread(target=_serve, args=(door, context, behave, heard), daemon=True)
    served.start()
    try:
        yield port, heard
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        served.join(timeout=20)


def _serve(door: socket.socket, context: ssl.SSLContext, behave: Behaviour, heard: Heard) -> None:
    while True:
        try:
            raw, _ = door.accept()
        except OSError:
            return
        with raw, contextlib.suppress(OSError), context.wrap_socket(raw, server_side=True) as line:
            heard.requests.append(_request(line))
            behave(line)


def _request(line: ssl.SSLSocket) -> bytes:
    """Read one request with its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = line.recv(65_536)
        if not chunk:
            return data
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(row.partition(b":")[2])
        for row in head.split(b"\r\n")
        if row.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += line.recv(65_536)
    return head + b"\r\n\r\n" + body


def saying(status: str, body: bytes = b"", *headers: str) -> Behaviour:
    """Return the behaviour of answering with one response."""
    rows = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    whole = "\r\n".join(rows).encode() + body
    return lambda line: line.sendall(whole)
