"""What was checked on the pages: named facts, each held or not, with what was seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that must be so. ``seen`` is what the page showed, ``step`` where it was asked."""

    name: str
    held: bool
    seen: str
    step: str


@dataclass(slots=True, kw_only=True)
class Ledger:
    """The facts so far, in order. ``step`` is the key of the step being played."""

    step: str = ""
    facts: list[Fact] = field(default_factory=list)

    def begin(self, step: str) -> None:
        """Begin a step; what an earlier try of it found is forgotten."""
        self.step = step
        self.facts[:] = [fact for fact in self.facts if fact.step != step]

    def check(self, name: str, held: object, seen: object = "") -> bool:
        """Write down whether a fact holds, and say so."""
        shown = " ".join(_plain(seen).split())[:_LONGEST]
        self.facts.append(Fact(name=name, held=bool(held), seen=shown, step=self.step))
        return bool(held)

    def same(self, name: str, one: object, other: object) -> bool:
        """Write down whether two readings are equal."""
        seen = _plain(one) if one == other else f"{_plain(one)} / {_plain(other)}"
        return self.check(name, one == other, seen)

    def of(self, step: str) -> tuple[Fact, ...]:
        """Return the facts of one step."""
        return tuple(fact for fact in self.facts if fact.step == step)

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of the facts that do not hold."""
        return tuple(fact.name for fact in self.facts if not fact.held)


def _plain(seen: object) -> str:
    """Return what was seen as a reader would note it down."""
    if isinstance(seen, Mapping):
        return "; ".join(f"{name}: {_plain(value)}" for name, value in seen.items())
    if isinstance(seen, list | tuple | set | frozenset):
        return ", ".join(map(_plain, seen))
    return str(seen)
