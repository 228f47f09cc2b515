"""Every dependency is argued, pinned by digest, and named by no registry."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import tree

PAGE = tree.ROOT / "docs" / "dependencies.md"
SETS = [tree.ROOT / "requirements" / name for name in ("runtime.txt", "dev.txt")]
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def requirements() -> dict[str, Requirement]:
    project, groups = tree.section("project"), tree.section("dependency-groups")
    extras = tree.section("project", "optional-dependencies")
    lists = [project["dependencies"], *groups.values(), *extras.values()]
    found = [Requirement(line) for listed in lists if isinstance(listed, list) for line in listed]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def imported() -> set[str]:
    """Return the top-level names that the package imports and Python does not bring along."""
    found: set[str] = set()
    for path in tree.python(tree.SRC):
        for node in ast.walk(tree.parsed(path)):
            match node:
                case ast.Import(names=names):
                    found |= {alias.name.partition(".")[0] for alias in names}
                case ast.ImportFrom(module=str(module)):
                    found.add(module.partition(".")[0])
    return {name for name in found - sys.stdlib_module_names if not name.startswith("comity")}


def rows() -> dict[str, list[str]]:
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| package")
    ]
    return {row[0]: row for row in cells}


def pins(path: Path) -> dict[str, str]:
    return dict(PINNED.findall(path.read_text(encoding="utf-8")))


def test_every_dependency_has_its_line_and_every_line_its_dependency() -> None:
    assert sorted(rows()) == sorted(requirements())


def test_what_a_node_imports_is_a_dependency_of_a_node() -> None:
    project, extras = tree.section("project"), tree.section("project", "optional-dependencies")
    lists = [project["dependencies"], *extras.values()]
    needed = {
        canonicalize_name(Requirement(line).name)
        for listed in lists
        if isinstance(listed, list)
        for line in listed
    }
    owners = packages_distributions()
    stray = {
        name
        for name in imported()
        if not needed & {canonicalize_name(owner) for owner in owners.get(name, [])}
    }
    assert stray == set()


def test_every_line_says_licence_size_last_release_and_why() -> None:
    columns = 5
    assert [name for name, row in rows().items() if len(row) != columns or not all(row)] == []


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    pinned = pins(SETS[1])
    outside = [
        name
        for name, requirement in requirements().items()
        if not requirement.specifier.contains(pinned[name])
    ]
    assert outside == []


def test_both_sets_pin_the_same_versions() -> None:
    runtime, dev = map(pins, SETS)
    assert runtime.items() <= dev.items()


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
def test_every_pin_has_its_digests(path: Path) -> None:
    entries = re.split(r"^(?=[a-z0-9])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(path))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    "name",
    [
        ".ci/run",
        "Makefile",
        "requirements/dev.txt",
        "requirements/install",
        "requirements/lock",
        "requirements/runtime.txt",
    ],
)
def test_no_registry_is_named(name: str) -> None:
    text = (tree.ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
