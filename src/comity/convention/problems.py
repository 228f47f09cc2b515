"""What stands in the way of a step, said at the field where it can be put right."""

from dataclasses import dataclass

from comity.convention.codes import Severity
from comity.text import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is not in order.

    ``code`` is stable; ``field`` names the box of the form; ``rows`` are the
    law rows that say so. A warning leaves the decision to the person.
    """

    code: str
    field: str
    sentence: Sentence
    rows: tuple[str, ...] = ()
    severity: Severity = Severity.STOP

    @property
    def stops(self) -> bool:
        """Say whether the step cannot be taken until this is put right."""
        return self.severity is Severity.STOP
