"""A whole node in memory: the real verbs over a memory store, with a seeded clock."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from comity.actions.ports import HeldCard, House, NodeKeys, SignedSeq
from comity.convention.powers import Grant, Powers
from comity.directory.card import Card
from comity.directory.trust import accept_card
from comity.matters.act import read_act
from comity.seal.dsse import ACT_TYPE, sign
from comity.seal.keys import OpenWith, SealTo, SigningKey, Suite
from comity.text import ToldError, say
from tests.directory.states import NOW, State, make_state
from tests.memory_store import MemoryStore

STATES = ("XAL", "XJN", "XMV", "XNR", "XVL", "XZR", "QMR")
START = NOW
ROLES = frozenset({"duty_officer"})
POWERS = Powers(
    may_ask=tuple(Grant(instrument=i, roles=ROLES) for i in ("uncc", "budapest", "reciprocity")),
    may_order=tuple(Grant(instrument=i, roles=ROLES) for i in ("uncc", "budapest", "reciprocity")),
)


class Time:
    """The world's clock, in whole milliseconds from the start."""

    def __init__(self) -> None:
        self.ms = 0


@dataclass(frozen=True)
class NodeClock:
    """A node's clock: the world's, apart by a fixed skew."""

    time: Time
    skew: timedelta

    def now(self) -> datetime:
        return START + timedelta(milliseconds=self.time.ms) + self.skew


class AlreadySigned(ToldError):
    """The signer was asked for a second act under a confirmed number."""

    code = "already-signed"

    def __init__(self) -> None:
        super().__init__(say("Another entry has left under this number."))


@dataclass
class MemorySigner:
    """The signer with its own memory, which neither restart nor restore touches (sync-v1)."""

    key: SigningKey
    signed: dict[tuple[str, int], tuple[str, bool]] = field(default_factory=dict)
    refused: int = 0

    def sign_act(self, header: bytes) -> bytes:
        act = read_act(header)
        place = (act.matter_id, act.seq)
        top = max(
            (s for (m, s), (_, sure) in self.signed.items() if m == place[0] and sure), default=-1
        )
        if act.seq <= top and self.signed.get(place, ("", False))[0] != act.id:
            self.refused += 1
            raise AlreadySigned
        held = self.signed.get(place)
        if held is None or not held[1]:
            self.signed[place] = (act.id, False)
        return sign(header, ACT_TYPE, self.key)

    def confirm(self, acts: Iterable[tuple[str, int, str]]) -> None:
        for matter, seq, act_id in acts:
            held = self.signed.get((matter, seq))
            if held is not None and held[1] and held[0] != act_id:
                raise AlreadySigned
            self.signed[matter, seq] = (act_id, True)

    def confirmed(self) -> tuple[SignedSeq, ...]:
        top: dict[str, SignedSeq] = {}
        for (matter, seq), (act_id, sure) in self.signed.items():
            if sure and (matter not in top or top[matter].seq < seq):
                top[matter] = SignedSeq(matter=matter, seq=seq, act_id=act_id)
        return tuple(top.values())


@dataclass(frozen=True)
class Tapped:
    """An opening key that shows each plaintext to the world: what crossed the border."""

    inner: OpenWith
    seen: Callable[[bytes], None]

    @property
    def public(self) -> SealTo:
        return self.inner.public

    def open(self, sealed: bytes, info: bytes) -> bytes:
        plaintext = self.inner.open(sealed, info)
        self.seen(plaintext)
        return plaintext


@dataclass
class Node:
    """A node with what the world needs to restart and restore it."""

    name: str
    house: House
    store: MemoryStore
    signer: MemorySigner
    random: Random
    backups: list[tuple[int, object]] = field(default_factory=list)
    epoch: int = 0
    home: list[bytes] = field(default_factory=list)


def build(seed: int, time: Time, seen: Callable[[bytes], None], *, live: bool) -> dict[str, Node]:
    """Return the seven nodes, each with the cards of all."""
    states = {name: make_state(name, live=live) for name in STATES}
    return {name: _node(name, states, Random(f"{seed}/{name}"), time, seen) for name in STATES}


def _node(
    name: str,
    states: Mapping[str, State],
    random: Random,
    time: Time,
    seen: Callable[[bytes], None],
) -> Node:
    mine = states[name]
    store = MemoryStore(name)
    signer = MemorySigner(mine.acts)
    opener = Tapped(mine.opening, seen)
    house = House(
        me=name,
        demo=False,
        store=store,
        signer=signer,
        keys=NodeKeys(node=mine.node, epoch=1, openers={mine.opening.public.id: opener}),
        clock=NodeClock(time, timedelta(seconds=random.randint(-120, 120))),
        random=random.randbytes,
        suites=mine.suites,
        origin=f"comity.invalid/{name}/log/v1",
        powers=POWERS,
    )
    for state in states.values():
        held = _held(state, mine.suites)
        store.write(lambda unit, held=held: unit.put_card(held))  # type: ignore[misc]
    return Node(name=name, house=house, store=store, signer=signer, random=random)


def _held(state: State, suites: Mapping[int, Suite]) -> HeldCard:
    envelope = state.envelope()
    card: Card = accept_card(
        envelope, pinned=state.pinned(), held=None, now=NOW, demo=False, suites=suites
    )
    return HeldCard(card=card, envelope=envelope, pinned=state.pinned(), accepted_at=NOW)
