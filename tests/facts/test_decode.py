"""Bytes of mails to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts.decode import header_text, page_text, text_from, unescaped


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        (b"plain", "", "plain"),
        ("naïve".encode(), "", "naïve"),
        ("naïve".encode("cp1252"), "", "naïve"),
        ("naïve".encode("iso-8859-1"), "iso-8859-1", "naïve"),
        ("привет".encode("koi8-r"), "koi8-r", "привет"),
        ("привет".encode("windows-1251"), "windows-1251", "привет"),
        ("你好".encode("gb2312"), "gb2312", "你好"),
        ("你好".encode("big5"), "big5", "你好"),
        ("こんにちは".encode("iso-2022-jp"), "iso-2022-jp", "こんにちは"),
        ("سلام".encode("windows-1256"), "windows-1256", "سلام"),
        ("привет".encode(), "koi8-r", "привет"),
        ("\ufeffmarked".encode(), "", "marked"),
        (b"abc", "no-such-charset", "abc"),
        (b"abc", "iso-8859-99", "abc"),
    ],
)
def test_text_is_read_in_its_charset(raw: bytes, charset: str, text: str) -> None:
    assert text_from(raw, charset) == text


@pytest.mark.parametrize(
    "charset",
    ["undefined", "idna", "punycode", "hex", "zip", "unicode_escape", "utf-7", "a\0b", "x" * 999],
)
@pytest.mark.parametrize("raw", [b"abc", b"\xff\xfe", b""])
def test_a_charset_that_is_none_of_mail_is_not_used(charset: str, raw: bytes) -> None:
    assert text_from(raw, charset) == text_from(raw)


@given(
    st.binary(max_size=200),
    st.sampled_from(
        ["", "utf-8", "gb18030", "iso-2022-jp", "utf-16", "big5", "shift_jis", "euc-kr"]
    ),
)
def test_any_bytes_are_some_text(raw: bytes, charset: str) -> None:
    assert isinstance(text_from(raw, charset), str)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        ("one\n two\n\tthree", "one two three"),
        ("one\r\n two", "one two"),
        ("=?utf-8?q?na=C3=AFve?=", "naïve"),
        ("=?utf-8?b?bmHDr3Zl?= <ola@example.com>", "naïve <ola@example.com>"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?utf-8?b?!!!?=", ""),
        ("=?utf-8?b?a?=", "=?utf-8?b?a?="),
        ("=?undefined?q?abc?=", "abc"),
        ("na\udcc3\udcafve", "naïve"),
    ],
)
def test_a_header_is_read_on_one_line(raw: str, text: str) -> None:
    assert header_text(raw) == text


def test_an_endless_header_is_cut() -> None:
    assert len(header_text("a" * 9_999)) == 4_000


@given(
    st.text(alphabet=st.characters(max_codepoint=127) | st.sampled_from("=?bq\udcff"), max_size=200)
)
def test_any_header_is_some_text(raw: str) -> None:
    assert "\n" not in header_text(raw)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>ev<b>il</b>.com</p>", " evil.com "),
        ("ev<!-- x -->il.com", "evil.com"),
        ("one<br>two", "one two"),
        ("<td>one</td><td>two</td>", " one  two "),
        ("a &amp; b &#46; &#x2e;", "a & b . ."),
        ("<a href='x'>y</a>", "y"),
        ("1 < 2 > 1", "1 < 2 > 1"),
        ("<!-- x -->a<!-- y -->b", "ab"),
        ("a<!---->b", "ab"),
        ("a<!-- <p>hidden</p> -->b", "ab"),
        ("<style>a</style>b", "ab"),
        ("<ABBR>a</ABBR>b<BR/>c", "ab c"),
        ("open <!-- never closed", "open "),
        ("<", "<"),
        ("", ""),
    ],
)
def test_the_text_of_a_page_is_what_a_reader_sees(source: str, text: str) -> None:
    assert page_text(source) == text


def test_an_endless_number_in_a_reference_is_dropped() -> None:
    assert unescaped(f"a&#{'9' * 5_000};b") == "ab"
    assert unescaped(f"a&#x{'f' * 5_000};b") == "ab"


def test_a_page_of_nothing_but_references_keeps_them() -> None:
    assert unescaped("&#65;" * 100_000) == "A" * 100_000
    assert unescaped("&#65;" * 100_001) == "&#65;" * 100_001


@given(st.text(alphabet="<>!-/&#;xab \"'=", max_size=200))
def test_any_page_has_a_text(source: str) -> None:
    assert len(page_text(source)) <= len(source) + source.count("<")
