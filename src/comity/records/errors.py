"""What can go wrong with rows. Each sentence says what to do."""

from comity.text import ToldError, say


class RecordsError(ToldError):
    """Root of this room's errors."""

    code = "records"


class AlreadyHeld(RecordsError):
    """Something else is stored under this id. The caller looks again and tries again."""

    code = "already-held"

    def __init__(self, what: str) -> None:
        """Name the id that is taken."""
        super().__init__(
            say(
                "%(what)s is stored already. Open the file again and look before you repeat the "
                "step.",
                what=what,
            )
        )


class LaneTaken(RecordsError):
    """This State's lane of a matter has another act under this number."""

    code = "lane-taken"

    def __init__(self, matter: str, seq: int) -> None:
        """Name the place in the lane."""
        super().__init__(
            say(
                "Entry %(seq)s of this State in %(matter)s is stored already: a colleague wrote at "
                "the same moment. Open the file again and look.",
                seq=str(seq),
                matter=matter,
            )
        )


class CardMoved(RecordsError):
    """Another card of this State was accepted while this one was looked at."""

    code = "card-moved"

    def __init__(self, state: str) -> None:
        """Name the State."""
        super().__init__(
            say(
                "Another card of %(state)s was accepted at the same moment. Nothing was stored. "
                "Look at the card that is held now, then try again.",
                state=state,
            )
        )


class NumberTaken(RecordsError):
    """One number of a pair of States is used for two acts (message-v1 section 5)."""

    code = "number-reused"

    def __init__(self, peer: str, n: int) -> None:
        """Name the peer and the number."""
        super().__init__(
            say(
                "Number %(n)s with %(peer)s belongs to another act. Nothing was stored. Call the "
                "operators of both nodes: one of them may have come back from a backup.",
                n=str(n),
                peer=peer,
            )
        )


class NotHeld(RecordsError):
    """The act or delivery that this speaks of is not stored."""

    code = "not-held"

    def __init__(self, what: str) -> None:
        """Name what is missing."""
        super().__init__(
            say(
                "%(what)s is not stored here, so nothing can be added to it. Open the file again "
                "and look; if it is still missing, call your operator.",
                what=what,
            )
        )


class PartsDoNotFit(RecordsError):
    """The parts given are not those that the act's header lists."""

    code = "parts-do-not-fit"

    def __init__(self, act_id: str) -> None:
        """Name the act."""
        super().__init__(
            say(
                "The parts given do not fit the header of %(act)s. Nothing was stored. Report this "
                "to the makers of the software.",
                act=act_id,
            )
        )


class RowChanged(RecordsError):
    """A stored header does not give the id under which it is stored."""

    code = "row-changed"

    def __init__(self, act_id: str) -> None:
        """Name the act whose row was changed."""
        super().__init__(
            say(
                "The stored bytes of %(act)s were changed: they do not give its id. Stop the node, "
                "keep the disk as it is, and restore from a backup.",
                act=act_id,
            )
        )


class WriteInterrupted(RecordsError):
    """The process was told to stop while it wrote; nothing of this write was kept."""

    code = "write-interrupted"

    def __init__(self) -> None:
        """Say that nothing was kept."""
        super().__init__(
            say("The node was stopping, so nothing was stored. Start it again and repeat the step.")
        )


class NotDurable(RecordsError):
    """A database connection does not keep what Comity needs it to keep."""

    code = "not-durable"

    def __init__(self, setting: str, found: str, needed: str) -> None:
        """Name the setting of the database, what it is and what it must be."""
        super().__init__(
            say(
                "The database has %(setting)s=%(found)s, but Comity needs %(needed)s to keep its "
                "promises. Put the database on a local disk and remove settings that change this.",
                setting=setting,
                found=found,
                needed=needed,
            )
        )


class NotABackup(RecordsError):
    """The file is not a backup of Comity, or it is cut off or changed."""

    code = "not-a-backup"

    def __init__(self, line: int) -> None:
        """Name the line, from 1, at which it fails; 0 for the digest of the whole."""
        super().__init__(
            say(
                "The file is not a whole, unchanged backup of Comity (line %(line)s). Nothing was "
                "restored. Use another copy.",
                line=str(line),
            )
        )


class OtherState(RecordsError):
    """The backup is another State's."""

    code = "other-state"

    def __init__(self, found: str, me: str) -> None:
        """Name both States."""
        super().__init__(
            say(
                "The backup is of %(found)s, but this is the node of %(me)s. Nothing was restored. "
                "Use this State's own backup.",
                found=found,
                me=me,
            )
        )


class OtherVersion(RecordsError):
    """The backup was made by a version with other tables."""

    code = "other-version"

    def __init__(self, found: str, needed: str) -> None:
        """Name both editions of the tables."""
        super().__init__(
            say(
                "The backup has tables of edition %(found)s, this version has %(needed)s. Install "
                "the version that made it, restore, then update.",
                found=found,
                needed=needed,
            )
        )


class NotEmpty(RecordsError):
    """A backup is restored into an empty database only."""

    code = "not-empty"

    def __init__(self, table: str) -> None:
        """Name the table that holds rows."""
        super().__init__(
            say(
                "The database is not empty (%(table)s). A backup is restored into a new database "
                "only: name another one in the settings file and try again.",
                table=table,
            )
        )
