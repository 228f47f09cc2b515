"""The request builder: nothing typed is lost, nothing unticked leaves, faults stand at fields."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from comity.actions.notes import rewrite_note, write_note
from comity.desk import drafts
from tests.desk.conftest import SignIn
from tests.desk.pages import Page, get, press
from tests.desk.test_whole_way import CONTENTS, MAIL, build, finding
from tests.desk.two_desks import JINHAI, NORTHMERE, OFFICER, QAMARA, Desks

LOG = """\
198.51.100.23 - - [04/May/2026:01:02:03 +0200] "GET /login HTTP/1.1" 200
2026-05-04 01:02:03 login from 203.0.113.9
"""


def begun(client: Client, paste: str = "") -> Page:
    """Begin a request; return the page of identifiers."""
    button = "read" if paste else "skip"
    return press(client, get(client, "/requests/new"), "/new", paste=paste, press=button)


def at_contents(client: Client, **basis: str) -> Page:
    """Go on to the page of contents with one identifier typed by hand."""
    page = begun(client)
    typed = {"kind-1": "email_address", "text-1": "offender@example.org"}
    page = press(client, page, "/identifiers", **typed)
    page = press(client, page, "/state", to=JINHAI)
    chosen = {"instrument": "budapest", "form": "uncc", "offence": "A13"} | basis
    return press(client, page, "/basis", **chosen)


def test_the_complainant_is_found_and_never_ticked(northmere: Client) -> None:
    page = begun(northmere, MAIL)
    ticked = [one for one in page.with_attribute("checked") if one.get("name") == "tick"]
    assert ticked == []
    before, after = page.html.split("Left out unless you tick it")
    assert "ada@victim.example" in after
    assert "ada@victim.example" not in before
    assert "collect@drop.example" in before


def test_the_paste_stays_at_home(northmere: Client, desks: Desks) -> None:
    look = build(northmere)
    sent = press(northmere, look, "/check")
    assert "Your account is blocked" in sent.html
    desks.carry()
    house = desks.house(JINHAI)
    matter = house.store.read(lambda view: view.rows(closed=False, limit=1))[0].matter
    acts = house.store.read(lambda view: view.acts_of(matter))
    parts = house.store.read(lambda view: [view.parts_of(one.act.id) for one in acts])
    whole = b"".join(part.data for some in parts for part in some if part)
    assert b"collect@drop.example" in whole
    for secret in (b"ada@victim", b"false-bank.example", b"Your account is blocked"):
        assert secret not in whole


def test_what_is_shown_is_what_leaves(northmere: Client, desks: Desks) -> None:
    look = build(northmere)
    (exact,) = look.facts("leaves")
    shown = look.html.split('data-fact="leaves">')[1].split("</pre>")[0].replace("&quot;", '"')
    press(northmere, look, "/check")
    house = desks.house(NORTHMERE)
    row = house.store.read(lambda view: view.rows(closed=False, limit=1))[0]
    (part,) = house.store.read(lambda view: view.parts_of(row.matter))
    assert part is not None
    assert exact["data-fact"] == "leaves"
    assert json.loads(shown) == json.loads(part.data)


def test_pressing_send_twice_sends_once(northmere: Client, desks: Desks) -> None:
    look = build(northmere)
    form = look.form("/check")
    first = northmere.post(form.action, form.fields)
    second = northmere.post(form.action, form.fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert (
        len(desks.house(NORTHMERE).store.read(lambda view: view.rows(closed=False, limit=9))) == 1
    )
    assert get(northmere, "/requests").text.count("Throw away") == 0


def test_a_draft_survives_and_can_be_thrown_away(northmere: Client, sit: SignIn) -> None:
    page = at_contents(northmere)
    press(northmere, page, "/contents", facts="Half a thought", until="soon")
    colleague = sit(NORTHMERE)
    listed = get(colleague, "/requests")
    (link,) = [one for one in listed.links() if one.endswith("/identifiers")]
    again = get(colleague, link.replace("identifiers", "contents"))
    assert again.form("/contents").fields["facts"] == ["Half a thought"]
    gone = press(colleague, listed, "/drop")
    assert "There is no draft." in gone.text
    assert colleague.get(link).status_code == 404


def test_throwing_a_draft_away_throws_its_paste_away(northmere: Client, desks: Desks) -> None:
    begun(northmere, MAIL)
    press(northmere, get(northmere, "/requests"), "/drop")
    assert desks.house(NORTHMERE).store.read(lambda view: view.notes_of(None)) == ()


def test_a_missing_zone_is_asked_for_at_its_field(northmere: Client) -> None:
    page = begun(northmere, LOG)
    number = finding(page, "203.0.113.9")
    typed: dict[str, str | list[str]] = {"tick": [number], f"port-{number}": "51234"}
    wrong = press(northmere, page, "/identifiers", **typed)
    assert wrong.problems() == [f"zone-{number}"]
    assert wrong.form("/identifiers").fields[f"port-{number}"] == ["51234"]
    assert wrong.form("/identifiers").fields["tick"] == [number]
    for zone in ("Asia/Shanghai", "+08:00"):
        good = press(northmere, wrong, "/identifiers", **{f"zone-{number}": zone})
        assert good.title.startswith("State")


def test_added_pieces_go_out_with_the_address(northmere: Client) -> None:
    page = begun(northmere, LOG)
    number = finding(page, "203.0.113.9")
    pieces: dict[str, str | list[str]] = {
        "tick": [number],
        f"port-{number}": "51234",
        f"zone-{number}": "Asia/Shanghai",
    }
    page = press(northmere, page, "/identifiers", **pieces)
    page = press(northmere, page, "/state", to=JINHAI)
    page = press(northmere, page, "/basis", instrument="budapest", form="uncc", offence="A13")
    look = press(northmere, page, "/contents", **CONTENTS)
    assert "203.0.113.9:51234 · 2026-05-03 17:02:03 UTC" in look.text


@pytest.mark.parametrize(
    ("kind", "text", "part"),
    [
        ("email_address", "*@example.org", "wildcard"),
        ("email_address", "gnp\u202eexe@example.org", "U+202E"),
        ("email_address", "not an address", "name@example.com"),
        ("connection", "203.0.113.0/24", "range"),
        ("iban", "GB82WEST12345698765433", "check digits"),
        ("no_such_kind", "x", "what kind of identifier"),
    ],
)
def test_a_bad_identifier_is_named_at_its_row_and_kept(
    kind: str, text: str, part: str, northmere: Client
) -> None:
    page = begun(northmere)
    wrong = press(northmere, page, "/identifiers", **{"kind-2": kind, "text-2": text})
    assert "text-2" in wrong.problems()
    assert part in wrong.text
    assert wrong.form("/identifiers").fields["text-2"] == [text]


def test_51_identifiers_are_one_too_many(northmere: Client) -> None:
    page = begun(northmere)
    rows: dict[str, str] = {}
    for number in range(1, 52):
        rows[f"kind-{number}"] = "email_address"
        rows[f"text-{number}"] = f"offender{number}@example.org"
    wrong = press(northmere, page, "/identifiers", **rows)
    assert wrong.problems() == ["identifiers"]
    assert "51" in wrong.text
    assert wrong.form("/identifiers").fields["text-51"] == ["offender51@example.org"]
    good = press(northmere, wrong, "/identifiers", **{"text-51": ""})
    assert good.title.startswith("State")


def test_no_identifier_at_all_is_asked_for(northmere: Client) -> None:
    wrong = press(northmere, begun(northmere), "/identifiers")
    assert wrong.problems() == ["identifiers"]


def test_more_rows_keep_what_was_typed(northmere: Client) -> None:
    page = begun(northmere)
    typed = {f"text-{n}": f"half{n}" for n in (1, 2, 3)}
    more = press(northmere, page, "/identifiers", press="more", **typed)
    fields = more.form("/identifiers").fields
    assert [fields[f"text-{n}"] for n in range(1, 7)] == [
        ["half1"],
        ["half2"],
        ["half3"],
        *[[""]] * 3,
    ]


def test_a_state_must_be_chosen_from_the_directory(northmere: Client) -> None:
    page = begun(northmere)
    page = press(northmere, page, "/identifiers", **{"text-1": "a@example.org"})
    for wrong in ("", NORTHMERE, "ZZZ"):
        assert press(northmere, page, "/state", to=wrong).problems() == ["to"]


def test_a_basis_not_in_force_is_blocked_and_says_what_would_do(northmere: Client) -> None:
    wrong = at_contents(northmere, instrument="uncc")
    assert wrong.fact("blocked") == "uncc"
    assert wrong.title.startswith("Error:")
    assert "The Budapest Convention would do" in wrong.text
    usable = {one["data-value"]: one["data-usable"] for one in wrong.facts("basis-option")}
    assert usable == {"uncc": "no", "budapest": "yes", "reciprocity": "yes"}


def test_without_a_treaty_reciprocity_would_do_and_is_marked(northmere: Client) -> None:
    page = press(northmere, begun(northmere), "/identifiers", **{"text-1": "a@example.org"})
    page = press(northmere, page, "/state", to=QAMARA)
    wrong = press(northmere, page, "/basis", instrument="budapest", form="uncc", offence="A13")
    assert "Reciprocity would do" in wrong.text
    page = press(northmere, wrong, "/basis", instrument="reciprocity")
    look = press(northmere, page, "/contents", **CONTENTS)
    assert "No treaty: reciprocity" in look.text


def test_an_offence_outside_the_convention_asks_for_its_penalty(northmere: Client) -> None:
    wrong = at_contents(northmere, offence="B_serious_crime")
    assert wrong.problems() == ["penalty"]
    assert at_contents(northmere, offence="B_serious_crime", penalty="60").title.startswith("Cont")
    assert at_contents(northmere, offence="").problems() == ["offence"]


def test_each_box_names_its_article_and_how_sure_it_is(northmere: Client) -> None:
    page = at_contents(northmere)
    assert "Why must the data be kept now? art. 42(3)(e) ◐ parallel treaty" in page.text
    other = at_contents(northmere, form="budapest")
    assert "Why must the data be kept now? art. 29(2)(e) ◉ public source" in other.text


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("until", "2020-01-01", "passed"),
        ("until", "soon", "year, month and day"),
        ("until", "2026-05-20", "60"),
        ("period_from", "2024-01-01", "365"),
        ("period_to", "2026-05-20", "has not come yet"),
        ("period_to", "", "Give both days"),
        ("facts", "", "What happened?"),
        ("facts", "x" * 20_001, "at most 20000 characters"),
        ("follow_up", "no", "legal assistance"),
        ("ours", " ", "your own reference"),
    ],
)
def test_wrong_contents_are_said_at_the_field_and_nothing_is_lost(
    field: str, value: str, part: str, northmere: Client
) -> None:
    page = at_contents(northmere)
    wrong = press(northmere, page, "/contents", **(CONTENTS | {field: value}))
    expected = "period_to" if field == "period_from" else field
    assert expected in wrong.problems()
    assert part in wrong.text
    assert wrong.title.startswith("Error:")
    kept = wrong.form("/contents").fields
    typed = {name: [text] for name, text in (CONTENTS | {field: value}).items() if text.strip()}
    assert {name: kept[name] for name in typed} == typed


def test_the_error_summary_leads_to_the_field(northmere: Client) -> None:
    wrong = press(northmere, at_contents(northmere), "/contents", **(CONTENTS | {"until": "soon"}))
    assert "#until" in wrong.links()
    assert [one for one in wrong.with_attribute("id") if one["id"] == "until"]
    assert [one for one in wrong.with_attribute("role") if one["role"] == "alert"]


def test_a_paste_of_more_than_5_mib_is_refused_at_the_field_and_kept(northmere: Client) -> None:
    paste = "log line of an offender\n" * 230_000
    page = begun(northmere)
    del page
    wrong = press(northmere, get(northmere, "/requests/new"), "/new", paste=paste, press="read")
    assert wrong.problems() == ["paste"]
    assert "larger than 5 MiB" in wrong.text[:5_000]
    assert wrong.form("/new").fields["paste"] == [paste]


def test_going_ahead_too_early_leads_back(northmere: Client) -> None:
    page = press(northmere, begun(northmere), "/identifiers", **{"text-1": "a@example.org"})
    draft = page.form("/state").action.removesuffix("/state")
    assert get(northmere, f"{draft}/check").title.startswith("State")
    page = press(northmere, page, "/state", to=JINHAI)
    assert get(northmere, f"{draft}/contents").title.startswith("Legal basis")


def test_a_last_look_with_faults_cannot_be_sent(northmere: Client, desks: Desks) -> None:
    look = build(northmere)
    desks.clock.pass_by(days=40)
    late = press(northmere, look, "/check")
    assert late.title.startswith("Error:")
    assert "Sign and send" not in late.text
    assert [one for one in late.links() if one.endswith("/contents#until")]
    assert desks.house(NORTHMERE).store.read(lambda view: view.rows(closed=False, limit=9)) == ()


def test_an_officer_without_the_power_is_told_so(sit: SignIn) -> None:
    prosecutor = sit(NORTHMERE, "prosecutor")
    wrong = press(prosecutor, at_contents(prosecutor), "/contents", **CONTENTS)
    assert "your role may not ask" in wrong.text


def test_the_last_look_says_how_long_and_of_whom(northmere: Client) -> None:
    look = build(northmere)
    assert (
        "You ask Jinhai to keep, without telling the user, the data of 1 item from 2026-03-01 to "
        "2026-04-30, until 3 August 2026."
    ) in look.text
    assert "5 findings of the paste are left out." in look.text


def test_a_draft_reads_back_as_it_was_kept(desks: Desks) -> None:
    house = desks.house(NORTHMERE)
    draft = drafts.begin(house, OFFICER)
    kept = drafts.typed(house, draft, {"facts": "ا ب\n\u2028x"})
    assert drafts.draft_of(house, draft.id).fields == kept.fields
    assert drafts.draft_of(house, draft.id).at == house.clock.now()


@pytest.mark.parametrize("body", ["{}", '{"fields": [], "found": "x", "ticked": ["1"], "said": 3}'])
def test_a_draft_of_another_shape_is_an_empty_draft(body: str, desks: Desks) -> None:
    house = desks.house(NORTHMERE)
    note = write_note(house, by=OFFICER, kind="draft", body=body)
    rewrite_note(house, note, body)
    found = drafts.draft_of(house, note.id)
    assert (found.fields, found.ticked, found.found, found.said) == ({}, (), (), ())


def test_a_default_end_leaves_room_for_the_floor(northmere: Client, desks: Desks) -> None:
    page = at_contents(northmere)
    (end,) = page.form("/contents").fields["until"]
    assert end == f"{desks.clock.now() + timedelta(days=91):%Y-%m-%d}"
