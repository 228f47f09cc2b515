"""`python -m comity_stage.kept PARENT ...`: `comity ...` that ends when its parent does.

The kernel asks the node to stop when the demonstration is gone, however it went.
"""

import signal
import sys

from comity.node.cli import main
from comity.node.listen import die_with

if __name__ == "__main__":
    die_with(int(sys.argv[1]), signal.SIGTERM)
    sys.exit(main(sys.argv[2:]))
