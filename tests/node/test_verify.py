"""`comity verify FILE`: the verdict, in words and for programs, without a node."""

import json
from pathlib import Path

import pytest

from comity.node.cli import main
from comity.seal.words import twelve_words
from tests.actions.test_certificate import made

TWO, DATA = made(live=True)
KEYS = {state: one.root.public.id for state, one in TWO.states.items()}
ROOTS = [f"--root={state}={key}" for state, key in KEYS.items()]
SPOKEN = [f"--root={state}={' '.join(twelve_words(key))}" for state, key in KEYS.items()]


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "kept.comity-cert.json").write_bytes(DATA)
    return str(tmp_path / "kept.comity-cert.json")


@pytest.mark.parametrize("roots", [ROOTS, SPOKEN], ids=["key ids", "words"])
def test_an_intact_certificate_is_told_in_words(
    file: str, roots: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", file, *roots]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Intact.\n")
    assert "XJN has stated that it keeps 1 of 1 items\nfor XNR until 2026-07-04T03:00:00Z." in out
    assert "Basis: budapest 29" in out
    assert "does not prove that the custodian really holds the data" in out
    assert "NOT" not in out


def test_it_is_told_to_programs(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", file, "--json", *ROOTS]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "intact"
    assert told["stated"]["until"] == "2026-07-04T03:00:00+00:00"
    assert all(finding["held"] for finding in told["findings"])


def test_without_a_root_it_cannot_tell_and_shows_the_words(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", file]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Cannot tell.\n")
    for key in KEYS.values():
        for word in twelve_words(key):
            assert word in out


def test_a_root_that_was_not_named_is_not_believed(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    swapped = [f"--root=XNR={KEYS['XJN']}", f"--root=XJN={KEYS['XNR']}"]
    assert main(["verify", file, *swapped]) == 1
    assert capsys.readouterr().out.startswith("Altered.\n")


def test_one_changed_byte_is_altered(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = len(DATA) // 2
    Path(file).write_bytes(DATA[:place] + bytes([DATA[place] ^ 1]) + DATA[place + 1 :])
    assert main(["verify", file, *ROOTS]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Altered.\n")
    assert "NOT" in out
