"""The head of a log as a C2SP checkpoint body (``spec/log-v1.md``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from comity.seal.canonical import LARGEST, Json
from comity.seal.errors import BadProof, NotCanonical
from comity.seal.forms import b64, unb64
from comity.seal.tree import HASH
from comity.text import say

_BODY: Final = re.compile(rb"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The head of a log: its ``origin``, number of leaves and root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        """Refuse a head that no log has (``ValueError``)."""
        if not self.origin or "\n" in self.origin:
            message = "an origin is one line"
            raise ValueError(message)
        if not 0 <= self.size <= LARGEST or len(self.root) != HASH:
            message = f"no log has {self.size} leaves and a root of {len(self.root)} bytes"
            raise ValueError(message)

    def body(self) -> bytes:
        """Return the bytes that are signed."""
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\n".encode()

    def data(self) -> dict[str, Json]:
        """Return the form that a receipt's ``log`` has."""
        return {"origin": self.origin, "size": self.size, "root": b64(self.root)}


def origin_of(state: str) -> str:
    """Return the origin of a State's log until it names a domain of its own."""
    return f"comity.invalid/{state}/log/v1"


def read_checkpoint(body: bytes) -> Checkpoint:
    """Return the checkpoint of a body, or raise ``BadProof``."""
    found = _BODY.fullmatch(body)
    if found is None:
        raise _bad_checkpoint()
    origin, size, root = found.groups()
    try:
        return Checkpoint(origin=origin.decode(), size=int(size), root=unb64(root.decode()))
    except (NotCanonical, ValueError) as error:
        raise _bad_checkpoint() from error


def read_checkpoint_data(data: Json) -> Checkpoint:
    """Return the checkpoint of a receipt's ``log``, or raise ``BadProof``."""
    if not isinstance(data, Mapping) or set(data) != {"origin", "size", "root"}:
        raise _bad_checkpoint()
    origin, size, root = data["origin"], data["size"], data["root"]
    if not isinstance(origin, str) or type(size) is not int or not isinstance(root, str):
        raise _bad_checkpoint()
    try:
        return Checkpoint(origin=origin, size=size, root=unb64(root))
    except (NotCanonical, ValueError) as error:
        raise _bad_checkpoint() from error


def _bad_checkpoint() -> BadProof:
    return BadProof(
        say(
            "The head of the log is not of the agreed form. "
            "Ask the State that keeps the log to send it again."
        )
    )
