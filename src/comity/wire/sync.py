"""What two nodes conclude when they meet (sync-v1). A pure table; nothing is done here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from comity.directory.members import Members
from comity.seal.canonical import LARGEST, Json
from comity.text import Sentence, say

MOST_ABOVE: Final = 1_000
"""How many numbers above the highest contiguous one are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """What one side says: all numbers are of acts between these two States.

    ``given``: highest n I gave to an act for you. ``held``: highest contiguous
    n of yours that I hold; ``above`` those beyond it. ``receipts``: highest
    contiguous n of mine for which I hold your receipt. ``want``: from which n
    of my own acts on you should give them back to me; 0 for none.
    """

    given: int
    held: int
    above: tuple[int, ...] = ()
    receipts: int
    want: int = 0

    def data(self) -> dict[str, Json]:
        """Return the form that a head's ``state`` has."""
        return {
            "given": self.given,
            "held": self.held,
            "above": list(self.above),
            "receipts": self.receipts,
            "want": self.want,
        }

    @property
    def highest(self) -> int:
        """The highest n of the other side that I hold."""
        return max(self.held, *self.above, 0)


class Finding(StrEnum):
    """What a comparison shows. Several may hold at once."""

    IN_STEP = "in-step"
    ON_THE_WAY = "on-the-way"
    PEER_RESTORED = "peer-restored"
    I_WAS_RESTORED = "i-was-restored"
    LOOK_AGAIN = "look-again"
    PEER_UNAWARE = "peer-unaware"
    IMPOSSIBLE = "sync-impossible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What this side concludes; ``findings`` in the order of sync-v1.

    ``resend_from``: acts of mine from this n on are due again, except those in
    ``except_for`` (0: none). ``want``: ask the peer for my own acts from this n
    on (0: none). ``give_from``: the peer asked for its own acts from this n on
    (0: it did not).
    """

    findings: tuple[Finding, ...]
    resend_from: int = 0
    except_for: tuple[int, ...] = ()
    want: int = 0
    give_from: int = 0

    @property
    def may_sign(self) -> bool:
        """Whether acts in matters shared with this peer may be signed."""
        return not self.want and Finding.IMPOSSIBLE not in self.findings


TOLD: Final[Mapping[Finding, Sentence]] = {
    Finding.PEER_RESTORED: say(
        "The other State's node came back from a backup. What it lost is sent to it again."
    ),
    Finding.I_WAS_RESTORED: say(
        "This node came back from a backup: the other State holds entries that are missing here."
        " They are being fetched; nothing is signed in shared files until they are here."
    ),
    Finding.PEER_UNAWARE: say(
        "The other State's node seems to have come back from a backup without noticing. It is"
        " asked again."
    ),
    Finding.IMPOSSIBLE: say(
        "The two nodes do not agree on what was sent. Call the other State's contact point and"
        " ask whether its node was restored."
    ),
}
"""What both desks are told; the other findings need nobody."""


def read_state(members: Members) -> SyncState:
    """Return the state that a head tells. Raises ``WrongMember``."""
    given = members.whole("given")
    held = members.whole("held")
    above: list[int] = []
    for n in members.array("above", MOST_ABOVE):
        # The number right after the contiguous ones would be one of them.
        if type(n) is not int or not max((held + 1, *above[-1:])) < n <= LARGEST:
            members.fail("above")
        above.append(n)
    return SyncState(
        given=given,
        held=held,
        above=tuple(above),
        receipts=members.whole("receipts", 0, given),
        want=members.whole("want"),
    )


def conclude(
    mine: SyncState,
    theirs: SyncState,
    *,
    now: SyncState | None = None,
    before: Conclusion | None = None,
) -> Conclusion:
    """Conclude as the caller from the reply to what I said.

    Acts go on crossing during a call. So ``mine`` is what I said before it and
    ``now`` what I would say after the reply came; without it, nothing crossed.
    ``before`` is the last conclusion about this peer.
    """
    after = now or mine
    found = _restored(after, theirs)
    if theirs.held < mine.receipts or (theirs.given < mine.highest and theirs.want):
        found.insert(0, Finding.PEER_RESTORED)
    if theirs.given < mine.highest and not theirs.want:
        twice = before is not None and bool(_DOUBTS & set(before.findings))
        found.append(Finding.IMPOSSIBLE if twice else Finding.PEER_UNAWARE)
    lost = theirs.held < mine.receipts
    return Conclusion(
        findings=tuple(found) or (Finding.IN_STEP,),
        resend_from=theirs.held + 1 if lost else 0,
        except_for=theirs.above if lost else (),
        want=_want(after, theirs),
        give_from=theirs.want,
    )


def conclude_called(mine: SyncState, theirs: SyncState) -> Conclusion:
    """Conclude as the one who was called; ``mine`` is what the reply will say.

    The caller spoke first, so it may only seem to be behind: ``LOOK_AGAIN``
    means that this side should call and conclude as the caller.
    """
    found = _restored(mine, theirs)
    if theirs.held < mine.receipts or theirs.given < mine.highest:
        found.append(Finding.LOOK_AGAIN)
    return Conclusion(
        findings=tuple(found) or (Finding.IN_STEP,),
        want=_want(mine, theirs),
        give_from=theirs.want,
    )


def _restored(mine: SyncState, theirs: SyncState) -> list[Finding]:
    found: list[Finding] = []
    if theirs.highest > mine.given or theirs.receipts > mine.held:
        found.append(Finding.I_WAS_RESTORED)
    if theirs.given > mine.held:
        found.append(Finding.ON_THE_WAY)
    return found


def _want(mine: SyncState, theirs: SyncState) -> int:
    return mine.given + 1 if theirs.highest > mine.given else 0


_DOUBTS: Final = frozenset({Finding.PEER_UNAWARE, Finding.IMPOSSIBLE})
