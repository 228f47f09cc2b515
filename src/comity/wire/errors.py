"""Whose fault it is: ours, or theirs with a code of the specification (message-v1 section 6)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Final, NoReturn

from comity.directory.errors import DirectoryError
from comity.matters.errors import NotAnAct
from comity.seal.errors import SealError
from comity.text import Sentence, ToldError, say


class Code(StrEnum):
    """Every code that a message, an act in it or a card in it may be refused with."""

    NOT_A_MESSAGE = "not-a-message"
    TOO_LARGE = "too-large"
    UNKNOWN_SUITE = "unknown-suite"
    UNSUPPORTED_VERSION = "unsupported-version"
    NOT_FOR_ME = "not-for-me"
    UNKNOWN_PEER = "unknown-peer"
    UNKNOWN_KEY = "unknown-key"
    CANNOT_OPEN = "cannot-open"
    BAD_PADDING = "bad-padding"
    NOT_CANONICAL = "not-canonical"
    NOT_A_HEAD = "not-a-head"
    BAD_SIGNATURE = "bad-signature"
    WRONG_PURPOSE = "wrong-purpose"
    KEY_NOT_VALID = "key-not-valid"
    CLOCK_APART = "clock-apart"
    BLOB_MISMATCH = "blob-mismatch"
    NOT_THE_REPLY = "not-the-reply"
    NUMBER_REUSED = "number-reused"
    BUSY = "busy"
    NOT_READY = "not-ready"
    NOT_FOUND = "not-found"
    # The act (act-v1 section 7).
    NOT_AN_ACT = "not-an-act"
    PART_MISMATCH = "part-mismatch"
    AUTHOR_NOT_SENDER = "author-not-sender"
    # The card (card-v1).
    NOT_A_CARD = "not-a-card"
    WRONG_ROOT = "wrong-root"
    ROLLED_BACK = "rolled-back"
    CARD_EXPIRED = "card-expired"
    NOT_ANCHORED = "not-anchored"
    DEMO_CARD = "demo-card"
    WRONG_STATE = "wrong-state"
    # The meeting (sync-v1).
    SYNC_IMPOSSIBLE = "sync-impossible"


OURS: Final = frozenset({Code.BUSY, Code.NOT_READY})
"""The two refusals that are not the caller's fault."""

SAYS: Final[Mapping[Code, Sentence]] = {
    Code.NOT_A_MESSAGE: say("The other node sent something that is not a message."),
    Code.TOO_LARGE: say("The other node sent more than fits into one message."),
    Code.UNKNOWN_SUITE: say(
        "The other node used a set of algorithms that is not in force here. One of the two nodes"
        " must be brought up to date."
    ),
    Code.UNSUPPORTED_VERSION: say(
        "The other node speaks a version that this one does not know. Bring this node up to date."
    ),
    Code.NOT_FOR_ME: say("The message is addressed to another State."),
    Code.UNKNOWN_PEER: say(
        "This node holds no card of the sender. Add it with “comity peer add” after reading the"
        " twelve words over a known number."
    ),
    Code.UNKNOWN_KEY: say(
        "The key is not on the card that is held. The sender should send its newest card."
    ),
    Code.CANNOT_OPEN: say(
        "The message does not open: it was changed on the way, or sealed to a key that is gone."
    ),
    Code.BAD_PADDING: say("The message is not filled up as agreed."),
    Code.NOT_CANONICAL: say("The message is not written in the one agreed way."),
    Code.NOT_A_HEAD: say("The head of the message lacks something, or says it wrongly."),
    Code.BAD_SIGNATURE: say("A signature is missing or false. Nothing was believed."),
    Code.WRONG_PURPOSE: say("A key was used for something that it may not sign."),
    Code.KEY_NOT_VALID: say(
        "The key was not valid at that time. The sender should renew its keys and send its card."
    ),
    Code.CLOCK_APART: say(
        "The two nodes' clocks are more than 10 minutes apart. Check the clock of both."
    ),
    Code.BLOB_MISMATCH: say("What the message carries is not what its head says."),
    Code.NOT_THE_REPLY: say("The answer belongs to another call. Nothing was believed."),
    Code.NUMBER_REUSED: say(
        "The other State gave one number to two different entries. Call its contact point."
    ),
    Code.BUSY: say("The other node is busy. It will be tried again."),
    Code.NOT_READY: say("The other node is not ready yet. It will be tried again."),
    Code.NOT_FOUND: say("There is no such thing at the other node."),
    Code.NOT_AN_ACT: say("An entry lacks something, or says it wrongly. It was not kept."),
    Code.PART_MISMATCH: say("A part is not the one that the entry commits to. It was not kept."),
    Code.AUTHOR_NOT_SENDER: say("An entry was sent by another State than its author."),
    Code.NOT_A_CARD: say("The card breaks a rule. The one held stays."),
    Code.WRONG_ROOT: say("The card is not signed by the State's own root. The one held stays."),
    Code.ROLLED_BACK: say("The card is not newer than the one held. The one held stays."),
    Code.CARD_EXPIRED: say("The card has expired. The sender should send a new one."),
    Code.NOT_ANCHORED: say("Nobody has checked the root of this State here."),
    Code.DEMO_CARD: say("A demonstration and a real node cannot speak with each other."),
    Code.WRONG_STATE: say("The card speaks for another State. The one held stays."),
    Code.SYNC_IMPOSSIBLE: say(
        "The two nodes do not agree on what was sent. Call the other State's contact point."
    ),
}


class OurFault(ToldError):
    """We were about to send nonsense: a mistake in this node, never a peer's."""

    code = "our-fault"

    def __init__(self, what: str) -> None:
        """Name what is wrong."""
        super().__init__(
            say(
                "This node was about to send something wrong (%(what)s), so it sent nothing."
                " Report this to those who run the node.",
                what=what,
            )
        )


def ours(what: str) -> NoReturn:
    """Raise ``OurFault``."""
    raise OurFault(what)


class TheirFault(ToldError):
    """A peer sent what may not be believed. ``reason`` (as text: ``code``) says what.

    ``where`` names the member or the place in the message, in our own words.

    ``mid`` is set when the call itself was proven: then the refusal can be
    sealed and signed as the reply to it.
    """

    def __init__(self, code: Code, where: str = "", *, mid: str | None = None) -> None:
        """Keep the code, and where in the message the fault lies."""
        super().__init__(SAYS[code])
        self.code = code  # type: ignore[misc]  # one class for all codes: see Code
        self.reason = code
        self.where = where
        self.mid = mid


@contextmanager
def foreign(otherwise: Code, *, mid: str | None = None) -> Iterator[None]:
    """Turn what lower rooms raise on foreign bytes into ``TheirFault``.

    A code that the specification lists is kept; any other becomes ``otherwise``.
    """
    try:
        yield
    except (SealError, DirectoryError, NotAnAct) as error:
        code = Code(error.code) if error.code in _CODES else otherwise
        raise TheirFault(code, _where(error), mid=mid) from error


def _where(error: ToldError) -> str:
    field = getattr(error, "field", "")
    return field if isinstance(field, str) else ""


_CODES: Final = frozenset(Code)
