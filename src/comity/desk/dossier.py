"""Everything that one file's pages show, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from comity.actions.errors import NotFoundError
from comity.actions.ports import Delivery, HeldCard, HeldPart, HomeNote, House, View
from comity.desk.frame import Frame, frame_of
from comity.desk.house import home_zone
from comity.desk.times import Zones, zone_of
from comity.matters.act import Act
from comity.matters.fold import Standing, fold
from comity.matters.fold import View as Matter
from comity.matters.present import Present, present
from comity.matters.stages import Role, Step
from comity.matters.steps import allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One file as this desk sees it now."""

    id: str
    me: str
    peer: str
    role: Role
    now: datetime
    matter: Matter
    present: Present
    steps: tuple[Step, ...]
    parts: Mapping[str, tuple[HeldPart | None, ...]]
    notes: tuple[HomeNote, ...]
    waiting: tuple[Delivery, ...]
    delivered_at: datetime | None
    peer_card: HeldCard | None
    frame: Frame
    zones: Zones

    @property
    def opening(self) -> Act | None:
        """The act that opened the file, where it has arrived."""
        return self.matter.opening

    @property
    def requested(self) -> bool:
        """Whether we are the State that is asked."""
        return self.role is Role.REQUESTED

    def may(self, step: Step) -> bool:
        """Say whether this State may take a step now."""
        return step in self.steps

    def counting(self, *steps: Step) -> tuple[Act, ...]:
        """Return the acts of these steps that count, in the order of the view."""
        return tuple(
            one.act
            for one in self.matter.judged
            if one.standing is Standing.COUNTS and one.act.step in steps
        )

    def part(self, act: Act, role: str) -> bytes | None:
        """Return the bytes of an act's first part of a role, where they are held."""
        for part in self.parts.get(act.id, ()):
            if part is not None and part.role == role:
                return part.data
        return None


def dossier(house: House, matter: str) -> Dossier:
    """Read a file; raises NotFoundError."""
    return house.store.read(lambda view: _read(house, view, matter))


def _read(house: House, view: View, matter: str) -> Dossier:
    held = view.acts_of(matter)
    if not held:
        raise NotFoundError
    now = house.clock.now()
    folded = fold(one.act for one in held)
    first = folded.opening or held[0].act
    parties = {party.state: party.role for party in first.parties}
    peer = next((state for state in parties if state != house.me), first.author)
    card = view.card(peer)
    delivered = view.proof_of_receipt(first.id, peer)
    ours = {one.act.id for one in held if one.act.author == house.me}
    return Dossier(
        id=matter,
        me=house.me,
        peer=peer,
        role=Role.REQUESTING if parties.get(house.me) == Role.REQUESTING else Role.REQUESTED,
        now=now,
        matter=folded,
        present=present(folded, now),
        steps=allowed(folded, house.me),
        parts={one.act.id: view.parts_of(one.act.id) for one in held},
        notes=view.notes_of(matter),
        waiting=tuple(
            one for act in ours for one in view.deliveries_of(act) if one.delivered_at is None
        ),
        delivered_at=None if delivered is None else delivered.at,
        peer_card=card,
        frame=frame_of(house, view),
        zones=Zones(
            here=home_zone(),
            there=None if card is None else zone_of(card.card),
            there_state=peer,
        ),
    )
