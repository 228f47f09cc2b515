"""A consistent copy of the records while the node runs, and its way back.

The copy is one text file, the same for SQLite and PostgreSQL, so that a State can move
from one to the other: a line that says whose it is and which edition of the tables it
has, a line of JSON for each row, and a last line with the number of rows and the
SHA-256 of every byte before it. Parts and notes stay sealed under the storage key,
which is not in it; who wrote to whom, and when, is readable.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import groupby, islice
from typing import Any, BinaryIO, Final, TypeAlias

from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from comity.actions.ports import Unit
from comity.records.errors import NotABackup, NotEmpty, OtherState, OtherVersion
from comity.records.store import DjangoStore
from comity.seal.errors import NotCanonical
from comity.seal.forms import read_time, time_text

VERSION: Final = 1
_NAME: Final = "comity-backup"
_BATCH: Final = 200

Line: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup is: whose, from when (UTC, whole seconds), how many rows, its digest."""

    state: str
    made: datetime
    rows: int
    digest: str


def write_backup(
    store: DjangoStore, out: BinaryIO, *, now: datetime, more: Sequence[str] = ()
) -> Backup:
    """Write the records as they are at one instant; others go on reading and writing.

    ``more`` names further models to take along, as ``auth.user``.
    """
    models = _models(more)
    hashed = sha256()
    rows = 0
    with store.snapshot():
        head = {
            _NAME: VERSION,
            "state": store.me,
            "made": time_text(now),
            "tables": _edition(store.using, models),
        }
        for data in _lines(store.using, head, models):
            hashed.update(data)
            out.write(data)
            rows += 1
    end = {"rows": rows - 1, "sha256": hashed.hexdigest()}
    out.write(_written(end))
    return _backup(head, end)


def check_backup(source: BinaryIO) -> Backup:
    """Return what a backup is after reading all of it; raise ``NotABackup`` if a byte is wrong."""
    source.seek(0)
    hashed = sha256()
    first, last, count = b"", b"", 0
    for line in source:
        hashed.update(last)
        first, last = first or line, line
        count += 1
    end = {"rows": count - 2, "sha256": hashed.hexdigest()}
    if last != _written(end):
        raise NotABackup(0)
    head = _parsed(first, 1)
    if head.get(_NAME) != VERSION:
        raise NotABackup(1)
    return _backup(head, end)


def read_backup(
    store: DjangoStore,
    source: BinaryIO,
    *,
    more: Sequence[str] = (),
    then: Callable[[datetime, Unit], object] | None = None,
) -> Backup:
    """Load a whole, unchanged backup of this State into an empty, migrated database.

    ``source`` must be able to seek. All of it is checked before the first row is
    stored, and all rows are stored or none. ``then``, told when the backup was made,
    writes in the same transaction. Raises ``NotABackup``, ``OtherState``,
    ``OtherVersion``, ``NotEmpty``.
    """
    backup = check_backup(source)
    models = _models(more)
    if backup.state != store.me:
        raise OtherState(backup.state, store.me)
    with store.alone(), _all_fit(), transaction.atomic(store.using, durable=True):
        source.seek(0)
        found, needed = _parsed(next(source), 1)["tables"], _edition(store.using, models)
        if found != needed:
            raise OtherVersion(str(found), str(needed))
        for model in models:
            if model._base_manager.using(store.using).exists():
                raise NotEmpty(model._meta.db_table)
        rows = enumerate(islice(source, backup.rows), start=2)
        _load(store.using, {model._meta.label_lower for model in models}, rows)
        _renumber(store.using, models)
        if then is not None:
            store.within(partial(then, backup.made))
    return backup


@contextmanager
def _all_fit() -> Iterator[None]:
    """Say of rows that break the tables' rules that they are no backup."""
    try:
        yield
    except IntegrityError as error:
        raise NotABackup(0) from error


def _models(more: Sequence[str]) -> list[type[Model]]:
    records = list(apps.get_app_config("records").get_models())
    return [*records, *map(apps.get_model, more)]


def _edition(using: str, models: Iterable[type[Model]]) -> dict[str, str]:
    """Return the newest migration of each application whose tables are copied."""
    names = {model._meta.app_label for model in models}
    applied = sorted(MigrationRecorder(connections[using]).applied_migrations())
    return {app: name for app, name in applied if app in names}


def _lines(using: str, head: Line, models: Iterable[type[Model]]) -> Iterator[bytes]:
    yield _written(head)
    for model in models:
        rows = model._base_manager.using(using).order_by("pk").iterator(_BATCH)
        while batch := list(islice(rows, _BATCH)):
            yield from map(_written, serializers.serialize("python", batch))


def _written(line: Line) -> bytes:
    return json.dumps(line, cls=DjangoJSONEncoder, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes, number: int) -> Line:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise NotABackup(number) from error
    if not isinstance(value, dict):
        raise NotABackup(number)
    return value


def _backup(head: Line, end: Line) -> Backup:
    try:
        made = read_time(str(head.get("made")))
    except NotCanonical as error:
        raise NotABackup(1) from error
    return Backup(
        state=str(head.get("state")), made=made, rows=end["rows"], digest=f"sha256:{end['sha256']}"
    )


def _load(using: str, labels: set[str], rows: Iterator[tuple[int, bytes]]) -> None:
    while batch := list(islice(rows, _BATCH)):
        lines = [_parsed(line, number) for number, line in batch]
        first, _ = batch[0]
        if not {line.get("model") for line in lines} <= labels:
            raise NotABackup(first)
        try:
            made = list(serializers.deserialize("python", lines, using=using))
        except (DeserializationError, FieldDoesNotExist, KeyError, TypeError) as error:
            raise NotABackup(first) from error
        for model, same in groupby(made, key=lambda one: type(one.object)):
            _store(using, model, list(same))


def _store(using: str, model: type[Model], rows: list[DeserializedObject]) -> None:
    model._base_manager.using(using).bulk_create([one.object for one in rows])
    for one in rows:
        for name, values in (one.m2m_data or {}).items():
            getattr(one.object, name).set(values)


def _renumber(using: str, models: Sequence[type[Model]]) -> None:
    """Let new rows be numbered after those that were loaded."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
