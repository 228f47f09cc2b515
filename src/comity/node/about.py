"""What a State says of itself in its card: names, authorities, declarations, treaties.

It stands in ``about.toml``, which people write; keys and endpoint come from the node.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.directory.card import Authority, Declaration, Treaty
from comity.node.tables import Table, read_toml

FILE_NAME: Final = "about.toml"

TEMPLATE: Final = """\
# What %(state)s says of itself in its card. Change it, then run `comity card renew`.

languages = ["en"]        # in which requests are accepted

[names]                   # of the State, by language
en = %(name)s

# One block for each institution that other States may call. Institutions, never persons.
# [[authorities]]
# code = "%(state)s-247"
# name = "24/7 contact point"
# roles = ["contact_point"]          # contact_point, central_authority
# phone = "+00 000 000"
# hours = "24/7"
# languages = ["en"]

# One block for each treaty that is in force for the State. A signature is not listed.
# [[treaties]]
# instrument = "budapest"            # see `comity law list`
# in_force_from = 2004-07-01
# source = "where this can be looked up"
# confirmed_by = "which office confirmed it"

# One block for each reservation or notification.
# [[declarations]]
# instrument = "uncc"
# article = "42(5)"
# code = "dual-criminality"
# text = "the text of the declaration"
# source = "where this can be looked up"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The members of a card that people write."""

    names: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    authorities: tuple[Authority, ...]
    declarations: tuple[Declaration, ...]
    treaties: tuple[Treaty, ...]


def read_about(file: Path) -> About:
    """Read ``about.toml``; raise ``BadConfig`` that names file and key."""
    whole = read_toml(file)
    whole.only({"languages", "names", "authorities", "declarations", "treaties"})
    names = whole.table("names")
    return About(
        names=tuple((tag, names.text(tag)) for tag in sorted({"en", *names.rows})),
        languages=whole.texts("languages", default=("en",)),
        authorities=tuple(map(_authority, whole.tables("authorities"))),
        declarations=tuple(map(_declaration, whole.tables("declarations"))),
        treaties=tuple(map(_treaty, whole.tables("treaties"))),
    )


def _authority(one: Table) -> Authority:
    one.only({"code", "name", "roles", "phone", "hours", "languages"})
    return Authority(
        code=one.text("code"),
        name=one.text("name"),
        roles=one.texts("roles", default=()),
        phone=one.text("phone"),
        hours=one.text("hours", default="24/7"),
        languages=one.texts("languages", default=("en",)),
    )


def _declaration(one: Table) -> Declaration:
    one.only({"instrument", "article", "code", "text", "source"})
    return Declaration(
        instrument=one.text("instrument"),
        article=one.text("article"),
        code=one.text("code"),
        text=one.text("text"),
        source=one.text("source"),
    )


def _treaty(one: Table) -> Treaty:
    one.only({"instrument", "in_force_from", "source", "confirmed_by"})
    return Treaty(
        instrument=one.text("instrument"),
        in_force_from=one.day("in_force_from"),
        source=one.text("source"),
        confirmed_by=one.text("confirmed_by"),
    )
