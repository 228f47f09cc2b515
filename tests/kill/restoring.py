"""Load a backup again and again, dying as each of its statements begins: `... HOME BACKUP`.

Prints what each death left in the empty database of the node in HOME, as a list of lists:
how many acts, cards, peers to sync with, and alarms.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import connections

from comity.actions.ports import House
from comity.node.backup import load
from comity.node.late import django_ready, late
from comity.node.opened import house_of
from tests.kill.dying import died
from tests.kill.nodes import DATABASE

TABLES = ("records_act", "records_card", "records_unsynced_peer", "records_alarm")


def deaths(home: Path, backup: Path) -> Iterator[list[int]]:
    database = home / DATABASE
    config = django_ready(home / "comity.toml")
    house = house_of(config)
    late("comity.node.begin", "make_tables")(config)
    connections.close_all()
    empty = database.read_bytes()
    last, dies = 0, True
    while dies:
        for file in home.glob(f"{DATABASE}*"):
            file.unlink()
        database.write_bytes(empty)
        dies = died(lambda: restore(house, backup), last)
        yield left(database)
        last += 1


def restore(house: House, backup: Path) -> None:
    with backup.open("rb") as source:
        load(house, source)


def left(database: Path) -> list[int]:
    """Return how many rows a process finds that opens the database after the death."""
    with closing(sqlite3.connect(database)) as rows:
        return [rows.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in TABLES]


if __name__ == "__main__":
    os.environ.pop("COMITY_CONFIG", None)
    sys.stdout.write(json.dumps(list(deaths(Path(sys.argv[1]), Path(sys.argv[2])))))
