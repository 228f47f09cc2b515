"""The ``comity`` command: one line of help for each verb, one sentence for each error."""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Protocol

from comity.text import ToldError

WRONG: Final = 2
"""The exit code when a sentence on standard error says what is wrong."""

DEMO: Final = "demo:run"
_STOPPED: Final = 130

_ABOUT: Final = """\
The node of one State for the cooperation machinery of the UN Convention against Cybercrime.
Pre-release: not for live cases. Not endorsed by the United Nations."""

_EXAMPLES: Final = """\
A node of your own, to try:
  comity init pilot --state XNR --name Northmere --officer ann
  cd pilot && comity up

Settings are in comity.toml, in this folder or named by --config or COMITY_CONFIG.
These variables replace what it says: COMITY_DATABASE_URL, COMITY_PASSPHRASE_FILE,
COMITY_DESK_LISTEN, COMITY_NODE_LISTEN."""


class Verbs(Protocol):
    """Where a command is added (argparse names no type for it)."""

    def add_parser(self, name: str, **kwargs: Any) -> ArgumentParser:  # noqa: ANN401
        """Add a command and return its own parser."""
        ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    whole = parser()
    args, rest = whole.parse_known_args(argv)
    if rest and args.verb != DEMO:
        whole.error(f"this is not understood: {' '.join(rest)}")
    args.rest = rest
    try:
        return _run(args)
    except ToldError as error:
        print(f"comity: {error.sentence}", file=sys.stderr)
        return WRONG
    except (KeyboardInterrupt, EOFError):
        print("comity: stopped.", file=sys.stderr)
        return _STOPPED
    except BrokenPipeError:
        # Who read our output has read enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(args: Namespace) -> int:
    code = _function(args.verb)(args)
    sys.stdout.flush()
    return code


def _function(verb: str) -> Callable[[Namespace], int]:
    """Return ``module:function`` of this room; loaded only when it is asked for."""
    module, name = verb.split(":")
    found: Callable[[Namespace], int] = getattr(import_module(f"comity.node.{module}"), name)
    return found


def parser() -> ArgumentParser:
    """Return the parser of the whole command line."""
    top = ArgumentParser(
        prog="comity",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"comity {version('comity')}")
    top.add_argument("--config", type=Path, metavar="FILE", help="settings file of the node")
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_init(verbs)
    _add_running(verbs)
    _add_peer(verbs)
    _add_card(verbs)
    _add_officer(verbs)
    _add_backup(verbs)
    _add_checks(verbs)
    return top


def _verb(verbs: Verbs, name: str, run: str, what: str, example: str = "") -> ArgumentParser:
    made = verbs.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"Example:\n  {example}" if example else None,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.set_defaults(verb=run)
    return made


def _group(verbs: Verbs, name: str, what: str) -> Verbs:
    made = verbs.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
    return made.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _add_init(verbs: Verbs) -> None:
    init = _verb(
        verbs,
        "init",
        "init:run",
        "make a node: keys, certificate, card, settings and database",
        "comity init pilot --state XNR --name Northmere --officer ann",
    )
    add = init.add_argument
    add("folder", nargs="?", default=".", metavar="DIR", help="new folder (default: this one)")
    add("--state", metavar="CODE", help="the State's code, three letters")
    add("--name", help="the State's name in English")
    add("--demo", action="store_true", help="for a demonstration: live nodes refuse its card")
    add("--endpoint", metavar="URL", help="address under which peers reach the node port")
    add("--desk-listen", default="127.0.0.1:8443", metavar="HOST:PORT", help="for officers")
    add("--node-listen", default="127.0.0.1:8444", metavar="HOST:PORT", help="for peers")
    add("--database", default="sqlite:///comity.sqlite3", metavar="URL", help="or postgresql://…")
    add("--about", type=Path, metavar="FILE", help="names, authorities, treaties (about.toml)")
    add("--registrar", type=Path, action="append", default=[], metavar="FILE", help="public key")
    add("--passphrase-file", type=Path, metavar="FILE", help="else it is asked for")
    add("--officer", metavar="LOGIN", help="also make a first account at the desk")
    _officer_options(init, "--officer-password-file")


def _add_running(verbs: Verbs) -> None:
    _verb(verbs, "up", "up:run", "run the whole node: desk, node port and worker", "comity up")
    serve = _verb(
        verbs, "serve", "serve:serve", "run the desk or the node port alone", "comity serve node"
    )
    serve.add_argument("port", choices=("desk", "node"), help="which of the two")
    _verb(verbs, "work", "serve:work", "run the worker alone: it carries what is due to peers")


def _add_peer(verbs: Verbs) -> None:
    peer = _group(verbs, "peer", "the States that this node speaks with")
    add = _verb(
        peer,
        "add",
        "peer:add",
        "accept a State's card, by words heard over the phone or by a registrar",
        "comity peer add XJN.card.json",
    )
    add.add_argument("file", type=Path, metavar="FILE", help="the card")
    add.add_argument("--anchor", type=Path, metavar="FILE", help="a registrar's statement")
    add.add_argument("--words", metavar="WORDS", help="the twelve words as heard, in quotes")
    add.add_argument(
        "--officer", action="append", default=[], metavar="NAME", help="who heard them (twice)"
    )
    show = _verb(peer, "show", "peer:show", "show a State's card and its twelve words")
    show.add_argument("state", metavar="CODE", help="the State's code")
    _verb(peer, "list", "peer:list_all", "list the States, one line each")


def _add_card(verbs: Verbs) -> None:
    card = _group(verbs, "card", "this State's own card")
    export = _verb(
        card, "export", "card:export", "write the card to hand to peers, and show its words"
    )
    export.add_argument("--out", type=Path, metavar="FILE", help="(default: standard output)")
    renew = _verb(
        card,
        "renew",
        "card:renew",
        "sign the next version, with what about.toml says now",
        "comity card renew --root /media/offline/root-1.key --out XNR.card.json",
    )
    renew.add_argument("--root", type=Path, required=True, metavar="FILE", help="the root key")
    renew.add_argument("--root-passphrase-file", type=Path, metavar="FILE", help="else asked for")
    renew.add_argument("--endpoint", metavar="URL", help="new address of the node port")
    renew.add_argument("--out", type=Path, metavar="FILE", help="(default: standard output)")


def _add_officer(verbs: Verbs) -> None:
    officer = _group(verbs, "officer", "accounts at the desk")
    add = _verb(
        officer, "add", "officer:add", "make an account", "comity officer add ann --role prosecutor"
    )
    add.add_argument("login", metavar="LOGIN", help="name to sign in with")
    _officer_options(add, "--password-file")


def _officer_options(to: ArgumentParser, password: str) -> None:
    to.add_argument(password, type=Path, metavar="FILE", help="else the password is asked for")
    to.add_argument(
        "--role",
        action="append",
        choices=("duty_officer", "prosecutor", "central_authority"),
        help="may be given more than once (default: duty_officer)",
    )


def _add_backup(verbs: Verbs) -> None:
    backup = _verb(
        verbs, "backup", "backup:backup", "write all records to a file", "comity backup tonight"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="new file")
    restore = _verb(
        verbs,
        "restore",
        "backup:restore",
        "read records from a backup into an empty database",
        "comity restore tonight",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")


def _add_checks(verbs: Verbs) -> None:
    verify = _verb(
        verbs,
        "verify",
        "verify:run",
        "check a preservation certificate, offline",
        'comity verify kept.comity-cert.json --root "XJN=abandon ability …"',
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="the certificate")
    verify.add_argument(
        "--root", action="append", default=[], metavar="STATE=ROOT", help="twelve words or key id"
    )
    verify.add_argument("--pinned", action="store_true", help="use the roots this node pinned")
    verify.add_argument("--json", action="store_true", help="for programs")
    law = _group(verbs, "law", "the law that this version knows")
    listed = _verb(law, "list", "law:list_all", "list every row, with how sure it is")
    listed.add_argument("--json", action="store_true", help="for programs")
    # Its options are its own: they are handed on, --help too.
    demo = verbs.add_parser(
        "demo", help="play two fictional States on this machine", add_help=False, allow_abbrev=False
    )
    demo.set_defaults(verb=DEMO)


if __name__ == "__main__":
    sys.exit(main())
