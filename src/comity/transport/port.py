"""The node port: a raw ASGI callable that peers call (``spec/message-v1.md``).

It knows paths, sizes and times, and nothing of what a call says: the whole body goes to
``answer``, in one of a few threads, and what comes back is sent. ``/segments`` is not
there in this edition.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Protocol

from comity.transport.bodies import Limits, Message, Receive, Reception, Send
from comity.transport.errors import Gone, NotFound, Refusal
from comity.wire.frame import MAX_BODY
from comity.wire.refusal import write_refusal

PATHS: Final = frozenset({"/inbox", "/sync"})
SECONDS: Final = 10.0
"""For a body to arrive."""

_TOTAL: Final = 64 * MAX_BODY
_QUEUED_PER_THREAD: Final = 16


class Answered(Protocol):
    """What a call is answered with."""

    @property
    def status(self) -> int:
        """HTTP's status."""

    @property
    def body(self) -> bytes:
        """A sealed reply, or an unsigned refusal."""


class NodePort:
    """Answers peers. One for each process; ``threads`` work at the same time."""

    def __init__(
        self,
        answer: Callable[[bytes], Answered],
        *,
        bodies: int,
        threads: int,
        seconds: float = SECONDS,
    ) -> None:
        """Serve ``answer``; up to ``bodies`` bodies at a time may take ``seconds`` each.

        ``answer`` may raise a ``Refusal``, such as ``NotReady``.
        """
        self._answer = answer
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="call")
        self._reception = Reception(
            Limits(
                length=MAX_BODY,
                seconds=seconds,
                bodies=bodies,
                total=_TOTAL,
                waiting=threads * _QUEUED_PER_THREAD,
            )
        )

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        try:
            if scope["path"] not in PATHS or scope["method"] != "POST":
                raise NotFound
            async with self._reception.body(scope, receive) as body:
                loop = asyncio.get_running_loop()
                answered = await loop.run_in_executor(self._threads, self._answer, body)
        except Gone:
            return
        except Refusal as refusal:
            await _respond(send, refusal.status, write_refusal(refusal.code)[1])
        else:
            await _respond(send, answered.status, answered.body)


async def _respond(send: Send, status: int, body: bytes) -> None:
    headers: list[Any] = [
        (b"content-type", b"application/octet-stream"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
