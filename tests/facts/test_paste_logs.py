"""The paste box, on the logs that desks get."""

from zoneinfo import ZoneInfo

import pytest

from comity.facts import Finding, recognise

BERLIN = ZoneInfo("Europe/Berlin")


def only(text: str) -> Finding:
    (found,) = recognise(text, default_zone=None).findings
    return found


def test_lines_are_numbered_and_quoted() -> None:
    found = only("\n\nplease look at ola@evil.com\n")
    assert str(found.where) == "Line 3"
    assert found.excerpt == "please look at ola@evil.com"


def test_a_log_gives_addresses_with_their_times() -> None:
    log = (
        '81.2.69.142 - - [01/May/2026:14:03:27 +0200] "GET /a HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n'
        '10.0.0.7 - - [01/May/2026:14:03:28 +0200] "GET /b HTTP/1.1" 200 5\n'
        "May  1 14:03:29 host sshd[7]: Failed password from 81.2.69.143 port 51234 ssh2\n"
        "2026-05-01 14:03:30 81.2.69.144\n"
    )
    paste = recognise(log, default_zone=BERLIN)
    assert paste.form == "text"
    shown = [(found.value.caption(), found.ours, str(found.where)) for found in paste.findings]
    assert shown == [
        ("81.2.69.142 · 2026-05-01 12:03:27 UTC", False, "Line 1"),
        ("10.0.0.7 · 2026-05-01 12:03:28 UTC", True, "Line 2"),
        ("81.2.69.143:51234", False, "Line 3"),
        ("81.2.69.144 · 2026-05-01 12:03:30 UTC", False, "Line 4"),
    ]
    assert "but no year" in str(paste.findings[2].missing[-1])
    assert "read as Europe/Berlin" in str(paste.findings[3].notes[0])


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (  # HAProxy
            "haproxy[7]: 81.2.69.142:51234 [01/May/2026:14:03:27.250] web~ app/1 0/0/1/2/3 200",
            ["81.2.69.142:51234 · 2026-05-01 12:03:27.250000 UTC"],
        ),
        (  # Amazon load balancer
            "h2 2026-05-01T12:03:27.250Z app/web 81.2.69.142:51234 10.0.0.9:80 0.1 0.2 200",
            [
                "81.2.69.142:51234 · 2026-05-01 12:03:27.250000 UTC",
                "10.0.0.9:80 · 2026-05-01 12:03:27.250000 UTC",
            ],
        ),
        (  # nginx error log
            "2026/05/01 14:03:27 [error] 1#1: *5 open() failed, client: 81.2.69.142, server: _",
            ["81.2.69.142 · 2026-05-01 12:03:27 UTC"],
        ),
        (  # Microsoft IIS, W3C extended
            "2026-05-01 14:03:27 10.0.0.9 GET /a - 443 - 81.2.69.142 Mozilla/5.0 200 0 0",
            [
                "10.0.0.9 · 2026-05-01 12:03:27 UTC",
                "81.2.69.142 · 2026-05-01 12:03:27 UTC",
            ],
        ),
        (  # JSON lines
            '{"time":"2026-05-01T14:03:27+02:00","ip":"81.2.69.142","port":51234}',
            ["81.2.69.142:51234 · 2026-05-01 12:03:27 UTC"],
        ),
        (  # a provider's table
            "81.2.69.142;51234;2026-05-01 12:03:27 UTC;login",
            ["81.2.69.142 · 2026-05-01 12:03:27 UTC"],
        ),
        (  # Postfix over syslog
            "May  1 14:03:27 mx postfix/smtpd[7]: connect from unknown[81.2.69.142]:51234",
            ["81.2.69.142:51234"],
        ),
        (  # Apache error log
            "[Fri May  1 14:03:27 2026] [error] [client 81.2.69.142] denied",
            ["81.2.69.142 · 2026-05-01 12:03:27 UTC"],
        ),
        (  # IPv6 in an access log
            '2a00:1450::7 - - [01/May/2026:12:03:27 +0000] "GET / HTTP/2" 200 5 "-" "curl/8.0.1"',
            ["2a00:1450::7 · 2026-05-01 12:03:27 UTC"],
        ),
    ],
)
def test_the_logs_that_desks_get_are_read(line: str, shown: list[str]) -> None:
    paste = recognise(line, default_zone=BERLIN)
    connections = [found.value for found in paste.findings if found.kind == "connection"]
    assert [value.caption() for value in connections] == shown


def test_without_a_zone_the_zone_is_asked_for() -> None:
    found = only("2026-05-01 14:03:30 81.2.69.144 port 51234")
    assert [str(sentence) for sentence in found.missing] == [
        "This time has no zone: say which zone the log used."
    ]
