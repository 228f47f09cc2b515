"""A process that only reads canonical bytes must not pay for keys."""

import subprocess
import sys

import pytest


def loaded(module: str) -> set[str]:
    program = f"import sys, comity.seal.{module}; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["canonical", "forms", "keys", "dsse", "tree", "proofs", "checkpoint", "padding"]
)
def test_bytes_are_read_without_a_cryptographic_library(module: str) -> None:
    names = loaded(module)
    assert not {name for name in names if name.startswith(("cryptography", "mnemonic"))}


@pytest.mark.parametrize("module", ["suites", "keyfile", "rest", "words"])
def test_nothing_heavy_comes_with_the_keys(module: str) -> None:
    names = loaded(module)
    heavy = ("django", "asyncio", "logging", "ssl", "socket", "urllib", "cryptography.x509")
    assert not names.intersection(heavy)
    assert module == "words" or "mnemonic" not in names
