"""Which acts of a set can be judged, in an order in which causes come first.

An act names others: the one before it in its lane, those its author had read,
the one it answers, and its matter's opening. It waits while one of them is
absent or waits itself. Digests cannot form a circle; if somebody finds one, it
waits for ever.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

from comity.matters.act import Act


def causal_order(acts: Mapping[str, Act], opening: str) -> tuple[list[Act], list[Act]]:
    """Return the acts that can be judged, causes first, and those that wait.

    ``acts`` are all acts of one matter by id, ``opening`` is the id of its
    opening. Acts of which neither is a cause of the other stand in the order of
    the times their authors state: the order decides nothing, it only reads well.
    """
    order = sorted(acts.values(), key=_reading_order)
    rank = {act.id: number for number, act in enumerate(order)}
    absent: list[int] = []
    effects: list[list[int]] = [[] for _ in order]
    for number, act in enumerate(order):
        causes = causes_of(act, opening)
        absent.append(len(causes))
        for cause in causes:
            if (known := rank.get(cause)) is not None:
                effects[known].append(number)
    ready = _drain(absent, effects)
    judged = [order[number] for number in ready]
    reached = set(ready)
    return judged, [act for number, act in enumerate(order) if number not in reached]


def causes_of(act: Act, opening: str) -> set[str]:
    """Return the ids of the acts that must be there before ``act`` can be judged."""
    causes = {seen for _, seen in act.read}
    if act.prev is not None:
        causes.add(act.prev)
    if act.answers is not None:
        causes.add(act.answers)
    if act.id != opening:
        causes.add(opening)
    return causes


def _drain(absent: list[int], effects: list[list[int]]) -> list[int]:
    """Take the earliest act that waits for nothing until none is left."""
    free = [number for number, count in enumerate(absent) if count == 0]
    heapify(free)
    taken: list[int] = []
    while free:
        number = heappop(free)
        taken.append(number)
        for effect in effects[number]:
            absent[effect] -= 1
            if absent[effect] == 0:
                heappush(free, effect)
    return taken


def _reading_order(act: Act) -> tuple[float, str, int, str]:
    return act.at.timestamp(), act.author, act.seq, act.id
