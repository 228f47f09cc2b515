"""What stands in the way of a verb, in words a person can act on."""

from comity.text import Sentence, ToldError, say


class ActionError(ToldError):
    """Root of this room's errors."""


class NotAllowedError(ActionError):
    """The step does not fit the state of the matter, or the officer's role."""

    code = "not-allowed"


class NotFoundError(ActionError):
    """No such matter; absent and forbidden look the same."""

    code = "not-found"

    def __init__(self) -> None:
        """Say it in the same words whatever the cause."""
        super().__init__(say("There is no such file on this desk. Go back to the desk and look."))


class IncompleteError(ActionError):
    """Fields are missing or wrong; each problem names its field."""

    code = "incomplete"

    def __init__(self, problems: tuple[tuple[str, Sentence], ...]) -> None:
        """Keep each (field, sentence)."""
        super().__init__(
            say(
                "%(count)s things need your attention before this can go.", count=str(len(problems))
            )
        )
        self.problems = problems


class RestoredError(ActionError):
    """The node came back from a backup and must speak with a peer before it signs."""

    code = "restored"

    def __init__(self, peers: frozenset[str]) -> None:
        """Name the peers still to be reached."""
        super().__init__(
            say(
                "This node was restored from a backup. It signs nothing in files shared with"
                " %(peers)s until it has spoken with them. Call them if it is urgent.",
                peers=", ".join(sorted(peers)),
            )
        )


class UnknownPeerError(ActionError):
    """No card is held for this State."""

    code = "unknown-peer"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "This node holds no card of %(state)s. Add it with “comity peer add” after"
                " reading the twelve words over a known number.",
                state=state,
            )
        )


class TooLargeError(ActionError):
    """What was written does not fit into one message."""

    code = "too-large"

    def __init__(self, size: int, limit: int) -> None:
        """Give both sizes in bytes."""
        super().__init__(
            say(
                "This is %(size)s kB; one request carries at most %(limit)s kB. Shorten the text or"
                " send fewer items.",
                size=str(size // 1000),
                limit=str(limit // 1000),
            )
        )


class LaneMovedError(ActionError):
    """Another act of this State came first; the caller looks again and retries."""

    code = "lane-moved"

    def __init__(self) -> None:
        """Say what to do when retrying did not help."""
        super().__init__(
            say("A colleague wrote in this file at the same moment. Open it again and look.")
        )
