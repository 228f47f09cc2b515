"""How a connection to the database must be set so that a commit is durable."""

from collections.abc import Mapping
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from comity.records.errors import NotDurable

# Name of the pragma -> (what is set, what the database answers when it holds).
# WAL with FULL: a commit survives power loss, and readers never wait for the writer.
# secure_delete: an erased part leaves no bytes in free pages of the file.
_PRAGMAS: Final[Mapping[str, tuple[str, str]]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", "2"),
    "foreign_keys": ("ON", "1"),
    "secure_delete": ("ON", "1"),
    "busy_timeout": ("20000", "20000"),
    "journal_size_limit": ("67108864", "67108864"),
}

_KEEP_COMMITS: Final = """
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'
"""


def prepare(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Set a fresh connection; raise ``NotDurable`` where the database does not obey."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _prepare_sqlite(cursor)
        elif connection.vendor == "postgresql":
            cursor.execute(_KEEP_COMMITS)


def _prepare_sqlite(cursor: CursorWrapper) -> None:
    for name, (value, needed) in _PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.execute(f"PRAGMA {name}")
        found = str(cursor.fetchone()[0])
        if found != needed and not (name == "journal_mode" and _in_memory(cursor)):
            raise NotDurable(name, found, needed)


def _in_memory(cursor: CursorWrapper) -> bool:
    cursor.execute("PRAGMA database_list")
    return not cursor.fetchone()[2]
