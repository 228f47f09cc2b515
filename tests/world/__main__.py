"""``python -m tests.world --seeds 200 --json``: play histories and say what they broke."""

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count
from time import perf_counter

from tests.world.check import broken
from tests.world.run import ACTS, History, World


def play(seed: int, live: bool, acts: int) -> History:  # a pool's plain arguments
    """Play one seed and check it."""
    world = World(seed, live=live, acts=acts)
    history = world.play()
    history.violations.extend(broken(world))
    return history


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--acts", type=int, default=ACTS, help="presses for each node")
    parser.add_argument("--suite1", action="store_true", help="real signatures and sealing")
    parser.add_argument("--json", action="store_true", help="a last line for machines")
    given = parser.parse_args()
    started = perf_counter()
    histories = list(_histories(given))
    bad = [one for one in histories if one.violations]
    for one in bad[:20]:
        sys.stdout.write(f"seed {one.seed}: {'; '.join(one.violations[:3])}\n")
    summary = {
        "seeds": len(histories),
        "violations": sum(len(one.violations) for one in histories),
        "acts": sum(one.acts for one in histories),
        "delivered": sum(one.delivered for one in histories),
        "restores": sum(one.restores for one in histories),
        "restarts": sum(one.restarts for one in histories),
        "seconds": round(perf_counter() - started, 1),
    }
    sys.stdout.write(json.dumps(summary) + "\n" if given.json else f"{summary}\n")
    return 1 if bad else 0


def _histories(given: argparse.Namespace) -> Iterator[History]:
    seeds = range(given.first, given.first + given.seeds)
    with ProcessPoolExecutor(cpu_count()) as pool:
        count = len(seeds)
        yield from pool.map(play, seeds, [given.suite1] * count, [given.acts] * count, chunksize=1)


if __name__ == "__main__":
    sys.exit(main())
