"""The paste box: which identifiers does a pasted mail, log or text hold, and what is missing?

The paste itself stays home; the officer ticks what goes out. Addresses of the person who
complained are told apart, so that the desk can leave them unticked.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from comity.facts import headers, mail, spots
from comity.facts.decode import page_text, text_from, unescaped
from comity.facts.digest import LONGEST_NAME, Digest
from comity.facts.display import has_hidden, reveal, without_hidden
from comity.facts.email_address import EmailAddress
from comity.facts.errors import PasteTooLarge
from comity.facts.finding import LONGEST_EXCERPT, Finding, found_at
from comity.facts.lines import connections
from comity.facts.mail import Attachment, Mail, TextPart
from comity.facts.merge import merged
from comity.facts.spots import MOST_FOUND, Search, Spot
from comity.facts.typed import refang
from comity.text import Sentence, say

LONGEST_PASTE: Final = 5 * 1024 * 1024
MAIL: Final = "mail"
TEXT: Final = "text"

_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NEW_LINE: Final = re.compile(rb"\r\n?")
# "To" and "Cc" as mail programs write them in the languages of the desk, when a mail was
# pasted as a reader shows it.
_RECIPIENT_LINE: Final = re.compile(
    r"(?i)[\s>|*]{0,20}(?:to|cc|bcc|delivered-to|x-original-to|(?:x-)?envelope-to|an|"
    r"à|para|кому|копия|收件人|抄送|إلى|نسخة|đến|tới)\s?[:：]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """What was recognised: ``form`` is ``mail`` or ``text``; ``notes`` concern the whole."""

    form: str
    findings: tuple[Finding, ...]
    notes: tuple[Sentence, ...] = ()


def recognise(pasted: bytes | str, *, default_zone: ZoneInfo | None) -> Paste:
    """Return the identifiers in a raw mail, in log lines or in plain text.

    :param default_zone: used for times that name no zone; each such finding says so. Without
        it the finding asks for the zone.
    :raises PasteTooLarge: over 5 MiB. Nothing else is raised, whatever the bytes.
    """
    raw = _as_bytes(pasted)
    reading = _Reading(zone=default_zone)
    halves = mail.split(raw)
    if halves is None:
        found = list(reading.plain(text_from(raw), _line))
        return _paste(TEXT, found, reading.notes)
    before, rest = halves
    taken_apart = mail.take_apart(rest)
    found = [*reading.mail(taken_apart), *reading.plain(text_from(before), _line)]
    return _paste(MAIL, found, [*taken_apart.notes, *reading.notes])


class _Reading:
    """One paste being read; gathers what to say about the whole."""

    def __init__(self, *, zone: ZoneInfo | None) -> None:
        self._zone = zone
        self.notes: list[Sentence] = []

    def mail(self, opened: Mail) -> Iterator[Finding]:
        """Yield what a mail holds. Who forwards a mail whole is the complainant or a colleague."""
        for inner in opened.forwarded:
            yield from headers.findings(inner, forwarded=True)
        yield from headers.findings(opened.headers, covering=bool(opened.forwarded))
        for part in opened.texts:
            yield from self._page(part) if part.is_html else self.plain(part.text, _mail_line)
        for number, attachment in enumerate(opened.attachments, start=1):
            yield _file(attachment, number)

    def plain(self, text: str, where: Callable[[int], Sentence]) -> Iterator[Finding]:
        """Yield what a text holds."""
        search = Search(self._prepared(text))
        found = [*spots.everything(search), *connections(search, zone=self._zone)]
        yield from self._placed(search, found, where)

    def _page(self, part: TextPart) -> Iterator[Finding]:
        """Yield the links in the source of a page, then what its visible text holds."""
        search = Search(self._prepared(unescaped(part.text)))
        yield from self._placed(search, spots.links(search), _page_line)
        yield from self.plain(page_text(part.text), _page_text)

    def _prepared(self, text: str) -> str:
        if has_hidden(text):
            self.notes.append(
                say(
                    "Characters that cannot be seen were taken out before reading. "
                    "They can disguise an address: compare with the original."
                )
            )
        return refang(without_hidden(text))

    def _placed(
        self, search: Search, found: Iterable[Spot], where: Callable[[int], Sentence]
    ) -> Iterator[Finding]:
        line, counted = 1, 0
        for spot in sorted(found, key=lambda spot: spot.start):
            line += search.text.count("\n", counted, spot.start)
            counted = spot.start
            yield found_at(
                spot,
                search.text,
                where=where(line),
                is_complainant=_is_recipient(spot, search.text),
            )
        if search.stopped:
            self.notes.append(_too_much())


def _paste(form: str, found: list[Finding], notes: list[Sentence]) -> Paste:
    findings = merged(found)
    if len(findings) > MOST_FOUND:
        notes = [*notes, _too_much()]
    if not findings:
        notes = [
            *notes,
            say("Nothing was recognised here. Type the account or identifier by hand."),
        ]
    return Paste(form=form, findings=findings[:MOST_FOUND], notes=tuple(dict.fromkeys(notes)))


def _as_bytes(pasted: bytes | str) -> bytes:
    """Return the paste as UTF-8 bytes, lines ending with a line feed."""
    if len(pasted) > LONGEST_PASTE:
        raise _too_large()
    raw = pasted.encode("utf-8", "replace") if isinstance(pasted, str) else pasted
    if raw.startswith(_UTF16):
        raw = raw.decode("utf-16", "replace").encode("utf-8", "replace")
    if len(raw) > LONGEST_PASTE:
        raise _too_large()
    return _NEW_LINE.sub(b"\n", raw.removeprefix(codecs.BOM_UTF8))


def _too_large() -> PasteTooLarge:
    return PasteTooLarge(
        say(
            "This paste is larger than 5 MiB. Paste only the mail without its attachments, "
            "or only the lines of the log that matter."
        )
    )


def _too_much() -> Sentence:
    return say(
        "There is more in this paste than the %(limit)s findings shown here. "
        "Paste a shorter piece to see the rest.",
        limit=str(MOST_FOUND),
    )


def _is_recipient(spot: Spot, text: str) -> bool:
    if not isinstance(spot.value, EmailAddress):
        return False
    line = text.rfind("\n", max(0, spot.start - 1_000), spot.start) + 1
    return _RECIPIENT_LINE.match(text, line, spot.start) is not None


def _file(attachment: Attachment, number: int) -> Finding:
    name = reveal(attachment.name)
    return Finding(
        value=Digest(algorithm="sha256", value=attachment.sha256, name=name[:LONGEST_NAME]),
        where=say("Attachment %(number)s", number=str(number)),
        excerpt=name[:LONGEST_EXCERPT],
    )


def _line(number: int) -> Sentence:
    return say("Line %(number)s", number=str(number))


def _mail_line(number: int) -> Sentence:
    return say("Text of the mail, line %(number)s", number=str(number))


def _page_line(number: int) -> Sentence:
    return say("Source of the HTML part, line %(number)s", number=str(number))


def _page_text(_: int) -> Sentence:
    return say("Text of the HTML part")
