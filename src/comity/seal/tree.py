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
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> Self:
        """Return the frontier with each leaf hash appended in order."""
        size, hashes = self.size, list(self.hashes)
        for leaf in leaves:
            carry = leaf
            full = size
            while full & 1:
                carry = node_hash(hashes.pop(), carry)
                full >>= 1
            hashes.append(carry)
            size += 1
        return type(self)(size, tuple(hashes))

    def root(self) -> bytes:
        """Return the root of the tree."""
        if not self.hashes:
            return EMPTY_ROOT
        *rest, root = self.hashes
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, level by level."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        above = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def inclusion(leaves: Sequence[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """Return the path that proves leaf ``index`` (from 0) in the first ``size`` leaf hashes.

    RFC 9162 section 2.1.3.1. ``ValueError`` when there is no such leaf.
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
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Return when leaf hash ``leaf`` is leaf ``index`` of ``size`` under ``root``.

    Else raise ``BadProof``. RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        raise _bad_proof()
    found = leaf
    climb = _Climb(index, size - 1)
    for sibling in path:
        found = node_hash(sibling, found) if climb.is_right() else node_hash(found, sibling)
        climb = climb.up()
    if climb.last != 0 or found != root:
        raise _bad_proof()


def consistency(leaves: Sequence[bytes], first: int, second: int) -> tuple[bytes, ...]:
    """Return the path that proves the first ``first`` of ``second`` leaf hashes unchanged.

    RFC 9162 section 2.1.4.1. ``ValueError`` when the sizes do not fit the leaves.
    """
    if not 0 <= first <= second <= len(leaves):
        message = f"no trees of {first} and {second} in {len(leaves)} leaves"
        raise ValueError(message)
    path: list[bytes] = []
    low, high = 0, second
    while 0 < first < high:
        middle = low + _split(high - low)
        if first <= middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
    # The reader has the old root; it needs the last full subtree only where that is another.
    if low > 0:
        path.append(root_of(leaves[low:high]))
    return tuple(reversed(path))


def verify_consistency(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> None:
    """Return when the tree of ``first`` leaves is the beginning of that of ``second``.

    Else raise ``BadProof``. RFC 9162 section 2.1.4.2; the tree without leaves
    is the beginning of every tree.
    """
    if not 0 <= first <= second:
        raise _bad_proof()
    if first in (0, second):
        expected = second_root if first else EMPTY_ROOT
        if path or first_root != expected:
            raise _bad_proof()
        return
    old, new = _both_roots(first, second, path, first_root)
    if old != first_root or new != second_root:
        raise _bad_proof()


def _both_roots(
    first: int, second: int, path: Sequence[bytes], first_root: bytes
) -> tuple[bytes, bytes]:
    whole = first & (first - 1) == 0
    hashes = [first_root, *path] if whole else list(path)
    if not hashes:
        raise _bad_proof()
    climb = _Climb(first - 1, second - 1).past_right()
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if climb.is_right():
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
        climb = climb.up()
    if climb.last != 0:
        raise _bad_proof()
    return old, new


@dataclass(frozen=True, slots=True)
class _Climb:
    """A node on the way up: its number in its level, and that of the level's last node."""

    number: int
    last: int

    def is_right(self) -> bool:
        """Say whether the sibling is on the left; ``BadProof`` at the root, which has none."""
        if self.last == 0:
            raise _bad_proof()
        return self.number & 1 == 1 or self.number == self.last

    def up(self) -> "_Climb":
        """Return the parent that has a sibling of its own: a lone last node climbs unhashed."""
        number, last = self.number, self.last
        if number == last:
            while number and not number & 1:
                number >>= 1
                last >>= 1
        return _Climb(number >> 1, last >> 1)

    def past_right(self) -> "_Climb":
        """Return the first node above that is a left one."""
        number, last = self.number, self.last
        while number & 1:
            number >>= 1
            last >>= 1
        return _Climb(number, last)


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
