"""What can be wrong with an act before it is judged, with the codes of act-v1 section 7."""

from typing import ClassVar

from comity.text import Sentence, ToldError, say


class MattersError(ToldError):
    """The root of this room's errors; only its leaves are raised."""

    code: ClassVar[str] = "matters"


class NotAnAct(MattersError):
    """Canonical bytes are not a header: ``field`` is missing or not of its form."""

    code: ClassVar[str] = "not-an-act"

    def __init__(self, field: str, sentence: Sentence | None = None) -> None:
        """Name the member; another sentence where this one would mislead."""
        super().__init__(
            sentence
            or say(
                "The entry lacks “%(field)s” or says it in a wrong form, so it was not kept. "
                "Ask the sender to correct it and to send it again.",
                field=field,
            )
        )
        self.field = field


class HeaderTooLarge(NotAnAct):
    """A header is longer than act-v1 section 1 allows."""

    code: ClassVar[str] = "too-large"

    def __init__(self) -> None:
        """Say where long text belongs."""
        super().__init__(
            "",
            say(
                "The entry's header is longer than 32,768 bytes, so it was not kept. "
                "Long text belongs in a part: ask the sender to move it there."
            ),
        )


class MixedMatters(MattersError):
    """Acts of more than one matter were folded together: our own mistake."""

    code: ClassVar[str] = "mixed-matters"

    def __init__(self) -> None:
        """Say that nothing was decided."""
        super().__init__(
            say(
                "Entries of two different requests were put together, so nothing was worked out. "
                "Report this to those who run the node."
            )
        )
