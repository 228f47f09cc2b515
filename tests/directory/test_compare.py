"""What a newer card changes, in words; the dangerous changes are loud and first."""

from dataclasses import replace

import pytest

from comity.directory.card import Authority, Card, Declaration, Treaty
from comity.directory.compare import changes, compare
from tests.directory.states import DAY, make_state, signing_key

NORTHMERE = make_state()
OLD = NORTHMERE.card
DESK = OLD.authorities[0]
TREATY = OLD.treaties[0]
DECLARED = OLD.declarations[0]
NEW_KEY = signing_key("another key").public


def changed(**given: object) -> Card:
    return NORTHMERE.changed(version=OLD.version + 1, **given)


def loud(newer: Card) -> list[str]:
    return [str(change.sentence) for change in changes(OLD, newer) if change.loud]


def quiet(newer: Card) -> list[str]:
    return [str(change.sentence) for change in changes(OLD, newer) if not change.loud]


def desk(**given: object) -> tuple[Authority, ...]:
    return (replace(DESK, **given),)  # type: ignore[arg-type]


def test_a_new_version_alone_changes_nothing() -> None:
    assert compare(OLD, changed()) == ()


def test_a_swapped_telephone_number_is_loud_and_shows_both() -> None:
    (sentence,) = loud(changed(authorities=desk(phone="+999 5550 666")))
    assert "+999 5550 100" in sentence
    assert "+999 5550 666" in sentence
    assert "on the old one" in sentence


def test_a_new_key_is_loud_and_so_is_the_one_that_is_gone() -> None:
    keys = (replace(OLD.signing[0], epoch=2, public=NEW_KEY), OLD.signing[1])
    first, second = loud(changed(signing=keys))
    assert "new “acts” key, number 2" in first
    assert "“acts” key number 1 is gone" in second


def test_a_stretched_key_is_loud() -> None:
    keys = (replace(OLD.signing[0], until=OLD.signing[0].until + DAY), OLD.signing[1])
    (sentence,) = loud(changed(signing=keys))
    assert "“acts” key number 1 is now valid from" in sentence


def test_a_root_that_passes_on_is_loud_when_named_and_when_it_signs() -> None:
    named = changed(successor=NEW_KEY.id)
    (sentence,) = loud(named)
    assert "another root key" in sentence
    passed = replace(OLD, root=NEW_KEY)
    assert any("twelve words of the new root" in str(one) for one in compare(named, passed))


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("is now called Desk", {"authorities": desk(name="Desk")}),
        ("had the roles contact_point", {"authorities": desk(roles=("central_authority",))}),
        ("authority 24/7 desk of XNR is gone", {"authorities": ()}),
        ("new authority, 24/7 desk", {"authorities": (DESK, replace(DESK, code="second"))}),
        ("the node moved", {"endpoint": replace(OLD.endpoint, url="https://other.example")}),
        ("the log of this State", {"log": "other.example/log"}),
        ("the name of the State", {"names": (("en", "Northmère"),)}),
        ("budapest is no longer listed", {"treaties": ()}),
        ("budapest is listed as in force", {"treaties": (replace(TREATY, source="another"),)}),
        ("new or changed declaration", {"declarations": (replace(DECLARED, text="other"),)}),
        ("declaration under budapest 29(4)", {"declarations": ()}),
    ],
)
def test_what_a_thief_would_change_is_loud(words: str, given: dict[str, object]) -> None:
    newer = changed(**given)
    assert any(words in sentence for sentence in loud(newer))
    assert quiet(newer) == []


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("now answers at Mon-Fri", {"authorities": desk(hours="Mon-Fri")}),
        ("new TLS certificate", {"endpoint": replace(OLD.endpoint, tls=OLD.digest)}),
        ("now accepted in en", {"languages": ("en",)}),
        ("officers' keys", {"roster": (b'{"id":"o-1"}',)}),
        ("valid until", {"expires": OLD.expires + DAY}),
        ("cannot show", {"extra": b'{"later":1}'}),
    ],
)
def test_what_is_harmless_is_quiet(words: str, given: dict[str, object]) -> None:
    newer = changed(**given)
    assert any(words in sentence for sentence in quiet(newer))
    assert loud(newer) == []


def test_loud_changes_come_first() -> None:
    newer = changed(languages=("en",), authorities=desk(hours="never", phone="+999 1234"))
    assert [change.loud for change in changes(OLD, newer)] == [True, False, False]
    assert [change.sentence for change in changes(OLD, newer)] == list(compare(OLD, newer))


def test_a_treaty_and_a_declaration_that_are_new_are_named() -> None:
    treaty = Treaty(
        instrument="untoc",
        in_force_from=TREATY.in_force_from,
        source="depositary",
        confirmed_by="MFA",
    )
    declared = Declaration(instrument="untoc", article="18", code="language", text="", source="x")
    newer = changed(treaties=(TREATY, treaty), declarations=(DECLARED, declared))
    first, second = loud(newer)
    assert "untoc is listed as in force from 2015-07-01 (depositary; confirmed by MFA)" in first
    assert "untoc 18: “language”" in second
