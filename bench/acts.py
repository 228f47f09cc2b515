"""``python -m bench.acts --json``: how fast a request arrives, how many acts a node accepts.

Everything runs in one go on one machine; read the ratios, not the seconds.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench.accept import accepted_per_second, caller, ready_calls
from bench.ground import two_nodes, up, weight_mb
from bench.peers import django_inserts_per_second, grouped_commits_per_second
from bench.press import middle, press_to_card, quantile
from comity_stage.cast import Role

LINES = 4


def main() -> int:
    """Measure, and print one JSON object as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="a last line for machines")
    parser.add_argument("--requests", type=int, default=200, help="presses of “send”")
    parser.add_argument("--acts", type=int, default=4_096, help="acts in calls of 64")
    parser.add_argument("--single", type=int, default=512, help="acts in calls of one")
    parser.add_argument("--rows", type=int, default=4_000, help="rows for the peers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as name:
        figures = measure(Path(name), given)
    sys.stdout.write(json.dumps(figures, indent=None if given.json else 2) + "\n")
    return 0


def measure(folder: Path, given: argparse.Namespace) -> dict[str, object]:
    """Return every figure of the run."""
    _, nodes = two_nodes(folder / "nodes")
    asks, keeps = nodes[Role.ASKS], nodes[Role.KEEPS]
    with up(keeps) as kept:
        idle = weight_mb(kept.process)
        with up(asks) as asked:
            pressed = press_to_card(asks, keeps, requests=given.requests)
            asking = weight_mb(asked.process)
        who = caller(asks, keeps)
        first = 1_000_000
        warm = ready_calls(who, acts=64, each=64, first_n=first)
        many = ready_calls(who, acts=given.acts, each=64, first_n=first + 64)
        single = ready_calls(who, acts=given.single, each=1, first_n=first + 64 + given.acts)
        accepted_per_second(keeps.port, warm, acts=64, lines=1)
        grouped = accepted_per_second(keeps.port, many, acts=given.acts, lines=LINES)
        alone = accepted_per_second(keeps.port, single, acts=given.single, lines=LINES)
        peak = max(idle, asking, weight_mb(kept.process))
        ready = kept.ready_s
    django = django_inserts_per_second(
        folder, keeps.folder / "keys" / "tls", rows=given.rows, lines=LINES
    )
    bare = grouped_commits_per_second(folder, rows=given.rows * 4)
    return {
        "requests": given.requests,
        "press_to_card_p50_s": round(middle(pressed.seen), 3),
        "press_to_card_p95_s": round(quantile(pressed.seen, 0.95), 3),
        "press_to_there_p95_s": round(quantile(pressed.there, 0.95), 3),
        "acts_per_s": round(grouped),
        "acts_single_per_s": round(alone),
        "django_insert_per_s": round(django),
        "sqlite_grouped_per_s": round(bare),
        "ratios": {
            "django_insert": round(grouped / django, 2),
            "django_insert_single": round(alone / django, 2),
            "sqlite_grouped": round(grouped / bare, 3),
        },
        "peak_mb": round(peak, 1),
        "idle_mb": round(idle, 1),
        "ready_s": round(ready, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
