"""Write ``vectors/matters/``: ``python -m tests.matters.make_vectors``.

Everything follows from fixed inputs, so that the files come out the same on every run.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from comity.matters.act import Act, Result, read_act
from comity.matters.fold import View, fold
from comity.matters.present import CELLS, present
from comity.seal.canonical import Json, decode, encode
from comity.seal.forms import time_text
from tests.matters.pair import (
    KEPT,
    LATER,
    NOW,
    Pair,
    Q,
    R,
    again,
    next_act,
    opening,
    part,
    play,
    signed,
)
from tests.matters.refused import REFUSED
from tests.matters.test_present import crossed

FOLDER: Final = Path(__file__).parents[2] / "vectors" / "matters"
AFTER: Final = LATER + timedelta(seconds=1)


def newer(act: Act, **changes: Json) -> Act:
    return read_act(encode(decode(act.header) | changes))


# ------------------------------------------------------------------- headers


def headers() -> Json:
    pair = play((R, "ordered"), (R, "kept"), (Q, "follow_up"), (R, "held"))
    later: dict[str, Json] = {
        "v": 2,
        "matter": pair.acts[0].id,
        "author": R,
        "seq": 3,
        "prev": pair.acts[4].id,
        "read": {Q: pair.acts[3].id},
        "at": "2031-01-01T00:00:00Z",
        "parts": "elsewhere",
    }
    read = {
        "a request": opening(),
        "an order": pair.acts[1],
        "kept": pair.acts[2],
        "a follow-up": pair.acts[3],
        "held, in answer to it": pair.acts[4],
        "members that are not known": newer(opening(), witness="XVL"),
        "an unknown step": newer(opening(), step="hand_over"),
        "an unknown kind, with words of its own": newer(
            opening(),
            kind="freeze",
            form="uncac",
            parties=[{"role": "holder", "state": "XAL"}, {"role": "asking", "state": "XNR"}],
        ),
        "a later version, of which only the place is read": read_act(encode(later)),
    }
    return {
        "read": [
            {
                "name": name,
                "header": decode(act.header),
                "id": act.id,
                "matter": act.matter_id,
                "understood": act.understood,
            }
            for name, act in read.items()
        ],
        "refused": {
            "header": decode(opening().header),
            "with": [
                {"member": member, "value": value}
                for member, values in REFUSED.items()
                for value in values
            ],
        },
    }


# ------------------------------------------------------------------- histories


def histories() -> Json:
    return [_history(name, make()) for name, make in HISTORIES.items()]


def cells() -> Json:
    return [
        _history(f"{asking} x {keeping}", crossed(asking, keeping).acts)
        for asking, keeping in CELLS
    ]


def _history(name: str, acts: Iterable[Act]) -> Json:
    acts = tuple(acts)
    view = fold(acts)
    return {
        "name": name,
        "acts": [act.header.decode() for act in acts],
        "judged": [
            {
                "act": one.act.id,
                "standing": one.standing.value,
                "rule": one.rule,
            }
            for one in view.judged
        ],
        "stages": {
            "requesting": view.requesting.stage.value,
            "requested": view.requested.stage.value,
        },
        "questions": [{"letter": one.ask.value, "act": one.act.id} for one in view.questions],
        "forks": [
            {"author": one.author, "seq": one.seq, "acts": [one.first.id, one.second.id]}
            for one in view.forks
        ],
        "present": [_present(view, now) for now in (NOW, AFTER)],
    }


def _present(view: View, now: datetime) -> Json:
    shown = present(view, now)
    return {
        "now": time_text(now),
        "code": shown.code.value,
        "status": shown.tag.value,
        "waiting_for": shown.waiting_for,
        "alarm": shown.alarm,
        "closed": shown.closed,
        "partly": shown.partly,
        "until": None if shown.until is None else time_text(shown.until),
    }


def _partly() -> tuple[Act, ...]:
    pair = play()
    pair.do(R, "kept", results=(KEPT, Result(item=2, result="not_found")))
    return pair.acts


def _crossed_withdrawal() -> tuple[Act, ...]:
    pair = play((R, "ordered"))
    pair.do(Q, "withdraw")
    pair.do(R, "kept")
    return pair.acts


def _crossed_expiry() -> tuple[Act, ...]:
    pair = play((R, "kept"))
    pair.do(Q, "follow_up")
    pair.do(R, "expired")
    return pair.acts


def _forked() -> tuple[Act, ...]:
    pair = play((R, "ordered"), (R, "kept"))
    return (*pair.acts, again(pair.acts[2], until=NOW))


def _gap() -> tuple[Act, ...]:
    pair = play((R, "kept"))
    far = again(next_act(pair.acts, R, "seen"), seq=5)
    after = again(next_act(pair.acts, R, "released"), seq=6, prev=far.id)
    return (*pair.acts, far, after, next_act(pair.acts, R, "extend"))


def _goes_back() -> tuple[Act, ...]:
    pair = play((Q, "seen"), (R, "seen"))
    pair.do(R, "acknowledge", read=((Q, pair.acts[0].id),))
    return pair.acts


def _unread_answer() -> tuple[Act, ...]:
    pair = play((R, "kept"))
    asked = pair.do(Q, "follow_up")
    pair.do(R, "held", answers=asked.id)
    return pair.acts


def _unread_go_on() -> tuple[Act, ...]:
    pair = play((R, "cannot"))
    pair.do(Q, "go_on")
    pair.do(R, "ordered")
    return pair.acts


def _early_expiry() -> tuple[Act, ...]:
    pair = play((R, "kept"), (Q, "ask_extension"))
    pair.do(R, "expired")
    return pair.acts


def _unknown_then_known() -> tuple[Act, ...]:
    pair = play((R, "acknowledge"))
    pair.add(newer(next_act(pair.acts, R, "seen"), step="hand_over"))
    pair.meet()
    pair.add(newer(next_act(pair.acts, R, "seen"), v=2))
    pair.meet()
    pair.do(R, "kept")
    return pair.acts


def _stranger() -> tuple[Act, ...]:
    pair = play()
    stranger = signed(matter=pair.acts[0].id, author="XVL", read=((Q, pair.acts[0].id),))
    return (*pair.acts, stranger)


def _second_opening_number() -> tuple[Act, ...]:
    pair = play((R, "acknowledge"))
    return (*pair.acts, signed(matter=pair.acts[0].id, author=Q, step="seen", seq=0))


def _void_request() -> tuple[Act, ...]:
    pair = Pair()
    pair.open(parts=(part("request"), part("order")))
    pair.meet()
    pair.do(R, "acknowledge")
    return pair.acts


def _waiting() -> tuple[Act, ...]:
    pair = play((R, "ordered"), (R, "ask_info"), (Q, "inform"), (R, "kept"))
    return tuple(act for act in pair.acts if act.step != "ask_info")


HISTORIES: Final[Mapping[str, Callable[[], tuple[Act, ...]]]] = {
    "a whole request": lambda: (
        play(
            (R, "seen"),
            (R, "acknowledge"),
            (R, "ordered"),
            (R, "kept"),
            (Q, "ask_extension"),
            (R, "extend"),
            (Q, "follow_up"),
            (R, "held"),
            (Q, "withdraw"),
            (R, "released"),
        ).acts
    ),
    "every question open": lambda: (
        play(
            (R, "ask_info"), (R, "kept"), (Q, "ask_extension"), (Q, "follow_up"), (R, "cannot")
        ).acts
    ),
    "every question answered": lambda: (
        play(
            (R, "ask_info"),
            (Q, "inform"),
            (R, "kept"),
            (Q, "ask_extension"),
            (R, "decline_extension"),
            (Q, "follow_up"),
            (R, "not_received"),
            (R, "cannot"),
            (Q, "go_on"),
            (R, "kept"),
        ).acts
    ),
    "a part is kept": _partly,
    "kept and withdrawn cross": _crossed_withdrawal,
    "expired and follow-up cross": _crossed_expiry,
    "two acts under one number": _forked,
    "a second act under the opening's number": _second_opening_number,
    "an act that waits": _waiting,
    "the opening is absent": lambda: play((R, "seen"), (R, "ordered")).acts[1:],
    "a request that is void": _void_request,
    "unknown acts, then a known one": _unknown_then_known,
    "an opening of a later version": lambda: (newer(opening(), v=2),),
    "rule 1: a stranger": _stranger,
    "rule 2: a gap does not heal": _gap,
    "rule 3: reading goes back": _goes_back,
    "rule 4: an answer to what was not read": _unread_answer,
    "rule 5: no such step from there": lambda: (
        *play((R, "refused")).acts,
        next_act(play((R, "refused")).acts, R, "kept"),
    ),
    "rule 5: go on was not read": _unread_go_on,
    "rule 6: nothing is kept": lambda: (
        *play().acts,
        next_act(play().acts, R, "kept", results=()),
    ),
    "rule 7: a question is open": _early_expiry,
}

FIXED: Final[Mapping[str, Callable[[], Json]]] = {
    "headers": headers,
    "histories": histories,
    "cells": cells,
}


def written(value: Json) -> str:
    """Return a vector file's text: JSON for people, all of ASCII."""
    return json.dumps(value, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in FIXED.items():
        (FOLDER / f"{name}.json").write_text(written(make()), encoding="ascii")


if __name__ == "__main__":
    main()
