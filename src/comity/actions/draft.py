"""What an officer's step says, before it becomes a signed act (act-v1 section 1)."""

from dataclasses import dataclass, field
from datetime import datetime

from comity.actions.ports import HeldPart, Random
from comity.matters.act import Act, read_act
from comity.seal import canonical
from comity.seal.commit import commit
from comity.seal.forms import b64, time_text

SALT = 32
NONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPart:
    """Bytes with a role, to travel beside the header."""

    role: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in a matter: what the fold reads, and the parts it does not."""

    step: str
    answers: str | None = None
    until: datetime | None = None
    items: int = 0
    results: tuple[tuple[int, str], ...] = ()
    grounds: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    refs: tuple[tuple[str, str], ...] = ()
    parts: tuple[DraftPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all acts of a matter share, taken from the opening or from the request."""

    parties: tuple[tuple[str, str], ...]
    instrument: str
    article: str
    form: str
    channel: str
    urgency: str
    offence: str
    lang: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the act stands: its matter, its lane, and what it has read."""

    matter: str | None
    author: str
    seq: int
    prev: str | None
    read: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An act ready to sign, with its opened parts."""

    act: Act
    parts: tuple[HeldPart, ...] = field(default=())


def frame_of(opening: Act, edition: str) -> Frame:
    """Return what a later act repeats of the opening."""
    return Frame(
        parties=tuple((party.state, party.role) for party in opening.parties),
        instrument=opening.basis.instrument,
        article=opening.basis.article,
        form=opening.form,
        channel=opening.channel,
        urgency=opening.urgency,
        offence=opening.offence,
        lang=opening.lang,
        edition=edition,
    )


def compose(step: Step, frame: Frame, place: Place, at: datetime, random: Random) -> Composed:
    """Return the act for ``step``; raises NotAnAct when we wrote nonsense."""
    parts = tuple(
        HeldPart(index=index, role=part.role, salt=random(SALT), data=part.data)
        for index, part in enumerate(step.parts)
    )
    header: dict[str, canonical.Json] = {
        "v": 1,
        "matter": place.matter,
        "kind": "preservation",
        "step": step.step,
        "author": place.author,
        "seq": place.seq,
        "prev": place.prev,
        "read": dict(place.read),
        "answers": step.answers,
        "nonce": b64(random(NONCE)) if place.matter is None else None,
        "parties": [{"role": role, "state": state} for state, role in sorted(frame.parties)],
        "basis": {"instrument": frame.instrument, "article": frame.article},
        "form": frame.form,
        "channel": frame.channel,
        "assurance": "node",
        "refs": dict(step.refs),
        "lang": frame.lang,
        "at": time_text(at),
        "urgency": frame.urgency,
        "offence": frame.offence if place.matter is None else "",
        "items": step.items,
        "until": None if step.until is None else time_text(step.until),
        "results": [{"item": item, "result": result} for item, result in step.results],
        "grounds": [*sorted(set(step.grounds))],
        "law": {"edition": frame.edition, "rows": [*sorted(set(step.rows))]},
        "approvals": [],
        "parts": [
            {
                "role": part.role,
                "length": len(part.data),
                "commit": commit(part.salt, part.index, part.role, part.data),
            }
            for part in parts
        ],
    }
    return Composed(act=read_act(canonical.encode(header)), parts=parts)
