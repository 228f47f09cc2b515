"""What was checked on the pages: named facts, each held or not, with what was seen."""

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

    def check(self, name: str, held: object, seen: object = "") -> bool:
        """Write down whether a fact holds, and say so."""
        shown = " ".join(str(seen).split())[:_LONGEST]
        self.facts.append(Fact(name=name, held=bool(held), seen=shown, step=self.step))
        return bool(held)

    def same(self, name: str, one: object, other: object) -> bool:
        """Write down whether two readings are equal."""
        return self.check(name, one == other, one if one == other else f"{one} / {other}")

    def of(self, step: str) -> tuple[Fact, ...]:
        """Return the facts of one step."""
        return tuple(fact for fact in self.facts if fact.step == step)

    @property
    def failed(self) -> tuple[str, ...]:
        """The names of the facts that do not hold."""
        return tuple(fact.name for fact in self.facts if not fact.held)
