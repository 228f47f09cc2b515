"""Characters that cannot be seen, found and made visible."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts.display import has_hidden, hidden_codes, reveal, without_hidden

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def test_every_format_control_and_surrogate_is_hidden() -> None:
    missed = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in UNSEEN
        and chr(code) not in "\t\n\r"
        and not has_hidden(chr(code))
    ]
    assert missed == []


def test_no_letter_digit_or_punctuation_is_hidden() -> None:
    # Hangul fillers and such are letters by category and blank on the screen.
    blank = {0x115F, 0x1160, 0x3164, 0xFFA0}
    wrong = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code))[0] in "LNPS"
        and code not in blank
        and has_hidden(chr(code))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        ("\u202e", "U+202E"),  # right-to-left override
        ("\u2066", "U+2066"),  # left-to-right isolate
        ("\u200f", "U+200F"),  # right-to-left mark
        ("\u061c", "U+061C"),  # Arabic letter mark
        ("\u200b", "U+200B"),  # zero-width space
        ("\u200d", "U+200D"),  # zero-width joiner
        ("\u2060", "U+2060"),  # word joiner
        ("\ufeff", "U+FEFF"),  # byte order mark
        ("\xad", "U+00AD"),  # soft hyphen
        ("\u3164", "U+3164"),  # Hangul filler
        ("\ufe0f", "U+FE0F"),  # variation selector
        ("\U000e0041", "U+E0041"),  # tag letter
        ("\x00", "U+0000"),
        ("\x85", "U+0085"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_hidden_character_is_named_by_its_code(sign: str, code: str) -> None:
    assert has_hidden(f"a{sign}b")
    assert reveal(f"a{sign}b") == f"a[{code}]b"
    assert hidden_codes(f"{sign}{sign}") == (code,)
    assert without_hidden(f"a{sign}b") == "ab"


def test_a_disguised_file_name_shows_what_it_is() -> None:
    assert reveal("invoice\u202efdp.exe") == "invoice[U+202E]fdp.exe"


@pytest.mark.parametrize(
    "text", ["Ola Nordmann", "محمد", "Nguyễn Văn An", "张伟", "a\tb\nc", "naïve café", "😀"]
)
def test_ordinary_names_in_any_script_are_left_alone(text: str) -> None:
    assert not has_hidden(text)
    assert reveal(text) == text


def test_codes_come_once_each_in_order() -> None:
    assert hidden_codes("\u202ea\u200bb\u202e") == ("U+202E", "U+200B")


@given(st.text())
def test_nothing_hidden_is_left_after_revealing(text: str) -> None:
    assert not has_hidden(reveal(text))
    assert not has_hidden(without_hidden(text))
    assert has_hidden(text) == (without_hidden(text) != text)


@given(st.text())
def test_revealed_text_can_be_written_as_utf8(text: str) -> None:
    assert reveal(text).encode("utf-8")[:0] == b""
