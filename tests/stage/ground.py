"""What the tests of the stage share: nodes made with the real command, without the cast."""

from pathlib import Path

from comity.node.private import write_private
from comity_stage.commands import comity

PASSPHRASE = b"correct horse battery"


def made(folder: Path, state: str, name: str, *more: str | Path) -> Path:
    """Make a node in ``folder/state`` with `comity init`; return its folder."""
    secret = folder / "passphrase"
    if not secret.exists():
        write_private(secret, PASSPHRASE)
    words = ("--state", state, "--name", name, "--passphrase-file", secret, *more)
    comity(["init", folder / state, *words], folder)
    return folder / state
