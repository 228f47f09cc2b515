"""What the officers of the story type, in the language of their desk."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from comity_stage.errors import BadCast

FILE: Final = "script.toml"
MAIL: Final = "debt-relief-links.eml"
"""The mail that is pasted (``mails/PROVENANCE.md``)."""

COMPLAINANT: Final = ("yyyy@netnoteinc.com", "jm@jmason.org")
"""Whose mail it was: what must not leave the State."""

SOUGHT: Final = ("http://65.162.84.5/perl/051402_01.pl", "65.162.84.134")
"""What the officer ticks."""


def line(language: str, key: str) -> str:
    """Return what an officer writes; ``language`` as a desk names it."""
    text = _whole().get(language.partition("-")[0], {}).get(key)
    if text is None:
        raise BadCast(key)
    return text


def mail() -> str:
    """Return the mail that a victim handed in."""
    raw = (files("comity_stage") / "mails" / MAIL).read_bytes()
    return raw.decode("latin-1")


@cache
def _whole() -> Mapping[str, Mapping[str, str]]:
    text = (files("comity_stage") / FILE).read_text(encoding="utf-8")
    return {
        language: {key: str(value).strip() for key, value in table.items()}
        for language, table in tomllib.loads(text).items()
    }
