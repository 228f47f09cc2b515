"""Reading request bodies without letting slow or huge ones cost anything.

A body costs no thread while it arrives, only its own bytes, and those are counted: one
body has a length and a time, all bodies together have a number and a sum. What is over
the limit is refused before any work (``spec/message-v1.md`` section 3).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from comity.transport.errors import Busy, Gone, TooLarge, TooSlow

# ASGI's own shapes: messages of a type with members of many types.
Message: TypeAlias = Mapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a port takes in.

    ``length``: bytes of one body; ``seconds``: for it to arrive; ``bodies``: read at one
    time; ``total``: bytes held of all of them; ``waiting``: calls being worked on or queued.
    """

    length: int
    seconds: float
    bodies: int
    total: int
    waiting: int


class Reception:
    """Counts what is being read and worked on. Belongs to one event loop."""

    def __init__(self, limits: Limits) -> None:
        """Begin empty."""
        self.limits = limits
        self._bodies = 0
        self._bytes = 0
        self._waiting = 0

    @asynccontextmanager
    async def body(self, scope: Message, receive: Receive) -> AsyncIterator[bytes]:
        """Give one request's whole body, and count its bytes until the block is left.

        Raises ``TooLarge``, ``TooSlow``, ``Busy`` or ``Gone``.
        """
        chunks: list[bytes] = []
        try:
            await self._read(scope, receive, chunks)
            if self._waiting >= self.limits.waiting:
                raise Busy
            self._waiting += 1
            try:
                yield b"".join(chunks)
            finally:
                self._waiting -= 1
        finally:
            self._bytes -= sum(map(len, chunks))

    async def _read(self, scope: Message, receive: Receive, chunks: list[bytes]) -> None:
        if _declared(scope) > self.limits.length:
            raise TooLarge(self.limits.length)
        if self._bodies >= self.limits.bodies:
            raise Busy
        self._bodies += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._collect(receive, chunks)
        except TimeoutError as error:
            raise TooSlow(self.limits.seconds) from error
        finally:
            self._bodies -= 1

    async def _collect(self, receive: Receive, chunks: list[bytes]) -> None:
        length = 0
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise Gone
            chunk = message.get("body", b"")
            length += len(chunk)
            if length > self.limits.length:
                raise TooLarge(self.limits.length)
            if self._bytes + len(chunk) > self.limits.total:
                raise Busy
            chunks.append(chunk)
            self._bytes += len(chunk)
            more = message.get("more_body", False)


def _declared(scope: Message) -> int:
    """Return the declared length; 0 when none is declared, or one that is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0
