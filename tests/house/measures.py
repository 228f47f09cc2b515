"""Measure the house: `python -m tests.house.measures` prints one line for each room."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from tests.house import tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One room: its files, and the lines of code and of tests that are not blank."""

    room: str
    pure: bool
    files: tuple[int, ...]
    tests: int

    @property
    def code(self) -> int:
        """Return the lines of code."""
        return sum(self.files)


def measured() -> list[Measure]:
    """Return a measure for each room that exists."""
    pure = set(tree.pure_rooms())
    return [
        Measure(
            room=room,
            pure=room in pure,
            files=tuple(tree.lines(path) for path in tree.room_files(room)),
            tests=sum(tree.lines(path) for path in tree.python(tree.TESTS / room)),
        )
        for room in [*sorted(pure), *tree.SHELLS]
        if tree.room_files(room)
    ]


def ratio(rooms: Iterable[Measure]) -> float:
    """Return lines of tests for each line of code."""
    listed = list(rooms)
    return sum(room.tests for room in listed) / max(1, sum(room.code for room in listed))


def _row(name: str, rooms: list[Measure]) -> str:
    files = [size for room in rooms for size in room.files]
    code, tests = sum(files), sum(room.tests for room in rooms)
    return f"{name:<12}{len(files):>6}{median(files):>8.0f}{code:>8}{tests:>8}{ratio(rooms):>8.2f}"


def main() -> None:
    """Print the table."""
    rooms = measured()
    print(f"{'room':<12}{'files':>6}{'median':>8}{'code':>8}{'tests':>8}{'ratio':>8}")
    for room in rooms:
        print(_row(room.room, [room]))
    if pure := [room for room in rooms if room.pure]:
        print(_row("pure rooms", pure))


if __name__ == "__main__":
    main()
