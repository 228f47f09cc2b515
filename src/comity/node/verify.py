"""`comity verify FILE`: check a preservation certificate with the network unplugged.

It needs no node: roots come from ``--root``, or with ``--pinned`` from the node here.
"""

import json
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime

from comity.actions.verdict import Report, Stated, Verdict
from comity.actions.verify import verify_certificate
from comity.node.errors import BadConfig, NoSuchFile
from comity.node.init import numbered
from comity.node.opened import opened
from comity.seal.forms import time_text
from comity.text import say

_WORDS: Mapping[Verdict, str] = {
    Verdict.INTACT: "Intact",
    Verdict.ALTERED: "Altered",
    Verdict.INCOMPLETE: "Incomplete",
    Verdict.CANNOT_TELL: "Cannot tell",
}


def run(args: Namespace) -> int:
    """Print the verdict; 0 when it is Intact, 1 otherwise."""
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise NoSuchFile(str(args.file), error.strerror or str(error)) from error
    report = verify_certificate(data, _roots(args), now=datetime.now(UTC))
    if args.json:
        print(json.dumps(_data(report), ensure_ascii=False))
    else:
        _show(report)
    return 0 if report.verdict is Verdict.INTACT else 1


def _roots(args: Namespace) -> dict[str, str]:
    """Return the roots that the reader names, over those that the node has pinned."""
    roots: dict[str, str] = {}
    if args.pinned:
        _, house = opened(args.config)
        held = house.store.read(lambda view: view.cards())
        roots = {one.card.state: one.pinned.root.id for one in held}
    for named in args.root:
        state, equals, root = named.partition("=")
        if not equals:
            raise BadConfig(
                say("Write --root as STATE=ROOT, as XJN=sha256:… or XJN=twelve words in quotes.")
            )
        roots[state] = root
    return roots


def _show(report: Report) -> None:
    print(f"{_WORDS[report.verdict]}.")
    for finding in report.findings:
        print(f"  {'ok ' if finding.held else 'NOT'}  {finding.sentence}")
    if report.stated is not None:
        _show_stated(report.stated)
    if report.verdict is Verdict.CANNOT_TELL:
        for state, words in report.words:
            print(f"\nThe twelve words of {state}, to compare:\n{numbered(words)}")


def _show_stated(stated: Stated) -> None:
    until = "no date" if stated.until is None else time_text(stated.until)
    print(f"\n{stated.requested} has stated that it keeps {stated.kept} of {stated.asked} items")
    print(f"for {stated.requesting} until {until}. {stated.sentence}")
    print(f"Basis: {stated.instrument} {stated.article}".rstrip())
    print("This does not prove that the custodian really holds the data.")


def _data(report: Report) -> dict[str, object]:
    stated = report.stated
    return {
        "verdict": report.verdict.value,
        "findings": [
            {"check": one.check, "held": one.held, "sentence": str(one.sentence)}
            for one in report.findings
        ],
        "stated": None
        if stated is None
        else {
            "matter": stated.matter,
            "requesting": stated.requesting,
            "requested": stated.requested,
            "instrument": stated.instrument,
            "article": stated.article,
            "kept": stated.kept,
            "asked": stated.asked,
            "until": None if stated.until is None else stated.until.isoformat(),
            "code": stated.code,
        },
        "words": {state: list(words) for state, words in report.words},
    }
