"""The digest of a file: MD5, SHA-1 or SHA-256 in hexadecimal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from comity.facts.data import Data, text_of
from comity.facts.errors import BadDigest
from comity.facts.typed import as_typed
from comity.text import Sentence, say

LONGEST_NAME: Final = 255
LENGTHS: Final = {32: "md5", 40: "sha1", 64: "sha256"}
_ALGORITHM: Final = re.compile(r"(?i)(md5|sha-?1|sha-?256)[ :=]+")
_HEX: Final = re.compile(r"[0-9a-f]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A digest in lower case and, where known, the name of the file it is of."""

    kind: ClassVar[str] = "digest"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "algorithm", "value", "name"})
    algorithm: str
    value: str
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a value that the algorithm cannot have produced."""
        if LENGTHS.get(len(self.value)) != self.algorithm or not _HEX.match(self.value):
            raise BadDigest(_help())
        if len(self.name) > LONGEST_NAME:
            raise BadDigest(
                say(
                    "A file name has at most %(limit)s characters: shorten it.",
                    limit=str(LONGEST_NAME),
                )
            )

    @property
    def normal(self) -> str:
        """Return the form to compare by: the same bytes, whatever the file is called."""
        return f"{self.algorithm}:{self.value}"

    def caption(self) -> str:
        """Return algorithm, digest and file name."""
        return f"{self.normal} ({self.name})" if self.name else self.normal

    def as_data(self) -> Data:
        """Return the wire form."""
        data: Data = {"kind": self.kind, "algorithm": self.algorithm, "value": self.value}
        return data | {"name": self.name} if self.name else data


def clean(text: str) -> Digest:
    """Return the digest that a person typed; its length says which algorithm it is.

    :raises BadDigest: not hexadecimal, or of another length or algorithm than it says.
    """
    typed = as_typed(text, longest=LONGEST_NAME)
    named = _ALGORITHM.match(typed)
    value = "".join(typed[named.end() if named else 0 :].lower().replace(":", " ").split())
    algorithm = LENGTHS.get(len(value), "")
    if named and named[1].lower().replace("-", "") != algorithm:
        raise BadDigest(_help())
    return Digest(algorithm=algorithm, value=value)


def from_data(data: Mapping[str, str | int]) -> Digest:
    """Return the digest of its wire form."""
    return Digest(
        algorithm=text_of(data, "algorithm"),
        value=text_of(data, "value"),
        name=text_of(data, "name"),
    )


def _help() -> Sentence:
    return say(
        "This is not a digest. Paste all of it: 32 characters for MD5, 40 for SHA-1, "
        "64 for SHA-256, digits and the letters a to f only."
    )
