"""The paste box, on real mails, on logs, and on whatever else is pasted."""

import hashlib
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import Connection, Digest, Finding, Paste, PasteTooLarge, recognise
from comity.facts.paste import LONGEST_PASTE

MAILS = Path(__file__).parents[2] / "src" / "comity_stage" / "mails"
BERLIN = ZoneInfo("Europe/Berlin")


def read(name: str) -> Paste:
    return recognise((MAILS / name).read_bytes(), default_zone=None)


def hers(paste: Paste) -> set[str]:
    return {found.value.normal for found in paste.findings if found.is_complainant}


def theirs(paste: Paste) -> set[str]:
    return {found.value.normal for found in paste.findings if not found.is_complainant}


def only(text: str) -> Finding:
    (found,) = recognise(text, default_zone=None).findings
    return found


def test_the_mails_are_byte_for_byte_those_of_the_provenance() -> None:
    told = dict(
        re.findall(r"`([a-z-]+\.eml)` .*`([0-9a-f]{64})`", (MAILS / "PROVENANCE.md").read_text())
    )
    real = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MAILS.glob("*.eml")
    }
    assert told == real
    assert len(real) == 4


def test_the_bank_officer_is_found_and_the_recipient_told_apart() -> None:
    paste = read("advance-fee-bank.eml")
    assert paste.form == "mail"
    assert theirs(paste) == {
        "ronardtony@mail.com",
        "212.17.35.15 0 2002-07-19T03:24:36Z",
        "213.105.180.140 0 2002-07-19T03:20:48Z",
        "64.86.155.161 0 2002-07-19T03:20:46Z",
    }
    assert hers(paste) == {
        "yyyy@localhost.netnoteinc.com",
        "yyyy@netnoteinc.com",
        "jm@jmason.org",
        "jm@netnoteinc.com",
        "mandark.labs.netnoteinc.com",
    }


def test_the_webmail_sender_and_his_reply_address_are_found() -> None:
    paste = read("advance-fee-farmers.eml")
    assert "63.100.194.138 0 " in theirs(paste)
    assert "159.134.237.78 0 2002-07-30T16:09:23Z" in theirs(paste)
    assert "stanleywoodwork@email.com" in theirs(paste)
    both = next(f for f in paste.findings if f.value.normal == "stanleywoodwork@eircom.net")
    assert both.is_complainant
    assert both.notes


def test_encoded_parts_are_read_and_an_empty_attachment_told() -> None:
    paste = read("advance-fee-hospital.eml")
    assert theirs(paste) == {
        "abdulfadi1@netscape.net",
        "193.120.211.219 0 2002-08-02T11:09:57Z",
        "205.210.42.30 0 2002-08-02T11:08:11Z",
        "66.133.58.202 0 2002-08-02T11:07:46Z",
        "smtp.easydns.com",
    }
    assert ["empty" in str(note) for note in paste.notes] == [True]


def test_links_in_the_source_of_a_page_are_found() -> None:
    paste = read("debt-relief-links.eml")
    links = [found.value.normal for found in paste.findings if found.kind == "url"]
    assert "http://65.162.84.5/perl/051402_01.pl" in links
    assert "http://65.162.84.5/perl/unsubscribe.pl?s=20020515105308000000671663" in links
    assert len(links) == len(set(links)) == 6
    assert {"root@mail5.inb-international.com", "debtrelief@mail5.domainset"} <= theirs(paste)


@pytest.mark.parametrize("name", sorted(path.name for path in MAILS.glob("*.eml")))
def test_a_mail_pasted_as_text_gives_the_same(name: str) -> None:
    text = (MAILS / name).read_bytes().decode("cp1252").replace("\n", "\r\n")
    assert recognise(text, default_zone=None).findings == read(name).findings


def test_a_mail_after_a_word_of_the_officer_is_still_a_mail() -> None:
    raw = (
        b"Complaint 17, call +44 20 7946 0958:\n\n" + (MAILS / "advance-fee-bank.eml").read_bytes()
    )
    paste = recognise(raw, default_zone=None)
    assert paste.form == "mail"
    assert hers(paste) == hers(read("advance-fee-bank.eml"))
    assert "+442079460958" in theirs(paste)


def test_an_attachment_is_named_with_its_digest() -> None:
    raw = (
        "From: kari@evil.example\nTo: ola@victim.example\n"
        'Content-Type: application/pdf; name="invoice\u202efdp.exe"\n\nMZ\n'
    )
    found = recognise(raw, default_zone=None).findings[-1]
    assert isinstance(found.value, Digest)
    assert found.value.name == "invoice[U+202E]fdp.exe"
    assert found.value.value == hashlib.sha256(b"MZ\n").hexdigest()
    assert str(found.where) == "Attachment 1"
    assert "MZ" not in found.excerpt


def test_a_mail_forwarded_whole_shows_who_wrote_it_and_hides_who_forwards() -> None:
    raw = (
        "From: ola@victim.example\nTo: desk@police.example\nSubject: Fwd\n"
        "Content-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\nplease help\n"
        "--x\nContent-Type: message/rfc822\n\n"
        "From: kari@evil.example\nTo: ola@victim.example\n"
        "Received: from e ([81.2.69.142]) by mx; Fri, 01 May 2026 12:03:27 +0000\n\n"
        "pay at http://evil.example/pay\n--x--\n"
    )
    paste = recognise(raw, default_zone=None)
    assert theirs(paste) == {
        "kari@evil.example",
        "81.2.69.142 0 2026-05-01T12:03:27Z",
        "http://evil.example/pay",
    }
    assert hers(paste) == {"ola@victim.example", "desk@police.example"}


def test_a_mail_as_a_reader_shows_it_keeps_the_recipient_apart() -> None:
    text = "On Friday she wrote:\n> From: kari@evil.com\n> To: ola@victim.com\n> pay kari2@evil.com"
    paste = recognise(text, default_zone=None)
    assert paste.form == "text"
    assert hers(paste) == {"ola@victim.com"}
    assert theirs(paste) == {"kari@evil.com", "kari2@evil.com"}


@pytest.mark.parametrize(
    "label", ["To", "CC", "Para", "À", "Кому", "收件人", "إلى", "Đến", "An", "> To", "**To", "Bcc"]
)
def test_the_recipient_line_is_known_in_the_languages_of_the_desk(label: str) -> None:
    for colon in (":", ": ", " : ", "："):
        assert only(f"x\n{label}{colon}ola@victim.com").is_complainant


@pytest.mark.parametrize(
    "line", ["Today: ola@evil.com", "From: ola@evil.com", "write to: x ola@evil.com"]
)
def test_any_other_line_marks_nobody(line: str) -> None:
    assert not only(f"x\n{line}").is_complainant


def test_only_a_mailbox_is_a_recipient() -> None:
    assert not only("To: +44 20 7946 0958").is_complainant
    assert not only("To: http://evil.com/").is_complainant


def test_a_search_that_had_to_stop_is_told_though_little_was_found() -> None:
    bad = " ".join(f"http://evil{number}/" for number in range(2_001))
    paste = recognise(f"ola@evil.com {bad}", default_zone=None)
    assert [found.value.normal for found in paste.findings] == ["ola@evil.com"]
    assert "more in this paste" in str(paste.notes[0])


def test_a_note_stands_once_however_often_it_is_true() -> None:
    raw = (
        "From: kari@evil.com\nTo: ola@victim.com\nContent-Type: text/html\n\n<p>ev\u200bil.com</p>"
    )
    notes = recognise(raw, default_zone=None).notes
    assert len(notes) == len(set(notes)) == 1


def test_a_page_of_hidden_tricks_is_read() -> None:
    raw = (
        "From: kari@evil.com\nTo: ola@victim.com\nContent-Type: text/html; charset=utf-8\n\n"
        '<a href="http://evil.com/?m=ola@victim.com">b&#97;nk</a>'
        "<p>ev<b>il</b>-two.com and ev\u200bil-three.com</p><!-- http://evil-four.com/ -->"
    )
    paste = recognise(raw, default_zone=None)
    assert {"http://evil-four.com/", "evil-two.com", "evil-three.com"} <= theirs(paste)
    assert "http://evil.com/?m=ola@victim.com" in hers(paste)
    assert any("cannot be seen" in str(note) for note in paste.notes)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("hxxp://evil[.]com/a", "http://evil.com/a"),
        ("evil(.)com", "evil.com"),
        ("ola[at]evil[.]com", "ola@evil.com"),
        ("81.2.69[.]142", "81.2.69.142 0 "),
    ],
)
def test_defanged_forms_are_recognised(text: str, normal: str) -> None:
    assert only(text).value.normal == normal


def test_a_mail_says_in_which_header_and_line_each_thing_stands() -> None:
    places = {f.value.normal: str(f.where) for f in read("advance-fee-farmers.eml").findings}
    assert places["stanleywoodwork@eircom.net"] == "Header Return-Path"
    assert places["63.100.194.138 0 "] == "Header X-Originating-Ip"
    assert places["213.105.180.140 0 2002-07-30T16:09:23Z"].startswith("Header Received, number 2")
    assert places["stanleywoodwork@email.com"] == "Text of the mail, line 18"
    places = {f.value.normal: str(f.where) for f in read("debt-relief-links.eml").findings}
    assert places["http://65.162.84.5/perl/051402_01.pl"] == "Source of the HTML part, line 40"


def test_a_paste_without_anything_says_what_to_do() -> None:
    for pasted in ("", "hello there", b"\xff\xfe\x00", "From: a\nTo: b\n\n"):
        paste = recognise(pasted, default_zone=None)
        assert paste.findings == ()
        assert "by hand" in str(paste.notes[-1])


def test_a_paste_over_five_mebibytes_is_refused_with_what_to_do() -> None:
    assert recognise(b"x" * LONGEST_PASTE, default_zone=None).findings == ()
    for pasted in (
        b"x" * (LONGEST_PASTE + 1),
        "x" * (LONGEST_PASTE + 1),
        "é" * (LONGEST_PASTE // 2 + 1),
    ):
        with pytest.raises(PasteTooLarge, match="only the lines of the log that matter") as caught:
            recognise(pasted, default_zone=None)
        assert caught.value.code == "paste_too_large"


def test_at_most_five_hundred_findings_are_shown_and_it_says_so() -> None:
    paste = recognise(
        "\n".join(f"ola{number}@evil.com" for number in range(500)), default_zone=None
    )
    assert (len(paste.findings), paste.notes) == (500, ())
    paste = recognise(
        "\n".join(f"ola{number}@evil.com" for number in range(501)), default_zone=None
    )
    assert len(paste.findings) == 500
    assert "more in this paste" in str(paste.notes[0])


def test_five_hundred_of_two_kinds_are_together_the_limit() -> None:
    lines = [f"ola{number}@evil.com evil{number}.com" for number in range(400)]
    paste = recognise("\n".join(lines), default_zone=None)
    assert len(paste.findings) == 500
    assert {found.kind for found in paste.findings} == {"email_address", "domain"}
    assert paste.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_the_encodings_of_notepads_is_read(encoding: str) -> None:
    paste = recognise("Grüße ola@evil.com".encode(encoding), default_zone=None)
    assert [found.value.normal for found in paste.findings] == ["ola@evil.com"]
    assert paste.findings[0].excerpt == "Grüße ola@evil.com"


def test_old_line_ends_are_line_ends() -> None:
    assert str(only("a\rb\r\nola@evil.com").where) == "Line 3"


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything(raw: bytes) -> None:
    _check(recognise(raw, default_zone=BERLIN))


@given(st.text(max_size=400))
def test_no_text_raises_anything(text: str) -> None:
    _check(recognise(text, default_zone=None))


bits = st.sampled_from(
    [
        "From: kari@evil.com\n",
        "To: ola@victim.com\n",
        "Received: from x ([81.2.69.142]) by y; ",
        "1 May 2026 12:03:27 +0000\n",
        "Content-Type: text/html; charset=",
        "Content-Type: multipart/mixed; boundary=x\n",
        "Content-Type: message/rfc822\n",
        "Content-Transfer-Encoding: base64\n",
        "Message-ID: <a@evil.com>\n",
        "Subject: ",
        "undefined",
        "utf-8\n",
        "\n",
        "--x\n",
        "--x--\n",
        "aGk=\n",
        "<a href='http://",
        "evil.com/'>",
        "&#x41;",
        "=?utf-8?q?",
        "?=",
        "GB82 WEST 1234 5698 7654 32",
        "+44 20 7946 0958",
        "2026-03-29 02:30:00 ",
        "https://t.me/ola ",
        "hxxp://",
        "[.]",
        "ola@",
        "::ffff:",
        "10.0.0.1",
        "\u202e",
        "\u200b",
        "\ud800",
        "\0",
        "\r",
    ]
)


@given(st.lists(bits, max_size=40).map("".join))
def test_no_pile_of_real_bits_raises_anything(text: str) -> None:
    _check(recognise(text, default_zone=BERLIN))


def _check(paste: Paste) -> None:
    keys = [(found.kind, found.value.normal) for found in paste.findings]
    assert len(keys) == len(set(keys)) <= 500
    for found in paste.findings:
        assert str(found.where)
        assert len(found.excerpt) <= 120
        found.excerpt.encode()
        if isinstance(found.value, Connection):
            assert found.value.reach != "nowhere"
