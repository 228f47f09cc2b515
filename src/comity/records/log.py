"""The append-only log in rows (log-v1): leaves, their numbers, the head, checkpoints."""

from typing import Final

from comity.actions.ports import LogHead
from comity.records.sql import Rows, Subject
from comity.seal.tree import ACT_LEAF, EMPTY_ROOT, HASH, Frontier, leaf_data, leaf_hash

_HEAD: Final = "SELECT size, root, frontier FROM records_log_head WHERE id = 1"
_KEEP_HEAD: Final = """
    INSERT INTO records_log_head (id, size, root, frontier) VALUES (1, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE
    SET size = excluded.size, root = excluded.root, frontier = excluded.frontier
"""
_ADD: Final = "INSERT INTO records_leaf (act_id, hash) VALUES (%s, %s)"
_UNNUMBERED: Final = "SELECT id, hash FROM records_leaf WHERE number IS NULL ORDER BY id"
_NUMBER: Final = "UPDATE records_leaf SET number = %s WHERE id = %s"
_INDEX: Final = "SELECT number FROM records_leaf WHERE act_id = %s"
_HASHES: Final = "SELECT hash FROM records_leaf WHERE number < %s ORDER BY number"
_CHECKPOINT: Final = """
    SELECT envelope FROM records_checkpoint ORDER BY size DESC, id DESC LIMIT 1
"""
_KEEP_CHECKPOINT: Final = "INSERT INTO records_checkpoint (size, envelope) VALUES (%s, %s)"


def add_leaf(rows: Rows, act_id: str) -> None:
    """Store an act's leaf, not yet numbered."""
    rows.later(_ADD, act_id, leaf_hash(leaf_data(ACT_LEAF, act_id)))


def log_head(rows: Rows) -> LogHead:
    """Return the head of the numbered log."""
    found = rows.one(_HEAD)
    if found is None:
        return LogHead(size=0, root=EMPTY_ROOT, range=())
    size, root, frontier = found
    joined = bytes(frontier)
    hashes = (joined[at : at + HASH] for at in range(0, len(joined), HASH))
    return LogHead(size=size, root=bytes(root), range=tuple(hashes))


def number_leaves(rows: Rows) -> LogHead:
    """Give a number to each leaf without one, in the order of storing; return the new head."""
    rows.settle(_ADD)
    rows.hold(Subject.LOG)
    head = log_head(rows)
    waiting = rows.all(_UNNUMBERED)
    if not waiting:
        return head
    rows.many(_NUMBER, [(head.size + place, leaf) for place, (leaf, _) in enumerate(waiting)])
    grown = Frontier(head.size, head.range).extend(bytes(hash_) for _, hash_ in waiting)
    new = LogHead(size=grown.size, root=grown.root(), range=grown.hashes)
    rows.run(_KEEP_HEAD, new.size, new.root, b"".join(new.range))
    return new


def leaf_index(rows: Rows, act_id: str) -> int | None:
    """Return the number of an act's leaf, None while it has none."""
    found = rows.one(_INDEX, act_id)
    return None if found is None else found[0]


def leaf_hashes(rows: Rows, size: int) -> tuple[bytes, ...]:
    """Return the first ``size`` leaf hashes."""
    return tuple(bytes(hash_) for (hash_,) in rows.all(_HASHES, size))


def checkpoint(rows: Rows) -> bytes | None:
    """Return the newest signed checkpoint."""
    found = rows.one(_CHECKPOINT)
    return None if found is None else bytes(found[0])


def keep_checkpoint(rows: Rows, size: int, envelope: bytes) -> None:
    """Keep a signed checkpoint."""
    rows.run(_KEEP_CHECKPOINT, size, envelope)
