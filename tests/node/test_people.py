"""The people's port: what Django sees of a request, and who is refused before it."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.validate import validator

import pytest

from comity.node.people import LONGEST, PeoplePort, environ_of

SCOPE: Mapping[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/files/é",
    "query_string": b"a=1&b=%20",
    "http_version": "1.1",
    "scheme": "https",
    "server": ("127.0.0.1", 8443),
    "client": ("127.0.0.1", 50000),
    "headers": [
        (b"host", b"localhost:8443"),
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"content-length", b"999"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"text/html"),
        (b"accept", b"*/*"),
    ],
}


class Heard:
    """An application that remembers what it was asked and answers in pieces."""

    def __init__(self) -> None:
        self.environ: WSGIEnvironment = {}
        self.body = b""
        self.closed = False

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.environ = environ
        self.body = environ["wsgi.input"].read()
        start("201 Created", [("X-One", "1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return Pieces(self)


class Pieces:
    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._left = [b"one ", b"", b"two"]

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> bytes:
        if not self._left:
            raise StopIteration
        return self._left.pop(0)

    def close(self) -> None:
        self._heard.closed = True


def called(port: PeoplePort, body: bytes, scope: Mapping[str, Any] = SCOPE) -> list[dict[str, Any]]:
    """Return what the port sent for one request."""
    sent: list[dict[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(port(scope, receive, send))
    return sent


def test_the_application_gets_the_whole_request_and_its_answer_arrives_whole() -> None:
    heard = Heard()
    start, body = called(PeoplePort(heard, threads=1), b"x=1")
    assert heard.body == b"x=1"
    assert start["status"] == 201
    assert start["headers"] == [(b"x-one", b"1"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    assert body["body"] == b"one two"
    assert heard.closed, "Django ends a request when its answer is closed"


def test_the_environment_is_wsgi_s() -> None:
    def plain(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input"].read(3)
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    start, _ = called(PeoplePort(validator(plain), threads=1), b"x=1")
    assert start["status"] == 200


def test_each_header_keeps_its_meaning() -> None:
    environ = environ_of(SCOPE, b"x=1")
    assert environ["CONTENT_LENGTH"] == "3", "the body that is here, not the one that was promised"
    assert environ["CONTENT_TYPE"] == "application/x-www-form-urlencoded"
    assert environ["HTTP_HOST"] == "localhost:8443"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "text/html,*/*"
    assert environ["PATH_INFO"] == "/files/é".encode().decode("latin-1")
    assert environ["wsgi.url_scheme"] == "https"


def test_a_header_with_an_underscore_does_not_pass_for_another() -> None:
    scope = {**SCOPE, "headers": [(b"x_forwarded_for", b"1.2.3.4"), (b"content_length", b"9")]}
    environ = environ_of(scope, b"")
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["CONTENT_LENGTH"] == "0"


def test_a_body_over_the_limit_never_reaches_the_application() -> None:
    heard = Heard()
    scope = {**SCOPE, "headers": [(b"content-length", str(LONGEST + 1).encode())]}
    start, body = called(PeoplePort(heard, threads=1), b"", scope)
    assert start["status"] == 413
    assert b"too large" in body["body"]
    assert heard.environ == {}


def test_an_application_that_breaks_frees_its_answer_and_the_port() -> None:
    class Broken(Heard):
        def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            message = f"broken at {environ['PATH_INFO']} before {start}"
            raise LookupError(message)

    port = PeoplePort(Broken(), threads=1)
    for _ in range(40):
        with pytest.raises(LookupError):
            called(port, b"")


def test_a_lifespan_or_web_socket_is_not_answered() -> None:
    assert called(PeoplePort(Heard(), threads=1), b"", {"type": "websocket"}) == []
