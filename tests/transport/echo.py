"""A node port that answers every body with its length: the real port, under real granian.

`python -m tests.transport.echo PORT CERTIFICATE KEY THINK WAIT`: seconds to think about each
call, and to wait for a body.
"""

import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from comity.node.listen import Listener, listen
from comity.node.tables import Address
from comity.transport.port import NodePort


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    status: int
    body: bytes


def answer_after(seconds: float, body: bytes) -> Length:
    time.sleep(seconds)
    return Length(status=200, body=str(len(body)).encode())


def main(port: str, certificate: str, key: str, think: str, wait: str) -> None:
    listener = Listener(
        what="the echo",
        address=Address(host="127.0.0.1", port=int(port)),
        certificate=Path(certificate),
        key=Path(key),
        connections=1024,
    )
    make = partial(
        NodePort,
        partial(answer_after, float(think)),
        bodies=512,
        threads=4,
        seconds=float(wait),
    )
    listen(listener, make)


if __name__ == "__main__":
    main(*sys.argv[1:])
