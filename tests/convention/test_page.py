"""``docs/law.md`` is what the law files say, mark for mark."""

import subprocess
import sys
from pathlib import Path

from comity.convention.load import edition, law_rows, laws
from comity.convention.page import evidence_counts, page
from comity.convention.rows import Evidence

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "law.md"


def rows_of_the_page() -> list[list[str]]:
    lines = [line for line in page().splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [each for each in cells if "/" in each[0]]


def test_the_page_in_docs_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "Run: python -m comity.convention.page > docs/law.md"
    )


def test_the_module_prints_the_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "comity.convention.page"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout == page()


def test_every_row_is_on_the_page_once_with_article_kind_mark_and_source() -> None:
    shown = {
        each[0].strip("`"): (each[1], each[2], each[4], each[5]) for each in rows_of_the_page()
    }
    assert len(rows_of_the_page()) == len(shown)
    assert shown == {
        row.id: (row.article, str(row.kind), str(row.evidence), row.source) for row in law_rows()
    }


def test_rows_come_in_the_order_of_the_articles() -> None:
    ids = [each[0].strip("`") for each in rows_of_the_page() if each[0].startswith("`uncc/")]
    assert ids.index("uncc/2-a") < ids.index("uncc/7") < ids.index("uncc/10")
    assert ids.index("uncc/10") < ids.index("uncc/24-1") < ids.index("uncc/42-3/a")
    assert ids.index("uncc/42-3/g") < ids.index("uncc/42-6") < ids.index("uncc/43-1")


def test_the_page_explains_every_mark_and_names_the_edition() -> None:
    text = page()
    assert f"Edition `{edition()}`." in text
    for mark in Evidence:
        assert f"\n| {mark} | " in text


def test_the_page_names_the_sources_of_each_law() -> None:
    text = page()
    for law in laws():
        for key, place in law.sources:
            assert f"- `{key}`: {place}" in text


def test_the_counts_are_those_of_the_rows() -> None:
    counts = evidence_counts(law_rows())
    assert list(counts) == list(Evidence)
    assert sum(counts.values()) == len(law_rows())
    assert counts[Evidence.CERTIFIED] == 0
    assert f"| all | {len(law_rows())} | " in page()


def test_the_page_says_that_it_is_no_certified_text() -> None:
    assert "never the certified text" in page()
    assert "no legal advice" in page()
