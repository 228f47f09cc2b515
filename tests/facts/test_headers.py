"""What the headers of a mail give away."""

import pytest

from comity.facts import Connection, EmailAddress, Finding, headers, mail


def found(raw: str, *, forwarded: bool = False, covering: bool = False) -> list[Finding]:
    opened = mail.take_apart(raw.encode() + b"\n\n")
    return list(headers.findings(opened.headers, forwarded=forwarded, covering=covering))


@pytest.mark.parametrize(
    "name", ["From", "Sender", "Reply-To", "Return-Path", "Resent-From", "Errors-To", "X-Sender"]
)
def test_a_sender_is_no_complainant(name: str) -> None:
    (finding,) = found(f"{name}: Kari <kari@evil.example>")
    assert finding.value == EmailAddress(address="kari@evil.example")
    assert not finding.is_complainant
    assert str(finding.where) == f"Header {name.title()}"


@pytest.mark.parametrize(
    "name",
    ["To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Rcpt-To", "Resent-To"],
)
def test_a_recipient_is_likely_the_complainant(name: str) -> None:
    (finding,) = found(f"{name}: <ola@victim.example>")
    assert finding.is_complainant


def test_every_recipient_of_a_list_is_found() -> None:
    listed = found('To: "Ola, N." <ola@victim.example>, kari@victim.example,\n per@victim.example')
    assert [finding.value.normal for finding in listed] == [
        "ola@victim.example",
        "kari@victim.example",
        "per@victim.example",
    ]


def test_a_return_path_may_hold_signs_that_free_text_may_not() -> None:
    (finding,) = found("Return-Path: <bounce-ola=victim.example@list.example>")
    assert finding.value.normal == "bounce-ola=victim.example@list.example"


def test_an_empty_return_path_is_nobody() -> None:
    assert found("Return-Path: <>") == []


RECEIVED = (
    "Received: from evil (host.evil.example [81.2.69.142]:51234)\n"
    "\tby mx.victim.example (Postfix [10.0.0.1]) with ESMTP id X\n"
    "\tfor <ola@victim.example>; Fri, 01 May 2026 14:03:27 +0200 (CEST)"
)


def test_a_hop_gives_the_address_that_connected_and_when() -> None:
    hop, recipient = found(RECEIVED)
    assert isinstance(hop.value, Connection)
    assert hop.value.caption() == "81.2.69.142:51234 · 2026-05-01 12:03:27 UTC"
    assert hop.value.zone == "+02:00"
    assert str(hop.where) == "Header Received, number 1 from the top"
    assert not hop.is_complainant
    assert recipient.value.normal == "ola@victim.example"
    assert recipient.is_complainant


def test_hops_are_counted_from_the_top() -> None:
    text = RECEIVED + "\n" + RECEIVED.replace("81.2.69.142", "81.2.69.143")
    hops = [finding for finding in found(text) if isinstance(finding.value, Connection)]
    assert [str(hop.where)[-14:] for hop in hops] == ["1 from the top", "2 from the top"]


NOON = "81.2.69.142 · 2026-05-01 12:03:27 UTC"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("from x ([81.2.69.142]) by y; 1 May 2026 12:03:27 -0000", NOON),
        ("from x (EHLO x) (81.2.69.142) by y; Fri, 1 May 2026 08:03:27 EDT", NOON),
        ("(qmail 7 invoked from network[81.2.69.142/x]); 1 May 2026 12:03:27 -0000", NOON),
        ("from [IPv6:2a00:1450::7] by y", "2a00:1450::7"),
        ("from x ([81.2.69.142]) by y; Fri, 1 May 2026 12:03:27", NOON.removesuffix(" UTC")),
        ("from x ([81.2.69.142]) by y", "81.2.69.142"),
        ("from x ([81.2.69.142] port=51234) by y", "81.2.69.142:51234"),
        ("from x ([81.2.69.142] (port=51234 helo=z)) by y", "81.2.69.142:51234"),
    ],
)
def test_hops_of_many_servers_are_read(line: str, shown: str) -> None:
    (hop,) = found(f"Received: {line}")
    assert hop.value.caption() == shown


def test_a_hop_without_zone_asks_for_it() -> None:
    (hop,) = found("Received: from x ([81.2.69.142]) by y; Fri, 1 May 2026 12:03:27")
    assert any("say which zone" in str(sentence) for sentence in hop.missing)


@pytest.mark.parametrize(
    "line",
    [
        "from localhost (localhost [127.0.0.1]) by y; 1 May 2026 12:03:27 +0000",
        "(from root@localhost) by mx.example (8.11.0) id 7; 1 May 2026 12:03:27 +0000",
        "by mx.example with HTTP; 1 May 2026 12:03:27 +0000",
        "by 81.2.69.142 with SMTP id 7; 1 May 2026 12:03:27 +0000",
        "",
    ],
)
def test_a_hop_inside_one_server_gives_nothing(line: str) -> None:
    assert found(f"Received: {line}") == []


def test_a_private_hop_is_ours() -> None:
    (hop,) = found("Received: from x ([10.0.0.7]) by y; 1 May 2026 12:03:27 +0000")
    assert hop.ours


@pytest.mark.parametrize("name", ["X-Originating-IP", "X-Sender-IP", "X-Client-IP"])
def test_the_address_that_a_webmail_adds_is_found(name: str) -> None:
    (finding,) = found(f"{name}: [81.2.69.142]")
    assert finding.value.caption() == "81.2.69.142"
    assert len(finding.missing) == 2


def test_the_checked_address_of_spf_is_found() -> None:
    (finding,) = found("Received-SPF: fail (x) client-ip=81.2.69.142; envelope-from=a")
    assert finding.value.caption() == "81.2.69.142"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Message-ID: <abc.123@mx.evil.example>", "mx.evil.example"),
        ("Message-Id: 7$1@evil.example", "evil.example"),
        ("DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=x; b=abc=", "evil.example"),
        ("DKIM-Signature: d=evil.example", "evil.example"),
    ],
)
def test_the_domain_of_the_sending_server_is_found(line: str, name: str) -> None:
    (finding,) = found(line)
    assert (finding.kind, finding.value.normal) == ("domain", name)


@pytest.mark.parametrize(
    "line", ["Message-ID: <abc@localhost>", "Message-ID: abc", "DKIM-Signature: id=evil.example"]
)
def test_a_header_without_a_domain_gives_none(line: str) -> None:
    assert found(line) == []


def test_subject_and_unsubscribe_links_are_searched() -> None:
    kinds = [
        finding.kind
        for finding in found("Subject: write ola@evil.com\nList-Unsubscribe: <http://evil.com/u>")
    ]
    assert kinds == ["email_address", "url"]


def test_other_headers_are_not_searched() -> None:
    assert found("X-Mailer: ola@evil.com 81.2.69.142\nDate: 1 May 2026 12:03:27 +0000") == []


def test_the_same_address_as_sender_and_recipient_is_noted_on_both() -> None:
    listed = found("From: ola@victim.example\nTo: ola@victim.example\nCc: per@victim.example")
    noted = [bool(finding.notes) for finding in listed]
    assert noted == [True, True, False]
    assert "senders forge it" in str(listed[0].notes[0])


def test_by_itself_a_header_is_neither_forwarded_nor_covering() -> None:
    opened = mail.take_apart(b"From: kari@evil.example\n\n")
    (finding,) = headers.findings(opened.headers)
    assert str(finding.where) == "Header From"
    assert not finding.is_complainant


def test_a_forwarded_mail_is_named_so() -> None:
    (finding,) = found("From: kari@evil.example", forwarded=True)
    assert str(finding.where) == "Forwarded mail, header From"
    assert not finding.is_complainant


def test_who_forwards_a_mail_is_the_complainant() -> None:
    listed = found("From: ola@victim.example\nX-Originating-IP: 81.2.69.142", covering=True)
    assert [finding.is_complainant for finding in listed] == [True, True]


def test_a_name_with_an_encoded_word_hides_no_address() -> None:
    (finding,) = found("From: =?utf-8?q?Bank_=3Ckari=40evil=2Eexample=3E?=")
    assert finding.value.normal == "kari@evil.example"
