"""Which files need us now, which wait for others, and which are quiet."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from comity.actions.ports import Row
from comity.matters.present import Present
from comity.matters.sayings import Code


class Band(StrEnum):
    """The bands of the wall."""

    NOW = "now"
    WAITING = "waiting"


_REQUESTED_ACTS: Final = frozenset(
    {
        Code.SENT,
        Code.SEEN,
        Code.ACKNOWLEDGED,
        Code.BEING_PRESERVED,
        Code.HOLD_DUE,
        Code.TOLD_TO_GO_ON,
        Code.RELEASE_DUE,
        Code.END_DATE_PASSED,
        Code.MUST_NOT_LAPSE,
    }
)
_BOTH_ACT: Final = frozenset(
    {
        Code.NOTHING_ASKED,
        Code.NOT_UNDERSTOOD,
        Code.RELEASED_UNASKED,
        Code.CROSSED_EXPIRED,
        Code.CROSSED_RELEASED,
        Code.MUST_NOT_LAPSE,
        Code.END_DATE_PASSED,
    }
)
_BY_ROLE: Final[Mapping[str, frozenset[Code]]] = {
    "requested": _REQUESTED_ACTS | _BOTH_ACT,
    "requesting": _BOTH_ACT | {Code.ASKS_GO_ON},
}
ASK_AGAIN: Final = "waiting"
"""The status word that does not say in a row whose answer is awaited."""


def settled(row: Row) -> Band | None:
    """Return a row's band where the row alone says it; None: the file must be folded."""
    if row.code in _BY_ROLE[row.role]:
        return Band.NOW
    return None if row.tag == ASK_AGAIN else Band.WAITING


def folded(row: Row, shown: Present, me: str) -> Band:
    """Return the band of a file that was folded."""
    if shown.alarm or me in shown.owing:
        return Band.NOW
    return Band.NOW if shown.code in _BY_ROLE[row.role] else Band.WAITING
