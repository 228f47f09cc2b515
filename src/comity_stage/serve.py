"""Serving the stage page: the same guarded port and TLS as a desk, on loopback alone."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from comity.node.certificate import new_certificate
from comity.node.listen import App, Listener, listen
from comity.node.people import PeoplePort
from comity.node.private import write_private
from comity.node.tables import Address
from comity_stage.app import Stage
from comity_stage.keys import HOSTS, new_keys
from comity_stage.ports import HOST
from comity_stage.scene import Scene, Step

LIFE: Final = timedelta(days=7)
_THREADS: Final = 4
_CONNECTIONS: Final = 64
_LEEWAY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePage:
    """The page, where it listens, its address with the key, its certificate's digest."""

    stage: Stage
    listener: Listener
    address: str
    fingerprint: str


def prepared(scene: Scene, story: tuple[Step, ...], port: int) -> StagePage:
    """Make keys and certificate for one run."""
    keys = new_keys()
    now = datetime.now(UTC)
    made = new_certificate("stage", HOSTS, valid_from=now - _LEEWAY, valid_until=now + LIFE)
    certificate, key = scene.folder / "stage.crt", scene.folder / "stage.key"
    write_private(certificate, made.certificate)
    write_private(key, made.key)
    der = ssl.PEM_cert_to_DER_cert(made.certificate.decode())
    return StagePage(
        stage=Stage(scene, story, keys=keys, port=port),
        listener=Listener(
            what="the stage page",
            address=Address(host=HOST, port=port),
            certificate=certificate,
            key=key,
            connections=_CONNECTIONS,
        ),
        address=f"https://{HOST}:{port}/?key={keys.first}",
        fingerprint=sha256(der).hexdigest(),
    )


def serve(page: StagePage) -> None:
    """Serve until Ctrl-C or SIGTERM."""

    def make() -> App:
        return PeoplePort(page.stage, threads=_THREADS)

    listen(page.listener, make)
