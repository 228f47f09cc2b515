"""The pages, diagrams and vectors that a program writes.

`python -m tests.house.generated` writes them again. A page is found by its first lines,
which say "Written by `python -m MODULE ARGUMENT...`": that program prints the page.
Vectors are written by ``tests/<room>/make_vectors.py``; drawn ones stay as they are.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.house import tree

WRITTEN_BY: Final = re.compile(r"Written by `python -m (?P<program>[\w. -]+?)(?: > [^`]*)?`")
HEAD_LINES: Final = 5
FOLDERS: Final = ("docs", "spec")


def program_of(text: str) -> list[str] | None:
    """Return the module and arguments that wrote a page, or nothing if a person did."""
    found = WRITTEN_BY.search("\n".join(text.splitlines()[:HEAD_LINES]))
    return found["program"].split() if found else None


def pages() -> Iterator[tuple[Path, list[str]]]:
    """Yield each generated page and the program that writes it."""
    for folder in FOLDERS:
        for path in sorted((tree.ROOT / folder).rglob("*.m*")):
            if program := program_of(path.read_text(encoding="utf-8")):
                yield path, program


def generators() -> list[str]:
    """Return the modules that write vectors."""
    found = sorted(tree.TESTS.glob("*/make_vectors.py"))
    return [".".join(path.relative_to(tree.ROOT).with_suffix("").parts) for path in found]


def printed(program: Sequence[str]) -> str:
    """Return what a program prints; its errors go to the terminal."""
    done = subprocess.run(
        [sys.executable, "-m", *program],
        cwd=tree.ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def main() -> None:
    """Write everything again."""
    for path, program in pages():
        path.write_text(printed(program), encoding="utf-8")
        print(f"{tree.place(path)}  written by {' '.join(program)}")
    for module in generators():
        print(printed([module]), end="")
        print(f"vectors/  written by {module}")


if __name__ == "__main__":
    main()
