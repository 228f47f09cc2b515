"""What can be wrong with a card, a root or a key (card-v1, seal-v1 section 1).

A class without an ``__init__`` is a code of card-v1 with more than one cause:
raise a leaf below it.
"""

from comity.text import ToldError, say


class DirectoryError(ToldError):
    """Root of this room's errors."""

    code = "directory"


class NotACard(DirectoryError):
    """The card breaks a rule of form; ``field`` is the path of the member."""

    code = "not-a-card"
    field = ""


class WrongField(NotACard):
    """A member is missing or of a wrong form."""

    def __init__(self, field: str) -> None:
        """Name the member by its path."""
        super().__init__(
            say(
                "This is not a card that this version can read: look at “%(field)s”. Ask the other"
                " State to send its card again.",
                field=field,
            )
        )
        self.field = field


class KeyTooLong(NotACard):
    """A key is valid for longer than 400 days."""

    def __init__(self, purpose: str, epoch: int) -> None:
        """Name the key by purpose and epoch."""
        super().__init__(
            say(
                "The “%(purpose)s” key number %(epoch)s of this card is valid for more than 400"
                " days. Ask the other State to make a key with a shorter life.",
                purpose=purpose,
                epoch=str(epoch),
            )
        )
        self.field = "keys"


class KeyTwice(NotACard):
    """One key is listed twice, or serves as root as well."""

    def __init__(self, purpose: str, epoch: int) -> None:
        """Name the second listing by purpose and epoch."""
        super().__init__(
            say(
                "The “%(purpose)s” key number %(epoch)s of this card is listed for something else"
                " too. Ask the other State to make one key for each purpose.",
                purpose=purpose,
                epoch=str(epoch),
            )
        )
        self.field = "keys"


class NoValidKey(NotACard):
    """The card lists no key of a purpose that is valid now."""

    def __init__(self, state: str, purpose: str) -> None:
        """Name the State and the purpose that is missing."""
        super().__init__(
            say(
                "The card of %(state)s lists no “%(purpose)s” key that is valid today. Ask"
                " %(state)s to renew its keys and to send a new card.",
                state=state,
                purpose=purpose,
            )
        )
        self.field = "keys"


class IssuedAhead(NotACard):
    """The card was issued in the future of this node's clock."""

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "The card of %(state)s is dated in the future. Check the clock of this node; if it"
                " is right, ask %(state)s to check its own.",
                state=state,
            )
        )
        self.field = "issued"


class WrongRoot(DirectoryError):
    """Another key than the State's own root signed the card, or its signature is false."""

    code = "wrong-root"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "This card was not signed by the root key of %(state)s that was checked here. Do"
                " not use it. Call the contact point of %(state)s on a number you knew before.",
                state=state,
            )
        )


class RolledBack(DirectoryError):
    """The card does not come after the one held."""

    code = "rolled-back"


class OlderCard(RolledBack):
    """The card has a lower number than the one held."""

    def __init__(self, state: str, version: int, held: int) -> None:
        """Name the State and both numbers."""
        super().__init__(
            say(
                "This card of %(state)s has number %(version)s; number %(held)s is already here."
                " The newer one stays. If %(state)s sent the old one itself, call it.",
                state=state,
                version=str(version),
                held=str(held),
            )
        )


class TwoCards(RolledBack):
    """Two different cards of one State carry one number."""

    def __init__(self, state: str, version: int) -> None:
        """Name the State and the number."""
        super().__init__(
            say(
                "There are two different cards of %(state)s with number %(version)s. The one held"
                " stays. Call %(state)s: it must send a card with a higher number.",
                state=state,
                version=str(version),
            )
        )


class CardExpired(DirectoryError):
    """The card has run out: it opens nothing new."""

    code = "card-expired"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "The card of %(state)s has expired. Ask its contact point to send a new one."
                " What was received before stays valid.",
                state=state,
            )
        )


class NotAnchored(DirectoryError):
    """Nobody has vouched for the State's root."""

    code = "not-anchored"


class NotPinned(NotAnchored):
    """No root of this State was ever checked here."""

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "Nobody has checked the root key of %(state)s here. Two officers must compare its"
                " twelve words over a number known beforehand: use “comity peer add”.",
                state=state,
            )
        )


class WordsDiffer(NotAnchored):
    """A word read aloud is not the word of this root; ``place`` counts from 1."""

    def __init__(self, state: str, place: int) -> None:
        """Name the State and the place of the first word that differs."""
        super().__init__(
            say(
                "Word %(place)s of %(state)s is not the word of this card. Ask for it again,"
                " slowly. If it still differs, do not use this card.",
                state=state,
                place=str(place),
            )
        )
        self.place = place


class WordsMissing(NotAnchored):
    """Not exactly twelve words were given."""

    def __init__(self, count: int) -> None:
        """Give the number of words."""
        super().__init__(
            say("%(count)s words were given; twelve are needed. Type all twelve.", count=str(count))
        )


class OneOfficer(NotAnchored):
    """The two officers are one, or one is not named."""

    def __init__(self) -> None:
        """Say that two are needed."""
        super().__init__(say("Two different officers must compare the words. Name both of them."))


class NotVouched(NotAnchored):
    """A registrar's statement is false, or speaks of another State or root."""

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "The registrar's statement does not vouch for this root key of %(state)s. Ask the"
                " registrar for a new one, or compare the twelve words.",
                state=state,
            )
        )


class DemoCard(DirectoryError):
    """A card of a demonstration at a live node, or the reverse."""

    code = "demo-card"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "The card of %(state)s and this node do not belong together: one is for a"
                " demonstration, the other for real cases. Ask for the right card.",
                state=state,
            )
        )


class WrongState(DirectoryError):
    """The card speaks for another State than the one it was offered for."""

    code = "wrong-state"

    def __init__(self, wanted: str, found: str) -> None:
        """Name both States."""
        super().__init__(
            say(
                "This card speaks for %(found)s, not for %(wanted)s. Ask for the right card.",
                wanted=wanted,
                found=found,
            )
        )


class UnknownKey(DirectoryError):
    """The card lists no such key."""

    code = "unknown-key"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "The card of %(state)s that is held here does not list this key. Ask %(state)s to"
                " send its newest card.",
                state=state,
            )
        )


class KeyNotValid(DirectoryError):
    """The key was not valid at that time, or its signature came too late."""

    code = "key-not-valid"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "This key of %(state)s was not valid at that time. Ask %(state)s to renew its keys"
                " and to send its newest card.",
                state=state,
            )
        )


class WrongPurpose(DirectoryError):
    """A key made for one purpose was used for another."""

    code = "wrong-purpose"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "%(state)s used a key for something that this key may not sign. Nothing was"
                " believed. Tell its contact point.",
                state=state,
            )
        )
