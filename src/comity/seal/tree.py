"""The log's Merkle tree (RFC 9162 section 2.1, ``spec/log-v1.md``).

Hashes are 32 bytes. Every function is a fold over hashes that the caller
holds; this room keeps no tree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

from comity.seal.errors import BadProof
from comity.seal.forms import digest_bytes
from comity.text import say

ACT_LEAF: Final = 1
"""Leaf type of an act."""

HASH: Final = 32
"""Bytes of a hash."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_data(leaf_type: int, act_id: str) -> bytes:
    """Return ``"comity/leaf/v1" || 0x00 || u8(type) || act id``."""
    return b"comity/leaf/v1\0" + leaf_type.to_bytes(1, "big") + digest_bytes(act_id)


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data)."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree as the roots of its full subtrees, the largest first: enough to append.

    ``hashes`` has one entry for each 1 in the binary form of ``size``.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a frontier that no tree has (``ValueError``)."""
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            message = f"a tree of {self.size} leaves does not have {len(self.hashes)} full subtrees"
            raise ValueError(message)

    def append(self, leaf: bytes) -> Self:
        """Return the frontier with one more leaf hash."""
        hashes = list(self.hashes)
        carry = leaf
        full = self.size
        while full & 1:
            carry = node_hash(hashes.pop(), carry)
            full >>= 1
        return type(self)(self.size + 1, (*hashes, carry))

    def extend(self, leaves: Iterable[bytes]) -> Self:
        """Return the frontier with each leaf hash appended in order."""
        grown = self
        for leaf in leaves:
            grown = grown.append(leaf)
        return grown

    def root(self) -> bytes:
        """Return the root of the tree."""
        if not self.hashes:
            return EMPTY_ROOT
        *rest, root = self.hashes
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """A proof that leaf ``index`` (from 0) is in the tree of ``size`` leaves."""

    index: int
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """A proof that the tree of ``first`` leaves is the beginning of that of ``second``."""

    first: int
    second: int
    path: tuple[bytes, ...]


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    return Frontier().extend(leaves).root()


def inclusion(leaves: Sequence[bytes], index: int, size: int) -> Inclusion:
    """Return the proof of leaf ``index`` in the tree of the first ``size`` leaf hashes.

    ``ValueError`` when there is no such leaf.
    """
    if not 0 <= index < size <= len(leaves):
        message = f"no leaf {index} in a tree of {size}"
        raise ValueError(message)
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
    return Inclusion(index=index, size=size, path=tuple(reversed(path)))


def verify_inclusion(leaf: bytes, proof: Inclusion, root: bytes) -> None:
    """Return when ``leaf`` is where ``proof`` says, under ``root``; else raise ``BadProof``.

    RFC 9162 section 2.1.3.2.
    """
    if not 0 <= proof.index < proof.size:
        raise _bad_proof()
    number, last = proof.index, proof.size - 1
    found = leaf
    for sibling in proof.path:
        if last == 0:
            raise _bad_proof()
        if number & 1 or number == last:
            found = node_hash(sibling, found)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            found = node_hash(found, sibling)
        number >>= 1
        last >>= 1
    if last != 0 or found != root:
        raise _bad_proof()


def consistency(leaves: Sequence[bytes], first: int, second: int) -> Consistency:
    """Return the proof that the first ``first`` of ``second`` leaf hashes are unchanged.

    ``ValueError`` when the sizes do not fit the leaves.
    """
    if not 0 <= first <= second <= len(leaves):
        message = f"no trees of {first} and {second} in {len(leaves)} leaves"
        raise ValueError(message)
    path: list[bytes] = []
    low, high = 0, second
    whole = True
    while 0 < first < high:
        middle = low + _split(high - low)
        if first <= middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
            whole = False
    if path and not whole:
        path.append(root_of(leaves[low:high]))
    return Consistency(first=first, second=second, path=tuple(reversed(path)))


def verify_consistency(proof: Consistency, first_root: bytes, second_root: bytes) -> None:
    """Return when ``proof`` leads from one root to the other; else raise ``BadProof``.

    RFC 9162 section 2.1.4.2; a tree without leaves is the beginning of every tree.
    """
    if not 0 <= proof.first <= proof.second:
        raise _bad_proof()
    if proof.first in (0, proof.second):
        expected = second_root if proof.first else EMPTY_ROOT
        if proof.path or first_root != expected:
            raise _bad_proof()
        return
    _walk_consistency(proof, first_root, second_root)


def _walk_consistency(proof: Consistency, first_root: bytes, second_root: bytes) -> None:
    path = proof.path
    if proof.first & (proof.first - 1) == 0:
        path = (first_root, *path)
    if not path:
        raise _bad_proof()
    number, last = proof.first - 1, proof.second - 1
    while number & 1:
        number >>= 1
        last >>= 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise _bad_proof()
        if number & 1 or number == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        number >>= 1
        last >>= 1
    if last != 0 or old != first_root or new != second_root:
        raise _bad_proof()


def _split(size: int) -> int:
    """Return the largest power of two below ``size`` (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def _bad_proof() -> BadProof:
    return BadProof(
        say(
            "The proof does not lead to the stated head of the log. Treat the log as changed: "
            "keep both heads and call the other State's contact point."
        )
    )
