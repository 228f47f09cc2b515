"""Who in this State may ask another State, and who may order a custodian at home.

The treaties leave both to domestic law (42(1), 42(3)(a), 25, 41(3)), so a
State writes them into its settings; nothing is allowed by default.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from comity.convention.codes import Measure, PowerKind
from comity.convention.errors import WrongRole
from comity.convention.instruments import require_rows
from comity.convention.load import rows_of
from comity.convention.problems import Problem
from comity.convention.rows import Content, Power
from comity.text import Sentence, say

HeldPower = Literal[PowerKind.ASK, PowerKind.ORDER]
"""The powers that a State grants to roles."""

_ROLE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_AUTHORITY: Final = "authority"
_NOT_SET: Final[dict[HeldPower, Sentence]] = {
    PowerKind.ASK: say(
        "Your State has not set who may ask for preservation on this legal basis. Ask the"
        " administrator to set it."
    ),
    PowerKind.ORDER: say(
        "Your State has not set who may order preservation on this legal basis. Ask the"
        " administrator to set it."
    ),
}
_NOT_YOURS: Final[dict[HeldPower, Sentence]] = {
    PowerKind.ASK: say(
        "In your State your role may not ask for preservation on this legal basis. Hand the"
        " draft to a colleague who may."
    ),
    PowerKind.ORDER: say(
        "In your State your role may not order preservation on this legal basis. Hand it to a"
        " colleague who may."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The roles that hold a power under one instrument.

    Raises UnknownInstrument, InstrumentWithoutRows, WrongRole.
    """

    instrument: str
    roles: frozenset[str]

    def __post_init__(self) -> None:
        """Refuse an instrument without rows and a role that is no role name."""
        require_rows(self.instrument)
        for role in sorted(self.roles):
            if not _ROLE.fullmatch(role):
                raise WrongRole(
                    say(
                        '"%(role)s" is not a role name. Use a-z, 0-9 and "_", beginning with a'
                        " letter, at most 40 characters.",
                        role=role,
                    )
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """A State's own settings. What is not granted is not allowed."""

    may_ask: tuple[Grant, ...] = ()
    may_order: tuple[Grant, ...] = ()

    def roles(self, power: HeldPower, instrument: str) -> frozenset[str]:
        """Return the roles that hold the power under the instrument."""
        grants = self.may_ask if power is PowerKind.ASK else self.may_order
        held = (grant.roles for grant in grants if grant.instrument == instrument)
        return frozenset().union(*held)


def power_rows(power: HeldPower, instrument: str) -> tuple[str, ...]:
    """Return the ids of the rows that name this power for preservation, sorted.

    With the power to ask comes the item that names the asking authority; with
    both, the contact point that passes on or acts itself. Raises
    UnknownInstrument, InstrumentWithoutRows.
    """
    rows = rows_of(require_rows(instrument))
    found = {
        row.id
        for row in rows
        if isinstance(row, Power)
        and row.measure is Measure.PRESERVE
        and row.power in {power, PowerKind.ROUTE}
    }
    if power is PowerKind.ASK:
        found |= {
            row.id
            for row in rows
            if isinstance(row, Content) and any(ask.field == _AUTHORITY for ask in row.asks)
        }
    return tuple(sorted(found))


def power_problems(
    powers: Powers, power: HeldPower, *, instrument: str, roles: Collection[str]
) -> tuple[Problem, ...]:
    """Return why an officer with these roles may not ask or order; empty if one may."""
    allowed = powers.roles(power, instrument)
    if allowed.intersection(roles):
        return ()
    if allowed:
        return (_problem("power-not-yours", _NOT_YOURS[power], power, instrument),)
    return (_problem("power-not-set", _NOT_SET[power], power, instrument),)


def _problem(code: str, sentence: Sentence, power: HeldPower, instrument: str) -> Problem:
    return Problem(code=code, field="role", sentence=sentence, rows=power_rows(power, instrument))
