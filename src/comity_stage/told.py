"""What the stage page says: the cast, a step, the facts, as plain values for its templates."""

import ssl
from collections.abc import Mapping
from hashlib import sha256

from comity_stage.cast import Cast, Role
from comity_stage.ledger import Fact
from comity_stage.nodes import Node
from comity_stage.scene import Look, Scene, Step

Row = dict[str, str]

PARTS: Mapping[Role, str] = {
    Role.ASKS: "It has the victim, and asks.",
    Role.KEEPS: "The data is there. It is asked, and answers.",
    Role.THIRD: "It has no treaty with the one who asks.",
}
TREATIES: Mapping[str, str] = {"budapest": "the Budapest Convention"}


def state_rows(scene: Scene) -> list[Row]:
    """Return a row for each State of the cast, in the order of the parts."""
    return [_state(scene.node(role), role, scene.cast) for role in Role]


def treaty_rows(cast: Cast) -> list[Row]:
    """Return a row for each treaty that the demonstration says is in force."""
    return [
        {
            "instrument": each.instrument,
            "sentence": (
                f"In force between {_joined([cast.state(role).name for role in each.roles])} "
                f"since {each.since.isoformat()}: {_treaty(each.instrument)}. "
                "That is a fiction of this demonstration."
            ),
        }
        for each in cast.treaties
    ]


def filled(text: str, cast: Cast) -> str:
    """Return a text of the story with the names of the States in place."""
    return text % {role.value: cast.state(role).name for role in Role}


def look_row(look: Look, scene: Scene) -> Row:
    """Return where to look; its path is empty while the file does not exist."""
    state = scene.cast.state(look.role)
    path = look.path
    if not path.startswith("/"):
        matter = scene.matters.get(path, "")
        path = f"/matters/{matter}" if matter else ""
    return {
        "name": state.name,
        "code": state.code,
        "what": filled(look.what, scene.cast),
        "path": path,
        "language": look.language or state.language,
    }


def step_rows(step: Step, scene: Scene) -> dict[str, object]:
    """Return a step's texts."""
    return {
        "step": {
            "title": filled(step.title, scene.cast),
            "tells": [filled(text, scene.cast) for text in step.tells],
        },
        "looks": [look_row(look, scene) for look in step.looks],
        "sees": [
            {"who": filled(one.who, scene.cast), "what": filled(one.what, scene.cast)}
            for one in step.sees
        ],
    }


def fact_rows(facts: tuple[Fact, ...]) -> list[Row]:
    """Return a row for each fact."""
    return [
        {"name": one.name, "held": "yes" if one.held else "no", "seen": one.seen} for one in facts
    ]


def _state(node: Node, role: Role, cast: Cast) -> Row:
    state = node.state
    listed = [_treaty(each.instrument) for each in cast.in_force(state.code)]
    pem = node.certificate.read_text(encoding="ascii")
    return {
        "code": state.code,
        "name": dict(state.names).get(state.tag, state.name)
        if state.tag == "en"
        else f"{state.name} · {dict(state.names)[state.tag]}",
        "zone": state.hours.rpartition(", ")[2],
        "part": PARTS[role],
        "treaties": f"In force for it, by our fiction: {_joined(listed)}."
        if listed
        else "No treaty of this story is in force for it.",
        "language": state.language,
        "address": f"{node.address}/",
        "officer": state.officer,
        "password": node.password,
        "fingerprint": sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest(),
    }


def _treaty(instrument: str) -> str:
    return TREATIES.get(instrument, instrument)


def _joined(names: list[str]) -> str:
    return " and ".join(names)
