"""`comity demo`: the demonstration, where it is installed.

The node knows nothing of it: it is found by its entry point, and a production install
has none.
"""

from argparse import Namespace
from collections.abc import Callable
from importlib.metadata import entry_points

from comity.node.errors import NoStage

GROUP = "comity.stage"
NAME = "demo"


def run(args: Namespace) -> int:
    """Hand the rest of the command line to the demonstration."""
    found = entry_points(group=GROUP, name=NAME)
    if not found:
        raise NoStage
    try:
        play: Callable[[list[str]], int] = next(iter(found)).load()
    except ModuleNotFoundError as error:
        raise NoStage from error
    return play(list(args.rest))
