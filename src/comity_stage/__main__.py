"""`python -m comity_stage`: the same as `comity demo`."""

import sys

from comity.node.cli import WRONG
from comity.text import ToldError
from comity_stage.demo import main

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ToldError as error:
        print(f"comity demo: {error.sentence}", file=sys.stderr)
        sys.exit(WRONG)
