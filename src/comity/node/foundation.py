"""Lay a new node's foundation: keys, certificate, settings file and first card on disk.

Nothing here needs the database, and nothing that exists is overwritten.
"""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from comity.directory.card import Endpoint
from comity.node.about import FILE_NAME as ABOUT
from comity.node.about import TEMPLATE, read_about
from comity.node.certificate import NewCertificate, new_certificate, tls_digest
from comity.node.config import DESK_HOSTS
from comity.node.config import FILE_NAME as SETTINGS
from comity.node.errors import AlreadyThere
from comity.node.keys import STORAGE_FILE, key_file_name
from comity.node.own_card import LIFE, Signed, first_card
from comity.node.private import make_private_folder, write_private
from comity.node.storage_key import write_storage_key
from comity.seal.keyfile import KeyFile, write_key_file
from comity.seal.keys import Purpose
from comity.seal.rest import KEY
from comity.seal.suite1 import (
    Ed25519MlDsa65Signing,
    MlKem768X25519Open,
    new_opening_key,
    new_signing_key,
)

KEYS: Final = "keys"
ROOT: Final = "root"
LEEWAY: Final = timedelta(hours=1)
"""Keys are valid this long before they are made: a peer's clock may be behind."""

_EPOCH: Final = 1

_SETTINGS: Final = """\
# Settings of the node of %(name)s. Every key is checked at start.
state = %(state)s
name = %(name)s
demo = %(demo)s
registrars = %(registrars)s     # files with the public keys of registrars you accept

[desk]                          # for officers
listen = %(desk)s
hosts = %(hosts)s

[node]                          # for peers
listen = %(node)s

[database]
url = %(database)s

[keys]
folder = "keys"
%(passphrase)s

# Which roles may ask other States, and which may order a custodian at home, under which
# instrument (see `comity law list`). Domestic law decides; what is not written is not allowed.
[powers.may_ask]
%(powers)s

[powers.may_order]
%(powers)s
"""

_POWERS: Final = """\
%(mark)suncc = ["duty_officer"]
%(mark)sbudapest = ["duty_officer"]
%(mark)sreciprocity = ["duty_officer"]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a new node should be. ``about`` is a file to begin with, ``endpoint`` an https URL."""

    folder: Path
    state: str
    name: str
    demo: bool
    endpoint: str
    desk: str
    node: str
    database: str
    passphrase_file: Path | None
    about: Path | None = None
    registrars: tuple[Path, ...] = ()


def must_be_new(folder: Path) -> None:
    """Raise ``AlreadyThere`` when the folder holds a node, or the beginning of one."""
    for name in (SETTINGS, KEYS, ROOT):
        if (folder / name).exists():
            raise AlreadyThere(str(folder / name))


def lay_foundation(plan: Plan, passphrase: str, now: datetime) -> Signed:
    """Write every file of a new node but its database; return its first card."""
    must_be_new(plan.folder)
    make_private_folder(plan.folder)
    _write_about(plan)
    about = read_about(plan.folder / ABOUT)
    root = new_signing_key(os.urandom)
    keys = _new_keys(now)
    tls = _new_tls(plan, now)
    card = first_card(
        plan.state,
        about,
        keys=keys,
        endpoint=Endpoint(url=plan.endpoint, tls=tls_digest(tls.certificate.decode())),
        root=root,
        demo=plan.demo,
        now=now,
    )
    _write_secrets(plan.folder, (_held(Purpose.ROOT, root, now), *keys), passphrase)
    write_private(plan.folder / KEYS / "tls.crt", tls.certificate)
    write_private(plan.folder / KEYS / "tls.key", tls.key)
    write_private(plan.folder / card_file_name(plan.state), card.envelope)
    # The settings file comes last: where it stands, everything stands.
    write_private(plan.folder / SETTINGS, _settings(plan).encode())
    return card


def card_file_name(state: str) -> str:
    """Return the name of the file that is handed to peers."""
    return f"{state}.card.json"


def _new_keys(now: datetime) -> tuple[KeyFile, ...]:
    return (
        _held(Purpose.ACTS, new_signing_key(os.urandom), now),
        _held(Purpose.NODE, new_signing_key(os.urandom), now),
        _held(Purpose.SEAL, new_opening_key(os.urandom), now),
    )


def _held(
    purpose: Purpose, key: Ed25519MlDsa65Signing | MlKem768X25519Open, now: datetime
) -> KeyFile:
    return KeyFile(
        purpose=purpose,
        epoch=_EPOCH,
        valid_from=now - LEEWAY,
        valid_until=now + LIFE,
        key=key,
    )


def _write_secrets(folder: Path, keys: tuple[KeyFile, ...], passphrase: str) -> None:
    for name in (KEYS, ROOT):
        make_private_folder(folder / name)
    for held in keys:
        place = folder / (ROOT if held.purpose is Purpose.ROOT else KEYS)
        data = write_key_file(held, passphrase, os.urandom)
        write_private(place / key_file_name(held.purpose, held.epoch), data)
    storage = write_storage_key(os.urandom(KEY), passphrase, os.urandom)
    write_private(folder / KEYS / STORAGE_FILE, storage)
    write_private(folder / KEYS / "desk.secret", secrets.token_urlsafe(48).encode())


def _new_tls(plan: Plan, now: datetime) -> NewCertificate:
    host = urlsplit(plan.endpoint).hostname or ""
    hosts = list(dict.fromkeys([host, *DESK_HOSTS]))
    return new_certificate(plan.state, hosts, valid_from=now - LEEWAY, valid_until=now + LIFE)


def _write_about(plan: Plan) -> None:
    if plan.about is not None:
        text = plan.about.read_text(encoding="utf-8")
    else:
        text = TEMPLATE % {"state": plan.state, "name": _quoted(plan.name)}
    write_private(plan.folder / ABOUT, text.encode())


def _settings(plan: Plan) -> str:
    file = plan.passphrase_file
    asked = '# passphrase_file = "..."        # without it, `comity up` asks at the terminal'
    return _SETTINGS % {
        "state": _quoted(plan.state),
        "name": _quoted(plan.name),
        "demo": _quoted(plan.demo),
        "registrars": _quoted([str(one.absolute()) for one in plan.registrars]),
        "desk": _quoted(plan.desk),
        "hosts": _quoted(list(DESK_HOSTS)),
        "node": _quoted(plan.node),
        "database": _quoted(plan.database),
        "powers": _POWERS % {"mark": "" if plan.demo else "# "},
        "passphrase": f"passphrase_file = {_quoted(str(file.absolute()))}" if file else asked,
    }


def _quoted(value: str | bool | list[str]) -> str:  # noqa: FBT001
    """Return a value as TOML writes it; JSON's strings, lists and flags are TOML's."""
    return json.dumps(value, ensure_ascii=False)
