"""How far a request's origin was checked: a tick only for what is really checked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from comity.actions.ports import HeldCard
from comity.directory.anchor import WordsAnchor
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One thing that makes a request genuine, and whether it was checked."""

    name: str
    stands: Literal["yes", "no", "against"]
    sentence: Sentence


def strip(held: HeldCard | None, now: datetime) -> tuple[Tick, ...]:
    """Return the strip for whatever a State has signed."""
    return (
        _state_key(held, now),
        Tick(name="officer", stands="no", sentence=say("Officer's key: not checked yet")),
        Tick(name="shift", stands="no", sentence=say("On shift: not checked yet")),
        Tick(name="call", stands="no", sentence=say("Call-back: not checked yet")),
    )


def _state_key(held: HeldCard | None, now: datetime) -> Tick:
    if held is None:
        return Tick(
            name="state", stands="no", sentence=say("State key: the State is not in the directory")
        )
    if held.card.expires <= now:
        return Tick(
            name="state", stands="against", sentence=say("State key: its card has expired. Call.")
        )
    if isinstance(held.pinned.anchor, WordsAnchor):
        sentence = say("State key: in the directory, anchored by twelve words")
    else:
        sentence = say("State key: in the directory, anchored by the registrar")
    return Tick(name="state", stands="yes", sentence=sentence)
