"""A raw mail taken apart."""

import hashlib
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import mail
from comity.facts.mail import Mail

HEAD = b"From: kari@evil.example\nTo: ola@victim.example\nSubject: hello\n"
FILE = b"\x89PNG not really\x00\xff"


def built(*, html: str = "", attach: bytes = b"", inner: EmailMessage | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Kari <kari@evil.example>"
    message["To"] = "ola@victim.example"
    message["Subject"] = "Überweisung"
    message.set_content("Grüße, see http://evil.example/a")
    if html:
        message.add_alternative(html, subtype="html")
    if attach:
        message.add_attachment(
            attach, maintype="application", subtype="octet-stream", filename="Rechnung ü.pdf"
        )
    if inner:
        message.add_attachment(inner)
    return message.as_bytes()


def header(opened: Mail, name: str) -> list[str]:
    return [found.text for found in opened.headers if found.name == name]


def test_headers_are_decoded_and_numbered() -> None:
    raw = b"Received: one\nReceived: two\n three\nSubject: =?utf-8?q?=C3=A9?=\n\n"
    opened = mail.take_apart(raw)
    assert [(found.name, found.text, found.number) for found in opened.headers] == [
        ("received", "one", 1),
        ("received", "two three", 2),
        ("subject", "é", 1),
    ]


def test_texts_are_decoded_and_told_apart() -> None:
    opened = mail.take_apart(built(html="<p>Grüße</p>"))
    assert [part.is_html for part in opened.texts] == [False, True]
    assert "Grüße, see http://evil.example/a" in opened.texts[0].text
    assert "<p>Grüße</p>" in opened.texts[1].text


def test_an_attachment_is_a_name_and_a_digest_only() -> None:
    opened = mail.take_apart(built(attach=FILE))
    (attachment,) = opened.attachments
    assert attachment.name == "Rechnung ü.pdf"
    assert attachment.sha256 == hashlib.sha256(FILE).hexdigest()
    assert "PNG" not in repr(opened)


def test_a_picture_inside_is_an_attachment_too() -> None:
    raw = HEAD + b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    opened = mail.take_apart(raw)
    assert [found.sha256 for found in opened.attachments] == [hashlib.sha256(b"\0\0\0").hexdigest()]
    assert opened.texts == ()


def test_an_empty_attachment_is_left_out_and_told() -> None:
    raw = HEAD + b"Content-Type: application/pdf; name=a.pdf\n\n"
    opened = mail.take_apart(raw)
    assert opened.attachments == ()
    assert "empty" in str(opened.notes[0])


def test_a_text_with_a_file_name_is_an_attachment() -> None:
    raw = HEAD + b'Content-Type: text/html; name="invoice.htm"\n\n<a href="http://a.com">\n'
    opened = mail.take_apart(raw)
    assert [found.name for found in opened.attachments] == ["invoice.htm"]
    assert opened.texts == ()


def test_a_mail_attached_whole_gives_its_headers() -> None:
    inner = EmailMessage()
    inner["From"] = "real@evil.example"
    inner["Received"] = "from x ([81.2.69.142]) by y"
    inner.set_content("pay here http://evil.example/b")
    opened = mail.take_apart(built(inner=inner))
    ((first, *_),) = opened.forwarded
    assert (first.name, first.text) == ("from", "real@evil.example")
    assert any("evil.example/b" in part.text for part in opened.texts)


def test_text_copied_from_a_screen_is_utf8_whatever_the_header_says() -> None:
    raw = HEAD + b"Content-Type: text/plain; charset=koi8-r\n\n" + "привет".encode()
    assert mail.take_apart(raw).texts[0].text == "привет"


def test_uuencoded_parts_stay_as_they_came() -> None:
    raw = HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#garbage\n`\nend\n"
    assert "begin 644 a" in mail.take_apart(raw).texts[0].text


@pytest.mark.parametrize(
    "field",
    [
        b"Content-Type: multipart/mixed; boundary*=undefined''x",
        b"Content-Type: multipart/mixed; boundary*=idna''x..y",
        b"Content-Type: multipart/mixed; boundary*=us\0ascii''x",
        b"Content-Type: multipart/mixed; boundary*" + b"1" * 3_900 + b"*=us-ascii''x",
        b'Content-Type: text/plain; b="' + b";" * 5_000,
        b"Content-Disposition: attachment; filename*=undefined''x",
        b"Content-Type: text/plain; charset*=undefined''utf-8",
        b"Content-Type: text/plain; charset=punycode",
        b"Content-Type: text/plain; charset=\xff\xfe",
        b"Content-Type: \xff\xff; charset=utf-8",
        b"Content-Transfer-Encoding: \xff",
        b"Content-Transfer-Encoding: base64",
        b"Content-Type: multipart/mixed",
        b"Content-Type: message/rfc822",
        b"Content-Type: message/partial",
        b"Content-Type: message/delivery-status",
    ],
)
def test_a_mail_that_no_program_writes_is_still_read(field: bytes) -> None:
    opened = mail.take_apart(HEAD + field + b"\n\nsee http://evil.example/\n")
    assert header(opened, "to") == ["ola@victim.example"]


def test_a_mail_that_cannot_be_taken_apart_is_one_text_and_says_so() -> None:
    raw = HEAD + b"Content-Type: multipart/mixed; boundary*=undefined''x\n\nsee http://a.com\n"
    opened = mail.take_apart(raw)
    assert "http://a.com" in opened.texts[0].text
    assert "plain text" in str(opened.notes[0])


@pytest.mark.parametrize(
    "body",
    [
        b"\n" * (mail.MOST_LINES + 1),
        b"\n--" * (mail.MOST_BOUNDARIES + 1),
        b"multipart/ " * (mail.MOST_MULTIPARTS + 1),
        b"message/ " * (mail.MOST_MULTIPARTS + 1),
        b"\nContent-Type: text/plain;" + b" " * 4_000 + b"\n",
        (b"\nContent-Type: text/plain; a=" + b"b" * 3_000) * 6,
    ],
)
def test_what_would_take_long_is_read_as_one_text(body: bytes) -> None:
    opened = mail.take_apart(HEAD + b"\n" + body)
    assert "plain text" in str(opened.notes[0])
    assert header(opened, "subject") == ["hello"]


@pytest.mark.parametrize(
    "body",
    [
        b"\n" * (mail.MOST_LINES - 4),
        b"\n--" * mail.MOST_BOUNDARIES,
        b"multipart/ message/ " * (mail.MOST_MULTIPARTS // 2),
        b"\nContent-Type: text/plain;" + b" " * 3_900 + b"\n",
        (b"\nContent-Type: text/plain; a=" + b"b" * 3_000) * 5,
    ],
)
def test_what_is_just_short_enough_is_taken_apart(body: bytes) -> None:
    opened = mail.take_apart(HEAD + b"\n" + body)
    assert opened.notes == ()
    assert len(opened.texts) == 1


def test_a_flood_of_headers_is_cut() -> None:
    raw = b"To: ola@victim.example\n" * (mail.MOST_HEADERS + 9)
    assert len(mail.take_apart(raw + b"\nbody").headers) == mail.MOST_HEADERS


def test_the_charset_of_each_part_is_its_own() -> None:
    raw = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe\n"
        + b"--x\nContent-Type: text/plain; charset=windows-1251\n\n"
        + "привет".encode("windows-1251")
        + b"\n--x\nContent-Type: text/plain\n\nplain\n--x--\n"
    )
    texts = [part.text.strip() for part in mail.take_apart(raw).texts]
    assert texts == ["Grüße", "привет", "plain"]


@pytest.mark.parametrize(
    "field",
    [
        'Content-Disposition: attachment; filename="=?utf-8?q?Rechnung_=C3=BC.pdf?="',
        "Content-Disposition: attachment; filename*=utf-8''Rechnung%20%C3%BC.pdf",
        'Content-Disposition: attachment; filename*0="Rechnung "; filename*1="ü.pdf"',
        'Content-Disposition: attachment; filename="Rechnung ü.pdf"',
        'Content-Type: application/pdf;\n name="Rechnung ü.pdf"',
    ],
)
def test_the_name_of_a_file_is_read_in_every_encoding(field: str) -> None:
    raw = HEAD + field.encode() + b"\n\ncontent\n"
    assert [found.name for found in mail.take_apart(raw).attachments] == ["Rechnung ü.pdf"]


def test_a_long_first_field_is_seen_too() -> None:
    opened = mail.take_apart(
        b'Content-Type: text/plain; b="' + b";" * 5_000 + b"\n" + HEAD + b"\nx"
    )
    assert "plain text" in str(opened.notes[0])


@pytest.mark.parametrize(
    ("raw", "before"),
    [
        (HEAD + b"\nbody", b""),
        (b"\n\n" + HEAD + b"\nbody", b"\n\n"),
        (b"From kari@evil.example Mon Jun 24\n" + HEAD, b""),
        (b"Here is the mail:\n\n" + HEAD + b"\nbody", b"Here is the mail:\n\n"),
        (b"X-Odd: 1\n" + HEAD, b""),
        (b"Envelope-To: ola@victim.example\n" + HEAD, b""),
    ],
)
def test_a_mail_is_found_where_it_begins(raw: bytes, before: bytes) -> None:
    halves = mail.split(raw)
    assert halves == (before, raw[len(before) :])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"hello",
        b"From: me to you",
        b"Subject: one header only\n\nbody",
        b"2026-05-01 12:00:00 from: a to: b",
        b"the letter\nsaid from: him\nand to: her",
        b"From: a\nplain line\nTo: b",
    ],
)
def test_what_is_no_mail_is_none(raw: bytes) -> None:
    assert mail.split(raw) is None


@given(st.binary(max_size=300))
def test_any_bytes_can_be_taken_apart(raw: bytes) -> None:
    assert isinstance(mail.take_apart(raw), Mail)
    mail.split(raw)


fields = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=x\n",
        b'Content-Type: multipart/alternative; boundary="y"\n',
        b"Content-Type: text/html; charset=utf-8\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: multipart/digest; boundary=x\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"Content-Transfer-Encoding: uuencode\n",
        b'Content-Disposition: attachment; filename="=?utf-8?q?a?="\n',
        b"From: a@b.com\n",
        b" folded\n",
        b"\n",
        b"--x\n",
        b"--x--\n",
        b"--y\n",
        b"--y--\n",
        b"aGVsbG8=\n",
        b"=C3=A9=\n",
        b"begin 644 f\n",
        b"\xff\xfe\0\n",
        b"no colon\n",
    ]
)


@given(st.lists(fields | st.binary(max_size=20), max_size=30))
def test_any_pile_of_parts_can_be_taken_apart(pile: list[bytes]) -> None:
    opened = mail.take_apart(b"".join(pile))
    for attachment in opened.attachments:
        assert len(attachment.sha256) == 64
    for part in opened.texts:
        part.text.encode("utf-8", "surrogatepass")
