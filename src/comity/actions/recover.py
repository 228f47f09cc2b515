"""Notice that the database is older than what was signed (sync-v1, "The signer's memory").

A database that lacks an act which the signer confirmed came back from a
backup. So does one that ``comity restore`` says it restored. In both cases
nothing is signed in files shared with a peer until that peer was synced with.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from comity.actions.ports import Alarm, House, Unit, View
from comity.seal.forms import digest
from comity.wire.sync import Finding

RESTORED: Final = "restored"
QUIET: Final = timedelta(minutes=20)


def at_start(house: House) -> frozenset[str]:
    """Compare the signer's memory with the records; return the peers to sync with first."""
    missing = house.store.read(lambda view: _missing(house, view))
    if missing:
        # The same alarm is kept once: what else is missing must be another alarm.
        which = digest("".join(missing).encode())
        detail = f"{len(missing)} signed acts are not in the records ({which})"
        return mark_restored(house, detail=detail)
    return house.store.read(lambda view: view.unsynced())


def mark_restored(house: House, *, detail: str) -> frozenset[str]:
    """Say that the records came back from a backup; every known peer must be synced with."""
    now = house.clock.now()
    return house.store.write(partial(say_restored, me=house.me, now=now, detail=detail))


def say_restored(unit: Unit, *, me: str, now: datetime, detail: str) -> frozenset[str]:
    """Say it in the unit that loads the backup: rows without this mark would sign at once."""
    peers = frozenset(held.card.state for held in unit.cards()) - {me}
    unit.set_unsynced(peers)
    unit.raise_alarm(Alarm(code=RESTORED, peer=me, at=now, detail=detail))
    return peers


def quiet_since_restore(view: View, me: str, now: datetime) -> bool:
    """Say whether no call from before the restore can still be accepted anywhere.

    A call is refused when its time is ten minutes away (message-v1). Until then an
    act sent before the restore may still arrive and take its old number.
    """
    codes = (RESTORED, Finding.I_WAS_RESTORED.value)
    newest = [alarm.at for code in codes for alarm in view.alarms_about(me, code)]
    return not newest or now - max(newest) >= QUIET


def tell_missing(house: House) -> None:
    """Tell the desk of signed acts that no peer gave back, once every peer was asked."""

    def work(unit: Unit) -> None:
        if unit.unsynced():
            return
        for one in house.signer.confirmed():
            if unit.act(one.act_id) is None:
                detail = f"{one.matter} {one.seq}"
                alarm = Alarm(
                    code="act-missing", peer=house.me, at=house.clock.now(), detail=detail
                )
                unit.raise_alarm(alarm)

    if house.store.read(lambda view: view.alarms_about(house.me, RESTORED)):
        house.store.write(work)


def _missing(house: House, view: View) -> list[str]:
    signed = {one.act_id for one in house.signer.confirmed()}
    return sorted(act_id for act_id in signed if view.act(act_id) is None)
