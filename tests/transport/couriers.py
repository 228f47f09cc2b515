"""Two or three States for the courier: real verbs and signers over records in memory.

The line between them is the only thing that is not there: a ``Send`` that hands a body to
the other house's ``receive``, or does what a test tells it to.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from comity.actions.draft import DraftPart, Frame, Step
from comity.actions.ports import Delivery, HeldCard, House, NodeKeys, Unit, View
from comity.actions.receive import receive
from comity.actions.state import open_matter
from comity.directory.card import CardKey, Endpoint
from comity.node.memory import SignerMemory
from comity.node.signer import FileSigner
from comity.transport.errors import NoConnection
from comity.transport.post import Send
from tests.directory.states import DAY, State, make_state
from tests.memory_store import MemoryStore

T = TypeVar("T")

LAW = "sha256:" + "0" * 64


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SharedStore(MemoryStore):
    """The records in memory, for several threads: one at a time."""

    def __init__(self, me: str) -> None:
        super().__init__(me)
        self._turn = threading.RLock()

    def read(self, work: Callable[[View], T]) -> T:
        with self._turn:
            return super().read(work)

    def write(self, work: Callable[[Unit], T]) -> T:
        with self._turn:
            return super().write(work)


@dataclass(frozen=True, kw_only=True)
class Line:
    """How one State's calls reach the others. ``on_the_way`` runs before each call."""

    houses: dict[str, House]
    on_the_way: Callable[[str, str], None]

    def send(self) -> Send:
        return self._carry

    def _carry(self, endpoint: Endpoint, path: str, body: bytes) -> bytes:
        to = endpoint.url.rpartition("/")[2].upper()
        self.on_the_way(to, path)
        if to not in self.houses:
            raise NoConnection
        return receive(self.houses[to], body).body


def house(state: State, others: tuple[State, ...], folder: Path) -> House:
    """Return a State's house that holds all cards."""
    name = state.card.state
    store = SharedStore(name)
    signer = FileSigner(state.acts, SignerMemory(folder / f"{name}.sqlite3"))
    made = House(
        me=name,
        demo=False,
        store=store,
        signer=signer,
        keys=NodeKeys(node=state.node, epoch=3, openers={state.opening.public.id: state.opening}),
        clock=RealClock(),
        random=Random(name).randbytes,
        suites=state.suites,
        origin=state.card.log,
    )
    for one in (state, *others):
        give_card(made, one)
    return made


def give_card(to: House, state: State) -> None:
    held = HeldCard(
        card=state.card,
        envelope=state.envelope(),
        pinned=state.pinned(),
        accepted_at=datetime.now(UTC),
    )
    to.store.write(lambda unit: unit.put_card(held))


def state_today(name: str) -> State:
    """Return a State whose card is valid on the day of the test run."""
    made = make_state(name)
    now = datetime.now(UTC).replace(microsecond=0)

    def valid(key: CardKey) -> CardKey:  # type: ignore[type-arg]
        return replace(key, since=now - DAY, until=now + 90 * DAY)

    card = made.changed(
        issued=now - DAY,
        expires=now + 90 * DAY,
        signing=tuple(map(valid, made.card.signing)),
        sealing=tuple(map(valid, made.card.sealing)),
        endpoint=Endpoint(url=f"https://node.example/{name.lower()}", tls=made.card.endpoint.tls),
    )
    return replace(made, card=card)


def ask(house: House, to: str) -> str:
    """Open a matter with a request to ``to``; return the act's id."""
    frame = Frame(
        parties=tuple(sorted(((house.me, "requesting"), (to, "requested")))),
        instrument="reciprocity",
        article="",
        form="uncc",
        channel="poc_247",
        urgency="immediate_247",
        offence="A13",
        lang="en",
        edition=LAW,
    )
    step = Step(
        step="request",
        until=house.clock.now() + timedelta(days=90),
        items=1,
        parts=(DraftPart(role="request", data=b"please keep it"),),
    )
    return open_matter(house, step, frame).act.id


def queue(house: House) -> tuple[Delivery, ...]:
    return house.store.read(lambda view: view.deliveries(waiting_only=True))


def holds(house: House, act_id: str) -> bool:
    return house.store.read(lambda view: view.act(act_id)) is not None
