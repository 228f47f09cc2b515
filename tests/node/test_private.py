"""Secret files: for their owner only, never overwritten, read with a sentence on failure."""

import os
from pathlib import Path

import pytest

from comity.node.errors import AlreadyThere, NoPassphrase, NotPrivate
from comity.node.passphrase import new_passphrase, passphrase_from
from comity.node.private import make_private_folder, read_private, write_private


@pytest.fixture(autouse=True)
def _careless_umask() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_secret_is_for_its_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "keys"
    make_private_folder(folder)
    write_private(folder / "k", b"secret")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "k").stat().st_mode & 0o777 == 0o600
    assert read_private(folder / "k") == b"secret"


def test_a_secret_is_not_overwritten(tmp_path: Path) -> None:
    write_private(tmp_path / "k", b"first")
    with pytest.raises(AlreadyThere, match=r"k is already there"):
        write_private(tmp_path / "k", b"second")
    assert read_private(tmp_path / "k") == b"first"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    write_private(tmp_path / "k", b"secret")
    (tmp_path / "k").chmod(mode)
    with pytest.raises(NotPrivate, match="chmod 600"):
        read_private(tmp_path / "k")


def test_a_missing_secret_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotPrivate, match="none"):
        read_private(tmp_path / "none")


def test_a_passphrase_comes_from_its_file_without_the_line_end(tmp_path: Path) -> None:
    write_private(tmp_path / "p", "five words with é here\r\n".encode())
    assert passphrase_from(tmp_path / "p") == "five words with é here"
    assert new_passphrase(tmp_path / "p") == "five words with é here"


@pytest.mark.parametrize("text", [b"", b"\n"])
def test_an_empty_passphrase_is_refused(tmp_path: Path, text: bytes) -> None:
    write_private(tmp_path / "p", text)
    with pytest.raises(NoPassphrase, match="empty"):
        passphrase_from(tmp_path / "p")


def test_a_short_passphrase_makes_no_keys(tmp_path: Path) -> None:
    write_private(tmp_path / "p", b"elevenchars")
    with pytest.raises(NoPassphrase, match="12 characters"):
        new_passphrase(tmp_path / "p")


def test_without_file_and_terminal_it_says_where_the_passphrase_may_stand() -> None:
    with pytest.raises(NoPassphrase, match="COMITY_PASSPHRASE_FILE"):
        passphrase_from(None)
