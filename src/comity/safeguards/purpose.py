"""The one question before a preservation: is there a sign of an improper purpose?

Preserving is silent and can be undone, so one press of a person is enough;
but a person presses it, after this question (Convention 24(4), 40(22) by way
of 42(6); evidence: unconfirmed). The answer stays home.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from comity.text import Sentence, say


class PurposeSign(StrEnum):
    """What the officer answered. There is no default: nobody answers for a person."""

    NONE_SEEN = "none_seen"
    CHECK_FIRST = "check_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeCheck:
    """An officer's answer, to be kept as a home note."""

    by: str
    at: datetime
    sign: PurposeSign
    note: str = ""

    def written(self) -> str:
        """Return the answer as the text of a home note."""
        return f"{self.sign.value}\n{self.note}".strip()


def stands_in_the_way(check: PurposeCheck) -> Sentence | None:
    """Return why the data may not be preserved now; None when it may."""
    if check.sign is PurposeSign.NONE_SEEN:
        return None
    return say(
        "You said that you want to check first. Nothing was ordered. Ask the other State, refuse,"
        " or come back and preserve."
    )
