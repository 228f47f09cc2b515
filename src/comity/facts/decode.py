"""Bytes of a mail to text: charsets, header words, HTML, each in linear time.

Python's ``html.parser`` and some codecs (``punycode``) take quadratic time on hostile
input, and ``undefined`` or ``idna`` raise whatever the error handler: hence the closed list
of charsets and the plain scan for tags. A page is searched here, never shown.
"""

import html
import re
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Final

LONGEST_HEADER: Final = 4_000
_CHARSETS: Final = re.compile(
    r"(?:utf-?(?:8|16|16le|16be)|(?:us-)?ascii|iso-?8859-?\d{1,2}|latin-?[1-9]|windows-\d{3,4}"
    r"|cp\d{3,4}|koi8-[rtu]|gb2312|gbk|gb18030|big5(?:-?hkscs)?|euc-?(?:jp|kr)|shift_?jis"
    r"|iso-2022-(?:jp|kr)|tis-620|mac-?roman)\Z",
    re.IGNORECASE,
)
_FOLD: Final = re.compile(r"[\r\n]+[ \t]*")
_COMMENT: Final = ("<!--", "-->")
_TAG: Final = re.compile(r"</?([A-Za-z!][A-Za-z0-9]{0,15})[^<>]{0,4000}+>")
_BLOCKS: Final = frozenset(
    {"blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li"}
    | {"ol", "option", "p", "pre", "table", "td", "th", "title", "tr", "ul"}
)
MOST_REFERENCES: Final = 100_000
# html.unescape turns a number of any length into an int, which Python refuses over 4,300 digits.
_ENDLESS: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}+;?")


def text_from(raw: bytes, charset: str = "") -> str:
    """Return the text of ``raw``: in its charset where that is known, else UTF-8 or Latin.

    Text that was copied from a screen is UTF-8 whatever the mail's header says, so UTF-8 is
    tried first where there are bytes above ASCII.
    """
    if charset and _CHARSETS.match(charset):
        if raw.isascii():
            return _decoded(raw, charset)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return _decoded(raw, charset)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def header_text(raw: str) -> str:
    """Return a header's value on one line, encoded words (RFC 2047) decoded.

    :param raw: as the e-mail parser keeps it, bytes above ASCII as surrogates.
    """
    plain = text_from(raw[:LONGEST_HEADER].encode("utf-8", "surrogateescape"))
    line = _FOLD.sub(" ", plain).strip()
    if "=?" not in line:
        return line
    try:
        words = decode_header(line)
    except (HeaderParseError, ValueError):
        return line
    return "".join(
        word if isinstance(word, str) else text_from(word, charset or "") for word, charset in words
    )


def page_text(source: str) -> str:
    """Return the text of an HTML page: tags inside a word joined, blocks apart."""
    bare = _without_comments(source)
    return unescaped(_TAG.sub(lambda tag: " " if tag[1].lower() in _BLOCKS else "", bare))


def unescaped(source: str) -> str:
    """Return HTML source with character references resolved, tags left as they are.

    A page with more references than any mail program writes keeps them.
    """
    if source.count("&") > MOST_REFERENCES:
        return source
    return html.unescape(_ENDLESS.sub("", source))


def _without_comments(source: str) -> str:
    opening, closing = _COMMENT
    kept = []
    at = 0
    while (start := source.find(opening, at)) >= 0:
        kept.append(source[at:start])
        end = source.find(closing, start)
        if end < 0:
            return "".join(kept)
        at = end + len(closing)
    kept.append(source[at:])
    return "".join(kept)


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset, "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")
