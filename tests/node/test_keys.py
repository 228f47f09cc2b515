"""The keys folder: which file is opened for what."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comity.node.errors import NoKey, NotPrivate
from comity.node.keys import (
    STORAGE_FILE,
    key_file_name,
    open_acts_key,
    open_root_key,
    open_secrets,
)
from comity.node.private import write_private
from comity.node.storage_key import read_storage_key, write_storage_key
from comity.seal.errors import CannotOpen
from comity.seal.keyfile import KeyFile, write_key_file
from comity.seal.keys import Purpose
from comity.seal.suite1 import new_opening_key, new_signing_key

NOW = datetime(2026, 5, 4, tzinfo=UTC)
YEAR = timedelta(days=365)
PASSPHRASE = "correct horse battery"
STORAGE = bytes(range(32))


def made(purpose: Purpose, epoch: int, start: datetime = NOW) -> KeyFile:
    key = new_opening_key(os.urandom) if purpose is Purpose.SEAL else new_signing_key(os.urandom)
    return KeyFile(
        purpose=purpose, epoch=epoch, valid_from=start, valid_until=start + YEAR, key=key
    )


def keep(folder: Path, held: KeyFile, name: str = "") -> KeyFile:
    data = write_key_file(held, PASSPHRASE, os.urandom)
    write_private(folder / (name or key_file_name(held.purpose, held.epoch)), data)
    return held


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node in its second year: old keys are still there, and next year's are too."""
    place = tmp_path_factory.mktemp("keys")
    for epoch, start in ((1, NOW - YEAR), (2, NOW), (10, NOW + YEAR)):
        keep(place, made(Purpose.NODE, epoch, start))
    for epoch in (1, 2):
        keep(place, made(Purpose.SEAL, epoch))
    keep(place, made(Purpose.ACTS, 1))
    data = write_storage_key(STORAGE, PASSPHRASE, os.urandom)
    write_private(place / STORAGE_FILE, data)
    return place


def test_the_newest_valid_node_key_and_every_seal_key_are_opened(folder: Path) -> None:
    opened = open_secrets(folder, PASSPHRASE, NOW)
    assert opened.keys.epoch == 2
    assert len(opened.keys.openers) == 2, "old ones open what is still in flight"
    assert opened.storage == STORAGE


def test_a_wrong_passphrase_opens_nothing(folder: Path) -> None:
    with pytest.raises(CannotOpen):
        open_secrets(folder, "correct horse batterz", NOW)


def test_a_key_that_has_run_out_is_not_used(folder: Path) -> None:
    with pytest.raises(NoKey, match="acts"):
        open_acts_key(folder, PASSPHRASE, NOW + 2 * YEAR)


def test_an_empty_folder_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NoKey, match="node"):
        open_secrets(tmp_path, PASSPHRASE, NOW)


def test_a_key_under_another_key_s_name_is_refused(folder: Path, tmp_path: Path) -> None:
    """The node key must not come to sign acts by a renamed file."""
    node = (folder / key_file_name(Purpose.NODE, 2)).read_bytes()
    write_private(tmp_path / key_file_name(Purpose.ACTS, 1), node)
    with pytest.raises(CannotOpen, match="another purpose"):
        open_acts_key(tmp_path, PASSPHRASE, NOW)
    with pytest.raises(CannotOpen, match="another purpose"):
        open_root_key(tmp_path / key_file_name(Purpose.ACTS, 1), PASSPHRASE)


def test_a_key_file_that_others_may_read_is_refused(folder: Path, tmp_path: Path) -> None:
    name = key_file_name(Purpose.ACTS, 1)
    (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / name).chmod(0o644)
    with pytest.raises(NotPrivate):
        open_acts_key(tmp_path, PASSPHRASE, NOW)


def test_the_storage_key_opens_with_its_passphrase_only() -> None:
    data = write_storage_key(STORAGE, PASSPHRASE, os.urandom)
    assert read_storage_key(data, PASSPHRASE) == STORAGE
    assert STORAGE not in data
    with pytest.raises(CannotOpen):
        read_storage_key(data, PASSPHRASE + " ")


def test_no_changed_byte_of_the_storage_key_s_file_passes() -> None:
    """Every twentieth byte: each try may cost a tenth of a second."""
    data = write_storage_key(STORAGE, PASSPHRASE, os.urandom)
    for place in range(0, len(data), 20):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(CannotOpen):
            read_storage_key(changed, PASSPHRASE)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"kdf":{},"secret":"AA=="}', b"\xff" * 99])
def test_what_is_no_storage_key_is_refused(data: bytes) -> None:
    with pytest.raises(CannotOpen):
        read_storage_key(data, PASSPHRASE)
