"""Cards and pins in rows: the newest of each State, and those before it."""

import json
from collections.abc import Mapping
from typing import Final

from comity.actions.ports import HeldCard
from comity.directory.anchor import Anchor, RegistrarAnchor, WordsAnchor
from comity.directory.read import read_card
from comity.directory.trust import Pinned
from comity.records.cipher import RestCipher
from comity.records.sql import Found, Rows
from comity.records.times import micros, moment
from comity.seal.canonical import decode, encode
from comity.seal.dsse import read_envelope
from comity.seal.forms import b64, unb64
from comity.seal.keys import Suite
from comity.seal.suites import read_verify_key

_NEWEST: Final = "SELECT id FROM records_card WHERE state = %s AND newest"
_ALL_NEWEST: Final = "SELECT id FROM records_card WHERE newest ORDER BY state"
_HISTORY: Final = "SELECT id FROM records_card WHERE state = %s ORDER BY id DESC"
_ONE: Final = "SELECT state, envelope, root, anchor, accepted_at FROM records_card WHERE id = %s"
_STEP_DOWN: Final = "UPDATE records_card SET newest = %s WHERE state = %s AND newest"
_ADD: Final = """
    INSERT INTO records_card (state, version, newest, envelope, root, anchor, accepted_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def newest(rows: Rows, state: str) -> int | None:
    """Return the row of a State's newest card."""
    found = rows.one(_NEWEST, state)
    return None if found is None else found[0]


def all_newest(rows: Rows) -> tuple[int, ...]:
    """Return the rows of all States' newest cards, sorted by State."""
    return tuple(row for (row,) in rows.all(_ALL_NEWEST))


def history(rows: Rows, state: str) -> tuple[int, ...]:
    """Return the rows of every card accepted of a State, newest first."""
    return tuple(row for (row,) in rows.all(_HISTORY, state))


def card_at(rows: Rows, cipher: RestCipher, suites: Mapping[int, Suite], row: int) -> HeldCard:
    """Return the card of a row; what a row holds never changes."""
    found = rows.one(_ONE, row)
    if found is None:
        message = f"no card in row {row}"
        raise LookupError(message)
    return _held(found, cipher, suites)


def put_card(rows: Rows, cipher: RestCipher, held: HeldCard) -> None:
    """Store a State's newest card; the one before becomes history."""
    pinned = held.pinned
    rows.run(_STEP_DOWN, False, held.card.state)  # noqa: FBT003 (a value of the row)
    rows.run(
        _ADD,
        held.card.state,
        held.card.version,
        True,  # noqa: FBT003 (a value of the row)
        held.envelope,
        encode(pinned.root.data()),
        cipher.seal_anchor(pinned.state, _written(pinned.anchor)),
        micros(held.accepted_at),
    )


def _held(found: Found, cipher: RestCipher, suites: Mapping[int, Suite]) -> HeldCard:
    state, envelope, root, anchor, accepted_at = found
    signed = bytes(envelope)
    return HeldCard(
        card=read_card(read_envelope(signed).payload, suites),
        envelope=signed,
        pinned=Pinned(
            state=state,
            root=read_verify_key(decode(bytes(root)), suites),
            anchor=_read(cipher.open_anchor(state, bytes(anchor))),
        ),
        accepted_at=moment(accepted_at),
    )


def _written(anchor: Anchor) -> bytes:
    at = micros(anchor.at)
    if isinstance(anchor, WordsAnchor):
        return json.dumps({"officers": anchor.officers, "at": at}).encode()
    return json.dumps(
        {"registrar": anchor.registrar, "envelope": b64(anchor.envelope), "at": at}
    ).encode()


def _read(written: bytes) -> Anchor:
    members = json.loads(written)
    at = moment(members["at"])
    if "officers" in members:
        one, other = members["officers"]
        return WordsAnchor(officers=(one, other), at=at)
    return RegistrarAnchor(
        registrar=members["registrar"], envelope=unb64(members["envelope"]), at=at
    )
