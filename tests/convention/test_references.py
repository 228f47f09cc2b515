"""Every law row that code, templates, specification or documents refer to exists."""

from pathlib import Path

import pytest

from comity.convention.references import row_ids_in, unknown_row_ids

ROOT = Path(__file__).parents[2]
READ = {
    "src": ("*.py", "*.html", "*.toml"),
    "spec": ("*.md",),
    "docs": ("*.md",),
}
FILES = [
    path
    for top, patterns in READ.items()
    for pattern in patterns
    for path in sorted((ROOT / top).rglob(pattern))
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_row_referred_to_exists(path: Path) -> None:
    assert unknown_row_ids(path.read_text(encoding="utf-8")) == set()


def test_the_law_room_refers_to_rows() -> None:
    grounds = (ROOT / "src/comity/convention/grounds.py").read_text(encoding="utf-8")
    assert {"uncc/42-6", "budapest/29-5", "reciprocity/reasons"} <= row_ids_in(grounds)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('row("uncc/42-8/floor")', {"uncc/42-8/floor"}),
        ("uncc/42-6/40-21-b, budapest/29-2.", {"uncc/42-6/40-21-b", "budapest/29-2"}),
        ("`reciprocity/no-treaty`", {"reciprocity/no-treaty"}),
        ("See uncc/2-h", {"uncc/2-h"}),
        ("(uncc/5)", {"uncc/5"}),
        ("src/comity/convention/law/uncc.toml", set()),
        ("law/budapest/29.toml", set()),
        ("budapest/29.toml", set()),
        ("uncc/42-8_old", set()),
        ("uncc/42-8/floor/more", set()),
        ("uncc/", set()),
        ("uncc / 42", set()),
        ("xuncc/42", set()),
        ("uncc/42-", set()),
        ("", set()),
    ],
)
def test_an_id_is_found_where_one_is_written(text: str, ids: set[str]) -> None:
    assert row_ids_in(text) == ids


def test_an_id_that_no_file_has_is_named() -> None:
    text = 'rows = ("uncc/42-8/floor", "uncc/42-8/ceiling", "budapest/99")'
    assert unknown_row_ids(text) == {"uncc/42-8/ceiling", "budapest/99"}
