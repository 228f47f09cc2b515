"""Two States with whole nodes in memory, and a wire between them that loses nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from comity.actions.deliver import Call, next_call, settle
from comity.actions.ports import HeldAct, HeldCard, House, NodeKeys, Officer, Store
from comity.actions.receive import receive
from comity.actions.send import Asked, send_request
from comity.directory.card import Treaty
from comity.directory.trust import accept_card
from comity.facts import email_address
from comity.facts.period import Period
from tests.directory.states import NOW, State, make_state, seeded
from tests.memory_store import MemoryStore
from tests.world.nodes import POWERS, MemorySigner

OFFICER = Officer(id="o-1", roles=frozenset({"duty_officer"}))
STRANGER = Officer(id="o-9", roles=frozenset({"oversight"}))
DAY = timedelta(days=1)
BUDAPEST = Treaty(
    instrument="budapest", in_force_from=date(2020, 1, 1), source="test", confirmed_by="test"
)


class Hand:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def pass_(self, by: timedelta) -> None:
        self.moment += by


@dataclass
class Desks:
    """Northmere asks, Jinhai is asked."""

    states: Mapping[str, State]
    clock: Hand
    houses: dict[str, House]
    stores: dict[str, MemoryStore]
    calls: list[Call] = field(default_factory=list)

    @property
    def north(self) -> House:
        return self.houses["XNR"]

    @property
    def jin(self) -> House:
        return self.houses["XJN"]

    def exchange(self) -> None:
        """Deliver everything that waits, both ways."""
        for sender, receiver in ((self.north, self.jin), (self.jin, self.north)):
            while (call := next_call(sender, receiver.me)) is not None:
                self.calls.append(call)
                settle(sender, call, receive(receiver, call.body).body)

    def ask(self, **changes: object) -> str:
        """Send a request from Northmere and deliver it; return the matter."""
        matter = send_request(self.north, asked(**changes), by=OFFICER).act.id
        self.exchange()
        return matter

    def held(self, house: House, matter: str) -> tuple[HeldAct, ...]:
        return house.store.read(lambda view: view.acts_of(matter))

    def code(self, house: House, matter: str) -> str:
        row = house.store.read(lambda view: view.row(matter))
        return "" if row is None else str(row.code)


def desks(
    *,
    live: bool = False,
    treaties: tuple[Treaty, ...] = (BUDAPEST,),
    make_store: Callable[[str], Store] | None = None,
) -> Desks:
    """Return two desks that hold each other's card; ``treaties`` are on both cards.

    Their records are in memory, or in what ``make_store`` makes for a State.
    """
    clock = Hand()
    states = {name: make_state(name, live=live) for name in ("XNR", "XJN")}
    houses: dict[str, House] = {}
    stores: dict[str, MemoryStore] = {}
    for name, state in states.items():
        stores[name] = MemoryStore(name)
        houses[name] = House(
            me=name,
            demo=False,
            store=make_store(name) if make_store else stores[name],
            signer=MemorySigner(state.acts),
            keys=NodeKeys(
                node=state.node, epoch=1, openers={state.opening.public.id: state.opening}
            ),
            clock=clock,
            random=counted(name),
            suites=state.suites,
            origin=f"comity.invalid/{name}/log/v1",
            powers=POWERS,
        )
    found = Desks(states=states, clock=clock, houses=houses, stores=stores)
    for house in houses.values():
        for state in states.values():
            hold(house, state, treaties)
    return found


def hold(house: House, state: State, treaties: tuple[Treaty, ...]) -> None:
    """Let a house hold a State's card with these treaties."""
    envelope = state.envelope(treaties=treaties)
    card = accept_card(
        envelope,
        pinned=state.pinned(),
        held=None,
        now=house.clock.now(),
        demo=False,
        suites=house.suites,
    )
    held = HeldCard(
        card=card, envelope=envelope, pinned=state.pinned(), accepted_at=house.clock.now()
    )
    house.store.write(lambda unit: unit.put_card(held))


def counted(label: str) -> Callable[[int], bytes]:
    """Return a "random" that never repeats, the same for the same label."""
    count = 0

    def draw(length: int) -> bytes:
        nonlocal count
        count += 1
        return seeded(f"{label} {count}")(length)

    return draw


def asked(**changes: object) -> Asked:
    """Return a request that is in order, changed."""
    fields: dict[str, object] = {
        "to": "XJN",
        "instrument": "budapest",
        "form": "uncc",
        "offence": "A13",
        "answers": (
            ("authority", "Northmere Cyber Unit"),
            ("facts", "A forged bank page took 4,120 from a victim."),
            ("data", "Mailbox and log-in records of the account."),
            ("link", "The forged page wrote to this account."),
            ("custodian", "CloudHarbour"),
            ("necessity", "Records are deleted after seven days."),
            ("follow_up", "yes"),
            ("secrecy", "yes"),
        ),
        "items": (email_address.clean("panel@harbour.example"),),
        "period": Period(first=date(2026, 4, 1), last=date(2026, 4, 30)),
        "until": datetime(2026, 8, 3, tzinfo=UTC),
        "lang": "en",
        "ours": "NR-2026-7",
    }
    return Asked(**{**fields, **changes})  # type: ignore[arg-type]
