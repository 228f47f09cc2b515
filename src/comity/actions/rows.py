"""The row by which lists know a matter: codes and times, no personal data."""

from datetime import datetime

from comity.actions.ports import Row, View
from comity.matters.act import Act
from comity.matters.fold import fold
from comity.matters.present import present


def row_of(view: View, matter: str, me: str, now: datetime) -> Row:
    """Fold the matter and return its row; codes only, so that any language can show it."""
    held = view.acts_of(matter)
    folded = fold(one.act for one in held)
    shown = present(folded, now)
    first = folded.opening or held[0].act
    refs = _refs(tuple(one.act for one in held))
    peer = next((party.state for party in first.parties if party.state != me), first.author)
    asked = any(party.state == me and party.role == "requesting" for party in first.parties)
    return Row(
        matter=matter,
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
