"""The simulator can be trusted: it replays identically, and it sees what is broken."""

import pytest

from comity.actions import state, sync
from comity.actions.ports import House
from comity.records.errors import LaneTaken
from comity.seal.dsse import ACT_TYPE, sign
from tests.world.check import broken
from tests.world.nodes import MemorySigner, Node
from tests.world.run import World

ACTS = 25


def violations(seed: int) -> list[str]:
    world = World(seed, acts=ACTS)
    world.play()
    return list(broken(world))


def noticed(seed: int) -> bool:
    """Say whether a promise was broken, or the records refused a second act under one number."""
    try:
        return bool(violations(seed))
    except LaneTaken:
        return True


def test_a_seed_replays_identically() -> None:
    first, second = World(7, acts=ACTS), World(7, acts=ACTS)
    assert first.play().trace == second.play().trace
    assert first.history.delivered == second.history.delivered > 0


def test_other_seeds_are_other_histories() -> None:
    assert World(7, acts=5).play().trace != World(8, acts=5).play().trace


@pytest.mark.parametrize("seed", [1, 5])
def test_a_storm_breaks_no_promise(seed: int) -> None:
    assert violations(seed) == []


def test_the_world_notices_a_node_that_signs_before_it_has_synced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def careless(house: House, composed: object) -> None:
        del house, composed

    monkeypatch.setattr(state, "_refuse_restored", careless)
    monkeypatch.setattr("tests.world.nodes.MemorySigner.sign_act", _sign_anything)
    assert any(noticed(seed) for seed in range(1, 9))


def test_the_world_notices_acts_that_are_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(*_: object) -> int:
        return 0

    monkeypatch.setattr(sync, "_resend_lost", forget)
    assert any(violations(seed) for seed in range(1, 9))


def test_the_world_notices_home_bytes_on_the_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    def leak(node: Node) -> bytes:
        return node.home[-1] if node.home else b"x"

    monkeypatch.setattr("tests.world.people._words", leak)
    assert any("home bytes" in one for one in violations(3))


def _sign_anything(self: MemorySigner, header: bytes) -> bytes:
    return sign(header, ACT_TYPE, self.key)
