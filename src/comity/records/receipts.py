"""Numbers received and receipts given and taken, in rows (message-v1 sections 4 and 5)."""

from typing import Final, Literal, TypeAlias

from comity.actions.ports import GivenReceipt, ProofOfReceipt
from comity.records.errors import AlreadyHeld, NumberTaken
from comity.records.sql import Rows
from comity.records.times import micros, moment

MOST_ABOVE: Final = 1_000
"""How many numbers above a gap sync tells (sync-v1)."""

Counted: TypeAlias = Literal["held", "receipted"]

# How many numbers are read at once while looking for the first gap.
_PAGE: Final = MOST_ABOVE

_BY_NUMBER: Final = "SELECT act_id FROM records_received_number WHERE peer = %s AND n = %s"
_NOTE_NUMBER: Final = """
    INSERT INTO records_received_number (peer, n, act_id) VALUES (%s, %s, %s)
    ON CONFLICT DO NOTHING
"""
_ABOVE: Final = {
    "held": """
        SELECT n FROM records_received_number WHERE peer = %s AND n > %s ORDER BY n LIMIT %s
    """,
    "receipted": """
        SELECT DISTINCT n FROM records_proof WHERE peer = %s AND n > %s ORDER BY n LIMIT %s
    """,
}
_MARK: Final = {
    "held": "SELECT held FROM records_mark WHERE peer = %s",
    "receipted": "SELECT receipted FROM records_mark WHERE peer = %s",
}
_KEEP_MARK: Final = {
    "held": """
        INSERT INTO records_mark (peer, held, receipted) VALUES (%s, %s, 0)
        ON CONFLICT (peer) DO UPDATE SET held = excluded.held
        WHERE records_mark.held < excluded.held
    """,
    "receipted": """
        INSERT INTO records_mark (peer, receipted, held) VALUES (%s, %s, 0)
        ON CONFLICT (peer) DO UPDATE SET receipted = excluded.receipted
        WHERE records_mark.receipted < excluded.receipted
    """,
}
_PROOF: Final = """
    SELECT act_id, peer, n, code, at, head, signature FROM records_proof
    WHERE act_id = %s AND peer = %s
"""
_KEEP_PROOF: Final = """
    INSERT INTO records_proof (act_id, peer, n, code, at, head, signature)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_GIVEN: Final = "SELECT act_id, peer, n, receipt FROM records_given_receipt WHERE act_id = %s"
_KEEP_GIVEN: Final = """
    INSERT INTO records_given_receipt (act_id, peer, n, receipt) VALUES (%s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""


def number_act(rows: Rows, peer: str, n: int) -> str | None:
    """Return the act that a peer sent under ``n``."""
    found = rows.one(_BY_NUMBER, peer, n)
    return None if found is None else found[0]


def note_number(rows: Rows, peer: str, n: int, act_id: str) -> None:
    """Note that a peer sent this act under ``n``; raise ``NumberTaken`` if another has it."""
    if not rows.run(_NOTE_NUMBER, peer, n, act_id) and number_act(rows, peer, n) != act_id:
        raise NumberTaken(peer, n)


def whole(rows: Rows, counted: Counted, peer: str) -> int:
    """Return the highest number up to which none is missing."""
    found = rows.one(_MARK[counted], peer)
    high = 0 if found is None else int(found[0])
    while page := [n for (n,) in rows.all(_ABOVE[counted], peer, high, _PAGE)]:
        run = next((at for at, n in enumerate(page) if n != high + 1 + at), len(page))
        high += run
        if run < _PAGE:
            break
    return high


def held_numbers(rows: Rows, peer: str) -> tuple[int, tuple[int, ...]]:
    """Return the highest contiguous number held of a peer, and those above it."""
    high = whole(rows, "held", peer)
    return high, tuple(n for (n,) in rows.all(_ABOVE["held"], peer, high, MOST_ABOVE))


def keep_mark(rows: Rows, counted: Counted, peer: str) -> None:
    """Remember how far a peer's numbers are whole, so that counting starts there."""
    rows.run(_KEEP_MARK[counted], peer, whole(rows, counted, peer))


def proof_of_receipt(rows: Rows, act_id: str, peer: str) -> ProofOfReceipt | None:
    """Return the peer's signed receipt for an act."""
    found = rows.one(_PROOF, act_id, peer)
    if found is None:
        return None
    act, state, n, code, at, head, signature = found
    return ProofOfReceipt(
        act_id=act,
        peer=state,
        n=n,
        code=code,
        at=moment(at),
        head=bytes(head),
        signature=bytes(signature),
    )


def keep_proof(rows: Rows, proof: ProofOfReceipt) -> None:
    """Keep a peer's signed receipt; the first one stays."""
    rows.run(
        _KEEP_PROOF,
        proof.act_id,
        proof.peer,
        proof.n,
        proof.code,
        micros(proof.at),
        proof.head,
        proof.signature,
    )


def given_receipt(rows: Rows, act_id: str) -> GivenReceipt | None:
    """Return the receipt that we gave for an act."""
    found = rows.one(_GIVEN, act_id)
    if found is None:
        return None
    act, peer, n, receipt = found
    return GivenReceipt(act_id=act, peer=peer, n=n, receipt=bytes(receipt))


def keep_given(rows: Rows, receipt: GivenReceipt) -> None:
    """Keep the receipt that we gave; raise ``AlreadyHeld`` if we gave another one."""
    added = rows.run(_KEEP_GIVEN, receipt.act_id, receipt.peer, receipt.n, receipt.receipt)
    if not added and given_receipt(rows, receipt.act_id) != receipt:
        raise AlreadyHeld(receipt.act_id)
