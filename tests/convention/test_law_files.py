"""The law files that come with the package: complete, honestly marked, plainly written."""

import re
from collections import Counter

import pytest

from comity.convention.codes import ClockName, ClockType, DeclarationCode, GroundCode, Measure
from comity.convention.errors import UnknownRow
from comity.convention.load import law_rows, law_texts, laws, row, rows_of
from comity.convention.rows import (
    Channel,
    Clock,
    Content,
    Declaration,
    Definition,
    Evidence,
    Ground,
    Kind,
    MeasureRow,
    Offence,
    Power,
    Row,
    Scope,
)
from tests.convention.marks import MARKS

LONGEST_TEXT = 260
CERTIFIED_WORDS = re.compile(r"\b(shall|herein|hereto|mutatis|thereof|pursuant)\b", re.IGNORECASE)


def of_kind(instrument: str, kind: type[Row]) -> list[Row]:
    return [each for each in rows_of(instrument) if isinstance(each, kind)]


def test_there_is_one_file_for_each_instrument_of_this_edition() -> None:
    assert [law.instrument for law in laws()] == ["uncc", "budapest", "reciprocity"]


def test_every_row_carries_the_mark_kind_and_article_that_were_read_from_the_sources() -> None:
    found = [f"{each.id} {each.evidence} {each.kind} {each.article}" for each in law_rows()]
    assert sorted(found) == sorted(MARKS.splitlines())


def test_nothing_claims_to_have_been_compared_with_a_certified_text() -> None:
    assert [each.id for each in law_rows() if each.evidence is Evidence.CERTIFIED] == []


def test_ids_are_unique_across_the_files_and_begin_with_their_instrument() -> None:
    ids = Counter(each.id for each in law_rows())
    assert [row_id for row_id, times in ids.items() if times > 1] == []
    assert all(each.id.startswith(each.instrument + "/") for each in law_rows())


@pytest.mark.parametrize("article", ["2", "3", "6", "23", "24", "25", "26", "35", "41", "42", "43"])
def test_every_article_of_the_convention_that_preservation_needs_has_rows(article: str) -> None:
    assert any(re.match(rf"{article}\b", each.article) for each in rows_of("uncc"))


@pytest.mark.parametrize("article", [*range(7, 18)])
def test_every_offence_of_the_convention_has_its_row(article: int) -> None:
    found = row(f"uncc/{article}")
    assert isinstance(found, Offence)
    assert found.codes == (f"A{article:02}",)
    assert not found.modifier


@pytest.mark.parametrize("article", [16, 17, *range(25, 36)])
def test_every_article_of_budapest_from_16_17_and_25_to_35_has_rows(article: int) -> None:
    assert any(re.match(rf"{article}\b", each.article) for each in rows_of("budapest"))


def test_reciprocity_has_no_contents_and_no_clocks_of_its_own() -> None:
    assert of_kind("reciprocity", Content) == []
    assert of_kind("reciprocity", Clock) == []


def test_budapest_has_no_counterpart_of_the_closed_list_of_42_6() -> None:
    codes = {each.code for each in rows_of("budapest") if isinstance(each, Ground)}
    assert not {code for code in codes if code.startswith("R")}


@pytest.mark.parametrize("letter", "abcdefghijklmno")
def test_every_letter_of_article_2_is_defined(letter: str) -> None:
    found = row(f"uncc/2-{letter}")
    assert isinstance(found, Definition)
    assert found.article == f"2({letter})"


def test_only_a_serious_crime_is_defined_by_a_length_of_penalty() -> None:
    lengths = {
        each.term: each.months
        for each in rows_of("uncc")
        if isinstance(each, Definition) and each.months is not None
    }
    assert lengths == {"serious_crime": 48}


def test_the_modifiers_are_those_of_articles_18_and_19() -> None:
    names = {
        each.name: each.article
        for each in rows_of("uncc")
        if isinstance(each, Offence) and each.modifier
    }
    assert names == {
        "legal_person": "18",
        "participation": "19(1)",
        "attempt": "19(2)",
        "preparation": "19(3)",
    }


CLOCKS = {
    "uncc/25-2/cap": (ClockName.DOMESTIC_CAP, ClockType.HARD_CAP, 90),
    "uncc/25-2/renewal": (ClockName.RENEWAL, ClockType.EVENT, None),
    "uncc/41-2/register": (ClockName.REGISTER_CIRCULATION, ClockType.EVENT, None),
    "uncc/42-8/floor": (ClockName.FLOOR, ClockType.HARD_FLOOR, 60),
    "uncc/42-8/hold": (ClockName.HOLD, ClockType.EVENT, None),
    "uncc/42-9": (ClockName.EXTENSION, ClockType.GUARD, None),
    "uncc/65-1": (ClockName.ENTRY_INTO_FORCE, ClockType.EVENT, 90),
    "uncc/65-2": (ClockName.ENTRY_LATER_PARTY, ClockType.EVENT, 30),
    "budapest/16-2/cap": (ClockName.DOMESTIC_CAP, ClockType.HARD_CAP, 90),
    "budapest/16-2/renewal": (ClockName.RENEWAL, ClockType.EVENT, None),
    "budapest/29-7/floor": (ClockName.FLOOR, ClockType.HARD_FLOOR, 60),
    "budapest/29-7/hold": (ClockName.HOLD, ClockType.EVENT, None),
}


def test_the_clocks_are_these_and_no_law_sets_hours() -> None:
    found = {
        each.id: (each.name, each.type, each.days) for each in law_rows() if isinstance(each, Clock)
    }
    assert found == CLOCKS


def test_an_instrument_sets_each_clock_once() -> None:
    named = Counter((each.instrument, each.name) for each in law_rows() if isinstance(each, Clock))
    assert set(named.values()) == {1}


DECLARATIONS = {
    "uncc/23-3/a": "23_3a",
    "uncc/23-3/b": "23_3b",
    "uncc/41-2": "41_2",
    "uncc/42-5": "42_5",
    "budapest/14-3/a": "14_3a",
    "budapest/14-3/b": "14_3b",
    "budapest/27-2": "27_2",
    "budapest/27-9/e": "27_9e",
    "budapest/29-4": "29_4",
    "budapest/35-1/notify": "35_1",
}


def test_the_declarations_are_these() -> None:
    found = {each.id: each.code for each in law_rows() if isinstance(each, Declaration)}
    assert found == DECLARATIONS


def test_a_ground_that_needs_a_reservation_names_one_that_its_instrument_has() -> None:
    reserved = {
        each.id: each.reservation
        for each in law_rows()
        if isinstance(each, Ground) and each.reservation
    }
    assert reserved == {
        "uncc/42-5/ground": DeclarationCode.RESERVED_42_5,
        "budapest/29-4/ground": DeclarationCode.BUDAPEST_29_4,
    }
    for row_id, code in reserved.items():
        declared = [
            each.code
            for each in of_kind(row(row_id).instrument, Declaration)
            if isinstance(each, Declaration)
        ]
        assert code in declared


BASIS_ARTICLES = {
    ("uncc", Measure.PRESERVE): "42",
    ("uncc", Measure.LOCATE_DATA): "42",
    ("uncc", Measure.DISCLOSE_TRAFFIC_PATH): "43",
    ("uncc", Measure.TECHNICAL_ADVICE): "41",
    ("uncc", Measure.LEGAL_INFO): "41",
    ("uncc", Measure.LOCATE_SUSPECT): "41",
    ("uncc", Measure.EMERGENCY_DATA): "41",
    ("budapest", Measure.PRESERVE): "29",
    ("budapest", Measure.DISCLOSE_TRAFFIC_PATH): "30",
    ("budapest", Measure.SEARCH_SEIZE_DISCLOSE): "31",
    ("budapest", Measure.REALTIME_TRAFFIC): "33",
    ("budapest", Measure.INTERCEPT_CONTENT): "34",
    ("budapest", Measure.SPONTANEOUS): "26",
    ("reciprocity", Measure.PRESERVE): "",
}


def test_each_measure_names_the_article_that_a_request_cites() -> None:
    found = {
        (each.instrument, each.measure): each.basis_article
        for each in law_rows()
        if isinstance(each, MeasureRow)
    }
    assert found == BASIS_ARTICLES


def test_both_treaties_have_the_24_7_network_as_a_channel() -> None:
    found = {each.id: each.code for each in law_rows() if isinstance(each, Channel)}
    assert found == {
        "uncc/41-1/channel": "poc_247",
        "uncc/41-6": "interpol",
        "budapest/35-1/channel": "poc_247",
        "budapest/27-2/channel": "central_authority",
        "budapest/27-9/b": "interpol",
    }


def test_asking_and_ordering_have_a_row_in_every_instrument() -> None:
    found = {(each.instrument, each.power.value) for each in law_rows() if isinstance(each, Power)}
    both_treaties = {(name, power) for name in ("uncc", "budapest") for power in ("ask", "order")}
    assert found == both_treaties | {
        ("uncc", "route"),
        ("budapest", "route"),
        ("reciprocity", "ask"),
        ("reciprocity", "order"),
    }


def test_each_class_of_the_scope_gate_has_one_row() -> None:
    classes = [
        each.scope_class.value
        for each in law_rows()
        if isinstance(each, Scope) and each.scope_class
    ]
    assert sorted(classes) == ["A", "B", "C"]


def test_a_ground_code_belongs_to_one_instrument() -> None:
    users: dict[GroundCode, set[str]] = {}
    for each in law_rows():
        if isinstance(each, Ground):
            users.setdefault(each.code, set()).add(each.instrument)
    shared = {code for code, instruments in users.items() if len(instruments) > 1}
    assert shared == {GroundCode.D_DOMESTIC_LAW}


@pytest.mark.parametrize("text", sorted(set(law_texts())))
def test_every_text_is_short_whole_and_in_plain_words(text: str) -> None:
    assert len(text) <= LONGEST_TEXT
    assert text == " ".join(text.split())
    assert text.isprintable()
    assert "%" not in text, "a per cent sign would be taken for a placeholder"
    assert not CERTIFIED_WORDS.search(text), "a paraphrase does not sound like the treaty"


def test_every_text_is_a_sentence_and_every_title_is_not() -> None:
    assert [each.id for each in law_rows() if not each.text.text.endswith(".")] == []
    assert [each.id for each in law_rows() if each.title.text.endswith(".")] == []


def test_every_box_of_a_form_is_asked_for_in_a_whole_sentence() -> None:
    asked = [ask for each in law_rows() if isinstance(each, Content) for ask in each.asks]
    assert asked
    assert [ask.field for ask in asked if ask.sentence.text[-1] not in ".?"] == []


def test_the_texts_for_translators_are_all_there() -> None:
    texts = set(law_texts())
    assert {law.name.text for law in laws()} <= texts
    assert {each.title.text for each in law_rows()} <= texts
    assert {each.text.text for each in law_rows()} <= texts
    assert "Why must the data be kept now?" in texts


def test_every_kind_of_row_is_used() -> None:
    assert {each.kind for each in law_rows()} == set(Kind)


def test_a_row_is_found_by_its_id() -> None:
    assert row("uncc/42-8/floor").article == "42(8)"
    assert row("budapest/29-2").kind is Kind.DUTY


def test_a_row_that_no_file_has_is_named() -> None:
    with pytest.raises(UnknownRow) as caught:
        row("uncc/99")
    assert caught.value.code == "unknown-row"
    assert "uncc/99" in str(caught.value)


def test_an_instrument_without_a_file_has_no_rows() -> None:
    assert rows_of("untoc_18") == ()
