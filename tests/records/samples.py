"""Values to store: acts that differ by a number, their parts, rows, deliveries, receipts."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from comity.actions.ports import (
    Delivery,
    GivenReceipt,
    HeldAct,
    HeldCard,
    HeldPart,
    HomeNote,
    ProofOfReceipt,
    Row,
    Unit,
)
from comity.matters.act import Basis, Header, Law, PartRef, Party, read_act, write_header
from comity.seal.commit import commit
from comity.seal.forms import digest
from tests.directory.states import make_state

ME = "XNR"
PEER = "XJN"
OTHER = "XVL"
NOW = datetime(2026, 5, 4, 3, 0, 0, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def bytes_of(*names: object) -> bytes:
    """Return 32 bytes that are the same for the same names."""
    return sha256(repr(names).encode()).digest()


def part(index: int = 0, role: str = "request", data: bytes = b"what is asked") -> HeldPart:
    return HeldPart(index=index, role=role, salt=bytes_of("salt", index, data), data=data)


def opening(number: int = 0, *, by: str = ME, parts: tuple[HeldPart, ...] = (part(),)) -> HeldAct:
    """Return the first act of matter ``number``."""
    return held(
        step="request",
        author=by,
        seq=0,
        nonce=bytes_of("nonce", number, by),
        items=1,
        parts=parts,
        stored_at=NOW + number * SECOND,
    )


def after(
    first: HeldAct, seq: int, *, by: str = PEER, parts: tuple[HeldPart, ...] = (), ref: str = "ref"
) -> HeldAct:
    """Return an act in the matter that ``first`` opened; the store does not judge it."""
    return held(
        step="acknowledge",
        author=by,
        seq=seq,
        matter=first.act.id,
        refs=((by, ref),),
        parts=parts,
        stored_at=first.stored_at + SECOND,
    )


def held(*, parts: tuple[HeldPart, ...], stored_at: datetime, **members: object) -> HeldAct:
    """Return an act with these parts; its envelope is bytes that nobody opens here."""
    by_state = {ME: "requesting", PEER: "requested"}
    header = Header(
        parties=tuple(Party(state=state, role=by_state[state]) for state in sorted(by_state)),
        basis=Basis(instrument="budapest", article="29"),
        form="uncc",
        channel="poc_247",
        lang="en",
        at=NOW.replace(microsecond=0),
        urgency="immediate_247",
        law=Law(edition=digest(b"law")),
        parts=tuple(
            PartRef(
                role=one.role,
                length=len(one.data),
                commit=commit(one.salt, one.index, one.role, one.data),
            )
            for one in parts
        ),
        **_changed({}, members),
    )
    act = read_act(write_header(header))
    return HeldAct(act=act, envelope=b"envelope of " + act.header, stored_at=stored_at)


def row(matter: str, **changes: object) -> Row:
    members: dict[str, Any] = {
        "matter": matter,
        "peer": PEER,
        "role": "requesting",
        "instrument": "budapest",
        "urgency": "immediate_247",
        "opened_at": NOW,
        "changed_at": NOW,
        "until": NOW + timedelta(days=60),
        "code": "sent",
        "tag": "new",
        "closed": False,
        "ours": "NM-2026/117",
        "theirs": "",
    }
    return Row(**_changed(members, changes))


def delivery(act_id: str, n: int, **changes: object) -> Delivery:
    members: dict[str, Any] = {
        "peer": PEER,
        "n": n,
        "act_id": act_id,
        "urgent": False,
        "created": NOW,
        "next_at": NOW,
    }
    return Delivery(**_changed(members, changes))


def proof(act_id: str, n: int, **changes: object) -> ProofOfReceipt:
    members: dict[str, Any] = {
        "act_id": act_id,
        "peer": PEER,
        "n": n,
        "code": "stored",
        "at": NOW,
        "head": b"head",
        "signature": b"signature",
    }
    return ProofOfReceipt(**_changed(members, changes))


def receipt(act_id: str, n: int, data: bytes = b"receipt") -> GivenReceipt:
    return GivenReceipt(act_id=act_id, peer=PEER, n=n, receipt=data)


def note(name: str = "a", **changes: object) -> HomeNote:
    members: dict[str, Any] = {
        "id": name,
        "matter": None,
        "kind": "draft",
        "author": "officer-7",
        "at": NOW,
        "body": "Between us: the complainant is known to us. ünï — 中文",
    }
    return HomeNote(**_changed(members, changes))


def card(state: str = PEER, version: int = 7) -> HeldCard:
    made = make_state(state)
    return HeldCard(
        card=made.changed(version=version),
        envelope=made.envelope(version=version),
        pinned=made.pinned(),
        accepted_at=NOW + version * SECOND,
    )


def adds(*new: HeldAct, parts: tuple[HeldPart | None, ...] = ()) -> Callable[[Unit], None]:
    """Return work that stores acts; ``parts`` are those of each."""

    def work(unit: Unit) -> None:
        for one in new:
            unit.add_act(one, parts)

    return work


def _changed(members: dict[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    members.update(changes)
    return members
