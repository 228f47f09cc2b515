"""Files that only their owner may read, and that are never overwritten."""

import os
from pathlib import Path
from typing import Final

from comity.node.errors import AlreadyThere, NotPrivate
from comity.text import say

_OTHERS: Final = 0o077


def make_private_folder(folder: Path) -> None:
    """Make a folder with mode 0700; the folders above it as usual."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def write_private(file: Path, data: bytes) -> None:
    """Write a new file with mode 0600, durable when this returns."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise AlreadyThere(str(file)) from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    keep_name(file)


def keep_name(file: Path) -> None:
    """Make a file's new name durable: the disk keeps names apart from what files hold."""
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_private(file: Path) -> bytes:
    """Return a secret file's bytes; raise ``NotPrivate`` when others may read it."""
    try:
        mode = file.stat().st_mode
        data = file.read_bytes()
    except OSError as error:
        raise NotPrivate(
            say(
                "The file %(file)s cannot be read: %(error)s. Put it back, or name the right "
                "one in comity.toml.",
                file=str(file),
                error=error.strerror or str(error),
            )
        ) from error
    if mode & _OTHERS:
        raise NotPrivate(
            say(
                "The file %(file)s holds a secret and others may read it. Run: chmod 600 %(file)s",
                file=str(file),
            )
        )
    return data
