"""The story of a file with what each entry says in its parts."""

from dataclasses import dataclass

from comity.desk.dossier import Dossier
from comity.facts import reveal
from comity.matters.act import Act
from comity.matters.fold import Judged
from comity.matters.story import Line, story
from comity.seal import canonical
from comity.seal.errors import SealError
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the story, its words, and what its parts add."""

    line: Line
    words: str
    lang: str
    facts: tuple[tuple[Sentence, str], ...]
    waits: bool


def entries(file: Dossier) -> tuple[Entry, ...]:
    """Return the story, oldest first."""
    waiting = {one.act_id for one in file.waiting}
    return tuple(
        Entry(
            line=line,
            words=words_of(file, one.act),
            lang=one.act.lang,
            facts=tuple(_facts(file, one)),
            waits=one.act.id in waiting,
        )
        for line, one in zip(story(file.matter), file.matter.judged, strict=True)
    )


def words_of(file: Dossier, act: Act) -> str:
    """Return the reason, question or answer that an act carries; empty where there is none."""
    data = file.part(act, "reason")
    return "" if data is None else reveal(data.decode("utf-8", "replace"))


def member_of(file: Dossier, act: Act, role: str, name: str) -> str:
    """Return a text member of a part that is canonical JSON; empty where there is none."""
    data = file.part(act, role)
    if data is None:
        return ""
    try:
        found = canonical.decode(data).get(name)
    except SealError:
        return ""
    return reveal(found) if isinstance(found, str) else ""


def _facts(file: Dossier, one: Judged) -> list[tuple[Sentence, str]]:
    act = one.act
    found: list[tuple[Sentence, str]] = []
    for role in ("order", "kept"):
        if custodian := member_of(file, act, role, "custodian"):
            found.append((say("Custodian"), custodian))
        if note := member_of(file, act, role, "note"):
            found.append((say("Note"), note))
    found += [
        (say("Reference of %(who)s", who=state), reveal(ref))
        for state, ref in act.refs
        if state == act.author
    ]
    unknown = [ref.role for ref in act.parts if ref.role not in _KNOWN]
    found += [(say("A part that this version cannot show"), reveal(role)) for role in unknown]
    return found


_KNOWN = frozenset({"request", "reason", "order", "kept"})
