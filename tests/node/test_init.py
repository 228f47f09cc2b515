"""`comity init`, `card`, `peer` and `officer`, as an operator types them."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comity.directory.trust import claimed
from comity.node.certificate import tls_digest
from comity.seal.keys import Purpose
from tests.node.command import ABOUT, PASSPHRASE, Made, add_peer, comity, several


def test_init_says_what_to_do_next(made: Made) -> None:
    said = made.northmere.done
    assert len(said.words.split()) == 12
    for part in ("root", "offline", "XNR.card.json", "comity peer add", "comity up"):
        assert part in said.out
    settings = (made.northmere.folder / "comity.toml").read_text(encoding="utf-8")
    assert PASSPHRASE not in said.out + settings


def test_every_secret_is_for_its_owner_only(made: Made) -> None:
    home = made.northmere.folder
    secret = [*home.glob("keys/*"), *home.glob("root/*"), home / "comity.sqlite3"]
    assert len(secret) >= 9
    assert {stat.S_IMODE(file.stat().st_mode) for file in secret} == {0o600}
    for place in (home, home / "keys", home / "root"):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_key_files_are_encrypted_and_the_root_stands_apart(made: Made) -> None:
    home = made.northmere.folder
    assert [file.name for file in (home / "root").iterdir()] == ["root-1.key"]
    locked = [file for file in home.glob("*/*.key") if file.name != "tls.key"]
    assert len(locked) == 5
    for file in locked:
        assert b'"kdf":{"n":32768,"name":"scrypt"' in file.read_bytes()


def test_the_card_names_the_certificate_and_holds_for_a_year(made: Made) -> None:
    home = made.jinhai.folder
    card = claimed((home / "XJN.card.json").read_bytes()).card
    pem = (home / "keys" / "tls.crt").read_text(encoding="ascii")
    assert card.endpoint.tls == tls_digest(pem)
    assert len(ssl.PEM_cert_to_DER_cert(pem)) > 200
    assert card.endpoint.url == f"https://127.0.0.1:{made.jinhai.node}"
    assert (card.version, card.demo, card.log) == (1, False, "comity.invalid/XJN/log/v1")
    assert card.names == (("en", "Jinhai"), ("zh", "金海"))
    assert card.treaties[0].instrument == "budapest"
    assert {key.purpose for key in card.keys} == {Purpose.ACTS, Purpose.NODE, Purpose.SEAL}
    now = datetime.now(UTC)
    assert all(key.valid(now - timedelta(minutes=30)) for key in card.keys)
    assert now + timedelta(days=360) < card.expires < now + timedelta(days=400)


def test_nothing_is_overwritten_and_nothing_half_made(tmp_path: Path) -> None:
    """A node, the beginning of one, or a wrong option: one sentence, and no file is touched."""
    who = ("--state", "XNR", "--name", "N")
    new = tmp_path / "node"
    for left in ("comity.toml", "keys", "root"):
        (tmp_path / left / left).mkdir(parents=True)
    told = {
        ("init", tmp_path / "comity.toml", *who): "comity.toml/comity.toml is already there",
        ("init", tmp_path / "keys", *who): "keys/keys is already there",
        ("init", tmp_path / "root", *who): "root/root is already there",
        ("init", new, "--state", "Northmere", "--name", "N"): "three capital letters",
        ("init", new, "--name", "N"): "--state is needed",
        ("init", new, "--state", "XNR"): "--name is needed",
        ("init", new, *who): "COMITY_PASSPHRASE_FILE",
        ("init", new, *who, "--node-listen", "0.0.0.0:8444"): "--endpoint",
        ("init", new, *who, "--about", "/no/such.toml"): "/no/such.toml",
    }
    for one, sentence in zip(several(list(told)), told.values(), strict=True):
        assert one.code == 2
        assert sentence in one.err
        assert one.err.count("\n") == 1
    assert not new.exists()
    for left in ("comity.toml", "keys", "root"):
        assert [one.name for one in (tmp_path / left).iterdir()] == [left]


def test_a_peer_is_added_by_the_words_that_were_heard(made: Made, tmp_path: Path) -> None:
    nodes = made.copied(tmp_path)
    card = nodes.jinhai.folder / "XJN.card.json"
    right = nodes.jinhai.done.words
    last = right.split()[11]
    wrong = " ".join([*right.split()[:11], "zoo" if last != "zoo" else "abandon"])
    misheard, alone, silent, done, shown, listed, absent, own = several(
        [
            add_peer(card, wrong),
            add_peer(card, right)[:-2],
            ("peer", "add", card),
            add_peer(card, right),
            ("peer", "show", "XJN"),
            ("peer", "list"),
            ("peer", "show", "XZR"),
            ("card", "export"),
        ],
        folder=nodes.northmere.folder,
    )
    assert misheard.code == alone.code == silent.code == absent.code == 2
    assert "Word 12 of XJN" in misheard.err
    assert last not in misheard.out + misheard.err, "the right word is never told"
    assert "Two different officers" in alone.err
    assert "--words" in silent.err
    assert right.split()[0] not in silent.out, "nobody can copy what was not heard"

    assert done.code == 0, done.err
    assert done.out.splitlines()[-1].startswith("XJN Jinhai is a peer now")
    assert shown.words.startswith(right)
    assert "+999 5550 200" in shown.out
    assert "XJN Jinhai" in listed.out
    assert "XNR" not in listed.out
    assert "Ann" not in shown.out + listed.out, "the officers' names stay in the records"
    assert "XZR" in absent.err

    assert own.words == nodes.northmere.done.words
    handed = (nodes.northmere.folder / "XNR.card.json").read_bytes()
    assert own.out.strip().encode() == handed


def test_the_next_card_has_the_next_number(made: Made, tmp_path: Path) -> None:
    nodes = made.copied(tmp_path)
    home = nodes.jinhai.folder
    (home / "about.toml").write_text(ABOUT.replace("5550 200", "5550 201"), encoding="utf-8")
    renew = ("card", "renew", "--root", home / "root" / "root-1.key", "--out", "next.json")
    told, done = several(
        [
            (*renew, "--root-passphrase-file", home / "none"),
            (*renew, "--root-passphrase-file", nodes.folder / "passphrase"),
        ],
        folder=home,
    )
    assert told.code == 2
    assert done.code == 0, done.err
    card = claimed((home / "next.json").read_bytes()).card
    assert card.version == 2
    assert card.authorities[0].phone == "+999 5550 201"
    assert done.words == nodes.jinhai.done.words


def test_an_officer_is_added_once_and_with_a_good_password(made: Made, tmp_path: Path) -> None:
    nodes = made.copied(tmp_path)
    for name, text in (("short", "short"), ("long", "a long and rare password")):
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_text(text, encoding="utf-8")
    add = ("officer", "add", "ann", "--password-file")
    short, done, twice = several(
        [
            (*add, tmp_path / "short"),
            (*add, tmp_path / "long", "--role", "prosecutor", "--role", "duty_officer"),
            (*add, tmp_path / "long"),
        ],
        folder=nodes.northmere.folder,
    )
    assert short.code == twice.code == 2
    assert "12 characters" in short.err
    assert done.code == 0, done.err
    assert "prosecutor, duty_officer" in done.out
    assert "ann is already there" in twice.err


def test_a_wrong_passphrase_is_one_sentence(made: Made, tmp_path: Path) -> None:
    file = tmp_path / "p"
    file.touch(mode=0o600)
    file.write_text("not the passphrase", encoding="utf-8")
    home = made.northmere.folder
    told = comity("card", "export", folder=home, COMITY_PASSPHRASE_FILE=str(file))
    assert told.code == 2
    assert "does not open" in told.err
    assert told.err.count("\n") == 1
