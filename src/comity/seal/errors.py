"""What can be wrong with bytes that somebody sealed, each with the code of the specification."""

from typing import ClassVar

from comity.text import Sentence, ToldError, say


class SealError(ToldError):
    """The root of this room's errors; only its leaves are raised."""

    code: ClassVar[str] = "seal"


class NotCanonical(SealError):
    """Bytes or a value break a rule of ``spec/canonical-v1.md``.

    ``rule`` is the number of the rule ("1" to "5") or the name of the small
    form ("bytes", "digest", "time", "day").
    """

    code: ClassVar[str] = "not-canonical"

    def __init__(self, sentence: Sentence, *, rule: str) -> None:
        """Keep the sentence and the rule it speaks of."""
        super().__init__(sentence)
        self.rule = rule


class BadEnvelope(SealError):
    """The bytes are canonical, but not a DSSE envelope of ``spec/seal-v1.md`` section 2."""

    code: ClassVar[str] = "not-an-envelope"


class BadSignature(SealError):
    """A signature is missing, doubled, of another key, or does not verify.

    It never says which half failed or why: there is nothing to learn from trying.
    """

    code: ClassVar[str] = "bad-signature"

    def __init__(self, sentence: Sentence | None = None) -> None:
        """Keep ``sentence``, or the one that is right for every failed check."""
        super().__init__(
            sentence
            or say(
                "The signature does not match the text and the key. Do not rely on this text; "
                "ask the sender to send it again."
            )
        )


class WrongType(SealError):
    """A signature made for one purpose was offered for another."""

    code: ClassVar[str] = "wrong-purpose"


class CannotOpen(SealError):
    """A sealed thing does not open: another key, another context, or a changed byte."""

    code: ClassVar[str] = "cannot-open"


class BadPadding(SealError):
    """What came out of the seal is not padded as ``spec/seal-v1.md`` section 3 says."""

    code: ClassVar[str] = "bad-padding"


class BadKey(SealError):
    """A public key is not of the form its suite prescribes, or cannot be used safely."""

    code: ClassVar[str] = "not-a-key"


class UnknownSuite(SealError):
    """The number of a suite is not on the list of suites in force."""

    code: ClassVar[str] = "unknown-suite"


class NoHybrid(SealError):
    """This machine's cryptographic library cannot do all of suite 1."""

    code: ClassVar[str] = "no-hybrid"

    def __init__(self) -> None:
        """Say what to install."""
        super().__init__(
            say(
                "This machine cannot sign with ML-DSA-65 or seal with ML-KEM-768 and X25519, and "
                "Comity does not run without. Install the wheel of “cryptography” 50 or newer "
                "from your package index (not one built against an older OpenSSL), then start "
                "again."
            )
        )


class BadProof(SealError):
    """A checkpoint or a proof of the log does not hold, or is not of the form of its page."""

    code: ClassVar[str] = "bad-proof"
