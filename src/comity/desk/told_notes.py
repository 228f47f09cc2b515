"""Home notes in words: what an officer wrote, and what she answered before a decision."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comity.actions.ports import HomeNote
from comity.desk.marks import SAID
from comity.desk.speak import ground, speak
from comity.facts import reveal
from comity.safeguards.purpose import PurposeSign
from comity.text import Sentence, say

SHOWN: Final = ("note", "screening", "check")
_SIGNS: Final[Mapping[str, Sentence]] = {
    PurposeSign.NONE_SEEN.value: say("Before the order: no sign of an improper purpose was seen."),
    PurposeSign.CHECK_FIRST.value: say("Before an order: checking first was wanted."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as the page shows it."""

    words: str
    at: datetime


def told_notes(notes: Iterable[HomeNote]) -> tuple[Note, ...]:
    """Return the notes that people read, oldest first."""
    return tuple(
        Note(words="\n".join(_lines(one)), at=one.at) for one in notes if one.kind in SHOWN
    )


def _lines(note: HomeNote) -> Iterator[str]:
    if note.kind != "screening":
        yield reveal(note.body)
        return
    for line in note.body.splitlines():
        code, parted, answer = line.partition(": ")
        if line in _SIGNS:
            yield speak(_SIGNS[line])
        elif parted and answer in SAID:
            yield f"{ground(code)}: {speak(SAID[answer])}"
        else:
            yield reveal(line)
