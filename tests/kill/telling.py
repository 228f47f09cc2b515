"""Run `comity ...` as it is, while each of its processes tells how its SQLite files are set.

`python -m tests.kill.telling OUT PARENT ...`. At each new connection of the records, every
connection of that process to a SQLite file is asked; a line of JSON for each goes to OUT.
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
            os.write(OUT, json.dumps([names, file, *found]).encode() + b"\n")


if __name__ == "__main__":
    OUT = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    die_with(int(sys.argv[2]), signal.SIGTERM)
    sys.addaudithook(remember)
    django_ready(None)
    # After `prepare`, which is connected when Django is set up.
    connection_created.connect(tell)
    sys.exit(main(sys.argv[3:]))
