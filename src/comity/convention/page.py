"""Write ``docs/law.md``, every row of the law with its mark: ``python -m comity.convention.page``.

The page goes to standard output.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from comity.convention.load import edition, law_rows, laws
from comity.convention.rows import Evidence, Law, Row

_HEAD: Final = """\
# The law rows

Written by `python -m comity.convention.page > docs/law.md`; do not edit by hand.

The law is data: `src/comity/convention/law/` has one file for each instrument. Every text
there is our own short paraphrase, never the certified text of a treaty, and no legal advice.
A row says how sure its fact is:

| mark | meaning | source written as |
| --- | --- | --- |"""
_MARKS: Final = {
    Evidence.CERTIFIED: (
        "compared with the certified text by a named person",
        "`C: document, page, name, date`",
    ),
    Evidence.SOURCED: (
        "a public source states it; for the Budapest Convention: compared with its public text",
        "`V: key of the source`",
    ),
    Evidence.PARALLEL: (
        "drafted from a clause of an older treaty that was compared in full; number not confirmed",
        "`P: clause`",
    ),
    Evidence.UNCONFIRMED: (
        "no text at hand confirms it; our confidence is high, middle or low",
        "`M-H`, `M-M`, `M-L`",
    ),
}
_NUMBER: Final = re.compile(r"\d+")


def page() -> str:
    """Return the whole page as Markdown."""
    return "".join(f"{line}\n" for line in _lines())


def evidence_counts(rows: Iterable[Row]) -> dict[Evidence, int]:
    """Return how many rows carry each mark, certified first."""
    counted = Counter(row.evidence for row in rows)
    return {mark: counted[mark] for mark in Evidence}


def _lines() -> Iterator[str]:
    yield _HEAD
    yield from (f"| {mark} | {meaning} | {form} |" for mark, (meaning, form) in _MARKS.items())
    yield ""
    yield f"Edition `{edition()}`."
    yield ""
    yield "| instrument | rows | " + " | ".join(Evidence) + " |"
    yield "| --- " * (2 + len(Evidence)) + "|"
    for law in laws():
        yield _count_line(f"`{law.instrument}`", law.rows)
    yield _count_line("all", law_rows())
    for law in laws():
        yield from _law_lines(law)


def _count_line(name: str, rows: tuple[Row, ...]) -> str:
    counts = evidence_counts(rows)
    return f"| {name} | {len(rows)} | " + " | ".join(str(n) for n in counts.values()) + " |"


def _law_lines(law: Law) -> Iterator[str]:
    yield ""
    yield f"## {law.name}"
    yield ""
    yield "| id | article | kind | what it says | mark | source |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in sorted(law.rows, key=_article_order):
        said = f"**{row.title}.** {row.text}"
        cells = (f"`{row.id}`", row.article, row.kind, said, row.evidence, row.source)
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
    if law.sources:
        yield ""
        yield "Sources:"
        yield ""
        yield from (f"- `{key}`: {place}" for key, place in law.sources)


def _article_order(row: Row) -> tuple[list[int], str]:
    """Sort by the numbers of the id (2, 24-1, 42-3), then by its letters."""
    return [int(number) for number in _NUMBER.findall(row.id)[:2]], row.id


if __name__ == "__main__":
    sys.stdout.write(page())
