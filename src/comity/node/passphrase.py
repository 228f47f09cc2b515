"""The passphrase that opens the key files: from a file, or typed."""

import getpass
import sys
from pathlib import Path
from typing import Final

from comity.node.errors import NoPassphrase
from comity.node.private import read_private
from comity.text import say

SHORTEST: Final = 12
"""Characters of the shortest passphrase that ``comity init`` takes."""


def passphrase_from(file: Path | None) -> str:
    """Return the passphrase of ``file``; without a file, ask for it at the terminal."""
    if file is not None:
        typed = read_private(file).decode("utf-8", "replace").rstrip("\r\n")
    elif sys.stdin.isatty():
        typed = getpass.getpass("Passphrase of the key files: ")
    else:
        raise NoPassphrase(
            say(
                "The passphrase of the key files is needed. Name a file that holds it with "
                "COMITY_PASSPHRASE_FILE or keys.passphrase_file, or start at a terminal."
            )
        )
    if not typed:
        raise NoPassphrase(say("The passphrase is empty. Type it, or correct the file."))
    return typed


def new_passphrase(file: Path | None) -> str:
    """Return a passphrase for new key files; typed ones are asked for twice."""
    first = passphrase_from(file)
    if len(first) < SHORTEST:
        raise NoPassphrase(
            say(
                "The passphrase is too short. Take at least %(shortest)s characters, for "
                "example five words.",
                shortest=str(SHORTEST),
            )
        )
    if file is None and getpass.getpass("The same again: ") != first:
        raise NoPassphrase(say("The two passphrases differ. Begin again."))
    return first
