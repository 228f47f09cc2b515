"""`comity init`: a State's own node, from nothing to the first start."""

import re
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from comity.directory.card import Card
from comity.node.about import read_about
from comity.node.config import FILE_NAME
from comity.node.errors import BadConfig
from comity.node.foundation import Plan, card_file_name, lay_foundation, must_be_new
from comity.node.keys import open_secrets
from comity.node.late import django_ready, late
from comity.node.officer import password_from, roles_of
from comity.node.passphrase import new_passphrase
from comity.seal.suites import assert_backend
from comity.seal.words import twelve_words
from comity.text import say

_EVERYWHERE = ("0.0.0.0", "[::]")  # noqa: S104 - compared, not listened on


def run(args: Namespace) -> int:
    """Make the node, and say what to do next."""
    assert_backend()
    plan = _plan(args)
    must_be_new(plan.folder)
    if plan.about is not None:
        read_about(plan.about)
    passphrase = new_passphrase(plan.passphrase_file)
    password = password_from(args.officer_password_file) if args.officer else ""
    now = datetime.now(UTC).replace(microsecond=0)
    signed = lay_foundation(plan, passphrase, now)
    config = django_ready(plan.folder / FILE_NAME)
    secrets = open_secrets(config.keys.folder, passphrase, now)
    late("comity.node.begin", "begin")(config, secrets, signed)
    if args.officer:
        late("comity.node.begin", "add_officer")(args.officer, password, roles_of(args))
    _say(plan, signed.card, with_officer=bool(args.officer))
    return 0


def _plan(args: Namespace) -> Plan:
    state = args.state or _ask("The State's code, three letters (ISO 3166 alpha-3)", "--state")
    if not re.fullmatch("[A-Z]{3}", state):
        raise BadConfig(say("The State's code is three capital letters, as XNR. Correct --state."))
    return Plan(
        folder=Path(args.folder).absolute(),
        state=state,
        name=args.name or _ask("The State's name in English", "--name"),
        demo=args.demo,
        endpoint=args.endpoint or _endpoint(args.node_listen),
        desk=args.desk_listen,
        node=args.node_listen,
        database=args.database,
        passphrase_file=args.passphrase_file,
        about=args.about,
        registrars=tuple(args.registrar),
    )


def _endpoint(listen: str) -> str:
    if listen.rpartition(":")[0] in _EVERYWHERE:
        raise BadConfig(
            say(
                "Peers must know under which address they reach this node. Say it with "
                "--endpoint https://HOST:PORT."
            )
        )
    return f"https://{listen}"


def _ask(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise BadConfig(say("%(option)s is needed. See `comity init --help`.", option=option))
    return input(f"{question}: ").strip()


def _say(plan: Plan, card: Card, *, with_officer: bool) -> None:
    print(f"The node of {plan.name} ({plan.state}) is in {plan.folder}.\n")
    print("The twelve words of its root key, to be read to each peer over a known number:")
    print(numbered(twelve_words(card.root.id)))
    print("\nNext:")
    print(f"  Move the folder {plan.folder / 'root'} to a medium that stays offline.")
    print("    Its key signs your cards and nothing else; the node runs without it.")
    print(f"  Give {plan.folder / card_file_name(plan.state)} to your peers.")
    print("    Add theirs with: comity peer add FILE")
    if not with_officer:
        print("  Add an officer:  comity officer add LOGIN")
    print(f"  Start it:        cd {plan.folder} && comity up")


def numbered(words: tuple[str, ...]) -> str:
    """Return twelve words in three lines, with their numbers."""
    cells = [f"{number:>2} {word:<10}" for number, word in enumerate(words, start=1)]
    return "\n".join("  " + "".join(cells[start : start + 4]) for start in (0, 4, 8))
