"""Fixed keys and values that the tests of this room share."""

from collections.abc import Callable
from hashlib import shake_256
from typing import Final
from unicodedata import normalize

from hypothesis import strategies as st

from comity.seal.canonical import LARGEST, Json
from comity.seal.suite1 import (
    OPENING_SEED,
    SIGNING_SEED,
    Ed25519MlDsa65Signing,
    MlKem768X25519Open,
)

NAME_CHARACTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:./-"


def bytes_named(name: str) -> Callable[[int], bytes]:
    """Return a source of bytes that is the same in every run."""
    stream = shake_256(b"comity/test/" + name.encode())
    drawn = 0

    def draw(count: int) -> bytes:
        nonlocal drawn
        drawn += count
        return stream.digest(drawn)[-count:]

    return draw


def signing_key(name: str) -> Ed25519MlDsa65Signing:
    return Ed25519MlDsa65Signing.from_seed(bytes_named(name)(SIGNING_SEED))


def opening_key(name: str) -> MlKem768X25519Open:
    return MlKem768X25519Open.from_seed(bytes_named(name)(OPENING_SEED))


NORTHMERE: Final = signing_key("northmere")
JINHAI: Final = signing_key("jinhai")
JINHAI_OPENS: Final = opening_key("jinhai")

names: Final = st.text(NAME_CHARACTERS, min_size=1, max_size=64)
integers: Final = st.integers(-LARGEST, LARGEST)
texts: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(
    lambda text: normalize("NFC", text)
)
plain: Final = st.none() | st.booleans() | integers | texts


def values(depth: int) -> st.SearchStrategy[Json]:
    """Return JSON values with at most ``depth`` objects and arrays in each other."""
    if depth == 0:
        return plain
    inner = st.deferred(lambda: values(depth - 1))
    return plain | st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)


objects: Final = st.dictionaries(names, values(4), max_size=6)
