"""Who may press what in this State: an officer's roles against the State's powers."""

from comity.actions.errors import NotAllowedError
from comity.actions.ports import Officer
from comity.text import say

DUTY = "duty_officer"
PROSECUTOR = "prosecutor"
CENTRAL = "central_authority"
DESK = frozenset({DUTY, PROSECUTOR, CENTRAL})


def must_be(officer: Officer, roles: frozenset[str]) -> None:
    """Raise NotAllowedError unless the officer holds one of ``roles``."""
    if not officer.roles & roles:
        raise NotAllowedError(
            say(
                "Your role does not allow this step. It needs one of: %(roles)s.",
                roles=", ".join(sorted(roles)),
            )
        )
