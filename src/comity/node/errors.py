"""What can be wrong at the front door. Each sentence says what to do."""

from comity.text import ToldError, say


class NodeError(ToldError):
    """Root of the errors of this room."""

    code = "node"


class BadConfig(NodeError):
    """A key of the configuration is missing, unknown or of a wrong form."""

    code = "bad-config"


class CannotListen(NodeError):
    """A port is busy or not ours to take."""

    code = "cannot-listen"


class AlreadySigned(NodeError):
    """Another act with this number in its lane has left the house, or a later one (sync-v1)."""

    code = "already-signed"

    def __init__(self, seq: int) -> None:
        """Name the number."""
        super().__init__(
            say(
                "An entry with number %(seq)s has already left this node, so no other one is "
                "signed under it. If a backup was put back, let the node speak with its peers "
                "first; then open the file again.",
                seq=str(seq),
            )
        )


class NoMemory(NodeError):
    """The signer cannot remember, so it does not sign."""

    code = "no-memory"


class NoActsKey(NodeError):
    """A process without the acts key was asked to sign an act."""

    code = "no-acts-key"

    def __init__(self, length: int) -> None:
        """Give the header's length in bytes."""
        super().__init__(
            say(
                "This process holds no key that signs entries (asked for one of %(length)s "
                "bytes). Only the desk signs. Report this to those who run the node.",
                length=str(length),
            )
        )


class NoPassphrase(NodeError):
    """The passphrase of the key files is missing, empty or too short."""

    code = "no-passphrase"


class NotPrivate(NodeError):
    """A secret file is missing, or others may read it."""

    code = "not-private"


class AlreadyThere(NodeError):
    """Something would be overwritten that cannot be made again."""

    code = "already-there"

    def __init__(self, what: str) -> None:
        """Name it."""
        super().__init__(
            say(
                "%(what)s is already there, and nothing is overwritten. Choose another folder, "
                "or move it away yourself if you are sure.",
                what=what,
            )
        )


class NoKey(NodeError):
    """The keys folder has no key of a purpose that is valid today."""

    code = "no-key"

    def __init__(self, purpose: str, folder: str) -> None:
        """Name the purpose and the folder."""
        super().__init__(
            say(
                'There is no "%(purpose)s" key in %(folder)s that is valid today. Put the key '
                "file back from its backup, or make a new key and a new card.",
                purpose=purpose,
                folder=folder,
            )
        )


class NotOpen(NodeError):
    """Somebody asked for the house before it was opened."""

    code = "not-open"

    def __init__(self) -> None:
        """Say how a node is started."""
        super().__init__(say("This node is not open. Start it with `comity up` or `comity serve`."))


class BadOfficer(NodeError):
    """An officer's account cannot be made as asked."""

    code = "bad-officer"


class NoOwnCard(NodeError):
    """The records hold no card of this State."""

    code = "no-own-card"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            say(
                "The records hold no card of this State. Restore them from a backup, or make "
                "the node again with `comity init`."
            )
        )


class NoSuchFile(NodeError):
    """A file or thing that a command names cannot be found or read."""

    code = "no-such-file"

    def __init__(self, what: str, why: str) -> None:
        """Name it, and why it cannot be used."""
        super().__init__(
            say("%(what)s cannot be used: %(why)s. Check the name.", what=what, why=why)
        )


class NotTyped(NodeError):
    """Something must be typed, and there is no terminal."""

    code = "not-typed"

    def __init__(self, option: str) -> None:
        """Name the option that takes its place."""
        super().__init__(
            say("There is no terminal to ask at. Say it with %(option)s.", option=option)
        )


class NotStarted(NodeError):
    """A process of the node ended, or did not answer, before the node was ready."""

    code = "not-started"

    def __init__(self, what: str) -> None:
        """Name the process."""
        super().__init__(
            say(
                "The %(what)s did not start, so the node was stopped again. What is wrong "
                "stands above; correct it and start again.",
                what=what,
            )
        )


class NoStage(NodeError):
    """The demonstration is not installed."""

    code = "no-stage"

    def __init__(self) -> None:
        """Say where it is."""
        super().__init__(
            say(
                "The demonstration is not part of this install. Take the source of Comity and "
                "run `make demo` there."
            )
        )
