"""Two nodes as an operator makes them: keys of suite 1, TLS, the pin, the port, the worker."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.node.command import ROOT, Home, Made, add_peer, several
from tests.node.test_up import running
from tests.transport.ground import answers, wait_for


@pytest.fixture(scope="module")
def nodes(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Northmere's worker and Jinhai's node port, each other's peers."""
    two = made.copied(tmp_path_factory.mktemp("two"))
    for home, peer in ((two.northmere, two.jinhai), (two.jinhai, two.northmere)):
        state = peer.folder.name
        command = add_peer(peer.folder / f"{state}.card.json", peer.done.words)
        (added,) = several([command], folder=home.folder)
        assert added.code == 0, added.err
    with ExitStack() as stack:
        stack.enter_context(running(two.jinhai, "serve", "node"))
        stack.enter_context(running(two.northmere, "work"))
        wait_for(lambda: answers(two.jinhai.node), 60)
        yield two


def stated(home: Home, peer: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.node.state_an_act", str(home.folder), peer, "20"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_an_act_is_receipted_by_the_peer_within_a_second_or_two(nodes: Made) -> None:
    first, second = stated(nodes.northmere, "XJN"), stated(nodes.northmere, "XJN")
    assert (first["code"], second["code"]) == ("stored", "stored"), first
    assert isinstance(second["took"], float)
    assert second["took"] < 2
