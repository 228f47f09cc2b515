"""Why a call is refused before anything looked at it, and why one got no reply."""

from typing import ClassVar

from comity.text import ToldError, say
from comity.wire.errors import Code


class TransportError(ToldError):
    """Root of the errors of this room."""

    code: ClassVar[str] = "transport"


class Refusal(TransportError):
    """The port refuses without work, with a code of message-v1 and HTTP's ``status``."""

    code: ClassVar[Code] = Code.NOT_A_MESSAGE
    status: ClassVar[int] = 400


class NotFound(Refusal):
    """No such path, or not by POST."""

    code: ClassVar[Code] = Code.NOT_FOUND
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        """Say where calls go."""
        super().__init__(say("There is nothing here. Calls go by POST to /inbox and /sync."))


class TooLarge(Refusal):
    """The body is longer than any call."""

    code: ClassVar[Code] = Code.TOO_LARGE
    status: ClassVar[int] = 413

    def __init__(self, most: int) -> None:
        """Name the limit in bytes."""
        super().__init__(say("The body is too large. Send at most %(most)s bytes.", most=str(most)))


class TooSlow(Refusal):
    """The body did not arrive in time: what came is no message (message-v1 has no other code)."""

    code: ClassVar[Code] = Code.NOT_A_MESSAGE
    status: ClassVar[int] = 408

    def __init__(self, seconds: float) -> None:
        """Name the limit in seconds."""
        super().__init__(
            say(
                "The body did not arrive within %(seconds)s seconds. Send it again over a "
                "better line.",
                seconds=f"{seconds:g}",
            )
        )


class Busy(Refusal):
    """As many bodies are being read, or calls answered, as this node allows."""

    code: ClassVar[Code] = Code.BUSY
    status: ClassVar[int] = 429

    def __init__(self) -> None:
        """Ask to come back."""
        super().__init__(say("This node is busy. Try again in a few seconds."))


class NotReady(Refusal):
    """The records cannot be reached just now."""

    code: ClassVar[Code] = Code.NOT_READY
    status: ClassVar[int] = 503

    def __init__(self) -> None:
        """Ask to come back."""
        super().__init__(say("This node is not ready. Try again in a few seconds."))


class Gone(TransportError):
    """The caller went away in the middle of its body; nobody reads the refusal."""

    code: ClassVar[str] = "gone"

    def __init__(self) -> None:
        """Say so for the log."""
        super().__init__(say("The caller went away before its body was complete. Nothing to do."))


class NoAnswer(TransportError):
    """A call got no reply that could be looked at. It is tried again."""


class NoConnection(NoAnswer):
    """The peer's node could not be reached."""

    code: ClassVar[str] = "no-connection"

    def __init__(self) -> None:
        """Say what to do when it lasts."""
        super().__init__(
            say(
                "The other node cannot be reached. It is tried again; if it is urgent, call the "
                "other State's contact point."
            )
        )


class WrongCertificate(NoAnswer):
    """What answered does not hold the certificate that the peer's card names."""

    code: ClassVar[str] = "wrong-certificate"

    def __init__(self) -> None:
        """Say that nothing was sent."""
        super().__init__(
            say(
                "What answers at the other node's address is not that node: its certificate is "
                "not the one on the card. Nothing was sent. Call the other State's contact point."
            )
        )


class NoReply(NoAnswer):
    """The peer's node took the call and did not answer in time, or not to the end."""

    code: ClassVar[str] = "no-reply"

    def __init__(self) -> None:
        """Say that it is tried again."""
        super().__init__(say("The other node did not answer in time. It is tried again."))


class ReplyTooLarge(NoAnswer):
    """The reply is longer than any reply."""

    code: ClassVar[str] = "reply-too-large"

    def __init__(self) -> None:
        """Say whom to ask."""
        super().__init__(
            say(
                "The other node's answer is too large to be one. Ask those who run it to look "
                "at what answers at its address."
            )
        )


class UnsignedRefusal(NoAnswer):
    """The peer's node, or something before it, refused without a signature."""

    code: ClassVar[str] = "unsigned-refusal"

    def __init__(self, status: int, reason: str) -> None:
        """Name HTTP's status and the reason given, which proves nothing."""
        super().__init__(
            say(
                "The other node refused without a signature (%(reason)s, %(status)s). It is "
                "tried again.",
                reason=reason,
                status=str(status),
            )
        )
        self.reason = reason
