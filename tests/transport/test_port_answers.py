"""What the port does with what the verb says, without a network in between."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from comity.transport.errors import NotReady
from comity.transport.port import NodePort

SCOPE: Mapping[str, Any] = {"type": "http", "method": "POST", "path": "/inbox", "headers": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    status: int
    body: bytes


def answered(answer: Callable[[bytes], Said], body: bytes = b"x") -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(NodePort(answer, bodies=1, threads=1)(SCOPE, receive, send))
    start, end = sent
    assert (b"content-length", str(len(end["body"])).encode()) in start["headers"]
    assert (b"cache-control", b"no-store") in start["headers"]
    return start["status"], end["body"]


@pytest.mark.parametrize("status", [200, 400, 413])
def test_the_verb_s_answer_is_sent_as_it_is(status: int) -> None:
    said = Said(status=status, body=b"sealed")
    assert answered(lambda _: said) == (status, b"sealed")


def test_the_verb_gets_the_body_as_it_came() -> None:
    assert answered(lambda body: Said(status=200, body=body), b"\x00\xff") == (200, b"\x00\xff")


def test_a_node_without_its_records_is_not_ready_and_says_whose_fault_it_is() -> None:
    def away(_: bytes) -> Said:
        raise NotReady

    status, body = answered(away)
    assert status == 503
    assert json.loads(body) == {"v": 1, "error": {"code": "not-ready", "fault": "ours"}}


def test_what_is_no_request_is_not_answered() -> None:
    async def nothing(*_: object) -> Any:  # noqa: ANN401
        raise AssertionError

    port = NodePort(lambda _: Said(status=200, body=b""), bodies=1, threads=1)
    asyncio.run(port({"type": "websocket"}, nothing, nothing))
