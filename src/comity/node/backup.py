"""`comity backup` and `comity restore`: the records, without the keys that open them."""

import os
from argparse import Namespace
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from comity.actions.ports import House, Unit
from comity.actions.recover import say_restored
from comity.node.errors import AlreadyThere, NoSuchFile
from comity.node.late import django_ready, late
from comity.node.opened import house_of, opened
from comity.node.private import keep_name
from comity.seal.forms import time_text

ACCOUNTS: Final = ("auth.group", "auth.user")
"""Tables that go along: who may sign in, and as what."""


def backup(args: Namespace) -> int:
    """Write a consistent copy while the node runs; the file appears when it is whole."""
    _, house = opened(args.config)
    if args.file.exists():
        raise AlreadyThere(str(args.file))
    begun = args.file.with_name(f"{args.file.name}.begun")
    with _new(begun) as out:
        made = late("comity.records.backup", "write_backup")(
            house.store, out, now=datetime.now(UTC), more=ACCOUNTS
        )
        out.flush()
        os.fsync(out.fileno())
    begun.rename(args.file)
    keep_name(args.file)
    print(f"{made.rows} rows are in {args.file} ({made.digest}).")
    print("The keys folder is not in it: keep a copy of that too, at another place.")
    print("Never put back the keys folder's signer.sqlite3: an old one forgets what left.")
    return 0


def restore(args: Namespace) -> int:
    """Load a backup into an empty database, and say that signing waits for the peers."""
    config = django_ready(args.config)
    try:
        source = args.file.open("rb")
    except OSError as error:
        raise NoSuchFile(str(args.file), error.strerror or str(error)) from error
    with source:
        house = house_of(config)
        late("comity.node.begin", "make_tables")(config)
        rows, made = load(house, source)
    peers = house.store.read(lambda view: view.unsynced())
    print(f"{rows} rows from {time_text(made)} are restored.")
    if peers:
        print("This node signs nothing in files shared with a State until it has spoken with it:")
        print(f"  {', '.join(sorted(peers))}. Start it, and look at the desk.")
    return 0


def load(house: House, source: BinaryIO) -> tuple[int, datetime]:
    """Load a backup and mark the node as restored, in one transaction.

    Were the mark to come later, a node killed in between would look like one that lost
    nothing, and would sign again under numbers that are taken. Returns how many rows
    there were, and when the backup was made.
    """

    def mark(made: datetime, unit: Unit) -> None:
        detail = f"comity restore, {time_text(made)}"
        say_restored(unit, me=house.me, now=house.clock.now(), detail=detail)

    read = late("comity.records.backup", "read_backup")(
        house.store, source, more=ACCOUNTS, then=mark
    )
    return read.rows, read.made


def _new(file: Path) -> BinaryIO:
    with suppress(FileNotFoundError):
        file.unlink()  # left by a backup that was interrupted
    try:
        return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as error:
        raise NoSuchFile(str(file), error.strerror or str(error)) from error
