"""Stores to test with: in memory, on SQLite and on PostgreSQL.

A folder of tests that needs them names the fixtures in its ``conftest.py``::

    from tests.stores import both_databases, databases, make_store, store

    __all__ = ["both_databases", "databases", "make_store", "store"]

``databases`` makes empty, migrated databases; ``both_databases`` runs a test on each kind
of them; ``make_store`` and ``store`` run it on all three kinds of store. The PostgreSQL is
started by the tests themselves; without its wheel they fail.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final, Literal, Protocol
from urllib.parse import unquote, urlsplit

import django
import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from comity.actions.ports import Store
from comity.records.cipher import RestCipher
from comity.records.store import DjangoStore
from comity.seal.keys import Suite
from tests.memory_store import MemoryStore
from tests.postgres import USER, postgres, url_of
from tests.suite0 import SUITES_0

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
django.setup()

Kind = Literal["sqlite", "postgres"]
ME: Final = "XNR"
STORAGE_KEY: Final = bytes(range(32))

_TEMPLATE: Final = "comity_template"
_ALIASES: Final = count(1)
_MADE_BY_MIGRATIONS: Final = frozenset(
    {"django_migrations", "django_content_type", "auth_permission"}
)


class MakeStore(Protocol):
    """Makes an empty store of the kind that a test runs on."""

    def __call__(self, me: str = ME) -> Store: ...


@dataclass(frozen=True, kw_only=True)
class Database:
    """A migrated database. ``url`` is what a node's settings file says of it."""

    kind: Kind
    alias: str
    url: str

    def store(
        self,
        me: str = ME,
        *,
        random: Callable[[int], bytes] = token_bytes,
        storage_key: bytes = STORAGE_KEY,
        suites: Mapping[int, Suite] = SUITES_0,
    ) -> DjangoStore:
        """Return a store on this database."""
        cipher = RestCipher(storage_key, random)
        return DjangoStore(self.alias, me=me, cipher=cipher, suites=suites)

    def close(self) -> None:
        """Close this thread's connection."""
        connections[self.alias].close()


def open_database(url: str) -> Database:
    """Add a database to this process's Django; ``forget`` takes it out again."""
    kind: Kind = "sqlite" if url.startswith("sqlite:") else "postgres"
    alias = f"test{next(_ALIASES)}"
    settings = _sqlite_settings(url) if kind == "sqlite" else _postgres_settings(url)
    configured = connections.configure_settings({"default": {}, alias: settings})
    connections.settings[alias] = configured[alias]
    return Database(kind=kind, alias=alias, url=url)


def forget(database: Database) -> None:
    """Close this thread's connection and take the database out of this process's Django."""
    database.close()
    del connections[database.alias]
    del connections.settings[database.alias]


class Databases:
    """Makes databases as copies of a migrated one of each kind."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._templates: dict[Kind, str] = {}
        self._made: list[Database] = []
        self._emptied: list[str] = []

    def make(self, kind: Kind) -> Database:
        """Return a new, empty database."""
        if kind not in self._templates:
            self._templates[kind] = self._template(kind)
        name = f"comity{next(_ALIASES)}"
        template = self._templates[kind]
        if kind == "sqlite":
            shutil.copyfile(template, self._folder / name)
            return self.open(f"sqlite:///{self._folder / name}")
        if self._emptied:
            return self.open(self._emptied.pop())
        self._admin(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.open(url_of(template, name))

    def open(self, url: str) -> Database:
        """Return a database that is there already."""
        self._made.append(open_database(url))
        return self._made[-1]

    def forget_all(self) -> None:
        """Forget the databases made since the last time; a PostgreSQL one is used again."""
        while self._made:
            database = self._made.pop()
            if database.kind == "postgres":
                empty(database)
                # A test may have opened one database twice; it is still one.
                if database.url not in self._emptied:
                    self._emptied.append(database.url)
            forget(database)

    def _template(self, kind: Kind) -> str:
        """Return the file of a migrated SQLite, or the folder of a running PostgreSQL."""
        if kind == "sqlite":
            file = str(self._folder / _TEMPLATE)
            _migrate(f"sqlite:///{file}")
            return file
        folder = self._templates["postgres"] = self._stack.enter_context(postgres())
        self._admin(f"CREATE DATABASE {_TEMPLATE}")
        _migrate(url_of(folder, _TEMPLATE))
        return folder

    def _admin(self, statement: str) -> None:
        database = open_database(url_of(self._templates["postgres"], USER))
        with connections[database.alias].cursor() as cursor:
            cursor.execute(statement)
        forget(database)


@pytest.fixture(scope="session")
def all_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Give what all tests of this run share: a migrated database of each kind."""
    with ExitStack() as stack:
        yield Databases(tmp_path_factory.mktemp("databases"), stack)


@pytest.fixture
def databases(all_databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[Databases]:
    """Make empty databases for one test."""
    with django_db_blocker.unblock():
        yield all_databases
        all_databases.forget_all()


@pytest.fixture(params=["sqlite", "postgres"])
def both_databases(databases: Databases, request: pytest.FixtureRequest) -> Database:
    """Run a test on an empty database of each kind."""
    return databases.make(request.param)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def make_store(request: pytest.FixtureRequest) -> MakeStore:
    """Run a test on each kind of store; each call makes an empty one."""
    if request.param == "memory":
        return MemoryStore
    databases: Databases = request.getfixturevalue("databases")
    return lambda me=ME: databases.make(request.param).store(me)


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    """Run a test on an empty store of each kind; it belongs to XNR."""
    return make_store()


def _migrate(url: str) -> None:
    database = open_database(url)
    call_command("migrate", database=database.alias, verbosity=0)
    forget(database)


def empty(database: Database) -> None:
    """Delete every row; where ids would be counted from is not changed."""
    connection = connections[database.alias]
    tables = set(connection.introspection.django_table_names(only_existing=True))
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for table in sorted(tables - _MADE_BY_MIGRATIONS):
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("COMMIT")


def _sqlite_settings(url: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": url.removeprefix("sqlite:///"),
        "CONN_MAX_AGE": None,
    }


def _postgres_settings(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
