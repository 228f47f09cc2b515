"""What was found about acts so far, for judging those that come after them.

What is found about an act depends on nothing but the opening, the acts that it
reaches through ``prev`` and ``read``, and the one it answers, so that it never
changes when others arrive.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from comity.matters.act import KEPT, Act
from comity.matters.forms import LARGEST_SEQ
from comity.matters.stages import ASKED_BY, KINDS, TABLE, Role, Row, Stage, Step
from comity.text import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Where a lane stands: its stage, and what its acts up to here stated."""

    stage: Stage = Stage.NONE
    kept: Act | None = None
    refused: Act | None = None
    cannot: Act | None = None
    until: datetime | None = None
    ever_preserved: bool = False

    def moved(self, act: Act, row: Row) -> "Track":
        """Return the track after an act that counts."""
        stage = row.after(self.stage)
        match act.step:
            case Step.ORDERED:
                return replace(self, stage=stage, ever_preserved=True)
            case Step.KEPT:
                return replace(self, stage=stage, kept=act, until=act.until, ever_preserved=True)
            case Step.EXTEND:
                return replace(self, stage=stage, until=act.until)
            case Step.REFUSED:
                return replace(self, stage=stage, refused=act)
            case Step.CANNOT:
                return replace(self, stage=stage, cannot=act)
        return self if stage is self.stage else replace(self, stage=stage)

    @property
    def partly(self) -> bool:
        """Say whether the newest ``kept`` leaves something out."""
        return self.kept is not None and any(one.result != KEPT for one in self.kept.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The rule of act-v1 section 3 that makes an act void, and the sentence that says so."""

    rule: int
    why: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found about one act.

    ``bit`` marks the act in the sets of acts, ``past`` is the set that it
    reaches. ``sound`` says that its lane runs without a gap from 0 to it.
    ``had_read`` is how far (by ``seq``) the lane has read each other lane.
    """

    act: Act
    bit: int
    past: int
    sound: bool
    fault: Fault | None
    understood: bool
    track: Track
    had_read: Mapping[str, int]

    @property
    def fits(self) -> bool:
        """Say whether the act counts as far as its own past can tell."""
        return self.understood and self.fault is None


NOTHING_READ: Final[Mapping[str, int]] = MappingProxyType({})
NO_FORK: Final = LARGEST_SEQ + 1


class Matter:
    """The acts of one matter that were judged so far, and the sets they form."""

    __slots__ = ("answers", "asked", "findings", "opening", "roles", "twice", "understood")

    def __init__(self, opening: Act, twice: Mapping[str, Mapping[int, frozenset[str]]]) -> None:
        """Begin; ``twice`` holds, by author, the seqs that were signed twice and the acts' ids."""
        self.opening = opening
        self.understood = opening.v == 1 and opening.kind in KINDS
        self.roles: dict[str, Role] = (
            {party.state: Role(party.role) for party in opening.parties} if self.understood else {}
        )
        self.twice = twice
        self.findings: dict[str, Finding] = {}
        self.asked: dict[str, list[Finding]] = {}
        self.answers: dict[str, list[Finding]] = {}

    def keep(self, finding: Finding) -> None:
        """Remember an act for those that come after it."""
        act = finding.act
        self.findings[act.id] = finding
        if finding.fits:
            if act.step in ASKED_BY or act.step == Step.WITHDRAW:
                self.asked.setdefault(act.step, []).append(finding)
            if act.answers is not None:
                self.answers.setdefault(act.answers, []).append(finding)

    def counted(self, among: Iterable[Finding], past: int) -> list[Finding]:
        """Return those that count for somebody who holds the set ``past`` and no more."""
        within = [one for one in among if past & one.bit]
        forked = {author: self._forked_at(author, past) for author in {*map(_author, within)}}
        return [one for one in within if one.act.seq < forked[one.act.author]]

    def _forked_at(self, author: str, past: int) -> int:
        """Return the lowest number that the author signed twice within ``past``."""
        forks = (
            seq
            for seq, ids in self.twice.get(author, {}).items()
            if sum(1 for one in ids if self._within(one, past)) > 1
        )
        return min(forks, default=NO_FORK)

    def _within(self, act_id: str, past: int) -> bool:
        known = self.findings.get(act_id)
        return known is not None and bool(past & known.bit)

    def row(self, act: Act, stage: Stage) -> Row | None:
        """Return the line of the table for the act's step from ``stage``, if there is one."""
        role = self.roles.get(act.author)
        return None if role is None else TABLE[role].get((stage, act.step))


def _author(finding: Finding) -> str:
    return finding.act.author
