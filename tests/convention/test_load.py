"""A law file is read strictly: what does not fit stops the reading at its file and row."""

import pytest

from comity.convention.errors import (
    DuplicateRow,
    LawFileError,
    MissingKey,
    NotToml,
    UnknownKey,
    WrongValue,
)
from comity.convention.load import parse_law
from comity.convention.rows import (
    Clock,
    Content,
    Definition,
    Duty,
    Evidence,
    Ground,
    Kind,
    Offence,
    Scope,
)

HEAD = """\
instrument = "uncc"
name = "A treaty"

[sources]
register = "a public register"
"""
DUTY = """
[[duty]]
id = "uncc/1"
article = "1"
title = "Be kind"
text = "States are kind to each other."
evidence = "unconfirmed"
source = "M-H"
"""
CLOCK = """
[[clock]]
id = "uncc/8/floor"
article = "8"
name = "floor"
type = "hard_floor"
days = 60
title = "Sixty days"
text = "It lasts sixty days."
evidence = "parallel"
source = "P: Budapest 29(7)"
"""
CONTENT = """
[[content]]
id = "uncc/3/b"
article = "3(b)"
measure = "preserve"
required = "always"
title = "Facts"
text = "The facts."
evidence = "parallel"
source = "P: Budapest 29(2)(b)"
asks = [
  { field = "offence", answer = "offence", ask = "Which offence?" },
  { field = "facts", answer = "text", ask = "What happened?" },
]
"""
GROUND = """
[[ground]]
id = "uncc/6/a"
article = "6(a)"
code = "R21B_essential_interests"
measure = "preserve"
title = "Interests"
text = "It would do harm."
evidence = "unconfirmed"
source = "M-M"
"""
OFFENCE = """
[[offence]]
id = "uncc/7"
article = "7"
name = "illegal_access"
codes = ["A07"]
title = "Illegal access"
text = "Entering without right."
evidence = "unconfirmed"
source = "M-H"
"""
SCOPE = """
[[scope]]
id = "uncc/35"
article = "35"
class = "B"
measures = ["preserve", "locate_data"]
title = "Evidence"
text = "Evidence only."
evidence = "unconfirmed"
source = "M-H"
"""
DEFINITION = """
[[definition]]
id = "uncc/2"
article = "2"
term = "serious_crime"
months = 48
title = "Serious crime"
text = "Four years or more."
evidence = "sourced"
source = "V: register (four years)"
"""
EVERY_ROW = (DUTY, CLOCK, CONTENT, GROUND, OFFENCE, SCOPE, DEFINITION)


def refused(error: type[LawFileError], text: str, *, row: str) -> str:
    """Return the sentence with which the file is refused; it names file and row."""
    with pytest.raises(error) as caught:
        parse_law("uncc.toml", text)
    sentence = str(caught.value)
    assert "uncc.toml" in sentence
    assert row in sentence
    return sentence


def test_a_file_with_one_row_of_each_kind_is_read() -> None:
    law = parse_law("uncc.toml", HEAD + "".join(EVERY_ROW))
    assert law.instrument == "uncc"
    assert law.name.text == "A treaty"
    assert law.sources == (("register", "a public register"),)
    assert [each.kind for each in law.rows] == [
        Kind.DEFINITION,
        Kind.OFFENCE,
        Kind.SCOPE,
        Kind.CONTENT,
        Kind.CLOCK,
        Kind.GROUND,
        Kind.DUTY,
    ]


def test_a_row_holds_what_the_file_says() -> None:
    [found] = parse_law("uncc.toml", HEAD + DUTY).rows
    assert isinstance(found, Duty)
    assert (found.id, found.instrument, found.article) == ("uncc/1", "uncc", "1")
    assert found.title.text == "Be kind"
    assert found.text.text == "States are kind to each other."
    assert (found.evidence, found.source) == (Evidence.UNCONFIRMED, "M-H")


def test_the_fields_of_a_kind_are_typed() -> None:
    rows = parse_law("uncc.toml", HEAD + "".join(EVERY_ROW)).rows
    by_kind = {each.kind: each for each in rows}
    clock, content = by_kind[Kind.CLOCK], by_kind[Kind.CONTENT]
    ground, scope = by_kind[Kind.GROUND], by_kind[Kind.SCOPE]
    offence, definition = by_kind[Kind.OFFENCE], by_kind[Kind.DEFINITION]
    assert isinstance(clock, Clock)
    assert clock.days == 60
    assert isinstance(content, Content)
    assert [ask.field for ask in content.asks] == ["offence", "facts"]
    assert isinstance(ground, Ground)
    assert ground.reservation is None
    assert isinstance(scope, Scope)
    assert [measure.value for measure in scope.measures] == ["preserve", "locate_data"]
    assert isinstance(offence, Offence)
    assert offence.codes == ("A07",)
    assert isinstance(definition, Definition)
    assert definition.months == 48


def test_a_file_without_rows_or_sources_is_an_empty_law() -> None:
    law = parse_law("x.toml", 'instrument = "x"\nname = "X"\n')
    assert (law.rows, law.sources) == ((), ())


def test_what_is_not_toml_is_refused_with_the_place() -> None:
    sentence = refused(NotToml, "instrument = uncc", row="line 1")
    assert "Correct it." in sentence


@pytest.mark.parametrize("key", ["instrument", "name"])
def test_a_file_says_its_instrument_and_its_name(key: str) -> None:
    lines = [line for line in HEAD.splitlines() if not line.startswith(key)]
    assert f'"{key}"' in refused(MissingKey, "\n".join(lines), row="(top)")


def test_a_kind_of_row_that_does_not_exist_is_refused() -> None:
    text = HEAD + DUTY.replace("[[duty]]", "[[dutty]]")
    assert '"dutty"' in refused(UnknownKey, text, row="dutty")


def test_a_key_at_the_top_that_nobody_reads_is_refused() -> None:
    refused(UnknownKey, 'edition = "7"\n' + HEAD, row="edition")


@pytest.mark.parametrize("row", EVERY_ROW)
def test_a_key_that_nobody_reads_is_refused(row: str) -> None:
    row_id = row.partition('id = "')[2].partition('"')[0]
    sentence = refused(UnknownKey, HEAD + row + 'evidnce = "sourced"\n', row=row_id)
    assert '"evidnce"' in sentence


def test_a_key_of_another_kind_is_refused() -> None:
    refused(UnknownKey, HEAD + DUTY + "days = 60\n", row="uncc/1")


def test_a_key_inside_a_box_that_nobody_reads_is_refused() -> None:
    text = HEAD + CONTENT.replace('field = "facts",', 'field = "facts", lenght = "3",')
    assert '"lenght"' in refused(UnknownKey, text, row="uncc/3/b")


@pytest.mark.parametrize("key", ["id", "article", "title", "text", "evidence", "source"])
def test_every_row_has_the_keys_that_all_rows_have(key: str) -> None:
    lines = [line for line in DUTY.splitlines() if not line.startswith(f"{key} =")]
    row = "(top)" if key == "id" else "uncc/1"
    assert f'"{key}"' in refused(MissingKey, HEAD + "\n".join(lines), row=row)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (CLOCK, "name"),
        (CLOCK, "type"),
        (CONTENT, "measure"),
        (CONTENT, "required"),
        (GROUND, "code"),
        (GROUND, "measure"),
        (OFFENCE, "name"),
        (DEFINITION, "term"),
    ],
)
def test_a_kind_has_its_own_keys(row: str, key: str) -> None:
    lines = [line for line in row.splitlines() if not line.startswith(f"{key} =")]
    refused(MissingKey, HEAD + "\n".join(lines), row="uncc/")


def test_two_rows_with_one_id_are_refused() -> None:
    sentence = refused(DuplicateRow, HEAD + DUTY + DUTY, row="uncc/1")
    assert "another" in sentence


def test_two_rows_of_different_kinds_with_one_id_are_refused() -> None:
    refused(DuplicateRow, HEAD + DUTY + CLOCK.replace("uncc/8/floor", "uncc/1"), row="uncc/1")


@pytest.mark.parametrize(
    "row_id", ["1", "budapest/1", "uncc", "uncc/", "uncc/A", "uncc/1/2/3", "uncc/1 ", "uncc/1_2"]
)
def test_an_id_is_the_instrument_and_a_name(row_id: str) -> None:
    refused(WrongValue, HEAD + DUTY.replace('"uncc/1"', f'"{row_id}"'), row='"id"')


WRONG_VALUES = [
    (DUTY, 'evidence = "unconfirmed"', 'evidence = "certain"'),
    (DUTY, 'title = "Be kind"', "title = 7"),
    (DUTY, 'title = "Be kind"', 'title = ""'),
    (DUTY, 'title = "Be kind"', 'title = " Be kind"'),
    (DUTY, 'article = "1"', "article = 1"),
    (CLOCK, "days = 60", "days = 0"),
    (CLOCK, "days = 60", "days = -60"),
    (CLOCK, "days = 60", "days = 60.5"),
    (CLOCK, "days = 60", "days = true"),
    (CLOCK, "days = 60", 'days = "60"'),
    (CLOCK, "days = 60", ""),
    (CLOCK, 'type = "hard_floor"', 'type = "soft_floor"'),
    (CLOCK, 'name = "floor"', 'name = "hours"'),
    (CONTENT, 'required = "always"', 'required = "sometimes"'),
    (CONTENT, 'measure = "preserve"', 'measure = "listen"'),
    (CONTENT, 'answer = "text"', 'answer = "essay"'),
    (GROUND, 'code = "R21B_essential_interests"', 'code = "R21B"'),
    (GROUND, 'measure = "preserve"', 'measure = "preserve"\nreservation = "none"'),
    (OFFENCE, 'codes = ["A07"]', 'codes = "A07"'),
    (OFFENCE, 'codes = ["A07"]', "codes = [7]"),
    (OFFENCE, 'codes = ["A07"]', 'codes = ["A07"]\nextent = "mostly"'),
    (OFFENCE, 'codes = ["A07"]', 'codes = ["A07"]\nrole = "friend"'),
    (SCOPE, 'class = "B"', 'class = "D"'),
    (SCOPE, 'measures = ["preserve", "locate_data"]', 'measures = ["preserve", "listen"]'),
    (DEFINITION, "months = 48", "months = 0"),
]


@pytest.mark.parametrize(("row", "right", "wrong"), WRONG_VALUES)
def test_a_value_of_the_wrong_kind_is_refused(row: str, right: str, wrong: str) -> None:
    assert right in row
    sentence = refused(WrongValue, HEAD + row.replace(right, wrong), row="uncc/")
    assert "should be" in sentence


@pytest.mark.parametrize("asks", ["[]", '["facts"]', '"facts"'])
def test_a_content_has_at_least_one_box(asks: str) -> None:
    head, _ = CONTENT.split("asks = ")
    refused(WrongValue, HEAD + head + f"asks = {asks}\n", row='"asks"')


def test_a_table_where_rows_should_be_is_refused() -> None:
    refused(WrongValue, HEAD + DUTY.replace("[[duty]]", "[duty]"), row='"duty"')


@pytest.mark.parametrize("sources", ['"a register"', "{ register = 7 }", "[]"])
def test_sources_are_keys_and_places(sources: str) -> None:
    text = f'instrument = "uncc"\nname = "A treaty"\nsources = {sources}\n'
    refused(WrongValue, text, row='"sources"')


RIGHT_SOURCES = [
    ("certified", "C: A/RES/79/243, page 30, J. Doe, 2027-01-31"),
    ("sourced", "V: register"),
    ("sourced", "V: register (the list)"),
    ("parallel", "P: UNCAC 46(21)(b)"),
    ("parallel", "P: UNTOC 6"),
    ("parallel", "P: Budapest 29(7); small changes M-M"),
    ("unconfirmed", "M-H"),
    ("unconfirmed", "M-M; the letter M-L"),
    ("unconfirmed", "M-L"),
]
WRONG_SOURCES = [
    ("certified", "M-H"),
    ("certified", "C: "),
    ("sourced", "M-H"),
    ("sourced", "P: Budapest 29(7)"),
    ("sourced", "V: hearsay"),
    ("sourced", "register"),
    ("parallel", "V: register"),
    ("parallel", "P: Budapest"),
    ("parallel", "P: Geneva 3"),
    ("unconfirmed", "V: register"),
    ("unconfirmed", "M-X"),
    ("unconfirmed", "MH"),
]


def marked(evidence: str, source: str) -> str:
    return HEAD + DUTY.replace('"unconfirmed"', f'"{evidence}"').replace('"M-H"', f'"{source}"')


@pytest.mark.parametrize(("evidence", "source"), RIGHT_SOURCES)
def test_a_source_that_fits_its_mark_is_kept(evidence: str, source: str) -> None:
    [found] = parse_law("uncc.toml", marked(evidence, source)).rows
    assert (found.evidence.value, found.source) == (evidence, source)


@pytest.mark.parametrize(("evidence", "source"), WRONG_SOURCES)
def test_a_mark_that_its_source_does_not_bear_is_refused(evidence: str, source: str) -> None:
    refused(WrongValue, marked(evidence, source), row='"source"')
