"""A raw e-mail (RFC 5322, MIME) taken apart: headers, texts, attachments by digest only.

The standard library's parser does the work under ``policy.compat32``, which keeps headers
as they came; newer policies parse each header eagerly and fail on hostile ones. What makes
that parser slow or fail (endless parameters, deep nesting, a million lines) is counted
before it runs, and such a mail is read as plain text below its headers.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from typing import Final

from comity.facts.decode import LONGEST_HEADER, header_text, text_from
from comity.text import Sentence, say

MOST_HEADERS: Final = 500
MOST_LINES: Final = 150_000
MOST_MULTIPARTS: Final = 20
MOST_BOUNDARIES: Final = 2_000
_LONGEST_HEAD: Final = 256 * 1024
_LEAST_KNOWN: Final = 2
_MOST_PARAMETER_WORK: Final = 50_000_000

_KNOWN: Final = (
    rb"return-path|received|delivered-to|x-original-to|from|to|cc|subject|date|message-id|"
    rb"reply-to|sender|mime-version|content-type|sent"
)
_FIRST_FIELD: Final = re.compile(rb"\n(?:" + _KNOWN + rb")[ \t]?:", re.IGNORECASE)
_KNOWN_FIELD: Final = re.compile(rb"(" + _KNOWN + rb")[ \t]?:", re.IGNORECASE)
_FIELD: Final = re.compile(rb"[!-9;-~]{1,76}[ \t]?:|[ \t]|>?From ")
_CONTENT_FIELD: Final = re.compile(
    rb"\n[cC][oO][nN][tT][eE][nN][tT]-[A-Za-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*"
)
_NESTING: Final = re.compile(rb"(?i)multipart/|message/")
# What the parser raises on parameters that no mail program writes: an unknown or unusable
# charset, a number of thousands of digits, an impossible encoding.
_FAULTS: Final = (ValueError, LookupError)
_UUENCODED: Final = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """One header: its name in lower case, its text, and its place among those of its name."""

    name: str
    text: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A text of the mail, plain or HTML."""

    text: str
    is_html: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attached file: what it is called and its SHA-256; the content is not kept."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail taken apart; ``forwarded`` holds the headers of each mail attached to it."""

    headers: tuple[Header, ...]
    forwarded: tuple[tuple[Header, ...], ...] = ()
    texts: tuple[TextPart, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[Sentence, ...] = ()


def split(raw: bytes) -> tuple[bytes, bytes] | None:
    """Return what stands before a mail and the mail, or None where there is none.

    :param raw: its lines end with a line feed alone.
    """
    first_known = _FIRST_FIELD.search(raw)
    starts = {len(raw) - len(raw.lstrip()), first_known.start() + 1 if first_known else 0}
    for start in sorted(starts):
        if _known_fields(raw, start) >= _LEAST_KNOWN:
            return raw[:start], raw[start:]
    return None


def _known_fields(raw: bytes, start: int) -> int:
    head = raw[start : _end_of_head(raw, start)].split(b"\n")[:MOST_HEADERS]
    block = next((head[:at] for at, line in enumerate(head) if not _FIELD.match(line)), head)
    return len({m[1].lower() for line in block if (m := _KNOWN_FIELD.match(line))})


def take_apart(raw: bytes) -> Mail:
    """Return the parts of a mail; one that cannot be taken apart is one text below its headers."""
    end = _end_of_head(raw, 0)
    headers = _headers(BytesHeaderParser(policy=compat32).parsebytes(raw[:end]))
    message = _parsed(raw)
    if message is None:
        note = say(
            "This mail is not built as mails are. It was read as plain text, so links hidden "
            "in encoded parts may be missing: paste those parts decoded."
        )
        return Mail(
            headers=headers,
            texts=(TextPart(text=text_from(raw[end:]), is_html=False),),
            notes=(note,),
        )
    parts = tuple(_leaves(message))
    files = tuple(part for part in parts if _is_file(part))
    contents = tuple((part, _content(part)) for part in files)
    return Mail(
        headers=headers,
        forwarded=tuple(_headers(inner) for inner in _inner(message)),
        texts=tuple(_text(part) for part in parts if part not in files),
        attachments=tuple(_attachment(part, content) for part, content in contents if content),
        notes=tuple(
            say("An attachment is empty and was left out.")
            for _, content in contents
            if not content
        )[:1],
    )


def _end_of_head(raw: bytes, start: int) -> int:
    end = raw.find(b"\n\n", start, start + _LONGEST_HEAD)
    return end + 1 if end >= 0 else min(len(raw), start + _LONGEST_HEAD)


def _parsed(raw: bytes) -> Message | None:
    if (
        raw.count(b"\n") > MOST_LINES
        or raw.count(b"\n--") > MOST_BOUNDARIES
        or len(_NESTING.findall(raw)) > MOST_MULTIPARTS
        or _takes_long(raw)
    ):
        return None
    try:
        return BytesParser(policy=compat32).parsebytes(raw)
    except _FAULTS:
        return None


def _takes_long(raw: bytes) -> bool:
    """Return whether reading the parameters, whose time grows with the square, would drag on."""
    sizes = [len(field.group()) for field in _CONTENT_FIELD.finditer(b"\n" + raw)]
    return any(size > LONGEST_HEADER for size in sizes) or (
        sum(size * size for size in sizes) > _MOST_PARAMETER_WORK
    )


def _headers(message: Message) -> tuple[Header, ...]:
    counts: dict[str, int] = {}
    headers = []
    for name, value in list(message.raw_items())[:MOST_HEADERS]:
        lowered = name.strip().lower()
        counts[lowered] = counts.get(lowered, 0) + 1
        headers.append(Header(name=lowered, text=header_text(str(value)), number=counts[lowered]))
    return tuple(headers)


def _leaves(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if not part.is_multipart())


def _inner(message: Message) -> Iterator[Message]:
    """Yield each mail that is attached whole (message/rfc822)."""
    for part in message.walk():
        if part.is_multipart() and part.get_content_maintype() == "message":
            yield from (inner for inner in part.get_payload() if isinstance(inner, Message))


def _is_file(part: Message) -> bool:
    said = str(part.get("content-disposition", "")).lower().startswith("attachment")
    return said or part.get_content_maintype() != "text" or bool(_name(part))


def _name(part: Message) -> str:
    """Return the file name in whichever of the two headers and encodings it stands."""
    decoded = Message(policy=compat32)
    for name, value in part.raw_items():
        if name.lower() in {"content-type", "content-disposition"}:
            decoded[name] = header_text(str(value))
    try:
        return header_text(decoded.get_filename() or "")
    except _FAULTS:
        return ""


def _content(part: Message) -> bytes:
    """Return the decoded bytes of a part; uuencode stays as it came, its decoder can fail."""
    if str(part.get("content-transfer-encoding", "")).strip().lower() in _UUENCODED:
        del part["content-transfer-encoding"]
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> TextPart:
    return TextPart(
        text=text_from(_content(part), _charset(part)),
        is_html=part.get_content_subtype() == "html",
    )


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except _FAULTS:
        return ""


def _attachment(part: Message, content: bytes) -> Attachment:
    return Attachment(name=_name(part), sha256=hashlib.sha256(content).hexdigest())
