"""What must hold when the network has healed: the promises of DESIGN, one function each."""

from collections.abc import Iterator
from datetime import timedelta

from comity.actions.ports import HeldAct
from comity.matters.fold import fold
from comity.matters.present import present
from comity.seal.tree import leaf_data, leaf_hash, root_of
from tests.world.nodes import START, Node
from tests.world.run import World

LATER = START + timedelta(days=40)


def broken(world: World) -> Iterator[str]:
    """Yield a sentence for each promise that this history broke."""
    yield from world.leaks
    yield from _lost(world)
    yield from _twice(world)
    yield from _presents(world)
    yield from _logs(world)
    yield from _queues(world)


def _held(node: Node) -> dict[str, HeldAct]:
    return dict(node.store.snapshot().acts)


def _lost(world: World) -> Iterator[str]:
    for act_id, author in world.known.items():
        if act_id in world.lost:
            continue
        held = world.nodes[author].store.read(lambda view, a=act_id: view.act(a))  # type: ignore[misc]
        if held is None:
            if not _told(world.nodes[author], act_id):
                yield f"{author} lost its own act {act_id} and nobody was told"
            continue
        for party in held.act.parties:
            there = world.nodes[party.state].store
            if there.read(lambda view, a=act_id: view.act(a)) is None:  # type: ignore[misc]
                yield f"{party.state} never got {act_id} of {author}"


def _told(node: Node, act_id: str) -> bool:
    """An act that left and reached nobody before a restore is gone; the desk must be told."""
    matters = {matter for (matter, _), (one, _) in node.signer.signed.items() if one == act_id}
    alarms = node.store.read(lambda view: view.alarms(limit=1_000))
    told = {alarm.detail.split()[0] for alarm in alarms if alarm.code == "act-missing"}
    return bool(matters & told)


def _twice(world: World) -> Iterator[str]:
    for node in world.nodes.values():
        places = [(one.act.author, one.act.matter_id, one.act.seq) for one in _held(node).values()]
        if len(places) != len(set(places)):
            yield f"{node.name} holds two acts under one number"


def _presents(world: World) -> Iterator[str]:
    seen: dict[str, object] = {}
    for node in world.nodes.values():
        matters = {one.act.matter_id for one in _held(node).values()}
        for matter in sorted(matters):
            acts = node.store.read(lambda view, m=matter: view.acts_of(m))  # type: ignore[misc]
            folded = fold(one.act for one in acts)
            bad = [one.standing for one in folded.judged if one.standing.value != "counts"]
            if bad:
                yield f"{node.name} holds {bad} in {matter}"
            now = present(folded, LATER)
            if seen.setdefault(matter, now) != now:
                yield f"{node.name} sees another present of {matter}"


def _logs(world: World) -> Iterator[str]:
    for node in world.nodes.values():
        node.store.write(lambda unit: unit.number_leaves())
        head = node.store.read(lambda view: view.log_head())
        hashes = node.store.read(lambda view, size=head.size: view.leaf_hashes(size))  # type: ignore[misc]
        acts = _held(node)
        if head.size != len(acts) or root_of(hashes) != head.root:
            yield f"{node.name}'s log does not hold its acts"
        if sorted(hashes) != sorted(leaf_hash(leaf_data(1, act_id)) for act_id in acts):
            yield f"{node.name}'s log holds other leaves than its acts"


def _queues(world: World) -> Iterator[str]:
    for node in world.nodes.values():
        left = node.store.read(lambda view: view.deliveries(waiting_only=True))
        if left:
            yield f"{node.name} still waits for {len(left)} receipts ({left[0].error})"
        unsynced = node.store.read(lambda view: view.unsynced())
        if unsynced:
            yield f"{node.name} never synced with {sorted(unsynced)}"
