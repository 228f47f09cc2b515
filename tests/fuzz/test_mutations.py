"""Beat every decoder of foreign bytes: only the peer's fault may leave, quickly and in bounds."""

import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comity.seal.canonical import Json
from comity.wire.errors import TheirFault
from tests.fuzz import targets
from tests.fuzz.mutate import Choices, edit_bytes, edit_json
from tests.fuzz.targets import ACT, PAIR, RAW, SENT, TARGETS, WOVEN_TARGETS, Finding, Target

MEBIBYTE = 1 << 20


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=120))
@example(data=b"")
def test_any_bytes_cause_only_the_faults_that_may_leave(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.parametrize("name", RAW)
@given(data=st.binary(max_size=60))
def test_a_valid_thing_changed_a_little_causes_only_the_faults_that_may_leave(
    name: str, data: bytes
) -> None:
    target = RAW[name]
    target(edit_bytes(target.seed, Choices(data)))


@pytest.mark.parametrize("name", RAW)
def test_every_seed_is_valid(name: str) -> None:
    """A target that refused its own seed would test nothing behind the first check."""
    RAW[name].run(RAW[name].seed)


@pytest.mark.parametrize("name", WOVEN_TARGETS)
def test_woven_changes_are_refused_for_different_reasons(name: str) -> None:
    """The change reaches more than one check: else the weaving is wrong."""
    reasons = set()
    for number in range(300):
        try:
            WOVEN_TARGETS[name].run(b"%d" % (number * 7919) * 9)
        except WOVEN_TARGETS[name].may_raise as error:
            told = getattr(error, "where", "") or getattr(error, "field", "")
            reasons.add((type(error).__name__, getattr(error, "code", ""), told))
        else:
            reasons.add(("accepted", "", ""))
    assert len(reasons) >= 2, reasons


def test_the_harness_notices_what_it_must() -> None:
    def raises(error: Exception) -> Target:
        def run(_: bytes) -> None:
            raise error

        return Target(run, targets.THEIRS)

    for error in (KeyError("x"), Finding(), RecursionError(), MemoryError(), OverflowError()):
        with pytest.raises(type(error)):
            raises(error)(b"")


def test_the_same_bytes_make_the_same_change() -> None:
    members: dict[str, Json] = {"a": [1, {"b": "c"}]}
    for data in (b"", b"\0" * 9, b"some bytes that choose"):
        assert edit_bytes(SENT.body, Choices(data)) == edit_bytes(SENT.body, Choices(data))
        assert edit_json(members, Choices(data)) == edit_json(members, Choices(data))
    assert members == {"a": [1, {"b": "c"}]}, "the original is left alone"


# Bounds.


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield bodies made to cost much: each at most a mebibyte, as the port lets through."""
    deep = b'{"a":' * 100_000
    yield "canonical", deep
    yield "canonical", b"[" * MEBIBYTE
    yield "canonical", b'{"a":' + b"9" * MEBIBYTE + b"}"
    yield "canonical", b'{"a":"' + b"\\u0000" * 150_000 + b'"}'
    yield "canonical", b"{" + b",".join(b'"%06d":0' % n for n in range(90_000)) + b"}"
    yield "card", deep
    yield "card_envelope", b'{"payload":"' + b"A" * MEBIBYTE + b'"}'
    yield "envelope", b'{"payload":"","payloadType":"","signatures":[' + b"{}," * 300_000 + b"{}]}"
    yield "blob", b"\0\1\0\0" + b"[" * MEBIBYTE
    yield "blob", ACT.outgoing(1).blob + b"\xff" * MEBIBYTE
    yield "letter", b"\0\0\xff\xff" + b"[" * 900_000
    yield "call", b"COMITY1\n\x0f\xff" + b"[" * (MEBIBYTE - 10)
    yield "call", SENT.body + bytes(MEBIBYTE - len(SENT.body))
    yield "reply", b"\xff" * (MEBIBYTE + 1)
    yield "refusal", b'{"v":' * 200_000


@pytest.mark.parametrize(("name", "body"), list(bombs()))
def test_a_bomb_costs_little_time_and_memory(name: str, body: bytes) -> None:
    tracemalloc.start()
    try:
        begun = time.process_time()
        TARGETS[name](body)
        spent = time.process_time() - begun
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert spent < 2.0
    assert peak < 64 * MEBIBYTE


def test_a_refusal_before_the_seal_costs_little() -> None:
    """A flood of invalid bodies is refused without any work on keys."""
    flood = [b"GET / HTTP/1.1" * 1_000, b"COMITY1\n\xff\xff", SENT.body[:200]]
    begun = time.process_time()
    for _ in range(300):
        for body in flood:
            with pytest.raises(TheirFault):
                PAIR.open(body)
    assert (time.process_time() - begun) / 900 < 0.001
