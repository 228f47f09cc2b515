"""Words and constructs that have no place in this house."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import tree

NAMELESS = frozenset(
    {"base", "common", "helper", "helpers", "manager", "managers", "misc", "utils"}
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|HACK)\b")
# One blanket except is allowed: the courier must outlive whatever one delivery does.
MAY_CATCH_ALL = {"src/comity/transport/courier.py": 1}


def catch_alls(source: ast.Module) -> Iterator[int]:
    """Yield the line of each handler that catches everything and does not raise it again."""
    for node in ast.walk(source):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {kind.id for kind in caught if isinstance(kind, ast.Name)}
            again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if not again and (node.type is None or names & {"Exception", "BaseException"}):
                yield node.lineno


def asserts(source: ast.Module) -> Iterator[int]:
    """Yield the line of each assert, which `python -O` would drop."""
    return (node.lineno for node in ast.walk(source) if isinstance(node, ast.Assert))


def test_every_file_is_named_for_what_it_holds() -> None:
    found = [
        tree.place(path)
        for top in (tree.SRC, tree.TESTS)
        for path in top.rglob("*")
        if path.stem.removeprefix("test_") in NAMELESS
    ]
    assert found == []


def test_nothing_is_left_unfinished() -> None:
    found = [
        tree.place(path, number)
        for top in ("src", "bench", "docs", "spec", "requirements")
        for path in tree.written(tree.ROOT / top)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_nothing_catches_everything() -> None:
    found = {
        tree.place(path): len(caught)
        for path in tree.python(tree.SRC)
        if (caught := list(catch_alls(tree.parsed(path))))
    }
    over = {path: n for path, n in found.items() if n > MAY_CATCH_ALL.get(path, 0)}
    assert over == {}


def test_no_check_vanishes_under_optimisation() -> None:
    found = [
        tree.place(path, line)
        for path in tree.python(tree.SRC)
        for line in asserts(tree.parsed(path))
    ]
    assert found == []


@pytest.mark.parametrize("kind", ["", " Exception", " (ValueError, BaseException) as error"])
def test_a_handler_that_catches_everything_is_found(kind: str) -> None:
    assert list(catch_alls(ast.parse(f"try:\n    f()\nexcept{kind}:\n    g()\n"))) == [3]


@pytest.mark.parametrize("handler", ["except ValueError:\n    g()", "except:\n    g()\n    raise"])
def test_a_handler_that_says_what_it_catches_or_raises_it_again_is_not(handler: str) -> None:
    assert list(catch_alls(ast.parse(f"try:\n    f()\n{handler}\n"))) == []
