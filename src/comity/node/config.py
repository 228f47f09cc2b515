"""One TOML file and a few environment variables: what a node must know about itself.

Every error names the file and the key and says what to write there. A key that this
version does not know is refused: a misspelt key would silently mean its default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from comity.convention.errors import ConventionError
from comity.convention.powers import Grant, Powers
from comity.node.errors import BadConfig
from comity.node.tables import Address, Table, read_toml
from comity.text import say

FILE_NAME: Final = "comity.toml"
DESK_HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")
MEMORY_DATABASE: Final = "sqlite://"

# Environment variable -> (table, key) that it replaces.
ENVIRONMENT: Final[Mapping[str, tuple[str, str]]] = {
    "COMITY_DATABASE_URL": ("database", "url"),
    "COMITY_PASSPHRASE_FILE": ("keys", "passphrase_file"),
    "COMITY_DESK_LISTEN": ("desk", "listen"),
    "COMITY_NODE_LISTEN": ("node", "listen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskConfig:
    """The officers' port. ``hosts``: names that browsers may call it by."""

    listen: Address
    hosts: tuple[str, ...]
    time_zone: str
    pseudo_locale: bool
    threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PortConfig:
    """The peers' port. ``bodies``: request bodies read at the same time."""

    listen: Address
    bodies: int
    threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysConfig:
    """Where keys, TLS certificate and passphrase lie."""

    folder: Path
    passphrase_file: Path | None
    tls_certificate: Path
    tls_key: Path
    secret: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that a node must know before it starts.

    ``database`` is ``sqlite:///absolute/path``, ``sqlite://`` (in memory, for tests)
    or ``postgresql://…``. ``registrars`` are files with the public keys of registrars
    whose anchors are accepted. ``powers`` says which roles may ask and order, under which
    instrument; what is not written is not allowed. Paths are absolute.
    """

    file: Path | None
    state: str
    name: str
    demo: bool
    database: str
    desk: DeskConfig
    node: PortConfig
    keys: KeysConfig
    registrars: tuple[Path, ...]
    powers: Powers


def load_config(environ: Mapping[str, str]) -> Config:
    """Read the file that ``COMITY_CONFIG`` names, or ``comity.toml`` of this folder."""
    named = environ.get("COMITY_CONFIG", "")
    file = Path(named or FILE_NAME).absolute()
    if not file.is_file():
        raise BadConfig(
            say(
                "There is no settings file %(file)s. Make a node with `comity init`, or say "
                "where the file is with the variable COMITY_CONFIG.",
                file=str(file),
            )
        )
    return read_config(file, environ)


def read_config(file: Path, environ: Mapping[str, str]) -> Config:
    """Read one settings file; ``environ`` replaces the keys of ``ENVIRONMENT``."""
    return _config(file, _overlaid(read_toml(file), environ))


def default_config(environ: Mapping[str, str]) -> Config:
    """Return what holds without a file: enough for tests and type checkers, not to serve."""
    rows: dict[str, object] = {
        "state": "XXX",
        "name": "No State",
        "database": {"url": MEMORY_DATABASE},
    }
    whole = Table(where="(no file)", name="", folder=Path.cwd(), rows=rows)
    return replace(_config(None, _overlaid(whole, environ)), file=None)


def _overlaid(whole: Table, environ: Mapping[str, str]) -> Table:
    for variable, (table, key) in ENVIRONMENT.items():
        if value := environ.get(variable):
            whole = whole.with_value(table, key, value, said_by=variable)
    return whole


def _config(file: Path | None, whole: Table) -> Config:
    whole.only(
        {"state", "name", "demo", "registrars", "desk", "node", "database", "keys", "powers"},
    )
    database = whole.table("database")
    database.only({"url"})
    return Config(
        file=file,
        state=whole.state("state"),
        name=whole.text("name"),
        demo=whole.flag("demo", default=False),
        database=database.database("url", default="sqlite:///comity.sqlite3"),
        desk=_desk(whole.table("desk")),
        node=_node(whole.table("node")),
        keys=_keys(whole.table("keys")),
        registrars=whole.paths("registrars"),
        powers=_powers(whole.table("powers")),
    )


def _desk(table: Table) -> DeskConfig:
    table.only({"listen", "hosts", "time_zone", "pseudo_locale", "threads"})
    return DeskConfig(
        listen=table.address("listen", default="127.0.0.1:8443"),
        hosts=table.texts("hosts", default=DESK_HOSTS),
        time_zone=table.time_zone("time_zone", default="UTC"),
        pseudo_locale=table.flag("pseudo_locale", default=False),
        threads=table.count("threads", default=8, most=256),
    )


def _node(table: Table) -> PortConfig:
    table.only({"listen", "bodies", "threads"})
    return PortConfig(
        listen=table.address("listen", default="127.0.0.1:8444"),
        bodies=table.count("bodies", default=512, most=10_000),
        threads=table.count("threads", default=4, most=64),
    )


def _keys(table: Table) -> KeysConfig:
    table.only({"folder", "passphrase_file", "tls_certificate", "tls_key", "secret"})
    folder = table.path("folder", default="keys")
    return KeysConfig(
        folder=folder,
        passphrase_file=table.optional_path("passphrase_file"),
        tls_certificate=table.path("tls_certificate", default=str(folder / "tls.crt")),
        tls_key=table.path("tls_key", default=str(folder / "tls.key")),
        secret=table.path("secret", default=str(folder / "desk.secret")),
    )


def _powers(table: Table) -> Powers:
    table.only({"may_ask", "may_order"})
    return Powers(
        may_ask=_grants(table.table("may_ask")), may_order=_grants(table.table("may_order"))
    )


def _grants(table: Table) -> tuple[Grant, ...]:
    return tuple(_grant(table, instrument) for instrument in sorted(table.rows))


def _grant(table: Table, instrument: str) -> Grant:
    roles = frozenset(table.texts(instrument, default=()))
    try:
        return Grant(instrument=instrument, roles=roles)
    except ConventionError as error:
        raise table.wrong(instrument, error.sentence) from error
