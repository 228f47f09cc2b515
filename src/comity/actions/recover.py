"""Notice that the database is older than what was signed (sync-v1, "The signer's memory").

A database that lacks an act which the signer confirmed came back from a
backup. So does one that ``comity restore`` says it restored. In both cases
nothing is signed in files shared with a peer until that peer was synced with.
"""

from comity.actions.ports import Alarm, House, Unit, View


def at_start(house: House) -> frozenset[str]:
    """Compare the signer's memory with the records; return the peers to sync with first."""
    missing = house.store.read(lambda view: _missing(house, view))
    if missing:
        return mark_restored(house, detail=f"{missing} signed acts are not in the records")
    return house.store.read(lambda view: view.unsynced())


def mark_restored(house: House, *, detail: str) -> frozenset[str]:
    """Say that the records came back from a backup; every known peer must be synced with."""
    now = house.clock.now()
    peers = house.store.read(
        lambda view: frozenset(held.card.state for held in view.cards()) - {house.me}
    )
    alarm = Alarm(code="restored", peer=house.me, at=now, detail=detail)

    def say_so(unit: Unit) -> None:
        unit.set_unsynced(peers)
        unit.raise_alarm(alarm)

    house.store.write(say_so)
    return peers


def _missing(house: House, view: View) -> int:
    return sum(view.act(one.act_id) is None for one in house.signer.confirmed())
