"""The cast is a file: fictional States, each with one part, and parts that can turn."""

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

from comity.node.about import read_about
from comity_stage.about import SOURCE, about_toml, set_zone
from comity_stage.cast import Cast, Role, packaged_cast, read_cast
from comity_stage.errors import BadCast
from comity_stage.script import COMPLAINANT, SOUGHT, _whole, line, mail

CAST = packaged_cast()
TEXT = (files("comity_stage") / "cast.toml").read_text(encoding="utf-8")
USER_ASSIGNED = re.compile(r"X[A-Z]{2}|Q[M-Z][A-Z]")


def test_every_state_is_fictional_by_its_code() -> None:
    assert all(USER_ASSIGNED.fullmatch(state.code) for state in CAST.states)


def test_each_part_is_played_by_another_state() -> None:
    assert len({CAST.state(role).code for role in Role}) == len(Role)


@pytest.mark.parametrize("by", range(3))
def test_each_part_can_be_played_by_each_state(by: int) -> None:
    turned = [CAST.rotated(by + n).state(Role.ASKS).code for n in range(3)]
    assert sorted(turned) == sorted(state.code for state in CAST.states)


def test_turned_all_the_way_round_it_is_the_same_cast() -> None:
    assert CAST.rotated(3) == CAST
    assert CAST.rotated(-1) == CAST.rotated(2)


@pytest.mark.parametrize("by", range(3))
def test_treaties_belong_to_parts_so_the_third_state_never_has_one(by: int) -> None:
    cast = CAST.rotated(by)
    assert cast.in_force(cast.state(Role.THIRD).code) == ()
    for role in (Role.ASKS, Role.KEEPS):
        assert [each.instrument for each in cast.in_force(cast.state(role).code)] == ["budapest"]


def test_the_convention_is_in_force_for_nobody() -> None:
    assert all(each.instrument != "uncc" for each in CAST.treaties)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('asks = "XNR"', 'asks = "XXX"', "asks"),
        ('keeps = "XJN"', 'keeps = "XNR"', "roles"),
        ('zone = "Etc/UTC"', "", "zone"),
        ('heard_by = ["Iris Vale", "Tom Ferrow"]', 'heard_by = ["Iris Vale"]', "heard_by"),
        ('accepts = ["en"]', "accepts = 1", "accepts"),
        ('en = "Northmere"', "", "names"),
        ("in_force_from = 2012-01-01", 'in_force_from = "soon"', "in_force_from"),
        ('roles = ["asks", "keeps"]', 'roles = ["judge"]', "roles"),
    ],
)
def test_a_wrong_cast_names_its_key(old: str, new: str, key: str) -> None:
    assert old in TEXT
    with pytest.raises(BadCast, match=key):
        read_cast(TEXT.replace(old, new, 1))


def test_what_a_state_says_of_itself_can_be_read_by_its_node(tmp_path: Path) -> None:
    for state in CAST.states:
        file = tmp_path / "about.toml"
        file.write_text(about_toml(state, CAST.in_force(state.code)), encoding="utf-8")
        about = read_about(file)
        assert about.names == state.names
        assert about.languages == state.accepts
        assert [one.phone for one in about.authorities] == [state.phone]
        assert {one.source for one in about.treaties} <= {SOURCE}


def test_the_zone_goes_into_the_table_of_the_desk(tmp_path: Path) -> None:
    file = tmp_path / "comity.toml"
    file.write_text('state = "XJN"\n[desk]    # people\nlisten = "a"\n[node]\n', encoding="utf-8")
    set_zone(file, "Etc/GMT-8")
    expected = 'state = "XJN"\n[desk]    # people\ntime_zone = "Etc/GMT-8"\nlisten = "a"\n[node]\n'
    assert file.read_text(encoding="utf-8") == expected


def test_every_officer_knows_every_line_in_the_language_of_the_desk() -> None:
    keys = {language: set(table) for language, table in _whole().items()}
    assert set(keys) == {state.tag for state in CAST.states}
    assert len({frozenset(each) for each in keys.values()}) == 1
    assert all(line(state.language, "facts") for state in CAST.states)


def test_a_line_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(BadCast, match="sonnet"):
        line("en", "sonnet")


def test_no_line_names_what_must_stay_home() -> None:
    texts = [text for table in _whole().values() for text in table.values()]
    assert not any(secret in text for text in texts for secret in (*COMPLAINANT, *SOUGHT))


def test_the_mail_holds_what_the_story_looks_for() -> None:
    assert all(text in mail() for text in (*COMPLAINANT, *SOUGHT))


def test_every_mail_is_the_one_whose_origin_is_told() -> None:
    mails = files("comity_stage") / "mails"
    page = (mails / "PROVENANCE.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"\| `([a-z-]+\.eml)` \| [^|]+ \| `([0-9a-f]{64})` \|", page))
    there = {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in mails.iterdir()
        if one.name.endswith(".eml")
    }
    assert told == there


def test_a_cast_is_a_value() -> None:
    assert isinstance(CAST, Cast)
    assert read_cast(TEXT) == CAST
