"""Runs several commands one after another in one process: a list of lists of words on stdin.

`python -m tests.node.several` saves each command the second that it takes to load Django.
"""

import contextlib
import io
import json
import sys

from comity.node.cli import main


def run(argv: list[str]) -> dict[str, object]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(argv)
        except SystemExit as done:
            code = int(done.code or 0)
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    answers = [run(argv) for argv in json.load(sys.stdin)]
    json.dump(answers, sys.stdout)
