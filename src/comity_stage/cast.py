"""Who plays: the States of ``cast.toml``, and which of them has which part."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Final

from comity_stage.errors import BadCast

FILE: Final = "cast.toml"


class Role(StrEnum):
    """A part in the story."""

    ASKS = "asks"
    KEEPS = "keeps"
    THIRD = "third"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A fictional State. ``language`` is that of its pages, ``names`` go by language tag."""

    code: str
    language: str
    accepts: tuple[str, ...]
    zone: str
    hours: str
    phone: str
    officer: str
    heard_by: tuple[str, str]
    custodian: str
    names: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name in English."""
        return dict(self.names)["en"]

    @property
    def tag(self) -> str:
        """The language without its script, as requests and cards name it."""
        return self.language.partition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A treaty that is in force for some roles, by the fiction of the demonstration."""

    instrument: str
    roles: tuple[Role, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The States, each once, and the part of each."""

    states: tuple[State, ...]
    roles: tuple[tuple[Role, str], ...]
    treaties: tuple[InForce, ...]

    def state(self, role: Role) -> State:
        """Return the State that plays a role."""
        code = dict(self.roles)[role]
        return next(state for state in self.states if state.code == code)

    def in_force(self, code: str) -> tuple[InForce, ...]:
        """Return the treaties that are in force for a State."""
        mine = {role for role, state in self.roles if state == code}
        return tuple(each for each in self.treaties if mine & set(each.roles))

    def rotated(self, by: int) -> "Cast":
        """Return the cast with each role given to the State ``by`` places further on."""
        codes = [code for _, code in self.roles]
        by %= len(codes)
        turned = codes[by:] + codes[:by]
        roles = tuple((role, code) for (role, _), code in zip(self.roles, turned, strict=True))
        return replace(self, roles=roles)


def read_cast(text: str) -> Cast:
    """Read a cast file; raise ``BadCast`` that names the key."""
    whole = tomllib.loads(text)
    states = tuple(_state(one) for one in whole.get("states", []))
    codes = {state.code for state in states}
    named = whole.get("roles", {})
    roles = tuple((role, str(named.get(role.value, ""))) for role in Role)
    for role, code in roles:
        if code not in codes:
            raise BadCast(role.value)
    if len({code for _, code in roles}) != len(roles):
        raise BadCast("roles")
    treaties = tuple(_treaty(one) for one in whole.get("treaties", []))
    return Cast(states=states, roles=roles, treaties=treaties)


def packaged_cast() -> Cast:
    """Return the cast that ships with the stage."""
    return read_cast((files("comity_stage") / FILE).read_text(encoding="utf-8"))


def _state(table: Mapping[str, object]) -> State:
    names = table.get("names")
    if not isinstance(names, dict) or "en" not in names:
        raise BadCast("states.names")
    heard = _texts(table, "heard_by")
    if len(heard) != len(("first", "second")):
        raise BadCast("states.heard_by")
    return State(
        code=_text(table, "code"),
        language=_text(table, "language"),
        accepts=_texts(table, "accepts"),
        zone=_text(table, "zone"),
        hours=_text(table, "hours"),
        phone=_text(table, "phone"),
        officer=_text(table, "officer"),
        heard_by=(heard[0], heard[1]),
        custodian=_text(table, "custodian"),
        names=tuple(sorted((tag, str(name)) for tag, name in names.items())),
    )


def _treaty(table: Mapping[str, object]) -> InForce:
    since = table.get("in_force_from")
    if not isinstance(since, date):
        raise BadCast("treaties.in_force_from")
    roles = _texts(table, "roles")
    if not set(roles) <= {role.value for role in Role}:
        raise BadCast("treaties.roles")
    return InForce(
        instrument=_text(table, "instrument"), roles=tuple(map(Role, roles)), since=since
    )


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise BadCast(key)
    return value


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadCast(key)
    return tuple(value)
