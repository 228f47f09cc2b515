"""The command line without a node: help, sentences, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from comity.node.cli import main, parser

COMMANDS = (
    ["init"],
    ["up"],
    ["serve"],
    ["work"],
    ["peer", "add"],
    ["peer", "show"],
    ["peer", "list"],
    ["card", "export"],
    ["card", "renew"],
    ["officer", "add"],
    ["backup"],
    ["restore"],
    ["verify"],
    ["law", "list"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        main([*command, "--help"])
    assert done.value.code == 0
    assert f"comity {' '.join(command)}" in capsys.readouterr().out


def test_the_help_lists_every_command_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    listed = [row.split()[0] for row in out.splitlines() if row.startswith("    ")]
    assert listed[:1] == ["init"] or "init" in listed
    assert {command[0] for command in COMMANDS} | {"demo"} <= set(listed)
    assert "Not endorsed by the United Nations" in out


def test_every_command_has_its_function() -> None:
    """What the parser names exists; the modules that need Django are loaded by it alone."""
    whole = parser()
    args = {
        "init": [],
        "serve": ["node"],
        "peer add": ["f"],
        "peer show": ["XJN"],
        "card renew": ["--root", "f"],
        "officer add": ["ann"],
        "backup": ["f"],
        "restore": ["f"],
        "verify": ["f"],
    }
    for command in COMMANDS:
        parsed = whole.parse_args([*command, *args.get(" ".join(command), [])])
        module, name = parsed.verb.split(":")
        source = Path(parser.__code__.co_filename).with_name(f"{module}.py")
        assert f"def {name}(args: Namespace) -> int:" in source.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "wrong", [[], ["frob"], ["up", "--fast"], ["serve"], ["serve", "both"], ["--conf", "x", "up"]]
)
def test_a_wrong_command_ends_with_two(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        main(wrong)
    assert done.value.code == 2
    assert "usage: comity" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["up"],
        ["serve", "node"],
        ["work"],
        ["peer", "list"],
        ["card", "export"],
        ["officer", "add", "ann"],
        ["backup", "f"],
        ["restore", "f"],
    ],
    ids=" ".join,
)
def test_without_settings_one_sentence_says_so(
    command: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMITY_CONFIG", raising=False)
    assert main(command) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "comity.toml" in told
    assert "comity init" in told


def test_law_list_is_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert set(rows[0]) == {"id", "instrument", "article", "kind", "evidence", "source"}
    assert {"uncc", "budapest", "reciprocity"} <= {row["instrument"] for row in rows}
    assert len({row["id"] for row in rows}) == len(rows)


def test_law_list_counts_what_is_unconfirmed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "list"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith("unconfirmed.")


def test_a_file_that_is_no_certificate_is_altered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "c.json").write_bytes(b"{}")
    assert main(["verify", str(tmp_path / "c.json")]) == 1
    assert capsys.readouterr().out.startswith("Altered.")
    assert main(["verify", "--json", str(tmp_path / "c.json")]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "altered"


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "/no/such/file"]) == 2
    assert "/no/such/file" in capsys.readouterr().err


def test_a_root_must_name_its_state(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "c.json").write_bytes(b"{}")
    assert main(["verify", str(tmp_path / "c.json"), "--root", "sha256:00"]) == 2
    assert "STATE=ROOT" in capsys.readouterr().err


def test_a_reader_who_has_read_enough_is_no_fault() -> None:
    command = [sys.executable, "-m", "comity.node.cli", "law", "list", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        if process.stdout:
            process.stdout.close()
        said = process.stderr.read() if process.stderr else b""
        assert process.wait(30) == 0
    assert said == b""
