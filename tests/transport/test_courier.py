"""The courier: quick, patient with the silent, and never stopped by one of them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.actions.ports import House
from comity.actions.recover import mark_restored
from comity.seal.checkpoint import read_checkpoint
from comity.seal.dsse import read_envelope
from comity.transport import courier as courier_file
from comity.transport.courier import THREADS, Courier
from comity.transport.errors import NoConnection, NoReply
from comity.transport.post import Send
from tests.transport.couriers import (
    Line,
    SharedStore,
    ask,
    give_card,
    holds,
    house,
    queue,
    state_today,
)
from tests.transport.ground import wait_for

NORTHMERE, JINHAI, VALOMBRE = (state_today(name) for name in ("XNR", "XJN", "XVL"))


class World:
    """Northmere, Jinhai and Valombre; what each call passed through."""

    def __init__(self, folder: Path) -> None:
        states = (NORTHMERE, JINHAI, VALOMBRE)
        self.houses = {
            one.card.state: house(one, tuple(s for s in states if s is not one), folder)
            for one in states
        }
        self.calls: list[tuple[str, str]] = []
        self.hold: dict[str, Callable[[], None]] = {}

    def line(self) -> Send:
        return Line(houses=self.houses, on_the_way=self._pass).send()

    def _pass(self, to: str, path: str) -> None:
        self.calls.append((to, path))
        self.hold.get(to, lambda: None)()

    @property
    def store(self) -> SharedStore:
        store = self.here.store
        assert isinstance(store, SharedStore)
        return store

    @property
    def here(self) -> House:
        return self.houses["XNR"]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@contextmanager
def carrying(world: World, send: Send | None = None) -> Iterator[None]:
    """Let Northmere's courier run."""
    stop = threading.Event()
    running = Courier(world.here, send or world.line())
    thread = threading.Thread(target=running.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)
        assert not thread.is_alive()


def refuse() -> None:
    raise NoConnection


def until(event: threading.Event) -> Callable[[], None]:
    """Return a line that is silent until ``event``."""

    def silent() -> None:
        event.wait(20)

    return silent


def test_a_new_act_is_under_way_within_a_tenth_of_a_second(world: World) -> None:
    with carrying(world):
        wait_for(lambda: {to for to, _ in world.calls} == {"XJN", "XVL"})
        waits = []
        for _ in range(5):
            began = time.monotonic()
            act = ask(world.here, "XJN")
            wait_for(lambda act=act: holds(world.houses["XJN"], act))
            waits.append(time.monotonic() - began)
        assert sorted(waits)[2] < 0.3
        wait_for(lambda: not queue(world.here))


def test_at_the_start_each_peer_is_met_before_anything_is_sent(world: World) -> None:
    ask(world.here, "XJN")
    with carrying(world):
        wait_for(lambda: not queue(world.here))
    paths = [path for to, path in world.calls if to == "XJN"]
    assert paths == ["/sync", "/inbox"]
    assert ("XVL", "/sync") in world.calls


def test_a_silent_peer_delays_no_other(world: World) -> None:
    answer = threading.Event()
    world.hold["XJN"] = until(answer)
    ask(world.here, "XJN")
    act = ask(world.here, "XVL")
    try:
        with carrying(world):
            wait_for(lambda: holds(world.houses["XVL"], act), seconds=5)
            assert not answer.is_set()
            answer.set()
            wait_for(lambda: not queue(world.here))
    finally:
        answer.set()


def test_many_silent_peers_leave_threads_for_those_who_answer(world: World) -> None:
    """More silent peers than threads of either pool."""
    lost = threading.Event()
    silent = [state_today(f"QQ{letter}") for letter in "ABCDEFGHIJKLMNOPQRST"]
    assert len(silent) > 2 * THREADS
    for one in silent:
        give_card(world.here, one)
        world.hold[one.card.state] = refuse
    with carrying(world):
        wait_for(lambda: {one.card.state for one in silent} <= {to for to, _ in world.calls})
        for one in silent:
            world.hold[one.card.state] = until(lost)
            ask(world.here, one.card.state)
        act = ask(world.here, "XVL")
        try:
            wait_for(lambda: holds(world.houses["XVL"], act), seconds=5)
        finally:
            lost.set()


def test_what_stands_in_the_way_is_shown_in_the_queue(world: World) -> None:
    world.hold["XJN"] = refuse
    ask(world.here, "XJN")
    with carrying(world):
        wait_for(lambda: queue(world.here)[0].attempts > 0)
    (waiting,) = queue(world.here)
    assert waiting.error == "no-connection"
    assert waiting.next_at > datetime.now(UTC)


def test_a_call_whose_reply_is_lost_is_repeated_and_applied_once(world: World) -> None:
    lose = [True]

    def lossy(endpoint: object, path: str, body: bytes) -> bytes:
        reply = world.line()(endpoint, path, body)  # type: ignore[arg-type]
        if path == "/inbox" and lose.pop() if lose else False:
            raise NoReply
        return reply

    act = ask(world.here, "XJN")
    with carrying(world, lossy):
        wait_for(lambda: not queue(world.here))
    there = world.houses["XJN"]
    assert holds(there, act)
    assert there.store.read(lambda view: view.log_head()).size == 1
    paths = [path for to, path in world.calls if to == "XJN"]
    assert paths == ["/sync", "/inbox", "/sync", "/inbox"], "an interruption is followed by a sync"


def test_a_reply_that_proves_nothing_settles_nothing(world: World) -> None:
    def forged(endpoint: object, path: str, body: bytes) -> bytes:
        if path == "/inbox":
            return b"COMITY1\nnonsense"
        return world.line()(endpoint, path, body)  # type: ignore[arg-type]

    ask(world.here, "XJN")
    with carrying(world, forged):
        wait_for(lambda: queue(world.here)[0].attempts > 0)
    assert queue(world.here)[0].delivered_at is None
    assert queue(world.here)[0].error == "not-a-message"


def test_a_restored_node_sends_nothing_until_it_has_met_the_peer(world: World) -> None:
    ask(world.here, "XJN")
    mark_restored(world.here, detail="test")
    world.hold["XJN"] = refuse
    with carrying(world):
        wait_for(lambda: ("XJN", "/sync") in world.calls)
        wait_for(lambda: queue(world.here)[0].error == "no-connection")
        assert ("XJN", "/inbox") not in world.calls
        del world.hold["XJN"]
        wait_for(lambda: not queue(world.here))


def test_a_restored_node_meets_its_peers_again_and_again_but_not_all_the_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until no call from before the restore can still arrive, it may learn of more lost acts."""
    monkeypatch.setattr(courier_file, "MEET_RESTORED", 0.2)
    mark_restored(world.here, detail="test")
    began = time.monotonic()
    with carrying(world):
        wait_for(lambda: world.calls.count(("XJN", "/sync")) >= 3)
    took = time.monotonic() - began
    assert took >= 0.4
    assert world.calls.count(("XJN", "/sync")) <= took / 0.2 + 2


def test_two_nodes_that_have_met_leave_each_other_alone(world: World) -> None:
    with carrying(world):
        wait_for(lambda: len(world.calls) == 2)
        act = ask(world.here, "XVL")
        wait_for(lambda: holds(world.houses["XVL"], act))
        wait_for(lambda: not queue(world.here))
    assert sorted(world.calls) == [("XJN", "/sync"), ("XVL", "/inbox"), ("XVL", "/sync")]


def test_lost_acts_come_back_before_anything_is_sent(world: World) -> None:
    """The records go back to a backup that lacks an act which the peer holds."""
    backup = world.store.snapshot()
    lost = ask(world.here, "XJN")
    with carrying(world):
        wait_for(lambda: not queue(world.here))
    world.store.load(backup)
    mark_restored(world.here, detail="test")
    world.calls.clear()
    assert not holds(world.here, lost)
    with carrying(world):
        wait_for(lambda: holds(world.here, lost))
    assert ("XJN", "/inbox") not in world.calls


def test_something_unforeseen_with_one_peer_is_survived(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(courier_file, "BARRED", 0.05)
    broken = [True]

    def breaks() -> None:
        if broken:
            broken.pop()
            message = "the name of a victim"
            raise RuntimeError(message)

    world.hold["XJN"] = breaks
    act = ask(world.here, "XJN")
    with carrying(world):
        wait_for(lambda: holds(world.houses["XJN"], act))
    assert "RuntimeError" in caplog.text
    assert "victim" not in caplog.text


def test_a_peer_without_a_valid_card_waits_with_its_reason(world: World) -> None:
    old = JINHAI.changed(
        version=8,
        issued=datetime(2020, 1, 1, tzinfo=UTC),
        expires=datetime(2020, 2, 1, tzinfo=UTC),
    )
    ask(world.here, "XJN")
    give_card(world.here, replace(JINHAI, card=old))
    with carrying(world):
        wait_for(lambda: queue(world.here)[0].attempts > 0)
    assert queue(world.here)[0].error == "card-expired"


def test_the_log_s_growth_is_signed(world: World) -> None:
    ask(world.here, "XJN")
    with carrying(world):
        wait_for(lambda: not queue(world.here))
        wait_for(lambda: world.here.store.read(lambda view: view.checkpoint()) is not None)
    envelope = world.here.store.read(lambda view: view.checkpoint())
    assert envelope is not None
    assert read_checkpoint(read_envelope(envelope).payload).size == 1


def test_what_left_is_confirmed_in_the_signer_s_memory(world: World) -> None:
    act = ask(world.here, "XJN")
    assert world.here.signer.confirmed() == ()
    with carrying(world):
        wait_for(lambda: not queue(world.here))
    assert [one.act_id for one in world.here.signer.confirmed()] == [act]
