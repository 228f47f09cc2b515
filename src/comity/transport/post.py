"""Sending one call: POST over TLS 1.3 to exactly the certificate that the card names.

The name in the certificate is not looked at and no authority is asked: the pin is
stricter than both. No proxy of the environment, no redirect, no more bytes or seconds
than a reply can need.
"""

import ssl
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, TypeAlias

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    SSLError,
)
from urllib3.util import Timeout, create_urllib3_context, parse_url

from comity.directory.card import Endpoint
from comity.transport.errors import (
    NoConnection,
    NoReply,
    ReplyTooLarge,
    UnsignedRefusal,
    WrongCertificate,
)
from comity.wire.errors import TheirFault
from comity.wire.frame import MAX_BODY
from comity.wire.refusal import read_refusal

CONNECT_SECONDS: Final = 5.0
SILENT_SECONDS: Final = 15.0
WHOLE_SECONDS: Final = 30.0
"""For one call and its reply; shorter than the lease of a delivery (60 s)."""

_CHUNK: Final = 65_536
_HEADERS: Final = {"content-type": "application/octet-stream", "user-agent": "comity"}

Pool: TypeAlias = urllib3.HTTPSConnectionPool
Send: TypeAlias = Callable[[Endpoint, str, bytes], bytes]
"""Sends a body to a path of an endpoint and returns the reply; raises ``NoAnswer``."""


class Post:
    """Keeps a connection to each peer. May be called by several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without connections."""
        self._pools: dict[tuple[str, str], Pool] = {}
        self._lock = threading.Lock()
        self._clock = clock

    def __call__(self, endpoint: Endpoint, path: str, body: bytes) -> bytes:
        """Return the reply to one call; raise ``NoAnswer`` when there is none to look at."""
        pool = self._pool(endpoint)
        target = (parse_url(endpoint.url).path or "").rstrip("/") + path
        try:
            return self._exchange(pool, target, body)
        except ProtocolError:
            # A kept connection may have been closed from the other side just now. A call
            # that is repeated changes nothing (message-v1 section 2).
            return self._again(pool, target, body)
        except HTTPError as error:
            raise _why(error) from error

    def _again(self, pool: Pool, target: str, body: bytes) -> bytes:
        try:
            return self._exchange(pool, target, body)
        except HTTPError as error:
            raise _why(error) from error

    def _exchange(self, pool: Pool, target: str, body: bytes) -> bytes:
        until = self._clock() + WHOLE_SECONDS
        response = pool.urlopen(
            "POST",
            target,
            body=body,
            headers=_HEADERS,
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            reply = self._read(response, until)
        except BaseException:
            response.close()
            raise
        response.release_conn()
        if response.status != HTTPStatus.OK:
            raise UnsignedRefusal(response.status, _reason(reply))
        return reply

    def _read(self, response: urllib3.BaseHTTPResponse, until: float) -> bytes:
        reply = bytearray()
        while chunk := response.read1(_CHUNK):
            reply += chunk
            if len(reply) > MAX_BODY:
                raise ReplyTooLarge
            if self._clock() > until:
                raise NoReply
        return bytes(reply)

    def _pool(self, endpoint: Endpoint) -> Pool:
        key = (endpoint.url, endpoint.tls)
        with self._lock:
            if key not in self._pools:
                self._pools[key] = _new_pool(endpoint)
            return self._pools[key]


def _new_pool(endpoint: Endpoint) -> Pool:
    url = parse_url(endpoint.url)
    context = create_urllib3_context(
        ssl_minimum_version=ssl.TLSVersion.TLSv1_3, cert_reqs=ssl.CERT_NONE
    )
    return urllib3.HTTPSConnectionPool(
        (url.host or "").strip("[]"),
        url.port,
        timeout=Timeout(connect=CONNECT_SECONDS, read=SILENT_SECONDS),
        maxsize=1,
        retries=False,
        ssl_context=context,
        assert_hostname=False,
        assert_fingerprint=endpoint.tls.removeprefix("sha256:"),
    )


def _why(error: HTTPError) -> NoConnection | WrongCertificate | NoReply:
    if isinstance(error, SSLError):
        return WrongCertificate()
    if isinstance(error, NewConnectionError | ConnectTimeoutError):
        return NoConnection()
    return NoReply()


def _reason(reply: bytes) -> str:
    """Return the code of a refusal in clear; it proves nothing."""
    try:
        return read_refusal(reply).code
    except TheirFault:
        return "no-reason"
