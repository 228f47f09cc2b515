"""Judging one act against its own past (act-v1 section 3)."""

from collections.abc import Mapping
from typing import Final

from comity.matters.act import Act
from comity.matters.past import NOTHING_READ, Finding, Matter, Track
from comity.matters.rules import Case, fault_of

BEGINNING: Final = Track()
"""Where every lane stands before its first act."""


def judge(matter: Matter, act: Act, number: int) -> Finding:
    """Judge one act, all of whose causes were judged before; ``number`` marks it in sets."""
    case = _case(matter, act)
    understood = matter.understood and act.understood
    fault = fault_of(case) if understood else None
    track = case.track
    if understood and fault is None and case.row is not None:
        track = track.moved(act, case.row)
    return Finding(
        act=act,
        bit=1 << number,
        past=case.past,
        sound=case.sound,
        fault=fault,
        understood=understood,
        track=track,
        had_read=_had_read(case),
    )


def _case(matter: Matter, act: Act) -> Case:
    findings = matter.findings
    before = None if act.prev is None else findings[act.prev]
    past = 0 if before is None else before.past | before.bit
    for _, act_id in act.read:
        seen = findings[act_id]
        past |= seen.past | seen.bit
    if before is None:
        track, sound = BEGINNING, act.seq == 0
    elif before.act.author != act.author:
        track, sound = BEGINNING, False
    else:
        track, sound = before.track, before.sound and before.act.seq == act.seq - 1
    return Case(
        matter=matter,
        act=act,
        before=before,
        sound=sound,
        track=track,
        row=matter.row(act, track.stage),
        past=past,
    )


def _had_read(case: Case) -> Mapping[str, int]:
    """Return how far the lane has read the other parties, this act included."""
    had = NOTHING_READ if case.before is None else case.before.had_read
    further: dict[str, int] = {}
    for state, act_id in case.act.read:
        seen = case.matter.findings[act_id]
        may_be_named = state in case.matter.roles and state == seen.act.author != case.act.author
        # An act behind a gap proves nothing about the lane before it.
        if may_be_named and seen.sound and seen.act.seq > had.get(state, -1):
            further[state] = seen.act.seq
    return {**had, **further} if further else had
