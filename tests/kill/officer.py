"""State acts at one node, on and on, as an officer would: `... HOME PEER SEED PARENT`.

The records and the signer are opened in this process, beside those of `comity up`, as the
desk opens them. What a verb returned is written down at once: from then on it must not be
lost. A line is whole when it ends with a full stop, for this process is killed as well.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from comity.actions.acknowledge import acknowledge
from comity.actions.cannot import cannot_assure, go_on
from comity.actions.extend import ask_extension, decline_extension, extend
from comity.actions.follow_up import follow_up, hold, not_received
from comity.actions.notes import drop_note, write_note
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.preserve import Kept, first_end, keep, order
from comity.actions.refuse import refuse
from comity.actions.seen import seen
from comity.actions.send import send_request
from comity.actions.state import matter_of
from comity.actions.talk import ask_info, inform
from comity.actions.withdraw import release, withdraw
from comity.facts import email_address
from comity.facts.period import Period
from comity.matters.fold import View as Matter
from comity.matters.present import present
from comity.matters.stages import Step
from comity.matters.steps import allowed
from comity.node.listen import die_with
from comity.safeguards.purpose import PurposeSign
from comity.text import ToldError
from tests.actions.desks import asked
from tests.node.state_an_act import opened

BY: Final = Officer(id="o-1", roles=frozenset({"duty_officer"}))
PAUSE: Final = 0.1
"""Seconds between two presses, at most: half of it on the average."""

ROOM: Final = 12
"""With so many files open, no new one is asked for."""

LONG: Final = 40
"""A file with so many acts is brought to its end: a certificate has a largest size."""

DAY: Final = timedelta(days=1)
REASON: Final = "Because of what the file says."
ENDS: Final = frozenset({Step.REFUSED, Step.WITHDRAW, Step.RELEASED})
SELDOM: Final = ENDS | {Step.CANNOT}

Press = Callable[[House, Matter, Random], HeldAct]


def _keep(house: House, file: Matter, random: Random) -> HeldAct:
    items = file.opening.items if file.opening else 1
    results = [(n, random.choice(("kept", "not_found"))) for n in range(1, items + 1)]
    results[0] = (1, "kept")
    until = first_end(house, file.matter)
    kept = Kept(custodian="CloudHarbour", results=tuple(results), until=until)
    return keep(house, file.matter, by=BY, kept=kept)


def _later(file: Matter, random: Random) -> datetime:
    now = datetime.now(UTC)
    until = present(file, now).until or now + 90 * DAY
    return until.replace(microsecond=0) + random.randint(1, 30) * DAY


PRESSES: Final[Mapping[Step, Press]] = {
    Step.ACKNOWLEDGE: lambda h, f, _: acknowledge(h, f.matter, by=BY, ours="ours-1"),
    Step.ORDERED: lambda h, f, _: order(
        h, f.matter, by=BY, sign=PurposeSign.NONE_SEEN, custodian="CloudHarbour"
    ),
    Step.KEPT: _keep,
    Step.REFUSED: lambda h, f, _: refuse(
        h, f.matter, by=BY, grounds=("D_domestic_law",), reason=REASON
    ),
    Step.CANNOT: lambda h, f, _: cannot_assure(h, f.matter, by=BY, reason=REASON),
    Step.HELD: lambda h, f, _: hold(h, f.matter, by=BY),
    Step.NOT_RECEIVED: lambda h, f, _: not_received(h, f.matter, by=BY, reason=REASON),
    Step.EXTEND: lambda h, f, r: extend(h, f.matter, by=BY, until=_later(f, r)),
    Step.DECLINE_EXTENSION: lambda h, f, _: decline_extension(h, f.matter, by=BY, reason=REASON),
    Step.ASK_INFO: lambda h, f, _: ask_info(h, f.matter, by=BY, question="Which account?"),
    Step.RELEASED: lambda h, f, _: release(h, f.matter, by=BY, reason=REASON),
    Step.FOLLOW_UP: lambda h, f, _: follow_up(h, f.matter, by=BY, reference="MLA 7/2026"),
    Step.WITHDRAW: lambda h, f, _: withdraw(h, f.matter, by=BY, reason=REASON),
    Step.INFORM: lambda h, f, _: inform(h, f.matter, by=BY, answer="The one named first."),
    Step.ASK_EXTENSION: lambda h, f, r: ask_extension(
        h, f.matter, by=BY, until=_later(f, r), reason=REASON
    ),
    Step.GO_ON: lambda h, f, _: go_on(h, f.matter, by=BY),
}


def press(house: House, peer: str, random: Random) -> HeldAct | None:
    """Do one thing at the desk; None when there was nothing to do."""
    rows = house.store.read(lambda view: view.rows(closed=False, limit=2 * ROOM))
    if len(rows) < random.randint(1, ROOM):
        return a_request(house, peer, random.randint(1, 3))
    matter = random.choice(rows).matter
    if (opened_it := seen(house, matter, by=BY)) is not None:
        return opened_it
    file = house.store.read(partial(matter_of, matter=matter))
    steps = [step for step in allowed(file, house.me) if step in PRESSES]
    if not steps:
        return None
    if len(file.judged) > LONG and ENDS & set(steps):
        steps = [step for step in steps if step in ENDS]
    weights = [0.1 if step in SELDOM else 1.0 for step in steps]
    (step,) = random.choices(steps, weights)
    return PRESSES[step](house, file, random)


def a_request(house: House, peer: str, accounts: int = 1) -> HeldAct:
    """Send a request under reciprocity, for so many accounts."""
    now = house.clock.now().replace(microsecond=0)
    items = tuple(email_address.clean(f"a{n}@harbour.example") for n in range(accounts))
    return send_request(
        house,
        asked(
            to=peer,
            instrument="reciprocity",
            items=items,
            period=Period(first=now.date() - 30 * DAY, last=now.date() - DAY),
            until=now + 90 * DAY,
            ours=f"{house.me}-7",
        ),
        by=BY,
    )


def think(house: House, random: Random) -> None:
    """Begin a draft, and throw some of them away."""
    note = write_note(house, by=BY, kind="draft", body="{}")
    if random.random() < 0.5:
        drop_note(house, note.id)


def main(home: Path, peer: str, seed: int, parent: int) -> None:
    die_with(parent, signal.SIGKILL)
    random = Random(seed)
    house = opened(home)
    out = os.open(home / "stated", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(*words: str) -> None:
        os.write(out, f"\n{' '.join(words)}.\n".encode())

    say("ready", str(os.getpid()))
    while True:
        if random.random() < 0.1:
            think(house, random)
        try:
            held = press(house, peer, random)
        except ToldError as told:
            say("refused", told.code)
            continue
        if held is not None:
            say("stated", held.act.id)
        time.sleep(random.random() * PAUSE)


if __name__ == "__main__":
    os.environ.pop("COMITY_CONFIG", None)
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
