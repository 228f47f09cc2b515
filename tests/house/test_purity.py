"""What import-linter and ruff cannot say of the pure rooms."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.house import tree

# Reading packaged law rows through importlib.resources is the one exception.
MAY_READ = frozenset({"convention"})
FILE_METHODS = frozenset(
    {"read_bytes", "read_text", "write_bytes", "write_text", "mkdir", "unlink", "touch"}
)


def opened(source: ast.Module) -> Iterator[int]:
    """Yield the line of each call that opens, reads or writes a file."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id="open" | "input" | "print" | "exec" | "eval" | "__import__"):
                    yield node.lineno
                case ast.Attribute(attr=name) if name in FILE_METHODS:
                    yield node.lineno


def test_no_pure_room_opens_a_file() -> None:
    found = [
        tree.place(path, line)
        for room in tree.pure_rooms()
        if room not in MAY_READ
        for path in tree.room_files(room)
        for line in opened(tree.parsed(path))
    ]
    assert found == []


@pytest.mark.parametrize("call", ["open('x')", "path.read_text()", "print('x')"])
def test_a_call_that_opens_a_file_is_found(call: str) -> None:
    assert list(opened(ast.parse(call))) == [1]


def test_every_room_is_either_pure_or_a_shell() -> None:
    there = {
        path.stem
        for path in (tree.SRC / "comity").iterdir()
        if not path.name.startswith(("_", ".")) and tree.room_files(path.stem)
    }
    assert there <= {*tree.pure_rooms(), *tree.SHELLS}


def test_types_and_imports_agree_on_what_is_pure() -> None:
    overrides = tree.section("tool", "mypy")["overrides"]
    assert isinstance(overrides, list)
    strict = next(table for table in overrides if "disallow_any_explicit" in table)
    listed = {module.removeprefix("comity.").removesuffix(".*") for module in strict["module"]}
    assert listed == set(tree.pure_rooms())


def test_the_pure_rooms_work_without_the_framework() -> None:
    modules = [
        ".".join(path.relative_to(tree.SRC).with_suffix("").parts).removesuffix(".__init__")
        for room in tree.pure_rooms()
        for path in tree.room_files(room)
    ]
    program = (
        "import importlib, sys\n"
        "for name in ('django', 'granian', 'urllib3', 'psycopg'): sys.modules[name] = None\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *modules],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
