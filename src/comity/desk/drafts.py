"""A request that is being written: a home note that survives everything.

Whatever was typed is kept as it was typed, before anything is judged. Findings
of a paste are kept beside it, so that the paste is read once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from comity.actions.errors import NotFoundError
from comity.actions.notes import rewrite_note, write_note
from comity.actions.ports import HomeNote, House, Officer, View
from comity.facts import Finding, Paste, Value, from_data
from comity.facts.data import Data
from comity.text import Sentence

KIND: Final = "draft"
PASTE: Final = "paste"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding of the paste as the draft keeps it."""

    data: Data
    where: Sentence
    excerpt: str
    notes: tuple[Sentence, ...] = ()
    complainant: bool = False
    private: bool = False

    @property
    def value(self) -> Value:
        """Return the identifier."""
        return from_data(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed so far. ``sent`` is the matter's id once it went out."""

    note: HomeNote
    fields: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[int, ...] = ()
    found: tuple[Found, ...] = ()
    said: tuple[Sentence, ...] = ()
    paste: str = ""
    sent: str = ""

    @property
    def id(self) -> str:
        """Return the note's id."""
        return self.note.id

    @property
    def at(self) -> datetime:
        """Return when it was last kept."""
        return self.note.at

    def text(self, name: str) -> str:
        """Return what was typed into a field."""
        return self.fields.get(name, "")


def begin(house: House, by: Officer) -> Draft:
    """Keep an empty draft."""
    return Draft(note=write_note(house, by=by, kind=KIND, body="{}"))


def keep(house: House, draft: Draft) -> Draft:
    """Keep the draft as it is now."""
    return replace(draft, note=rewrite_note(house, draft.note, _written(draft)))


def typed(house: House, draft: Draft, fields: Mapping[str, str]) -> Draft:
    """Keep what was typed on one page beside what was typed on the others."""
    return keep(house, replace(draft, fields={**draft.fields, **fields}))


def with_paste(house: House, draft: Draft, by: Officer, text: str, read: Paste) -> Draft:
    """Keep a paste at home, and what was found in it."""
    note = write_note(house, by=by, kind=PASTE, body=text)
    return keep(
        house,
        replace(
            draft,
            found=tuple(map(_found, read.findings)),
            said=read.notes,
            ticked=(),
            paste=note.id,
        ),
    )


def draft_of(house: House, draft_id: str) -> Draft:
    """Return a draft. Raises NotFoundError."""
    note = house.store.read(lambda view: view.note(draft_id))
    if note is None or note.kind != KIND:
        raise NotFoundError
    return _read(note)


def open_drafts(view: View) -> tuple[Draft, ...]:
    """Return the drafts not sent yet, oldest first."""
    found = (_read(note) for note in view.notes_of(None, kind=KIND))
    return tuple(one for one in found if not one.sent)


def mark_sent(house: House, draft: Draft, matter: str, by: Officer) -> None:
    """Say that the draft went out as ``matter``, and put its paste into that file's notes."""
    paste = house.store.read(lambda view: view.note(draft.paste)) if draft.paste else None
    keep(house, Draft(note=draft.note, sent=matter))
    if paste is not None:
        write_note(house, by=by, kind=PASTE, body=paste.body, matter=matter)
        house.store.write(lambda unit: unit.drop_note(paste.id))


def throw_away(house: House, draft: Draft) -> None:
    """Remove a draft and its paste."""

    def both(unit_ids: Iterable[str]) -> None:
        for note_id in unit_ids:
            house.store.write(lambda unit, gone=note_id: unit.drop_note(gone))  # type: ignore[misc]

    both(one for one in (draft.id, draft.paste) if one)


def _found(one: Finding) -> Found:
    return Found(
        data=one.value.as_data(),
        where=one.where,
        excerpt=one.excerpt,
        notes=(*one.missing, *one.notes),
        complainant=one.is_complainant,
        private=one.ours,
    )


def _written(draft: Draft) -> str:
    return json.dumps(
        {
            "fields": dict(draft.fields),
            "ticked": list(draft.ticked),
            "found": [
                {
                    "data": one.data,
                    "where": _flat(one.where),
                    "excerpt": one.excerpt,
                    "notes": [_flat(note) for note in one.notes],
                    "complainant": one.complainant,
                    "private": one.private,
                }
                for one in draft.found
            ],
            "said": [_flat(one) for one in draft.said],
            "paste": draft.paste,
            "sent": draft.sent,
        },
        ensure_ascii=False,
    )


def _flat(sentence: Sentence) -> list[object]:
    return [sentence.text, dict(sentence.values)]


def _read(note: HomeNote) -> Draft:
    whole = _object(json.loads(note.body))
    return Draft(
        note=note,
        fields={name: str(text) for name, text in _object(whole.get("fields")).items()},
        ticked=tuple(one for one in _list(whole.get("ticked")) if isinstance(one, int)),
        found=tuple(_read_found(_object(one)) for one in _list(whole.get("found"))),
        said=tuple(map(_sentence, _list(whole.get("said")))),
        paste=str(whole.get("paste", "")),
        sent=str(whole.get("sent", "")),
    )


def _read_found(one: Mapping[str, object]) -> Found:
    return Found(
        data={
            name: value
            for name, value in _object(one.get("data")).items()
            if isinstance(value, str | int)
        },
        where=_sentence(one.get("where")),
        excerpt=str(one.get("excerpt", "")),
        notes=tuple(map(_sentence, _list(one.get("notes")))),
        complainant=one.get("complainant") is True,
        private=one.get("private") is True,
    )


def _sentence(flat: object) -> Sentence:
    text, values = (*_list(flat), "", {})[:2]
    pairs = sorted((name, str(value)) for name, value in _object(values).items())
    return Sentence(str(text), tuple(pairs))


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
