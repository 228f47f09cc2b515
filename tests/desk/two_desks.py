"""Two desks and their nodes in memory: Northmere asks, Jinhai is asked, Qamara looks on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from comity.actions.deliver import next_call, settle
from comity.actions.ports import HeldCard, House, NodeKeys, Officer
from comity.actions.receive import receive
from comity.actions.send import Asked, send_request
from comity.convention.powers import Grant, Powers
from comity.directory.anchor import RegistrarAnchor
from comity.directory.card import Authority, Treaty
from comity.directory.trust import Pinned, accept_card
from comity.facts import Period, clean
from tests.directory.states import NOW, State, make_state
from tests.memory_store import MemoryStore
from tests.world.nodes import MemorySigner

START = NOW
NORTHMERE, JINHAI, QAMARA = "XNR", "XJN", "QMR"
ROLES = frozenset({"duty_officer"})
GRANTS = tuple(Grant(instrument=code, roles=ROLES) for code in ("uncc", "budapest", "reciprocity"))
NAMES = {
    NORTHMERE: {"en": "Northmere", "ar": "نورثمير", "zh": "诺斯米尔"},
    JINHAI: {"en": "Jinhai", "ar": "جينهاي", "zh": "金海"},
    QAMARA: {"en": "Qamara", "ar": "قمرة", "zh": "卡马拉"},
}
ZONES = {NORTHMERE: "Europe/London", JINHAI: "Asia/Shanghai", QAMARA: "Asia/Riyadh"}
HOURS = {NORTHMERE: "24/7, Europe/London", JINHAI: "24/7, UTC+8", QAMARA: "24/7"}
OFFICER = Officer(id="officer-1", roles=ROLES)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **some: float) -> None:
        self.at += timedelta(**some)


@dataclass
class Desks:
    """The houses by State, their clock, and the road between them."""

    houses: dict[str, House]
    clock: SetClock

    def house(self, state: str) -> House:
        return self.houses[state]

    def zone(self, state: str) -> ZoneInfo:
        return ZoneInfo(ZONES[state])

    def carry(self) -> int:
        """Carry everything that is due, until nothing is; return how many calls it took."""
        calls = 0
        moved = True
        while moved:
            moved = False
            for house in self.houses.values():
                for peer in house.store.read(lambda view: view.due_peers(self.clock.now())):
                    call = next_call(house, peer)
                    if call is not None:
                        settle(house, call, receive(self.houses[peer], call.body).body)
                        calls, moved = calls + 1, True
        return calls


def make_desks() -> Desks:
    """Return three houses with one clock, each with the cards of all."""
    clock = SetClock()
    states = {name: _state(name) for name in NAMES}
    return Desks(
        houses={name: _house(name, states, clock) for name in NAMES},
        clock=clock,
    )


def _state(name: str) -> State:
    made = make_state(name)
    budapest = Treaty(
        instrument="budapest",
        in_force_from=date(2015, 7, 1),
        source="ETS 185, status list",
        confirmed_by="Ministry of Justice",
    )
    authority = Authority(
        code=f"{name}-247",
        name=f"24/7 contact point of {NAMES[name]['en']}",
        roles=("contact_point",),
        phone="+999 5550 100",
        hours=HOURS[name],
        languages=("en",),
    )
    card = replace(
        made.card,
        names=tuple(sorted(NAMES[name].items())),
        authorities=(authority,),
        declarations=(),
        treaties=() if name == QAMARA else (budapest,),
    )
    return replace(made, card=card)


def _house(name: str, states: Mapping[str, State], clock: SetClock) -> House:
    mine = states[name]
    store = MemoryStore(name)
    house = House(
        me=name,
        demo=False,
        store=store,
        signer=MemorySigner(mine.acts),
        keys=NodeKeys(node=mine.node, epoch=1, openers={mine.opening.public.id: mine.opening}),
        clock=clock,
        random=Random(name).randbytes,
        suites=mine.suites,
        origin=f"comity.invalid/{name}/log/v1",
        powers=Powers(may_ask=GRANTS, may_order=GRANTS),
    )
    for state in states.values():
        put_card(house, state)
    return house


def put_card(house: House, state: State) -> None:
    """Hold a State's card: Qamara's root hangs on a registrar, the others on twelve words."""
    envelope = state.envelope()
    pinned = state.pinned()
    if state.card.state == QAMARA:
        anchor = RegistrarAnchor(registrar="sha256:" + "0" * 64, envelope=b"-", at=NOW)
        pinned = Pinned(state=QAMARA, root=state.root.public, anchor=anchor)
    card = accept_card(envelope, pinned=pinned, held=None, now=NOW, demo=False, suites=state.suites)
    held = HeldCard(card=card, envelope=envelope, pinned=pinned, accepted_at=NOW)
    house.store.write(lambda unit: unit.put_card(held))


def asked(to: str = JINHAI, *, items: int = 1, ours: str = "NM-1") -> Asked:
    """Return a request that every rule allows."""
    addresses = tuple(clean("email_address", f"offender{n}@example.org") for n in range(items))
    return Asked(
        to=to,
        instrument="budapest",
        form="uncc",
        offence="A13",
        answers=(
            ("authority", "24/7 contact point of Northmere"),
            ("facts", "A false bank took the savings of a pensioner."),
            ("data", "All stored data of the account."),
            ("link", "The false mails came from it."),
            ("custodian", "CloudHarbour"),
            ("necessity", "The provider deletes after seven days."),
            ("follow_up", "yes"),
            ("secrecy", "yes"),
        ),
        items=addresses,
        period=Period(first=date(2026, 3, 1), last=date(2026, 4, 30)),
        until=datetime(2026, 8, 3, tzinfo=UTC),
        lang="en",
        contact="Duty desk, +999 5550 100",
        ours=ours,
    )


def send(desks: Desks, *, items: int = 1, ours: str = "NM-1", frm: str = NORTHMERE) -> str:
    """Send a request from Northmere to Jinhai and carry it; return the matter's id."""
    held = send_request(desks.house(frm), asked(items=items, ours=ours), by=OFFICER)
    desks.carry()
    return held.act.id
