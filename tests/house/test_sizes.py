"""Budgets: a file at most 400 lines, a function at most 60, tests 1.2 times the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree
from tests.house.measures import measured, ratio

FILE_LINES = 400
FUNCTION_LINES = 60
TESTS_TO_CODE = 1.2


def long_functions(source: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield name and first line of each function over the budget, docstring not counted."""
    for node in ast.walk(source):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0]
        begin = first.end_lineno if ast.get_docstring(node) else node.lineno
        if (node.end_lineno or 0) - (begin or 0) > FUNCTION_LINES:
            yield node.name, node.lineno


def test_no_file_is_over_the_budget() -> None:
    sized = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _all()}
    assert [f"{tree.place(path)}: {n}" for path, n in sized.items() if n > FILE_LINES] == []


def test_no_function_is_over_the_budget() -> None:
    found = [
        f"{tree.place(path, line)}: {name}"
        for path in _all()
        for name, line in long_functions(tree.parsed(path))
    ]
    assert found == []


def test_a_long_function_is_found() -> None:
    body = "\n".join(f"    x{n} = {n}" for n in range(FUNCTION_LINES + 1))
    assert list(long_functions(ast.parse(f"def f():\n{body}\n"))) == [("f", 1)]
    short = body.rsplit("\n", 1)[0]
    assert list(long_functions(ast.parse(f"def f():\n{short}\n"))) == []


def test_the_pure_rooms_are_tested_at_length() -> None:
    found = ratio(room for room in measured() if room.pure)
    assert found >= TESTS_TO_CODE, "See `python -m tests.house.measures`."


def _all() -> list[Path]:
    return [*tree.python(tree.SRC), *tree.python(tree.ROOT / "bench")]
