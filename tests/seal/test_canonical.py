import json
import sys
from types import MappingProxyType
from typing import cast

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.canonical import DEEPEST, LARGEST, Json, decode, encode
from comity.seal.errors import NotCanonical
from tests.seal.refused import REFUSED
from tests.seal.samples import objects

# ------------------------------------------------------------------- what is written


@given(objects)
def test_what_is_written_is_what_rfc_8785_writes(value: dict[str, Json]) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(objects)
def test_what_is_written_is_read_back(value: dict[str, Json]) -> None:
    assert decode(encode(value)) == value


@given(objects)
def test_true_and_one_are_told_apart(value: dict[str, Json]) -> None:
    assert repr(decode(encode(value))) == repr(_in_order(value))


def _in_order(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    return [_in_order(item) for item in value] if isinstance(value, list) else value


def test_only_what_must_be_escaped_is_escaped() -> None:
    value: dict[str, Json] = {"s": '"\\\b\t\n\f\r\x00\x1f\x7f/é€😀\u2028<&'}
    written = '{"s":"\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f\x7f/é€😀\u2028<&"}'
    assert encode(value) == written.encode()
    assert decode(written.encode()) == value


def test_members_are_sorted_by_code_point() -> None:
    assert encode({"b": 1, "a": 2, "B": 3, "_": 4, "-": 5, "a/": 6, "a.": 7}) == (
        b'{"-":5,"B":3,"_":4,"a":2,"a.":7,"a/":6,"b":1}'
    )


def test_an_unknown_member_is_kept_and_written_back() -> None:
    text = b'{"later:version/2":[{"x":null}],"v":1}'
    assert encode(decode(text)) == text


def test_a_mapping_that_is_no_dict_is_written_too() -> None:
    assert encode(MappingProxyType({"b": 1, "a": []})) == b'{"a":[],"b":1}'


NESTED = b'{"a":' * 15 + b"{}" + b"}" * 15


def test_sixteen_levels_are_read_and_written() -> None:
    assert encode(decode(NESTED)) == NESTED
    arrays = b'{"a":' + b"[" * 15 + b"1" + b"]" * 15 + b"}"
    assert encode(decode(arrays)) == arrays


def test_many_brackets_that_lie_beside_each_other_are_not_deep() -> None:
    text = b'{"a":[' + b",".join([b'{"b":[]}'] * 100) + b'],"s":"' + b"[{" * 50 + b'"}'
    assert encode(decode(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        b'{"a":9007199254740991,"b":-9007199254740991}',
        b'{"a":0,"b":-1,"c":true,"d":false,"e":null,"f":"","g":[],"h":{}}',
        b'{"' + b"n" * 64 + b'":1}',
        '{"s":"\u00e9"}'.encode(),
        # An accent at the start of a string, or after an escaped character, is normal.
        '{"s":"\u0301"}'.encode(),
        '{"s":"\\n\u0301"}'.encode(),
        '{"s":"\\t\u0338","t":"\\b\u0300"}'.encode(),
        '{"s":"😀\U0010fffd\ufeff"}'.encode(),
    ],
)
def test_canonical_text_is_read(text: bytes) -> None:
    assert encode(decode(text)) == text


# ------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "rule"), REFUSED, ids=[f"{rule}-{text[:24]!r}" for text, rule in REFUSED]
)
def test_anything_else_is_refused_with_the_rule_it_breaks(text: bytes, rule: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        decode(text)
    assert refused.value.rule == rule
    assert refused.value.code == "not-canonical"


@pytest.mark.parametrize("rule", ["1", "2", "3", "4", "5"])
def test_each_rule_has_a_sentence_that_says_what_to_do(rule: str) -> None:
    text = next(text for text, broken in REFUSED if broken == rule)
    with pytest.raises(NotCanonical, match="Ask the sender"):
        decode(text)


def test_a_bomb_is_refused_even_where_little_stack_is_left() -> None:
    bomb = b'{"a":' + b"[" * 900 + b"]" * 900 + b"}"

    def deeper(left: int) -> None:
        if left:
            deeper(left - 1)
        else:
            decode(bomb)

    with pytest.raises(NotCanonical):
        deeper(sys.getrecursionlimit() // 2)


@given(st.binary(max_size=200))
def test_garbage_is_refused_with_one_error_only(data: bytes) -> None:
    _read_or_refuse(data)


@given(objects, st.data())
def test_a_changed_byte_is_refused_or_is_another_value(
    value: dict[str, Json], data: st.DataObject
) -> None:
    written = bytearray(encode(value))
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= data.draw(st.integers(1, 255))
    read = _read_or_refuse(bytes(written))
    assert read is None or repr(read) != repr(_in_order(value))


@given(objects, st.booleans(), st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_no_other_way_of_writing_a_value_is_read(
    value: dict[str, Json], ascii_only: bool, ordered: bool, indent: int | str | None
) -> None:
    turned = dict(reversed(value.items()))
    other = json.dumps(turned, ensure_ascii=ascii_only, sort_keys=ordered, indent=indent)
    read = _read_or_refuse(other.encode())
    assert (read is not None) == (other.encode() == encode(value))


def _read_or_refuse(data: bytes) -> dict[str, Json] | None:
    """Read, and hold the reader to its promise: nothing is read that would be written otherwise."""
    try:
        value = decode(data)
    except NotCanonical:
        return None
    assert encode(value) == data
    return value


# ------------------------------------------------------------------- our own nonsense


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (1.0, "2"),
        (float("nan"), "2"),
        (LARGEST + 1, "2"),
        (-LARGEST - 1, "2"),
        (b"bytes", "2"),
        ((1, 2), "2"),
        ({1, 2}, "2"),
        (Ellipsis, "2"),
        ({"": 1}, "3"),
        ({"a b": 1}, "3"),
        ({1: 1}, "3"),
        ({None: 1}, "3"),
        ({b"a": 1}, "3"),
        ({"n" * 65: 1}, "3"),
        ({"a\n": 1}, "3"),
        ("\ud800", "4"),
        ("e\u0301", "4"),
        (["fine", {"x": "e\u0301"}], "4"),
    ],
    ids=repr,
)
def test_a_value_without_canonical_form_is_not_written(value: object, rule: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        encode({"a": cast("Json", value)})
    assert refused.value.rule == rule


@pytest.mark.parametrize("innermost", [{}, []])
def test_seventeen_levels_are_not_written(innermost: Json) -> None:
    value: Json = innermost
    for _ in range(DEEPEST - 1):
        value = [value]
    with pytest.raises(NotCanonical) as refused:
        encode({"a": value})
    assert refused.value.rule == "5"


def test_the_deepest_values_are_looked_at_too() -> None:
    value: Json = cast("Json", 1.5)
    for _ in range(DEEPEST - 1):
        value = [value]
    with pytest.raises(NotCanonical) as refused:
        encode({"a": value})
    assert refused.value.rule == "2"


def test_a_value_that_holds_itself_is_not_written() -> None:
    endless: list[Json] = []
    endless.append(endless)
    with pytest.raises(NotCanonical):
        encode({"a": endless})


def test_reading_does_not_change_how_python_reads_large_numbers() -> None:
    before = sys.get_int_max_str_digits()
    with pytest.raises(NotCanonical):
        decode(b'{"a":' + b"9" * 5_000 + b"}")
    assert sys.get_int_max_str_digits() == before
