"""The folder of the demonstration: emptied at each start, used by one at a time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from comity.node.private import make_private_folder
from comity_stage.errors import FolderInUse, NotOurFolder, UnusableFolder

MARK: Final = "comity-demo.lock"
"""Stands in every folder that a demonstration wrote; locked while it runs."""


@contextmanager
def emptied(folder: Path) -> Iterator[Path]:
    """Give the folder, empty but for its mark, and keep others out until the end.

    Raises ``NotOurFolder`` before it deletes what no demonstration wrote, and
    ``FolderInUse`` while another one runs there.
    """
    folder = folder.absolute()
    mark = folder / MARK
    try:
        make_private_folder(folder)
        if not mark.exists() and any(folder.iterdir()):
            raise NotOurFolder(str(folder))
        handle = os.open(mark, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UnusableFolder(str(folder), error.strerror or str(error)) from error
    try:
        _lock(handle, folder)
        for old in folder.iterdir():
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old)
            elif old != mark:
                old.unlink()
        yield folder
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise FolderInUse(str(folder)) from error
