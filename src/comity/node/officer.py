"""`comity officer add`: an account at the desk."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from comity.actions.roles import DUTY
from comity.node.errors import BadOfficer
from comity.node.late import django_ready, late
from comity.node.private import read_private
from comity.text import say


def add(args: Namespace) -> int:
    """Add one officer."""
    django_ready(args.config)
    password = password_from(args.password_file)
    late("comity.node.begin", "add_officer")(args.login, password, roles_of(args))
    print(f"{args.login} may sign in at the desk as {', '.join(roles_of(args))}.")
    return 0


def roles_of(args: Namespace) -> tuple[str, ...]:
    """Return the roles asked for; the duty officer's when none is named."""
    return tuple(args.role or (DUTY,))


def password_from(file: Path | None) -> str:
    """Return an officer's new password: from a file, or typed twice."""
    if file is not None:
        return read_private(file).decode("utf-8", "replace").rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadOfficer(
            say("A password is needed. Name a file that holds it with --password-file.")
        )
    first = getpass.getpass("Password of the officer: ")
    if getpass.getpass("The same again: ") != first:
        raise BadOfficer(say("The two passwords differ. Begin again."))
    return first
