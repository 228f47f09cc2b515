"""What a port takes in: each limit, and that what was counted is given back."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from comity.transport.bodies import Limits, Reception
from comity.transport.errors import Busy, Gone, TooLarge, TooSlow

LIMITS = Limits(length=100, seconds=5, bodies=2, total=150, waiting=2)
SCOPE: Mapping[str, Any] = {"headers": []}

Receive = Callable[[], Awaitable[Mapping[str, Any]]]


def chunks(*bodies: bytes) -> Receive:
    """Return a caller that sends these chunks."""
    left = [
        {"type": "http.request", "body": body, "more_body": n < len(bodies) - 1}
        for n, body in enumerate(bodies)
    ]

    async def receive() -> Mapping[str, Any]:
        return left.pop(0)

    return receive


def stalled(*bodies: bytes) -> Receive:
    """Return a caller that sends these chunks and then nothing."""
    left = list(bodies)

    async def receive() -> Mapping[str, Any]:
        if not left:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": left.pop(0), "more_body": True}

    return receive


async def taken(reception: Reception, receive: Receive, scope: Mapping[str, Any] = SCOPE) -> bytes:
    async with reception.body(scope, receive) as body:
        return body


def test_chunks_become_one_body() -> None:
    assert asyncio.run(taken(Reception(LIMITS), chunks(b"a", b"", b"bc"))) == b"abc"


def test_a_body_of_exactly_the_limit_is_taken() -> None:
    assert asyncio.run(taken(Reception(LIMITS), chunks(bytes(100)))) == bytes(100)
    with pytest.raises(TooLarge):
        asyncio.run(taken(Reception(LIMITS), chunks(bytes(60), bytes(41))))


def test_a_declared_length_over_the_limit_is_refused_without_reading() -> None:
    scope = {"headers": [(b"host", b"node"), (b"content-length", b"101")]}

    async def receive() -> Mapping[str, Any]:
        message = "nothing may be read"
        raise AssertionError(message)

    with pytest.raises(TooLarge):
        asyncio.run(taken(Reception(LIMITS), receive, scope))


def test_a_slow_body_ends_and_frees_its_place() -> None:
    limits = Limits(length=100, seconds=0.01, bodies=1, total=150, waiting=1)

    async def play() -> bytes:
        reception = Reception(limits)
        for _ in range(3):
            with pytest.raises(TooSlow):
                await taken(reception, stalled(bytes(80)))
        return await taken(reception, chunks(bytes(100)))

    assert len(asyncio.run(play())) == 100


def test_more_bodies_than_allowed_are_refused_until_one_ends() -> None:
    async def play() -> None:
        reception = Reception(LIMITS)
        slow = [asyncio.create_task(taken(reception, stalled(b"x"))) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await taken(reception, chunks(b"y"))
        for task in slow:
            task.cancel()
        await asyncio.wait(slow)
        assert await taken(reception, chunks(b"y")) == b"y"

    asyncio.run(play())


def test_the_bytes_of_all_bodies_together_are_limited() -> None:
    async def play() -> None:
        reception = Reception(LIMITS)
        slow = asyncio.create_task(taken(reception, stalled(bytes(90))))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await taken(reception, chunks(bytes(61)))
        assert await taken(reception, chunks(bytes(60))) == bytes(60)
        slow.cancel()
        await asyncio.wait([slow])
        assert await taken(reception, chunks(bytes(100))) == bytes(100)

    asyncio.run(play())


def test_calls_being_worked_on_are_limited() -> None:
    async def play() -> None:
        reception = Reception(LIMITS)
        async with (
            reception.body(SCOPE, chunks(b"a")),
            reception.body(SCOPE, chunks(b"b")),
        ):
            with pytest.raises(Busy):
                await taken(reception, chunks(b"c"))
        assert await taken(reception, chunks(b"c")) == b"c"

    asyncio.run(play())


def test_bytes_count_until_the_work_on_them_is_done() -> None:
    async def play() -> None:
        reception = Reception(LIMITS)
        async with reception.body(SCOPE, chunks(bytes(60))):
            with pytest.raises(Busy):
                await taken(reception, chunks(bytes(91)))
        assert await taken(reception, chunks(bytes(91))) == bytes(91)

    asyncio.run(play())


def test_work_that_fails_gives_its_place_back() -> None:
    async def fail(reception: Reception) -> None:
        async with reception.body(SCOPE, chunks(b"x")):
            message = "the verb broke"
            raise ValueError(message)

    async def play() -> None:
        reception = Reception(LIMITS)
        for _ in range(5):
            with pytest.raises(ValueError, match="broke"):
                await fail(reception)
        assert await taken(reception, chunks(bytes(100))) == bytes(100)

    asyncio.run(play())


def test_a_caller_who_leaves_is_gone() -> None:
    async def receive() -> Mapping[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(Gone):
        asyncio.run(taken(Reception(LIMITS), receive))
