"""State an act at a node and wait until its peer receipted it: `... HOME PEER SECONDS`.

Prints the act's id and how long its way took, as JSON. The desk does the same, with pages.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from comity.actions.ports import House
from comity.node.keys import open_acts_key, open_secrets
from comity.node.late import django_ready, late
from comity.node.private import read_private


def opened(home: Path) -> House:
    config = django_ready(home / "comity.toml")
    file = config.keys.passphrase_file or home / "passphrase"
    passphrase = read_private(file).decode().strip()
    now = datetime.now(UTC)
    secrets = open_secrets(config.keys.folder, passphrase, now)
    acts = open_acts_key(config.keys.folder, passphrase, now)
    house: House = late("comity.node.house", "open_house")(config, secrets, acts)
    return house


def main(home: str, peer: str, seconds: str) -> None:
    house = opened(Path(home))
    ask = late("tests.transport.couriers", "ask")
    began = time.monotonic()
    act = ask(house, peer)
    (delivery,) = house.store.read(lambda view: view.deliveries_of(act))
    while not delivery.code and time.monotonic() - began < float(seconds):
        time.sleep(0.01)
        (delivery,) = house.store.read(lambda view: view.deliveries_of(act))
    took = time.monotonic() - began
    told = {"act": act, "code": delivery.code, "error": delivery.error, "took": took}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    os.environ.pop("COMITY_CONFIG", None)
    main(*sys.argv[1:])
