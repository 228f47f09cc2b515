"""`comity backup` and `comity restore`: a whole copy, an empty database, and then silence."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.node.command import Done, Made, add_peer, several


@pytest.fixture(scope="module")
def done(made: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Done]]:
    """Back a node up, lose its database, and restore; everything is tried once."""
    nodes = made.copied(tmp_path_factory.mktemp("backup"))
    home = nodes.northmere.folder
    (home / "password").touch(mode=0o600)
    (home / "password").write_text("a long and rare password", encoding="utf-8")
    card = nodes.jinhai.folder / "XJN.card.json"
    before = several(
        [
            add_peer(card, nodes.jinhai.done.words),
            ("officer", "add", "ann", "--password-file", "password"),
            ("backup", "tonight"),
            ("backup", "tonight"),
            ("backup", "no/such/folder/tonight"),
            ("restore", "tonight"),
        ],
        folder=home,
    )
    for file in home.glob("comity.sqlite3*"):
        file.rename(home / f"lost-{file.name}")
    whole = (home / "tonight").read_bytes()
    (home / "changed").write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    after = several(
        [
            ("restore", "changed"),
            ("restore", "none"),
            ("restore", "tonight"),
            ("peer", "list"),
            ("officer", "add", "ann", "--password-file", "password"),
        ],
        folder=home,
    )
    return home, before + after


def test_a_backup_is_whole_private_and_made_once(done: tuple[Path, list[Done]]) -> None:
    home, (_, _, first, second, nowhere, *_) = done
    assert first.code == 0, first.err
    assert "keys folder is not in it" in first.out
    assert stat.S_IMODE((home / "tonight").stat().st_mode) == 0o600
    assert not list(home.glob("*.begun"))
    assert second.code == nowhere.code == 2
    assert "tonight is already there" in second.err
    assert "no/such/folder" in nowhere.err


def test_no_secret_is_in_a_backup(done: tuple[Path, list[Done]]) -> None:
    home, _ = done
    data = (home / "tonight").read_text()
    assert "Ann Example" not in data, "who heard the words is sealed"
    assert "a long and rare password" not in data
    assert (home / "keys" / "desk.secret").read_text() not in data


def test_a_database_that_is_not_empty_is_kept(done: tuple[Path, list[Done]]) -> None:
    _, (*_, refused, _, _, _, _, _) = done
    assert refused.code == 2
    assert "not empty" in refused.err


def test_a_changed_or_missing_backup_is_refused(done: tuple[Path, list[Done]]) -> None:
    _, (*_, changed, missing, _, _, _) = done
    assert changed.code == missing.code == 2
    assert "unchanged backup" in changed.err
    assert "none" in missing.err


def test_a_restored_node_has_its_peers_and_officers_and_waits(
    done: tuple[Path, list[Done]],
) -> None:
    home, (*_, restored, listed, twice) = done
    assert restored.code == 0, restored.err
    assert "XJN" in restored.out
    assert "signs nothing" in restored.out
    assert "XJN Jinhai" in listed.out
    assert "ann is already there" in twice.err
    with closing(sqlite3.connect(home / "comity.sqlite3")) as rows:
        found = rows.execute("SELECT peer FROM records_unsynced_peer").fetchall()
    assert found == [("XJN",)]
