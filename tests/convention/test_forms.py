"""A form asks for what its instrument and its basis demand, and says what is missing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.convention.codes import AnswerKind, Requirement, Severity
from comity.convention.errors import (
    InstrumentWithoutForm,
    InstrumentWithoutRows,
    UnknownInstrument,
)
from comity.convention.forms import Field, Form, joined, missing, preservation_form
from comity.convention.load import row
from comity.convention.rows import Content, Evidence

UNCC_FIELDS = [
    ("authority", "uncc/42-3/a", "42(3)(a)", True),
    ("offence", "uncc/42-3/b", "42(3)(b)", True),
    ("facts", "uncc/42-3/b", "42(3)(b)", True),
    ("data", "uncc/42-3/c", "42(3)(c)", True),
    ("link", "uncc/42-3/c", "42(3)(c)", True),
    ("custodian", "uncc/42-3/d", "42(3)(d)", False),
    ("necessity", "uncc/42-3/e", "42(3)(e)", True),
    ("follow_up", "uncc/42-3/f", "42(3)(f)", True),
    ("secrecy", "uncc/42-3/g", "42(3)(g)", False),
]
BUDAPEST_FIELDS = [
    ("authority", "budapest/29-2/a", "29(2)(a)", True),
    ("offence", "budapest/29-2/b", "29(2)(b)", True),
    ("facts", "budapest/29-2/b", "29(2)(b)", True),
    ("data", "budapest/29-2/c", "29(2)(c)", True),
    ("link", "budapest/29-2/c", "29(2)(c)", True),
    ("custodian", "budapest/29-2/d", "29(2)(d)", False),
    ("necessity", "budapest/29-2/e", "29(2)(e)", True),
    ("follow_up", "budapest/29-2/f", "29(2)(f)", True),
]
COMPLETE = {
    "authority": "Cyber unit, Northmere Prosecution Service",
    "offence": "A13",
    "facts": "A person was deceived by a false bank page.",
    "data": "Log-in records of one account.",
    "link": "The account received the payment.",
    "custodian": "CloudHarbour",
    "necessity": "Log files are overwritten after thirty days.",
    "follow_up": "yes",
    "secrecy": "yes",
}
REQUIRED = [code for code, _, _, required in UNCC_FIELDS if required]
OPTIONAL = [code for code, _, _, required in UNCC_FIELDS if not required]
FORMS = [
    ("uncc", "uncc"),
    ("uncc", "budapest"),
    ("budapest", "uncc"),
    ("budapest", "budapest"),
    ("reciprocity", "uncc"),
    ("reciprocity", "budapest"),
]


def shown(form: Form) -> list[tuple[str, str, str, bool]]:
    return [(each.code, each.row_id, each.article, each.required) for each in form.fields]


def box(form: Form, code: str) -> Field:
    return next(each for each in form.fields if each.code == code)


def answered(form: Form) -> dict[str, str]:
    return {each.code: COMPLETE[each.code] for each in form.fields}


def test_the_form_of_the_convention_asks_for_a_to_g() -> None:
    assert shown(preservation_form("uncc", "uncc")) == UNCC_FIELDS


def test_the_form_of_budapest_asks_for_a_to_f() -> None:
    assert shown(preservation_form("budapest", "budapest")) == BUDAPEST_FIELDS


def test_the_form_of_the_convention_can_be_used_under_budapest() -> None:
    form = preservation_form("budapest", "uncc")
    assert shown(form) == UNCC_FIELDS
    assert [each.basis_row_id for each in form.fields] == [
        *(row_id for _, row_id, _, _ in BUDAPEST_FIELDS),
        None,
    ]


def test_the_form_of_budapest_under_the_convention_asks_for_secrecy_too() -> None:
    form = preservation_form("uncc", "budapest")
    assert shown(form)[:-1] == BUDAPEST_FIELDS
    assert shown(form)[-1] == ("secrecy", "uncc/42-3/g", "42(3)(g)", False)


@pytest.mark.parametrize("form", ["uncc", "budapest"])
def test_reciprocity_takes_the_contents_of_the_form_and_adds_none(form: str) -> None:
    found = preservation_form("reciprocity", form)
    assert shown(found) == (UNCC_FIELDS if form == "uncc" else BUDAPEST_FIELDS)
    assert {each.basis_row_id for each in found.fields} == {None}


@pytest.mark.parametrize(
    ("instrument", "form", "error"),
    [
        ("reciprocity", "reciprocity", InstrumentWithoutForm),
        ("uncc", "untoc_18", InstrumentWithoutForm),
        ("untoc_18", "uncc", InstrumentWithoutRows),
        ("hanoi", "uncc", UnknownInstrument),
        ("uncc", "hanoi", UnknownInstrument),
    ],
)
def test_a_form_or_basis_that_is_none_is_refused(
    instrument: str, form: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        preservation_form(instrument, form)


@pytest.mark.parametrize(("instrument", "form"), FORMS)
def test_each_box_carries_the_mark_and_article_of_its_row(instrument: str, form: str) -> None:
    for each in preservation_form(instrument, form).fields:
        found = row(each.row_id)
        assert isinstance(found, Content)
        assert (each.evidence, each.article) == (found.evidence, found.article)
        assert each.requirement is found.required
        assert str(each.ask)


def test_secrecy_is_the_one_unconfirmed_box_of_the_convention() -> None:
    fields = preservation_form("uncc", "uncc").fields
    unconfirmed = [each.code for each in fields if each.evidence is Evidence.UNCONFIRMED]
    assert unconfirmed == ["secrecy"]


def test_what_is_not_required_says_why() -> None:
    form = preservation_form("uncc", "uncc")
    assert box(form, "custodian").requirement is Requirement.IF_KNOWN
    assert box(form, "secrecy").requirement is Requirement.AS_APPROPRIATE


def test_the_boxes_say_how_they_are_answered() -> None:
    form = preservation_form("uncc", "uncc")
    other = {"offence", "follow_up", "secrecy"}
    assert box(form, "offence").answer is AnswerKind.OFFENCE
    assert box(form, "follow_up").answer is AnswerKind.STATEMENT
    assert box(form, "secrecy").answer is AnswerKind.YES_NO
    assert {each.answer for each in form.fields if each.code not in other} == {AnswerKind.TEXT}


@pytest.mark.parametrize(
    ("ours", "theirs", "stricter"),
    [
        (Requirement.ALWAYS, Requirement.IF_KNOWN, Requirement.ALWAYS),
        (Requirement.IF_KNOWN, Requirement.ALWAYS, Requirement.ALWAYS),
        (Requirement.IF_KNOWN, Requirement.AS_APPROPRIATE, Requirement.IF_KNOWN),
    ],
)
def test_where_form_and_basis_differ_the_stricter_counts(
    ours: Requirement, theirs: Requirement, stricter: Requirement
) -> None:
    def asked(form: str, requirement: Requirement) -> Field:
        found = box(preservation_form(form, form), "custodian")
        return replace(found, requirement=requirement, required=requirement is Requirement.ALWAYS)

    both = joined(asked("uncc", ours), asked("budapest", theirs))
    assert both.requirement is stricter
    assert both.required is (stricter is Requirement.ALWAYS)
    assert (both.row_id, both.basis_row_id) == ("uncc/42-3/d", "budapest/29-2/d")


@pytest.mark.parametrize(("instrument", "form"), FORMS)
def test_a_full_request_lacks_nothing(instrument: str, form: str) -> None:
    found = preservation_form(instrument, form)
    assert missing(found, answered(found)) == ()


@pytest.mark.parametrize(("instrument", "form"), FORMS)
def test_what_is_asked_only_if_known_or_fitting_may_be_left_out(instrument: str, form: str) -> None:
    found = preservation_form(instrument, form)
    answers = {code: text for code, text in answered(found).items() if code in REQUIRED}
    assert missing(found, answers) == ()


@pytest.mark.parametrize("code", REQUIRED)
@pytest.mark.parametrize("blank", [None, "", "   ", "\n\t"])
def test_a_missing_item_is_asked_for_at_its_box(code: str, blank: str | None) -> None:
    form = preservation_form("budapest", "uncc")
    answers = dict(COMPLETE)
    if blank is None:
        del answers[code]
    else:
        answers[code] = blank
    [problem] = missing(form, answers)
    assert (problem.code, problem.field) == ("form-missing", code)
    assert problem.sentence == box(form, code).ask
    assert problem.rows == (box(form, code).row_id, box(form, code).basis_row_id)
    assert problem.severity is Severity.STOP
    assert problem.stops


def test_every_missing_item_is_named_and_not_only_the_first() -> None:
    form = preservation_form("uncc", "uncc")
    assert [problem.field for problem in missing(form, {})] == REQUIRED


@pytest.mark.parametrize("answer", ["no", "perhaps", "YES"])
def test_without_the_intention_to_ask_for_the_data_there_is_no_request(answer: str) -> None:
    [problem] = missing(preservation_form("uncc", "uncc"), COMPLETE | {"follow_up": answer})
    assert (problem.code, problem.field) == ("form-not-stated", "follow_up")
    assert problem.rows == ("uncc/42-3/f",)


@pytest.mark.parametrize("answer", ["maybe", "true", "1"])
def test_secrecy_is_answered_yes_or_no(answer: str) -> None:
    [problem] = missing(preservation_form("uncc", "uncc"), COMPLETE | {"secrecy": answer})
    assert (problem.code, problem.field) == ("form-wrong-answer", "secrecy")


@pytest.mark.parametrize("answer", ["yes", "no", ""])
def test_secrecy_may_be_no_or_left_open(answer: str) -> None:
    assert missing(preservation_form("uncc", "uncc"), COMPLETE | {"secrecy": answer}) == ()


@pytest.mark.parametrize("answer", ["phishing", "A18", "a13"])
def test_the_offence_comes_from_the_list(answer: str) -> None:
    [problem] = missing(preservation_form("uncc", "uncc"), COMPLETE | {"offence": answer})
    assert (problem.code, problem.field) == ("form-wrong-offence", "offence")


def test_an_answer_without_a_box_is_not_lost_silently() -> None:
    form = preservation_form("budapest", "budapest")
    answers = answered(form) | {"secrecy": "yes"}
    [problem] = missing(form, answers)
    assert (problem.code, problem.field) == ("form-unknown-field", "secrecy")
    assert "secrecy" in str(problem.sentence)


@given(st.dictionaries(st.sampled_from([*COMPLETE, "other"]), st.text(max_size=5)))
def test_no_answers_whatever_break_the_form(answers: dict[str, str]) -> None:
    form = preservation_form("uncc", "uncc")
    fields = {problem.field for problem in missing(form, answers)}
    assert fields <= {*COMPLETE, "other"}
    assert {code for code in REQUIRED if not answers.get(code, "").strip()} <= fields


RELIED_ON = {
    ("uncc", "uncc"): {"uncc/42-1", "uncc/42-1/ask", "uncc/42-8/floor"},
    ("budapest", "budapest"): {"budapest/29-1", "budapest/29-1/ask", "budapest/29-7/floor"},
    ("budapest", "uncc"): {"budapest/29-1", "budapest/29-1/ask", "budapest/29-7/floor"},
    ("reciprocity", "uncc"): {
        "reciprocity/preserve",
        "reciprocity/ask",
        "reciprocity/no-treaty",
        "reciprocity/form",
        "uncc/42-8/floor",
    },
}


@pytest.mark.parametrize(("pair", "relied_on"), RELIED_ON.items())
def test_a_request_cites_its_contents_its_measure_and_its_floor(
    pair: tuple[str, str], relied_on: set[str]
) -> None:
    form = preservation_form(*pair)
    contents = {each.row_id for each in form.fields}
    contents |= {each.basis_row_id for each in form.fields if each.basis_row_id}
    assert set(form.rows) == contents | relied_on


@pytest.mark.parametrize(("instrument", "form"), FORMS)
def test_the_rows_cited_exist_and_are_sorted(instrument: str, form: str) -> None:
    rows = preservation_form(instrument, form).rows
    assert list(rows) == sorted(set(rows))
    assert all(row(row_id).id == row_id for row_id in rows)
