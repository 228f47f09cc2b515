"""The stage as the story sees it: who sits at which desk, and what has happened so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from comity_stage.cast import Cast, Role
from comity_stage.desk import Desk
from comity_stage.ledger import Ledger
from comity_stage.nodes import Node


@dataclass(slots=True, kw_only=True)
class Scene:
    """The desks by role, and the story's memory.

    ``matters`` holds the address of each file by the name that the story gives it,
    ``kept`` other things to remember (a certificate, a sentence), ``timings`` seconds.
    """

    cast: Cast
    nodes: tuple[Node, ...]
    folder: Path
    ledger: Ledger = field(default_factory=Ledger)
    matters: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    desks: dict[Role, Desk] = field(default_factory=dict)

    def desk(self, role: Role) -> Desk:
        """Return the desk of a role, its officer signed in."""
        if role not in self.desks:
            desk = Desk(self.node(role))
            desk.sign_in()
            self.desks[role] = desk
        return self.desks[role]

    def node(self, role: Role) -> Node:
        """Return the node of a role."""
        code = self.cast.state(role).code
        return next(node for node in self.nodes if node.state.code == code)

    def name(self, role: Role) -> str:
        """Return the name of the State that plays a role."""
        return self.cast.state(role).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Where to look in one step: a desk, the page there, and what it shows.

    ``path`` names a file of the story (``matters``) or is a path of the desk.
    """

    role: Role
    path: str
    what: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sees:
    """Who can see what, in one line."""

    who: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the story. In its texts %(asks)s, %(keeps)s and %(third)s are States."""

    key: str
    title: str
    tells: tuple[str, ...]
    looks: tuple[Look, ...]
    sees: tuple[Sees, ...]
    play: Callable[[Scene], None]
