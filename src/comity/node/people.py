"""The people's port: Django behind a guard against slow bodies.

Django answers synchronously, one thread for each request, and reads a body in that
thread: a few dozen callers who send slowly would hold every thread. Here the whole body
is taken in first, without a thread and within limits, and only then does one of a few
threads run the WSGI application. Answers are pages, so they are sent in one piece.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, TypeAlias
from wsgiref.types import StartResponse, WSGIApplication

from comity.transport.bodies import Limits, Message, Receive, Reception, Send
from comity.transport.errors import Gone, Refusal

LONGEST: Final = 8 * 1024 * 1024
SECONDS: Final = 30.0
_BODIES: Final = 512
_QUEUED_PER_THREAD: Final = 16

_Headers: TypeAlias = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    status: int
    headers: _Headers
    body: bytes


class PeoplePort:
    """An ASGI callable around a WSGI application. One for each process."""

    def __init__(self, application: WSGIApplication, *, threads: int) -> None:
        """Serve ``application`` in ``threads`` threads."""
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="desk")
        self._reception = Reception(
            Limits(
                length=LONGEST,
                seconds=SECONDS,
                bodies=_BODIES,
                total=8 * LONGEST,
                waiting=threads * _QUEUED_PER_THREAD,
            )
        )

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        try:
            async with self._reception.body(scope, receive) as body:
                loop = asyncio.get_running_loop()
                page = await loop.run_in_executor(self._threads, self._run, scope, body)
        except Gone:
            return
        except Refusal as refusal:
            page = _refused(refusal)
        start = {"type": "http.response.start", "status": page.status, "headers": page.headers}
        await send(start)
        await send({"type": "http.response.body", "body": page.body})

    def _run(self, scope: Message, body: bytes) -> _Page:
        started: list[tuple[int, _Headers]] = []
        start = _starter(started)
        answer: Iterable[bytes] = self._application(environ_of(scope, body), start)
        try:
            whole = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        status, headers = started[-1]
        return _Page(status=status, headers=headers, body=whole)


def environ_of(scope: Message, body: bytes) -> dict[str, Any]:
    """Return the WSGI environment (PEP 3333) of an ASGI request whose body is read.

    Header names with an underscore are left out: in WSGI they would pass for the ones
    with a hyphen.
    """
    server, client = scope.get("server") or ("localhost", 0), scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper()
        if "_" in name or name in ("CONTENT-LENGTH", "TRANSFER-ENCODING"):
            continue
        key = "CONTENT_TYPE" if name == "CONTENT-TYPE" else f"HTTP_{name.replace('-', '_')}"
        text = value.decode("latin-1")
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _starter(started: list[tuple[int, _Headers]]) -> StartResponse:
    def start(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        del exc_info  # nothing was sent yet: a later start replaces an earlier one
        named = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        started.append((int(status.split(" ", 1)[0]), named))
        return _no_writing

    return start


def _no_writing(_: bytes) -> object:
    message = "the old way of writing a response is not served"
    raise NotImplementedError(message)


def _refused(refusal: Refusal) -> _Page:
    body = str(refusal).encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    return _Page(status=refusal.status, headers=headers, body=body)
