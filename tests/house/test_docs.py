"""The pages people read first: decisions, links, versions."""

import re
from pathlib import Path

import pytest

from tests.house import generated, tree

RECORDS = sorted((tree.ROOT / "docs" / "adr").glob("*.md"))
HEADINGS = ["Context", "Options", "Choice", "What it costs"]
STATUS = re.compile(
    r"^Date: \d{4}-\d\d-\d\d\. Status: (proposed|accepted|replaced by \d{4})\.$", re.MULTILINE
)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
PAGES = [
    page
    for page in sorted([*tree.ROOT.glob("*.md"), *tree.ROOT.glob("*/**/*.md")])
    if not any(part.startswith(".") for part in page.relative_to(tree.ROOT).parts)
]


def dead_links(page: Path, text: str) -> list[str]:
    """Return the relative links of a page that lead nowhere."""
    targets = [found["target"] for found in LINK.finditer(text)]
    near = [target for target in targets if not re.match(r"[a-z]+:", target)]
    return [target for target in near if not (page.parent / target).exists()]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.name)
def test_a_decision_says_its_options_and_its_cost(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
    assert STATUS.search(text), "The line below the title is 'Date: 2026-01-31. Status: accepted.'"
    assert text.startswith(f"# {record.name[:4]}. ")


@pytest.mark.parametrize("page", PAGES, ids=tree.place)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links(page, page.read_text(encoding="utf-8")) == []


def test_a_link_that_leads_nowhere_is_found() -> None:
    page = tree.ROOT / "README.md"
    assert dead_links(page, "[a](no-such-page.md#part)") == ["no-such-page.md"]
    assert dead_links(page, "[a](https://a.example/x) [b](LICENSE) [c](#part)") == []


@pytest.mark.parametrize(
    ("page", "program"),
    [pytest.param(*found, id=tree.place(found[0])) for found in generated.pages()],
)
def test_a_generated_page_is_what_its_program_prints(page: Path, program: list[str]) -> None:
    assert page.read_text(encoding="utf-8") == generated.printed(program), "Run `make docs`."


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("%% Written by `python -m a.b c`: do not edit.\n", ["a.b", "c"]),
        ("# Law\n\nWritten by `python -m a.b > docs/law.md`; not by hand.\n", ["a.b"]),
        ("# Law\n\nRun `python -m a.b`.\n", None),
        ("\n" * 9 + "Written by `python -m a.b`.\n", None),
    ],
)
def test_a_page_says_which_program_wrote_it(text: str, program: list[str] | None) -> None:
    assert generated.program_of(text) == program


def test_one_version_is_told_everywhere() -> None:
    version = tree.section("project")["version"]
    code = (tree.ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f"softwareVersion: {version}\n" in code
    assert "## [Unreleased]" in (tree.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_target_of_the_makefile_is_explained() -> None:
    text = (tree.ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    explained = re.findall(r"^([a-z-]+):[^#\n]*## \S", text, re.MULTILINE)
    assert sorted(explained) == sorted(phony[1].split())
