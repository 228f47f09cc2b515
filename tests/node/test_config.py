"""``comity.toml``: each wrong key has its sentence, and nothing is guessed."""

from pathlib import Path

import pytest

from comity.convention.codes import PowerKind
from comity.node.config import default_config, load_config, read_config
from comity.node.errors import BadConfig
from comity.node.tables import Address

GOOD = """
state = "XNR"
name = "Northmere"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "comity.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_short_file_is_enough(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, GOOD), {})
    assert (config.state, config.name, config.demo) == ("XNR", "Northmere", False)
    assert config.database == f"sqlite:///{tmp_path}/comity.sqlite3"
    assert config.desk.listen == Address(host="127.0.0.1", port=8443)
    assert config.node.listen == Address(host="127.0.0.1", port=8444)
    assert config.keys.folder == tmp_path / "keys"
    assert config.keys.passphrase_file is None


def test_relative_paths_start_at_the_settings_file(tmp_path: Path) -> None:
    text = GOOD + 'registrars = ["pilot.json"]\n[keys]\nfolder = "safe"\npassphrase_file = "/p"\n'
    config = read_config(written(tmp_path, text), {})
    assert config.registrars == (tmp_path / "pilot.json",)
    assert config.keys.tls_key == tmp_path / "safe" / "tls.key"
    assert config.keys.passphrase_file == Path("/p")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('name = "Northmere"', "state"),
        ('state = "xnr"\nname = "N"', "state"),
        ('state = "XNRR"\nname = "N"', "state"),
        ("state = 3", "state"),
        ('state = "XNR"', "name"),
        ('state = "XNR"\nname = " "', "name"),
        (GOOD + 'demo = "yes"', "demo"),
        (GOOD + "registrars = [1]", "registrars"),
        (GOOD + 'registrars = "one"', "registrars"),
        (GOOD + "desk = 3", "desk"),
        (GOOD + "colour = 3", "colour"),
        (GOOD + "[desk]\nlisten = 8443", "desk.listen"),
        (GOOD + '[desk]\nlisten = "8443"', "desk.listen"),
        (GOOD + '[desk]\nlisten = "0.0.0.0:0"', "desk.listen"),
        (GOOD + '[desk]\nlisten = "0.0.0.0:65536"', "desk.listen"),
        (GOOD + '[desk]\nhosts = "desk.example"', "desk.hosts"),
        (GOOD + '[desk]\ntime_zone = "Northmere/Capital"', "desk.time_zone"),
        (GOOD + '[desk]\ntime_zone = "../../etc/passwd"', "desk.time_zone"),
        (GOOD + "[desk]\npseudo_locale = 1", "desk.pseudo_locale"),
        (GOOD + "[desk]\nthreads = 0", "desk.threads"),
        (GOOD + "[desk]\nthreads = true", "desk.threads"),
        (GOOD + "[desk]\nport = 1", "desk.port"),
        (GOOD + '[node]\nlisten = ":1"', "node.listen"),
        (GOOD + "[node]\nbodies = 10001", "node.bodies"),
        (GOOD + '[node]\nthreads = "4"', "node.threads"),
        (GOOD + "[node]\nbody = 1", "node.body"),
        (GOOD + '[database]\nurl = "mysql://x/y"', "database.url"),
        (GOOD + '[database]\nurl = "postgresql://host"', "database.url"),
        (GOOD + '[database]\nurl = "sqlite:///"', "database.url"),
        (GOOD + "[database]\nurl = 1", "database.url"),
        (GOOD + '[database]\nuri = "x"', "database.uri"),
        (GOOD + "[keys]\nfolder = 1", "keys.folder"),
        (GOOD + '[keys]\npassphrase_file = ""', "keys.passphrase_file"),
        (GOOD + "[keys]\ntls_certificate = 1", "keys.tls_certificate"),
        (GOOD + "[keys]\ntls_key = []", "keys.tls_key"),
        (GOOD + "[keys]\nsecret = false", "keys.secret"),
        (GOOD + '[keys]\npassphrase = "never here"', "keys.passphrase"),
        (GOOD + "[powers]\nmay_pray = 1", "powers.may_pray"),
        (GOOD + '[powers.may_ask]\nversailles = ["duty_officer"]', "powers.may_ask.versailles"),
        (GOOD + '[powers.may_ask]\nuncc = "duty_officer"', "powers.may_ask.uncc"),
        (GOOD + '[powers.may_order]\nuncc = ["Duty Officer"]', "powers.may_order.uncc"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, text: str, key: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadConfig) as told:
        read_config(file, {})
    assert str(file) in str(told.value)
    assert f'"{key}"' in str(told.value)


def test_a_secret_in_the_file_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(BadConfig) as told:
        read_config(written(tmp_path, GOOD + '[keys]\npassphrase = "correct horse"'), {})
    assert "horse" not in str(told.value)


@pytest.mark.parametrize("text", ["state = ", "= 1", 'state = "XNR"\nstate = "XNR"'])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(BadConfig, match="not TOML") as told:
        read_config(file, {})
    assert str(file) in str(told.value)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="cannot be read"):
        read_config(tmp_path, {})


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="comity init"):
        load_config({"COMITY_CONFIG": str(tmp_path / "none.toml")})


def test_the_environment_replaces_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD + '[desk]\nlisten = "127.0.0.1:1"\nthreads = 3\n')
    config = load_config(
        {
            "COMITY_CONFIG": str(file),
            "COMITY_DATABASE_URL": "postgresql://comity@db.example/comity",
            "COMITY_PASSPHRASE_FILE": "/run/pass",
            "COMITY_DESK_LISTEN": "0.0.0.0:2",
            "COMITY_NODE_LISTEN": "[::]:3",
        }
    )
    assert config.database == "postgresql://comity@db.example/comity"
    assert config.keys.passphrase_file == Path("/run/pass")
    assert config.desk.listen == Address(host="0.0.0.0", port=2)
    assert config.desk.threads == 3
    assert str(config.node.listen) == "[::]:3"
    assert config.node.listen.host == "::"


def test_a_wrong_variable_is_named_and_not_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    with pytest.raises(BadConfig, match="COMITY_NODE_LISTEN") as told:
        read_config(file, {"COMITY_NODE_LISTEN": "everywhere"})
    assert "comity.toml" not in str(told.value)


def test_without_a_file_nothing_is_kept_on_disk() -> None:
    config = default_config({})
    assert config.file is None
    assert config.database == "sqlite://"


def test_nobody_may_ask_or_order_unless_it_is_written(tmp_path: Path) -> None:
    text = GOOD + '[powers.may_ask]\nuncc = ["duty_officer", "prosecutor"]\n'
    powers = read_config(written(tmp_path, text), {}).powers
    assert powers.roles(PowerKind.ASK, "uncc") == {"duty_officer", "prosecutor"}
    assert powers.roles(PowerKind.ORDER, "uncc") == frozenset()
    assert powers.roles(PowerKind.ASK, "budapest") == frozenset()
