"""Every ground of the basis is asked, never only the first that would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from comity.convention.rows import Ground
from comity.text import Sentence, say


class Said(StrEnum):
    """What a person answers to one ground."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One ground, asked, and what was answered (None: not yet)."""

    ground: Ground
    said: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """All grounds with their answers; what they amount to."""

    asked: tuple[Asked, ...]

    @property
    def complete(self) -> bool:
        """Whether every ground was asked and answered."""
        return all(one.said is not None for one in self.asked)

    @property
    def found(self) -> tuple[str, ...]:
        """The codes of the grounds that a person found to stand in the way."""
        return tuple(one.ground.code.value for one in self.asked if one.said is Said.YES)

    @property
    def advice(self) -> Sentence:
        """What the answers amount to; the decision stays a person's."""
        if not self.complete:
            return say("Some grounds are not answered yet.")
        if self.found:
            return say("You found a ground. You may refuse on it, or preserve all the same.")
        if any(one.said is Said.UNSURE for one in self.asked):
            return say("You are unsure of a ground. Ask a colleague, or ask the other State.")
        return say("No ground stands in the way. You may preserve.")


def screen(grounds: tuple[Ground, ...], answers: Mapping[str, str]) -> Screening:
    """Return the screening: each ground of the law rows with its answer by code."""
    known = {said.value: said for said in Said}
    return Screening(
        asked=tuple(
            Asked(ground=ground, said=known.get(answers.get(ground.code.value, "")))
            for ground in grounds
        )
    )
