"""State an act: fold, check, sign, then store act, leaf and deliveries at once.

No signature is made inside a transaction. The lane may therefore move between
looking and storing; then the step is looked at again. An act that was signed
and not stored never left (sync-v1, "The signer's memory").
"""

from functools import partial

from comity.actions.draft import Composed, Frame, Place, Step, compose, frame_of
from comity.actions.errors import (
    LaneMovedError,
    NotAllowedError,
    NotFoundError,
    RestoredError,
)
from comity.actions.ports import HeldAct, House, Unit, View
from comity.actions.rows import put_row
from comity.convention import edition
from comity.matters import steps
from comity.matters.fold import Standing, fold
from comity.matters.fold import View as Matter
from comity.text import say

TRIES = 5
URGENT = frozenset({"immediate_247", "emergency_life_safety", "urgent_oral", "urgent_interpol"})


def matter_of(view: View, matter: str) -> Matter:
    """Fold a matter from what is held; raises NotFoundError."""
    held = view.acts_of(matter)
    if not held:
        raise NotFoundError
    return fold(one.act for one in held)


def state_act(house: House, matter: str, step: Step) -> HeldAct:
    """Add a step to a matter in this State's lane.

    Raises NotAllowedError when the lane's table has no such step now,
    RestoredError while a peer of the matter must be synced with first.
    """
    for _ in range(TRIES):
        folded = house.store.read(partial(matter_of, matter=matter))
        if folded.opening is None:
            raise NotFoundError
        composed = compose(
            step,
            frame_of(folded.opening, edition()),
            _place(folded, house.me),
            house.clock.now(),
            house.random,
        )
        _check(folded, composed)
        try:
            return _sign_and_keep(house, composed)
        except LaneMovedError:
            continue
    raise LaneMovedError


def open_matter(house: House, step: Step, frame: Frame) -> HeldAct:
    """Open a matter with its first act."""
    place = Place(matter=None, author=house.me, seq=0, prev=None)
    composed = compose(step, frame, place, house.clock.now(), house.random)
    _check(fold(()), composed)
    return _sign_and_keep(house, composed)


def _place(folded: Matter, me: str) -> Place:
    found = steps.place(folded, me)
    if found is None:
        raise NotAllowedError(
            say(
                "Entries of your own State are missing here or contradict one another. Nothing may"
                " be signed in this file until they are back: tell the administrator."
            )
        )
    return Place(matter=found.matter, author=me, seq=found.seq, prev=found.prev, read=found.read)


def _check(folded: Matter, composed: Composed) -> None:
    after = fold((*(judged.act for judged in folded.judged), composed.act))
    for judged in after.judged:
        if judged.act.id == composed.act.id and judged.standing is not Standing.COUNTS:
            raise NotAllowedError(
                judged.why or say("This step does not fit the file now. Open it again and look.")
            )


def _sign_and_keep(house: House, composed: Composed) -> HeldAct:
    _refuse_restored(house, composed)
    envelope = house.signer.sign_act(composed.act.header)
    held = HeldAct(act=composed.act, envelope=envelope, stored_at=house.clock.now())
    house.store.write(partial(_keep, held=held, composed=composed, house=house))
    return held


def _refuse_restored(house: House, composed: Composed) -> None:
    unsynced = house.store.read(lambda view: view.unsynced())
    behind = unsynced & {party.state for party in composed.act.parties}
    if behind:
        raise RestoredError(behind)


def _keep(unit: Unit, *, held: HeldAct, composed: Composed, house: House) -> None:
    act = held.act
    matter = act.matter or act.id
    lane = [one.act for one in unit.acts_of(matter) if one.act.author == house.me]
    head = max(lane, key=lambda one: one.seq, default=None)
    if (head.id if head else None) != act.prev:
        raise LaneMovedError
    unit.add_act(held, composed.parts)
    for party in act.parties:
        if party.state != house.me:
            unit.add_delivery(
                peer=party.state,
                act_id=act.id,
                urgent=act.urgency in URGENT,
                now=held.stored_at,
            )
    put_row(unit, matter, house.me, held.stored_at)
