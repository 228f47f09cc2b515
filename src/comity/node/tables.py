"""Reading a TOML table, key by key: each value has its form, each error its sentence."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.node.errors import BadConfig
from comity.text import Sentence, say

_STATE: Final = re.compile(r"[A-Z]{3}")
_ADDRESS: Final = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^:\[\]]+):(?P<port>[0-9]{1,5})")
_MOST_PORT: Final = 65_535
_SQLITE: Final = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A host and a port to listen on; an IPv6 host stands without its brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        """Return it as it is written in the settings file."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a settings file. ``said_by`` names the variable that replaced a key."""

    where: str
    name: str
    folder: Path
    rows: Mapping[str, object]
    said_by: Mapping[str, str] | None = None

    def with_value(self, table: str, key: str, value: str, *, said_by: str) -> "Table":
        """Return this table with ``table.key`` replaced by what a variable says."""
        inner = self.table(table)
        rows = {**self.rows, table: {**inner.rows, key: value}}
        said = {**(self.said_by or {}), f"{table}.{key}": said_by}
        return replace(self, rows=rows, said_by=said)

    def only(self, known: set[str]) -> None:
        """Refuse keys that nobody reads."""
        for key in sorted(set(self.rows) - known):
            raise self.wrong(
                key,
                say(
                    "this version does not know the key; it knows %(known)s",
                    known=", ".join(sorted(known)),
                ),
            )

    def table(self, key: str) -> "Table":
        """Return a table below this one; empty where it is missing."""
        rows = self.rows.get(key, {})
        if not isinstance(rows, dict):
            raise self.wrong(key, say("write it as a table, with its name in brackets"))
        return replace(self, name=f"{self.name}.{key}".lstrip("."), rows=rows)

    def tables(self, key: str) -> "tuple[Table, ...]":
        """Return a list of tables; each is named by its number from 1."""
        listed = self.rows.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise self.wrong(key, say("write each as a table, its name in double brackets"))
        return tuple(
            replace(self, name=f"{key}.{number}", rows=one)
            for number, one in enumerate(listed, start=1)
        )

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self.rows.get(key, default)
        if value is None:
            raise self.wrong(key, say("it is missing; write a text in quotation marks"))
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, say("write a text in quotation marks, not empty"))
        return value

    def texts(self, key: str, *, default: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.rows.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.wrong(key, say("write a list of texts in brackets"))
        return tuple(str(one) for one in value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.rows.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, say("write true or false, without quotation marks"))
        return value

    def day(self, key: str) -> date:
        """Return a day."""
        value = self.rows.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, say("write a day without quotation marks, as 2004-07-01"))
        return value

    def count(self, key: str, *, default: int, most: int) -> int:
        """Return a whole number from 1 to ``most``."""
        value = self.rows.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise self.wrong(key, say("write a whole number from 1 to %(most)s", most=str(most)))
        return value

    def state(self, key: str) -> str:
        """Return a State's code."""
        value = self.text(key)
        if not _STATE.fullmatch(value):
            raise self.wrong(key, say("write the State's code: three capital letters"))
        return value

    def address(self, key: str, *, default: str) -> Address:
        """Return a host and a port to listen on."""
        found = _ADDRESS.fullmatch(self.text(key, default=default))
        if found is None or not 1 <= int(found["port"]) <= _MOST_PORT:
            raise self.wrong(
                key, say("write a host, a colon and a port from 1 to 65535, as 127.0.0.1:8443")
            )
        return Address(host=found["host"].strip("[]"), port=int(found["port"]))

    def path(self, key: str, *, default: str) -> Path:
        """Return a path; a relative one starts at the settings file's folder."""
        return self.folder / self.text(key, default=default)

    def optional_path(self, key: str) -> Path | None:
        """Return a path, or None where the key is missing."""
        return self.path(key, default="") if key in self.rows else None

    def paths(self, key: str) -> tuple[Path, ...]:
        """Return a list of paths."""
        return tuple(self.folder / one for one in self.texts(key, default=()))

    def time_zone(self, key: str, *, default: str) -> str:
        """Return the name of a time zone of the IANA database."""
        value = self.text(key, default=default)
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise self.wrong(
                key, say("write a time zone's name, as UTC or Asia/Ho_Chi_Minh")
            ) from error
        return value

    def database(self, key: str, *, default: str) -> str:
        """Return a database URL; a relative SQLite file starts at the settings file's folder."""
        value = self.text(key, default=default)
        if value == "sqlite://":
            return value
        if value.startswith(_SQLITE) and value != _SQLITE:
            return _SQLITE + str(self.folder / value.removeprefix(_SQLITE))
        parts = urlsplit(value)
        if parts.scheme in ("postgres", "postgresql") and len(parts.path) > 1:
            return value
        raise self.wrong(key, say("write sqlite:///FILE or postgresql://USER@HOST:PORT/DATABASE"))

    def wrong(self, key: str, advice: Sentence) -> BadConfig:
        """Return the error that names a key, its file and what to write."""
        full = f"{self.name}.{key}" if self.name else key
        if variable := (self.said_by or {}).get(full):
            return BadConfig(
                say(
                    "The variable %(variable)s is wrong: %(advice)s.",
                    variable=variable,
                    advice=str(advice).rstrip("."),
                )
            )
        return BadConfig(
            say(
                'In %(file)s the key "%(key)s" is wrong: %(advice)s.',
                file=self.where,
                key=full,
                advice=str(advice).rstrip("."),
            )
        )


def read_toml(file: Path) -> Table:
    """Read a file as one table; raise ``BadConfig`` when it is missing or not TOML."""
    try:
        rows = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfig(
            say("The file %(file)s is not TOML: %(error)s.", file=str(file), error=str(error))
        ) from error
    except OSError as error:
        raise BadConfig(
            say(
                "The file %(file)s cannot be read: %(error)s.",
                file=str(file),
                error=error.strerror or str(error),
            )
        ) from error
    return Table(where=str(file), name="", folder=file.parent, rows=rows)
