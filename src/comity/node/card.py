"""`comity card`: the State's own card, to hand to peers, and its next version."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from comity.actions.ports import HeldCard, House
from comity.directory.card import Endpoint
from comity.node.about import FILE_NAME, read_about
from comity.node.certificate import tls_digest
from comity.node.config import Config
from comity.node.errors import NoOwnCard
from comity.node.init import numbered
from comity.node.keys import open_root_key
from comity.node.late import late
from comity.node.opened import opened
from comity.node.own_card import next_card
from comity.node.passphrase import passphrase_from
from comity.seal.words import twelve_words


def export(args: Namespace) -> int:
    """Write the newest own card to a file or to standard output, and show its words."""
    _, house = opened(args.config)
    _hand_out(own(house), args.out)
    return 0


def renew(args: Namespace) -> int:
    """Sign the next version with what ``about.toml`` and the certificate say now."""
    config, house = opened(args.config)
    held = own(house)
    root = open_root_key(args.root, passphrase_from(args.root_passphrase_file))
    signed = next_card(
        held.card,
        read_about((config.file or Path()).parent / FILE_NAME),
        endpoint=_endpoint(config, args.endpoint or held.card.endpoint.url),
        root=root,
        now=datetime.now(UTC).replace(microsecond=0),
    )
    renewed: HeldCard = late("comity.node.begin", "keep_own_card")(house, signed)
    print(f"Version {renewed.card.version} is the card now. Send it to each peer.", file=sys.stderr)
    _hand_out(renewed, args.out)
    return 0


def own(house: House) -> HeldCard:
    """Return the State's own card."""
    held = house.store.read(lambda view: view.card(house.me))
    if held is None:
        raise NoOwnCard
    return held


def _endpoint(config: Config, url: str) -> Endpoint:
    pem = config.keys.tls_certificate.read_text(encoding="ascii")
    return Endpoint(url=url, tls=tls_digest(pem))


def _hand_out(held: HeldCard, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(held.envelope.decode() + "\n")
    else:
        out.write_bytes(held.envelope)
    print("The twelve words of its root key:", file=sys.stderr)
    print(numbered(twelve_words(held.card.root.id)), file=sys.stderr)
