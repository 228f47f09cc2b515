"""Coverage-guided fuzzing of every decoder of foreign bytes.

``python -m tests.fuzz.atheris_wire --seconds N [--target NAME] [--corpus DIR]``
runs each target for N seconds in a process of its own, or one target alone. It
ends with 0 when nothing was found. A finding is written below ``build/fuzz/``;
pass its file to the same target to see it again (``--replay FILE``).
"""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Final, NoReturn

import atheris

with atheris.instrument_imports(include=["comity"], enable_loader_override=False):
    from tests.fuzz.targets import TARGETS

ROOT: Final = Path(__file__).parents[2]
FOUND: Final = ROOT / "build" / "fuzz"
LONGEST_INPUT: Final = 65_536
MEGABYTES: Final = 512
SECONDS_PER_INPUT: Final = 5


def fuzz(name: str, seconds: int, corpus: Path) -> NoReturn:
    """Fuzz one target in this process, which ends with it."""
    (corpus / "seed").write_bytes(TARGETS[name].seed)
    FOUND.mkdir(parents=True, exist_ok=True)
    atheris.Setup(
        [
            name,
            f"-max_total_time={seconds}",
            f"-rss_limit_mb={MEGABYTES}",
            f"-timeout={SECONDS_PER_INPUT}",
            f"-max_len={LONGEST_INPUT}",
            f"-artifact_prefix={FOUND / name}-",
            "-print_final_stats=1",
            str(corpus),
        ],
        TARGETS[name],
    )
    atheris.Fuzz()
    sys.exit(0)


def fuzz_each(seconds: int) -> int:
    """Fuzz every target, each in a process of its own; return how many found something."""
    begin = [sys.executable, "-m", "tests.fuzz.atheris_wire", "--seconds", str(seconds)]
    failed = [
        name
        for name in TARGETS
        if subprocess.run([*begin, "--target", name], cwd=ROOT, check=False).returncode
    ]
    found = ", ".join(failed) or "none"
    sys.stdout.write(f"{len(TARGETS)} targets, {seconds} s each; findings in: {found}\n")
    return len(failed)


def main() -> None:
    """Read the arguments and fuzz."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=10, help="for each target")
    parser.add_argument("--target", choices=sorted(TARGETS), help="one target alone")
    parser.add_argument("--corpus", type=Path, help="where inputs worth keeping are kept")
    parser.add_argument("--replay", type=Path, help="run one file through --target")
    given = parser.parse_args()
    if given.target is None:
        sys.exit(min(1, fuzz_each(given.seconds)))
    if given.replay is not None:
        TARGETS[given.target](given.replay.read_bytes())
        return
    corpus = given.corpus or FOUND / "corpus" / given.target
    corpus.mkdir(parents=True, exist_ok=True)
    fuzz(given.target, given.seconds, corpus)


if __name__ == "__main__":
    main()
