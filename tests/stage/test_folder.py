"""The folder: emptied at each start, never somebody else's, one demonstration at a time."""

from pathlib import Path

import pytest

from comity_stage.errors import FolderInUse, NotOurFolder, UnusableFolder
from comity_stage.folder import MARK, emptied


def test_a_new_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with emptied(tmp_path / "var" / "demo") as folder:
        assert folder.stat().st_mode & 0o077 == 0
        assert [one.name for one in folder.iterdir()] == [MARK]


def test_a_second_start_finds_nothing_of_the_first(tmp_path: Path) -> None:
    with emptied(tmp_path) as folder:
        (folder / "XNR").mkdir()
        (folder / "XNR" / "comity.toml").write_text("state", encoding="utf-8")
        (folder / "away").symlink_to(Path("/"))
    with emptied(tmp_path) as folder:
        assert [one.name for one in folder.iterdir()] == [MARK]
    assert Path("/").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("ten years", encoding="utf-8")
    with pytest.raises(NotOurFolder, match="--folder"), emptied(tmp_path):
        pass
    assert (tmp_path / "thesis").read_text(encoding="utf-8") == "ten years"


def test_two_at_a_time_are_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with emptied(tmp_path) as folder:
        (folder / "mine").write_text("x", encoding="utf-8")
        with pytest.raises(FolderInUse, match="Ctrl-C"), emptied(tmp_path):
            pass
        assert (folder / "mine").exists()
    with emptied(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnusableFolder, match="cannot be used"), emptied(tmp_path / "file" / "x"):
        pass
