"""What verbs say and write: errors a person can act on, text, roles, drafts, home notes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actions import errors
from comity.actions.certified import AlteredError
from comity.actions.draft import DraftPart, Frame, Place, Step, compose
from comity.actions.errors import (
    ActionError,
    IncompleteError,
    LaneMovedError,
    NotAllowedError,
    NotFoundError,
    RestoredError,
    TooLargeError,
    UnknownPeerError,
)
from comity.actions.notes import drop_note, rewrite_note, write_note
from comity.actions.ports import Officer
from comity.actions.roles import DESK, must_be
from comity.actions.send import request_part
from comity.actions.written import written
from comity.matters.errors import NotAnAct
from comity.seal import canonical
from comity.seal.commit import commit
from comity.text import say
from tests.actions.desks import OFFICER, STRANGER, asked, counted, desks
from tests.directory.states import NOW

MADE: tuple[ActionError, ...] = (
    NotAllowedError(say("This step does not fit.")),
    NotFoundError(),
    IncompleteError((("until", say("This date has passed.")),)),
    RestoredError(frozenset({"XVL", "XJN"})),
    UnknownPeerError("XJN"),
    TooLargeError(301_000, 300_000),
    LaneMovedError(),
)


def leaves(root: type[ActionError]) -> Iterator[type[ActionError]]:
    for one in root.__subclasses__():
        yield one
        yield from leaves(one)


def test_every_error_of_the_verbs_is_looked_at_here() -> None:
    assert set(leaves(ActionError)) == {type(one) for one in MADE}


def test_each_error_has_a_code_of_its_own() -> None:
    codes = [one.code for one in MADE]
    assert len(set(codes)) == len(codes)
    assert "error" not in codes
    assert AlteredError("form", say("No.")).code not in codes
    # Codes are stable: other programs and the handbook name them.
    assert set(codes) == {
        "not-allowed",
        "not-found",
        "incomplete",
        "restored",
        "unknown-peer",
        "too-large",
        "lane-moved",
    }


@pytest.mark.parametrize("fault", MADE, ids=lambda fault: type(fault).__name__)
def test_each_error_is_a_whole_sentence_with_nothing_left_to_fill_in(fault: ActionError) -> None:
    text = str(fault)
    assert text == str(fault.sentence)
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".")
    assert "%(" not in text
    assert errors.__name__ == type(fault).__module__


def test_errors_name_what_they_are_about() -> None:
    assert "XJN, XVL" in str(RestoredError(frozenset({"XVL", "XJN"})))
    assert "XJN" in str(UnknownPeerError("XJN"))
    assert "301 kB" in str(TooLargeError(301_000, 300_000))
    problems = (("a", say("One.")), ("b", say("Two.")))
    fault = IncompleteError(problems)
    assert fault.problems == problems
    assert str(fault).startswith("2 ")


@pytest.mark.parametrize("role", sorted(DESK))
def test_each_role_of_the_desk_may_press(role: str) -> None:
    must_be(Officer(id="o", roles=frozenset({role, "other"})), DESK)


@pytest.mark.parametrize("roles", [frozenset[str](), STRANGER.roles, frozenset({"DUTY_OFFICER"})])
def test_no_other_role_may_and_the_sentence_names_those_that_may(roles: frozenset[str]) -> None:
    with pytest.raises(NotAllowedError) as caught:
        must_be(Officer(id="o", roles=roles), DESK)
    assert "central_authority, duty_officer, prosecutor" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a  ", "a"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("e\u0301", "\u00e9"),
        ("a\ud800b \udfff", "a\ufffdb \ufffd"),
        ("\ufeffa", "\ufeffa"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        ("\u202eabc", "\u202eabc"),
        ("", ""),
    ],
)
def test_text_is_written_in_one_form(typed: str, kept: str) -> None:
    assert written(typed) == kept


@given(st.text(st.characters()))
def test_what_is_written_stays_so_and_always_fits_into_the_bytes(text: str) -> None:
    once = written(text)
    assert written(once) == once
    assert canonical.decode(canonical.encode({"text": once})) == {"text": once}
    assert "\r" not in once


def test_the_request_part_carries_what_was_typed_and_no_other_member() -> None:
    part = canonical.decode(request_part(asked(contact=" Desk\r\n2 ", period=None)))
    assert part["contact"] == "Desk\n2"
    assert part["period"] is None
    assert part["secrecy"] is True
    assert part["follow_up"] == "yes"
    assert set(part) == {
        "v",
        "authority",
        "facts",
        "data",
        "link",
        "custodian",
        "necessity",
        "follow_up",
        "secrecy",
        "items",
        "period",
        "contact",
    }
    whole = canonical.decode(request_part(asked()))
    assert whole["period"] == {"from": "2026-04-01", "to": "2026-04-30"}


@pytest.mark.parametrize("said", ["no", "", "YES", "true"])
def test_only_a_plain_yes_is_a_yes(said: str) -> None:
    answers = dict(asked().answers) | {"secrecy": said, "follow_up": said}
    part = canonical.decode(request_part(asked(answers=tuple(answers.items()))))
    assert (part["secrecy"], part["follow_up"]) == (False, "no")


FRAME = Frame(
    parties=(("XNR", "requesting"), ("XJN", "requested")),
    instrument="budapest",
    article="29",
    form="uncc",
    channel="poc_247",
    urgency="routine",
    offence="A13",
    lang="en",
    edition="sha256:" + "0" * 64,
)
OPENING = Place(matter=None, author="XNR", seq=0, prev=None)
LATER = Place(matter="sha256:" + "1" * 64, author="XNR", seq=1, prev="sha256:" + "1" * 64)
STEP = Step(
    step="request",
    items=1,
    until=NOW + timedelta(days=90),
    rows=("b", "a", "b"),
    grounds=("z", "y", "z"),
    parts=(DraftPart(role="request", data=b"{}"), DraftPart(role="annex", data=b"{}")),
)


def test_a_draft_commits_to_each_part_under_a_salt_of_its_own() -> None:
    made = compose(STEP, FRAME, OPENING, NOW, counted("t"))
    assert [part.index for part in made.parts] == [0, 1]
    assert len({part.salt for part in made.parts}) == 2
    for part, told in zip(made.parts, made.act.parts, strict=True):
        assert told.length == len(part.data)
        assert told.commit == commit(part.salt, part.index, part.role, part.data)


def test_rows_and_grounds_are_sorted_and_said_once() -> None:
    act = compose(STEP, FRAME, OPENING, NOW, counted("t")).act
    assert (act.law.rows, act.grounds) == (("a", "b"), ("y", "z"))
    assert [party.state for party in act.parties] == ["XJN", "XNR"]


def test_only_an_opening_has_a_nonce_and_an_offence() -> None:
    first = compose(STEP, FRAME, OPENING, NOW, counted("t")).act
    later = compose(Step(step="withdraw"), FRAME, LATER, NOW, counted("t")).act
    assert first.nonce is not None
    assert (first.offence, later.offence, later.nonce) == ("A13", "", None)
    again = compose(STEP, FRAME, OPENING, NOW, counted("u")).act
    assert again.id != first.id


def test_nonsense_of_our_own_is_refused_before_it_is_signed() -> None:
    with pytest.raises(NotAnAct):
        compose(Step(step="Not A Step"), FRAME, OPENING, NOW, counted("t"))
    with pytest.raises(NotAnAct):
        compose(Step(step="withdraw", refs=(("XNR", "x" * 65),)), FRAME, LATER, NOW, counted("t"))


def test_notes_are_found_by_their_matter_and_kind_oldest_first() -> None:
    two = desks()
    matter = two.ask()
    first = write_note(two.north, by=OFFICER, kind="note", body="one", matter=matter)
    two.clock.pass_(timedelta(minutes=1))
    second = write_note(two.north, by=OFFICER, kind="check", body="two", matter=matter)
    free = write_note(two.north, by=OFFICER, kind="note", body="three")
    read = two.north.store.read
    assert read(lambda view: view.notes_of(matter)) == (first, second)
    assert read(lambda view: view.notes_of(matter, kind="check")) == (second,)
    assert read(lambda view: view.notes_of(None)) == (free,)
    assert len({first.id, second.id, free.id}) == 3
    assert all(set(one.id).isdisjoint("+/=") for one in (first, second, free))


def test_a_note_rewritten_keeps_its_id_author_and_matter() -> None:
    two = desks()
    note = write_note(two.north, by=OFFICER, kind="draft", body="a", matter=None)
    two.clock.pass_(timedelta(hours=1))
    newer = rewrite_note(two.north, note, "b")
    assert (newer.id, newer.author, newer.kind, newer.matter) == (
        note.id,
        OFFICER.id,
        "draft",
        None,
    )
    assert newer.at == note.at + timedelta(hours=1)
    drop_note(two.north, note.id)
    drop_note(two.north, note.id)
    assert two.north.store.read(lambda view: view.notes_of(None)) == ()


def test_no_note_ever_leaves_the_house() -> None:
    two = desks()
    matter = two.ask()
    write_note(two.north, by=OFFICER, kind="note", body="secret-of-the-house", matter=matter)
    two.exchange()
    assert two.jin.store.read(lambda view: view.notes_of(matter)) == ()
    assert two.north.store.read(lambda view: view.deliveries(waiting_only=True)) == ()
