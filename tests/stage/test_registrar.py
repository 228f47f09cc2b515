"""The registrar vouches for a root and for nothing else; its secret is never written down."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.directory.errors import NotVouched
from comity.directory.pin import pin_by_registrar
from comity.directory.trust import claimed
from comity.node.public_key import read_public_key
from comity_stage.registrar import new_registrar
from tests.stage.ground import made


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("registrar"), "XJN", "Jinhai", "--demo")
    return folder / "XJN.card.json"


def test_a_node_accepts_what_it_signed_for_that_root_alone(card: Path, tmp_path: Path) -> None:
    registrar = new_registrar(tmp_path)
    statement = registrar.vouch(card).read_bytes()
    key, root = read_public_key(registrar.public), claimed(card.read_bytes()).card.root
    now = datetime.now(UTC)
    pinned = pin_by_registrar(statement, key, state="XJN", root_data=root.data(), now=now)
    assert pinned.root.id == root.id
    with pytest.raises(NotVouched):
        pin_by_registrar(statement, key, state="XNR", root_data=root.data(), now=now)
    (tmp_path / "other").mkdir()
    other = read_public_key(new_registrar(tmp_path / "other").public)
    with pytest.raises(NotVouched):
        pin_by_registrar(statement, other, state="XJN", root_data=root.data(), now=now)


def test_only_its_public_half_is_on_disk(tmp_path: Path) -> None:
    new_registrar(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["registrar.pub.json"]
