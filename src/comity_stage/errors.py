"""What can be wrong with the demonstration. Each sentence says what to do."""

from comity.text import ToldError, say


class StageError(ToldError):
    """Root of the errors of the demonstration."""

    code = "stage"


class BadCast(StageError):
    """The cast file names a role, State or treaty that cannot be played."""

    code = "bad-cast"

    def __init__(self, key: str) -> None:
        """Name the key."""
        super().__init__(
            say('In the cast file the key "%(key)s" is missing or wrong. Correct it.', key=key)
        )


class PortBusy(StageError):
    """A port that was asked for is in use."""

    code = "port-busy"

    def __init__(self, port: int, what: str) -> None:
        """Name the port and who wanted it."""
        super().__init__(
            say(
                "Port %(port)s, for %(what)s, is busy. Stop the program that uses it, or name "
                "another first port with --port.",
                port=str(port),
                what=what,
            )
        )


class FolderInUse(StageError):
    """Another demonstration runs from the same folder."""

    code = "folder-in-use"

    def __init__(self, folder: str) -> None:
        """Name the folder."""
        super().__init__(
            say(
                "A demonstration is running in %(folder)s already. Stop it with Ctrl-C, or name "
                "another folder with --folder.",
                folder=folder,
            )
        )


class NotOurFolder(StageError):
    """The folder holds something that no demonstration wrote."""

    code = "not-our-folder"

    def __init__(self, folder: str) -> None:
        """Name the folder."""
        super().__init__(
            say(
                "The folder %(folder)s holds files that are not a demonstration's, and nothing "
                "is overwritten. Name an empty or new folder with --folder.",
                folder=folder,
            )
        )


class UnusableFolder(StageError):
    """The folder cannot be made or written."""

    code = "unusable-folder"

    def __init__(self, folder: str, why: str) -> None:
        """Name the folder and why."""
        super().__init__(
            say(
                "The folder %(folder)s cannot be used: %(why)s. Name another one with --folder.",
                folder=folder,
                why=why,
            )
        )


class CommandFailed(StageError):
    """A command of the node, run for the demonstration, did not succeed."""

    code = "command-failed"

    def __init__(self, command: str, said: str) -> None:
        """Name the command and what it printed."""
        super().__init__(
            say(
                "The command `comity %(command)s` did not succeed. It said: %(said)s",
                command=command,
                said=said,
            )
        )


class NodeStopped(StageError):
    """A node of the demonstration ended, or does not answer."""

    code = "node-stopped"

    def __init__(self, state: str, log: str) -> None:
        """Name the State and the file that says why."""
        super().__init__(
            say(
                "The node of %(state)s does not answer. The end of %(log)s says why. Stop the "
                "demonstration and start it again.",
                state=state,
                log=log,
            )
        )


class NotOnThePage(StageError):
    """A page of a desk does not show what the story needs to go on."""

    code = "not-on-the-page"

    def __init__(self, what: str, where: str) -> None:
        """Name what was looked for and the page."""
        super().__init__(
            say(
                'Nothing called "%(what)s" is on the page %(where)s, so the story cannot go on '
                "there.",
                what=what,
                where=where,
            )
        )
