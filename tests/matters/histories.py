"""Random histories of two States, honest or not, over a channel that reorders and repeats."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from comity.matters.act import Act, read_act
from comity.matters.fold import View, fold
from comity.matters.stages import Step
from comity.matters.steps import Choice, choices, place
from comity.seal.canonical import Json, decode, encode
from tests.matters.pair import OTHER, Changes, Q, R, again, next_act, opening, part


@dataclass
class Node:
    """One State: what it holds in the order in which it came, and what is on its way to it."""

    state: str
    hostile: bool
    held: list[Act] = field(default_factory=list)
    coming: list[Act] = field(default_factory=list)

    @property
    def view(self) -> View:
        return fold(self.held)


@dataclass
class History:
    """Both States after it, and the acts that an honest State signed."""

    nodes: dict[str, Node]
    honest: list[Act]

    @property
    def acts(self) -> tuple[Act, ...]:
        every = (act for node in self.nodes.values() for act in (*node.held, *node.coming))
        return tuple({act.id: act for act in every}.values())


def history(random: Random, moves: int, hostile: Sequence[str] | None = None) -> History:
    """A history of ``moves`` moves; ``hostile`` States also do what they must not."""
    if hostile is None:
        hostile = random.choice([(), (), (R,), (Q,), (Q, R)])
    nodes = {state: Node(state, state in hostile) for state in (Q, R)}
    played = History(nodes, [])
    first = opening(nonce=random.randbytes(32), items=random.choice([1, 2]))
    _sent(played, nodes[Q], first, honest=True)
    for _ in range(moves):
        node = nodes[random.choice((Q, R))]
        chance = random.random()
        if chance < 0.4 and node.coming:
            _deliver(random, node)
        elif node.hostile and chance > 0.75:
            _misbehave(random, played, node)
        else:
            _step(random, played, node)
    return played


def _sent(played: History, node: Node, act: Act, *, honest: bool) -> None:
    node.held.append(act)
    played.nodes[OTHER[node.state]].coming.append(act)
    if honest:
        played.honest.append(act)


def _deliver(random: Random, node: Node) -> None:
    act = random.choice(node.coming)
    node.held.append(act)
    # What is not taken off the channel comes again.
    if random.random() < 0.9:
        node.coming.remove(act)


def _step(random: Random, played: History, node: Node) -> None:
    offered = choices(node.view, node.state)
    if not offered:
        return
    choice = _likely(random, offered)
    act = next_act(node.held, node.state, choice.step, answers=_answer(random, choice))
    _sent(played, node, act, honest=not node.hostile)


def _likely(random: Random, offered: Sequence[Choice]) -> Choice:
    """Ends come less often than other steps, or every history would be short."""
    ends = {Step.WITHDRAW, Step.REFUSED, Step.RELEASED, Step.EXPIRED}
    return random.choices(offered, [1 if one.step in ends else 5 for one in offered])[0]


def _answer(random: Random, choice: Choice) -> str | None:
    if choice.must_answer or (choice.answers and random.random() < 0.7):
        return random.choice(choice.answers)
    return None


def _misbehave(random: Random, played: History, node: Node) -> None:
    mischief = random.choice(MISCHIEF)
    for act in mischief(random, node):
        _sent(played, node, act, honest=False)


def _base(node: Node, random: Random) -> Act | None:
    """An act of any step at all, on top of everything this node has."""
    if place(node.view, node.state) is None:
        return None
    step = random.choice(list(Step))
    known = [None, *(act.id for act in node.held)]
    return next_act(node.held, node.state, step, answers=random.choice(known))


def _any_step(random: Random, node: Node) -> Iterator[Act]:
    if (act := _base(node, random)) is not None:
        yield act


def _expired(_: Random, node: Node) -> Iterator[Act]:
    if place(node.view, node.state) is not None:
        yield next_act(node.held, node.state, "expired")


def _twin(random: Random, node: Node) -> Iterator[Act]:
    mine = [act for act in node.held if act.author == node.state and act.matter and act.understood]
    if mine:
        twin = random.choice(mine)
        yield again(twin, lang=random.choice(["ar", "fr"]), at=twin.at)


def _other_terms(random: Random, node: Node) -> Iterator[Act]:
    if (act := _base(node, random)) is not None:
        changes: list[Changes] = [
            {"form": "budapest"},
            {"seq": act.seq + random.randint(1, 3)},
            {"read": ()},
            {"read": ((OTHER[node.state], random.choice(node.held).id),)},
            {"parts": (part("order"), part("reason"))},
            {"prev": random.choice(node.held).id},
            {"items": 1, "until": None},
        ]
        yield again(act, **random.choice(changes))


def _unknown(random: Random, node: Node) -> Iterator[Act]:
    if (act := _base(node, random)) is not None:
        changes: list[dict[str, Json]] = [{"step": "hand_over"}, {"kind": "freeze"}, {"v": 2}]
        yield read_act(encode(decode(act.header) | random.choice(changes)))


def _stranger(random: Random, node: Node) -> Iterator[Act]:
    if (act := _base(node, random)) is not None:
        yield again(act, author="XVL", seq=random.randint(0, 1))


def _gap(random: Random, node: Node) -> Iterator[Act]:
    if (act := _base(node, random)) is not None:
        far = again(act, seq=act.seq + 5)
        yield far
        yield again(act, seq=act.seq + 6, prev=far.id, step="seen")


MISCHIEF: tuple[Callable[[Random, Node], Iterator[Act]], ...] = (
    _any_step,
    _any_step,
    _expired,
    _twin,
    _other_terms,
    _other_terms,
    _unknown,
    _stranger,
    _gap,
)
