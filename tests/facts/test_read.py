"""Values on the wire: flat, read back equal, unknown ones kept unchanged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import (
    IDENTIFIERS,
    KINDS,
    BadData,
    EmailAddress,
    FactError,
    Unknown,
    UnknownKind,
    Value,
    clean,
    from_data,
)
from comity.facts.data import LONGEST_TEXT
from tests.facts import drawn

TYPED = {
    "account": "Telegram: @ola",
    "connection": "81.2.69.142:51234 2026-05-01 12:03:27Z",
    "digest": "d41d8cd98f00b204e9800998ecf8427e",
    "domain": "example.com",
    "email_address": "ola@example.com",
    "iban": "GB82WEST12345698765432",
    "period": "2026-05-01 to 2026-05-31",
    "phone": "+442079460958",
    "url": "https://example.com/",
    "wallet": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
}


def test_every_kind_has_an_example_here() -> None:
    assert set(TYPED) == set(KINDS)


@pytest.mark.parametrize(("kind", "typed"), TYPED.items())
def test_a_kind_makes_values_of_its_own_code(kind: str, typed: str) -> None:
    value = clean(kind, typed)
    assert value.kind == kind
    assert value.as_data()["kind"] == kind
    assert KINDS[kind].keys >= value.as_data().keys()
    assert str(KINDS[kind].label)


def test_labels_tell_the_kinds_apart() -> None:
    assert len({str(kind.label) for kind in KINDS.values()}) == len(KINDS)


def test_a_period_is_not_an_identifier() -> None:
    assert set(KINDS) - set(IDENTIFIERS) == {"period"}


@pytest.mark.parametrize("kind", ["", "unknown", "Email_Address", "__class__"])
def test_a_kind_that_is_none_is_refused(kind: str) -> None:
    with pytest.raises(UnknownKind, match="from the list"):
        clean(kind, "x")


@given(drawn.values)
def test_every_value_comes_back_equal_from_the_wire(value: Value) -> None:
    data = value.as_data()
    read = from_data(json.loads(json.dumps(data)))
    assert read == value
    assert read.as_data() == data
    assert read.normal == value.normal


@given(drawn.values)
def test_wire_data_is_flat(value: Value) -> None:
    for name, field in value.as_data().items():
        assert isinstance(name, str)
        assert type(field) in (str, int)


@given(drawn.values, drawn.values)
def test_equal_values_have_equal_normal_forms(one: Value, other: Value) -> None:
    if one == other:
        assert one.normal == other.normal
    assert one.caption()


def test_an_unknown_kind_is_kept_and_written_back() -> None:
    data: dict[str, str | int] = {"kind": "satellite_phone", "imei": "35", "net": 7}
    value = from_data(data)
    assert isinstance(value, Unknown)
    assert value.as_data() == data
    assert value.caption() == "satellite_phone (imei: 35, net: 7)"


@pytest.mark.parametrize(
    "data",
    [
        {
            "kind": "wallet",
            "chain": "solana",
            "address": "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV",
        },
        {"kind": "digest", "algorithm": "blake3", "value": "00"},
        {"kind": "account", "provider": "X", "name": "ola", "named_by": "avatar"},
        {"kind": "email_address", "address": "ola@example.com", "display_name": "Ola"},
    ],
)
def test_what_only_a_newer_version_knows_is_kept_whole(data: dict[str, str | int]) -> None:
    value = from_data(data)
    assert isinstance(value, Unknown)
    assert value.kind == data["kind"]
    assert value.as_data() == data


def test_hidden_characters_of_an_unknown_value_are_shown_not_dropped() -> None:
    data: dict[str, str | int] = {"kind": "new", "name": "ol\u202ea"}
    value = from_data(data)
    assert value.caption() == "new (name: ol[U+202E]a)"
    assert value.as_data() == data


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": ""},
        {"kind": 7},
        {"kind": "Email"},
        {"kind": "a" * 65},
        {"kind": "new", "Upper": "x"},
        {"kind": "new", "a b": "x"},
        {"kind": "new", "name": True},
        {"kind": "new", "name": 1.5},
        {"kind": "new", "name": None},
        {"kind": "new", "name": ["x"]},
        {"kind": "new", "name": {"x": "y"}},
        {"kind": "new", "name": 2**53},
        {"kind": "new", "name": -(2**53)},
        {"kind": "wallet", "chain": ["bitcoin"], "address": "x"},
        {"kind": "new", "name": "x" * (LONGEST_TEXT + 1)},
        {"kind": "new", **{f"a{n}": n for n in range(32)}},
        {"kind": "email_address", "address": 7},
        {"kind": "email_address", "address": "x" * (LONGEST_TEXT + 1)},
        {"kind": "email_address", "address": "alo\u202e@example.com"},
        {"kind": "connection", "ip": "81.2.69.142", "port": "80"},
        {"kind": "connection", "ip": "81.2.69.142", "port": True},
        {"kind": "connection", "ip": "81.2.69.142", "port": 2**53},
    ],
)
def test_data_of_another_shape_is_refused(data: dict[str, str | int]) -> None:
    with pytest.raises(BadData):
        from_data(data)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_known_kind_without_its_fields_is_refused(kind: str) -> None:
    with pytest.raises(FactError):
        from_data({"kind": kind})


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "domain", "name": "example.com."},
        {"kind": "domain", "name": "EXAMPLE.com"},
        {"kind": "email_address", "address": "ola@EXAMPLE.com"},
        {"kind": "email_address", "address": "ola"},
        {"kind": "phone", "number": "+44 20 7946 0958"},
        {"kind": "iban", "number": "GB82 WEST 1234 5698 7654 32"},
        {
            "kind": "wallet",
            "chain": "ethereum",
            "address": "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        },
        {"kind": "digest", "algorithm": "md5", "value": "D41D8CD98F00B204E9800998ECF8427E"},
        {
            "kind": "digest",
            "algorithm": "md5",
            "value": "d41d8cd98f00b204e9800998ecf8427e",
            "name": "",
        },
        {"kind": "connection", "ip": "2001:DB8::7"},
        {"kind": "connection", "ip": "81.2.69.142", "zone": ""},
        {"kind": "period", "first": "2026-05-01", "last": "2026-04-01"},
        {"kind": "period", "first": "20260501", "last": "20260502"},
        {"kind": "account", "provider": "X", "name": "a b", "named_by": "handle"},
        {"kind": "url", "address": "javascript:alert(1)"},
    ],
)
def test_a_value_has_one_written_form(data: dict[str, str | int]) -> None:
    with pytest.raises(FactError):
        from_data(data)


@given(
    st.dictionaries(
        st.sampled_from(
            ["kind", "address", "name", "ip", "port", "at", "number", "value", "chain"]
        ),
        st.one_of(st.sampled_from(sorted(KINDS)), st.text(max_size=20), st.integers()),
    )
)
def test_any_flat_data_is_a_value_or_an_error_of_ours(data: dict[str, str | int]) -> None:
    try:
        value = from_data(data)
    except FactError:
        return
    assert value.as_data() == data


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=80))
def test_anything_typed_is_a_value_or_an_error_of_ours(kind: str, text: str) -> None:
    try:
        value = clean(kind, text)
    except FactError:
        return
    assert from_data(value.as_data()) == value


@given(drawn.known)
def test_no_error_repeats_the_value(value: Value) -> None:
    text = f"!{value.caption()}!"
    for kind in KINDS:
        for typed in (f"{text}\u200b", text * 600):
            with pytest.raises(FactError) as caught:
                clean(kind, typed)
            assert text not in str(caught.value)


def test_an_unknown_value_compares_by_every_field() -> None:
    one = from_data({"kind": "new", "a": 1, "b": "x"})
    same = from_data({"b": "x", "a": 1, "kind": "new"})
    other = from_data({"kind": "new", "a": "1", "b": "x"})
    assert one == same
    assert one.normal == same.normal
    assert one.normal != other.normal


def test_a_clean_value_is_frozen() -> None:
    value = EmailAddress(address="ola@example.com")
    with pytest.raises(AttributeError):
        value.address = "kari@example.com"  # type: ignore[misc]
