"""A bare HTTP client: one TLS connection, requests as ready bytes, no library on the way.

What is measured is the server; the client must cost as little as it can, and
the same for every peer.
"""

import socket
import ssl
import threading
import time
from collections.abc import Sequence


class Line:
    """One kept-alive connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        """Connect; the certificate is not looked at, the bytes inside prove themselves."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        raw = socket.create_connection(("127.0.0.1", port), timeout=60)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = context.wrap_socket(raw, server_hostname="localhost")
        self._left = b""

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send ready bytes; return the status and the body."""
        self._socket.sendall(request)
        head, _, rest = self._until(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        while len(rest) < length:
            rest += self._socket.recv(262_144)
        self._left = rest[length:]
        return int(head.split(b" ", 2)[1]), rest[:length]

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _until(self, mark: bytes) -> tuple[bytes, bytes, bytes]:
        data = self._left
        while mark not in data:
            piece = self._socket.recv(65_536)
            if not piece:
                message = "the server hung up"
                raise RuntimeError(message)
            data += piece
        return data.partition(mark)


def post(path: str, body: bytes) -> bytes:
    """Return the bytes of a POST."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def race(port: int, requests: Sequence[bytes], lines: int) -> tuple[float, list[tuple[int, bytes]]]:
    """Send the requests over ``lines`` connections at once; return seconds and answers."""
    answers: list[list[tuple[int, bytes]]] = [[] for _ in range(lines)]
    connections = [Line(port) for _ in range(lines)]

    def run(number: int) -> None:
        for request in requests[number::lines]:
            answers[number].append(connections[number].ask(request))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(lines)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    for connection in connections:
        connection.close()
    found = [answer for part in answers for answer in part]
    if len(found) != len(requests):
        message = f"{len(requests) - len(found)} requests were not answered"
        raise RuntimeError(message)
    return seconds, found
