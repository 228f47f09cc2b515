"""Read the law files that come with the package, strictly, and name their edition.

A law file is TOML: ``instrument`` and ``name``, a table ``sources`` (key ->
where it is published), and one array of tables for each kind of row. An
unknown key, a repeated id, a missing mark or a source that does not fit its
mark stops the reading with the file and the row.
"""

import functools
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Final

from comity.convention.build import BUILDERS, Heading
from comity.convention.errors import DuplicateRow, NotToml, UnknownKey, UnknownRow
from comity.convention.rows import Content, Evidence, Kind, Law, Row
from comity.convention.table import Table
from comity.text import say

_ID: Final = re.compile(r"[a-z]+/[0-9a-z-]+(?:/[0-9a-z-]+)?")
_LAW_FILES: Final = ("uncc.toml", "budapest.toml", "reciprocity.toml")
_EDITION_TAG: Final = "comity law edition v1"
_SOURCE: Final = {
    Evidence.CERTIFIED: re.compile(r"C: \S.*"),
    Evidence.SOURCED: re.compile(r"V: (?P<key>[a-z0-9-]+)\b.*"),
    Evidence.PARALLEL: re.compile(r"P: (?:UNCAC|UNTOC|Budapest) \d.*"),
    Evidence.UNCONFIRMED: re.compile(r"M-[HML]\b.*"),
}
_TABLES: Final = frozenset({"instrument", "name", "sources", *Kind})


def parse_law(file: str, text: str) -> Law:
    """Read one law file; ``file`` is its name for the error sentences. Raises LawFileError."""
    try:
        content: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(
            say(
                "Law file %(file)s is not TOML: %(detail)s. Correct it.",
                file=file,
                detail=str(error),
            )
        ) from error
    head = Table(file, "(top)", content)
    instrument, name = head.text("instrument"), head.sentence("name")
    sources = _sources(head, content.get("sources"))
    unknown = sorted(set(content) - _TABLES)
    if unknown:
        raise UnknownKey(
            say(
                'Law file %(file)s: there is no kind of row called "%(key)s". '
                "Correct its spelling or remove it.",
                file=file,
                key=unknown[0],
            )
        )
    rows = tuple(
        _row(kind, table, instrument, frozenset(key for key, _ in sources))
        for kind in Kind
        if kind in content
        for table in head.tables(kind)
    )
    _refuse_doubles(file, rows)
    return Law(
        instrument=instrument,
        name=name,
        sources=sources,
        rows=rows,
        canonical=_canonical(content),
    )


def edition_of(laws: Iterable[Law]) -> str:
    """Return the digest of the content of these laws, whatever their order or layout.

    SHA-256 over the line ``comity law edition v1`` and one line for each law,
    sorted by instrument: the file as JSON with sorted keys, rows sorted by id.
    """
    lines = [law.canonical for law in sorted(laws, key=lambda law: law.instrument)]
    content = "".join(f"{line}\n" for line in (_EDITION_TAG, *lines))
    return "sha256:" + hashlib.sha256(content.encode()).hexdigest()


@functools.cache
def laws() -> tuple[Law, ...]:
    """Return the laws of this edition."""
    folder = files("comity.convention") / "law"
    return tuple(parse_law(name, (folder / name).read_text("utf-8")) for name in _LAW_FILES)


@functools.cache
def edition() -> str:
    """Return the ``sha256:`` digest of this edition, as acts name it in ``law.edition``."""
    return edition_of(laws())


@functools.cache
def law_rows() -> tuple[Row, ...]:
    """Return every row of this edition, instrument by instrument."""
    return tuple(row for law in laws() for row in law.rows)


def rows_of(instrument: str) -> tuple[Row, ...]:
    """Return an instrument's rows; empty where this edition has no file for it."""
    return tuple(row for row in law_rows() if row.instrument == instrument)


def row(row_id: str) -> Row:
    """Return the row of that id. Raises UnknownRow."""
    try:
        return _by_id()[row_id]
    except KeyError:
        raise UnknownRow(
            say(
                'This edition of the law has no row "%(row)s". See the list in docs/law.md.',
                row=row_id,
            )
        ) from None


def law_texts() -> Iterator[str]:
    """Yield every text of the law files that people read, for the translators' catalogue."""
    for law in laws():
        yield law.name.text
        for each in law.rows:
            yield each.title.text
            yield each.text.text
            if isinstance(each, Content):
                yield from (ask.sentence.text for ask in each.asks)


@functools.cache
def _by_id() -> dict[str, Row]:
    return {each.id: each for each in law_rows()}


def _sources(head: Table, value: object) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        head.refuse("sources", "a table of key and place of publication")
    return tuple(sorted((str(key), str(place)) for key, place in value.items()))


def _row(kind: Kind, table: Table, instrument: str, sources: frozenset[str]) -> Row:
    row_id = table.text("id")
    table.row = row_id
    if not _ID.fullmatch(row_id) or not row_id.startswith(f"{instrument}/"):
        table.refuse("id", f'"{instrument}/" and a name of a-z, 0-9 and "-"')
    evidence = table.choice("evidence", Evidence)
    heading = Heading(
        id=row_id,
        instrument=instrument,
        article=table.text("article"),
        title=table.sentence("title"),
        text=table.sentence("text"),
        evidence=evidence,
        source=_source(table, evidence, sources),
    )
    built = BUILDERS[kind](table, heading)
    table.done()
    return built


def _source(table: Table, evidence: Evidence, known: frozenset[str]) -> str:
    source = table.text("source")
    found = _SOURCE[evidence].fullmatch(source)
    if found is None:
        table.refuse("source", f'a source that fits the mark "{evidence}"')
    if evidence is Evidence.SOURCED and found["key"] not in known:
        table.refuse("source", "a key of the table [sources] of the file")
    return source


def _refuse_doubles(file: str, rows: tuple[Row, ...]) -> None:
    seen: set[str] = set()
    for each in rows:
        if each.id in seen:
            raise DuplicateRow(
                say(
                    "Law file %(file)s: two rows have the id %(row)s. Give one of them another.",
                    file=file,
                    row=each.id,
                )
            )
        seen.add(each.id)


def _canonical(content: dict[str, object]) -> str:
    ordered = {
        key: sorted(value, key=lambda each: str(each["id"])) if isinstance(value, list) else value
        for key, value in content.items()
    }
    return json.dumps(ordered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
