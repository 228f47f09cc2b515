"""Fill a new node's database: tables, the State's own card, officers.

Imported after Django is set up.
"""

import os

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command

from comity.actions.ports import HeldCard, House
from comity.directory.card import Card
from comity.node.config import Config
from comity.node.errors import AlreadyThere, BadOfficer
from comity.node.house import build_house
from comity.node.keys import NodeSecrets
from comity.node.own_card import Signed, own_pin
from comity.text import say


def make_tables(config: Config) -> None:
    """Make or update the tables; a SQLite file is for its owner only."""
    path = config.database.removeprefix("sqlite:///")
    if path != config.database:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    call_command("migrate", interactive=False, verbosity=0)


def keep_own_card(house: House, signed: Signed) -> HeldCard:
    """Store the State's own card, which the verbs and peers read."""
    now = house.clock.now()
    held = HeldCard(
        card=signed.card,
        envelope=signed.envelope,
        pinned=own_pin(signed.card, now),
        accepted_at=now,
    )
    house.store.write(lambda unit: unit.put_card(held))
    return held


def begin(config: Config, secrets: NodeSecrets, signed: Signed) -> Card:
    """Make the tables and store the first card."""
    make_tables(config)
    return keep_own_card(build_house(config, secrets, None), signed).card


def add_officer(login: str, password: str, roles: tuple[str, ...]) -> None:
    """Make an account for the desk; raise ``BadOfficer`` or ``AlreadyThere``."""
    if User.objects.filter(username=login).exists():
        raise AlreadyThere(login)
    officer = User(username=login)
    try:
        officer.set_password(password)
        officer.full_clean()
        validate_password(password, officer)
    except ValidationError as error:
        raise BadOfficer(
            say(
                "The account cannot be made: %(reasons)s Choose another name or password.",
                reasons=" ".join(error.messages),
            )
        ) from error
    officer.save()
    officer.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
