"""The row by which lists know a matter: codes and times, no personal data."""

from datetime import datetime

from comity.actions.ports import HeldAct, Row, Unit
from comity.matters.act import Act
from comity.matters.fold import View as Folded
from comity.matters.fold import fold
from comity.matters.present import present


def put_row(unit: Unit, matter: str, me: str, now: datetime) -> Folded:
    """Fold a matter, store its row (codes only: any language can show it), return the fold."""
    held = unit.acts_of(matter)
    folded = fold(one.act for one in held)
    unit.put_row(_row(held, folded, me, now))
    return folded


def _row(held: tuple[HeldAct, ...], folded: Folded, me: str, now: datetime) -> Row:
    shown = present(folded, now)
    first = folded.opening or held[0].act
    refs = _refs(tuple(one.act for one in held))
    peer = next((party.state for party in first.parties if party.state != me), first.author)
    asked = any(party.state == me and party.role == "requesting" for party in first.parties)
    return Row(
        matter=first.matter_id,
        peer=peer,
        role="requesting" if asked else "requested",
        instrument=first.basis.instrument,
        urgency=first.urgency,
        opened_at=held[0].stored_at,
        changed_at=now,
        until=shown.until,
        code=shown.code,
        tag=shown.tag,
        closed=shown.closed,
        ours=refs.get(me, ""),
        theirs=refs.get(peer, ""),
    )


def _refs(acts: tuple[Act, ...]) -> dict[str, str]:
    return {
        state: ref
        for act in sorted(acts, key=lambda one: (one.author, one.seq))
        for state, ref in act.refs
        if state == act.author
    }
