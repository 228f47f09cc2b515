"""The tree as the rules of the house see it: rooms, files, and what is in them."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SRC: Final = ROOT / "src"
TESTS: Final = ROOT / "tests"

SHELLS: Final = ("records", "vault", "transport", "desk", "node")
TEXT: Final = frozenset({".css", ".html", ".js", ".md", ".po", ".py", ".sh", ".toml", ".yml"})


@cache
def pyproject() -> dict[str, object]:
    """Return pyproject.toml as it is written."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def section(*path: str) -> dict[str, object]:
    """Return one table of pyproject.toml; an absent one is empty."""
    table = pyproject()
    for name in path:
        inner = table.get(name, {})
        if not isinstance(inner, dict):
            message = f"pyproject.toml: {'.'.join(path)} is not a table"
            raise TypeError(message)
        table = inner
    return table


def contract(name: str) -> dict[str, list[str]]:
    """Return the import-linter contract with this id."""
    contracts = section("tool", "importlinter")["contracts"]
    if not isinstance(contracts, list):
        message = "pyproject.toml: importlinter.contracts is not a list"
        raise TypeError(message)
    return next(found for found in contracts if found["id"] == name)


def pure_rooms() -> tuple[str, ...]:
    """Return the names that the purity contract lists, without the leading package."""
    listed = contract("purity")["source_modules"]
    return tuple(module.removeprefix("comity.") for module in listed)


def python(below: Path) -> Iterator[Path]:
    """Yield the Python files written by hand below a folder."""
    return (
        path
        for path in sorted(below.rglob("*.py"))
        if not {"migrations", "__pycache__"} & set(path.parts)
    )


def written(below: Path) -> Iterator[Path]:
    """Yield the text files below a folder that people wrote."""
    for path in sorted(below.rglob("*")):
        if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
            yield path


def room_files(room: str) -> list[Path]:
    """Return the Python files of one room, whether it is a folder or a file."""
    single = SRC / "comity" / f"{room}.py"
    return [single] if single.exists() else list(python(SRC / "comity" / room))


def lines(path: Path) -> int:
    """Return the number of lines of a file that hold more than white space."""
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, line: int = 0) -> str:
    """Return a file's place in the tree, as an editor understands it."""
    where = str(path.relative_to(ROOT))
    return f"{where}:{line}" if line else where


def templates() -> list[Path]:
    """Return the templates of all packages."""
    return [path for path in sorted(SRC.rglob("templates/**/*")) if path.is_file()]
