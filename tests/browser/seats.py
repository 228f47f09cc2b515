"""Two desks that a browser can reach: each its own port, one thread at a time behind them."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connections

from tests.desk.seating import SITTING
from tests.desk.two_desks import Desks

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class QuietHandler(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


ServerHandler.server_software = "desk"


@dataclass
class Seats:
    """The desks' addresses by State, and how many bytes each answer had."""

    addresses: dict[str, str]
    answered: list[tuple[str, str, int]]


@contextmanager
def seated(desks: Desks, states: Iterable[str]) -> Iterator[Seats]:
    """Serve the desks of these States; whatever is sent is carried at once."""
    lock = threading.RLock()
    seats = Seats(addresses={}, answered=[])
    servers: list[WSGIServer] = []
    django = get_wsgi_application()
    for state in states:
        app = _desk(state, django, desks, lock, seats)
        server = make_server("127.0.0.1", 0, app, handler_class=QuietHandler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        seats.addresses[state] = f"http://localhost:{server.server_port}"
    try:
        yield seats
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _desk(
    state: str, django: Application, desks: Desks, lock: threading.RLock, seats: Seats
) -> Application:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with lock:
            token = SITTING.set(state)
            try:
                body = b"".join(django(environ, start))
                if environ["REQUEST_METHOD"] == "POST" or environ["PATH_INFO"].startswith("/matt"):
                    desks.carry()
            finally:
                SITTING.reset(token)
                connections.close_all()
        seats.answered.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], len(body)))
        return [body]

    return answer
