"""Run `comity ...` as it is, while each of its processes tells what it asks of the disk.

`python -m tests.kill.telling OUT PARENT ...` writes lines of JSON to OUT. At each new
connection of the records, every connection of that process to a SQLite file is asked how it
is set. At each ``os.fsync`` the file or folder is named.
"""

import json
import os
import signal
import sqlite3
import sys
from multiprocessing import current_process, parent_process
from pathlib import Path
from typing import Final

from django.db.backends.signals import connection_created

from comity.node.cli import main
from comity.node.late import django_ready
from comity.node.listen import die_with

OPENED: Final[list[tuple[int, sqlite3.Connection]]] = []
ASKED: Final = ("journal_mode", "synchronous")
FSYNC: Final = os.fsync


def remember(event: str, args: tuple[object, ...]) -> None:
    if event == "sqlite3.connect/handle" and isinstance(args[0], sqlite3.Connection):
        OPENED.append((os.getpid(), args[0]))


def tell(**_: object) -> None:
    parent = parent_process()
    names = [current_process().name, *([parent.name] if parent else [])]
    for pid, rows in OPENED:
        if pid == os.getpid():
            file = Path(rows.execute("PRAGMA database_list").fetchone()[2]).name
            found = [rows.execute(f"PRAGMA {name}").fetchone()[0] for name in ASKED]
            put("set", names, file, *found)


def fsync(handle: int) -> None:
    FSYNC(handle)
    put("fsync", str(Path(f"/proc/self/fd/{handle}").readlink()))


def put(*told: object) -> None:
    os.write(OUT, json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    OUT = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    die_with(int(sys.argv[2]), signal.SIGTERM)
    sys.addaudithook(remember)
    vars(os)["fsync"] = fsync
    django_ready(None)
    # After `prepare`, which is connected when Django is set up.
    connection_created.connect(tell)
    sys.exit(main(sys.argv[3:]))
