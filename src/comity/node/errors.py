"""What can be wrong at the front door. Each sentence says what to do."""

from comity.text import ToldError


class NodeError(ToldError):
    """Root of the errors of this room."""

    code = "node"


class BadConfig(NodeError):
    """A key of the configuration is missing, unknown or of a wrong form."""

    code = "bad-config"
