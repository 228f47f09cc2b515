"""Hostile pastes: time grows with the size, whatever the bytes.

Quick runs use an eighth of a mebibyte; deep runs the largest paste there is. A pattern that went
back over its text would take minutes on either.
"""

import random
import time
from collections.abc import Callable

import pytest

from comity.facts import recognise
from comity.facts.paste import LONGEST_PASTE

QUICK = 128 * 1024
QUICK_SECONDS = 2.0  # measured: 0.01 to 0.3
DEEP_SECONDS = 10.0  # measured: 0.5 to 2.9

HEAD = "From: kari@evil.com\nTo: ola@victim.com\nSubject: x\n"
HTML = HEAD + "Content-Type: text/html\n\n"
PARTS = HEAD + "Content-Type: multipart/mixed; boundary=x\n\n"

REPEATED = {
    "letters": "a",
    "spaces": " ",
    "lines": "\n",
    "digits and dots": "1.",
    "letters and dots": "a.",
    "labels": "a-",
    "punycode": "xn--a.",
    "signs": "@",
    "local parts": "a@",
    "addresses": "ola@evil.com, ",
    "schemes": "http://",
    "links": "http://evil.com ",
    "brackets": "[.]",
    "zero width": "\u200b",
    "clock times": "12:00:00 ",
    "colons": "::",
    "groups": "a:b:",
    "one address": "81.2.69.142 ",
    "one log line": '81.2.69.142 - - [01/May/2026:14:03:27 +0200] "GET / HTTP/1.1" 200\n',
    "versions": "Chrome/1.2.3.4 ",
    "account numbers": "DE89 ",
    "phones": "tel: 1",
    "hexadecimal": "0123456789abcdef",
    "everything": "ola@evil.com http://evil.com/d 81.2.69.142 +442079460958 evil.com ",
}
STARTED = {
    "endless header": ("To: ola@victim.com", ", ola@victim.com"),
    "headers": ("", "From: kari@evil.com\nTo: ola@victim.com\n"),
    "hops": (HEAD, "Received: from x ([81.2.69.142]) by y; Thu, 22 Aug 2002 13:27:39 +0100\n"),
    "encoded words": (HEAD + "Subject: ", "=?utf-8?q?"),
    "empty lines": (HEAD + "\n", "\n"),
    "tags": (HTML, "<"),
    "unclosed tags": (HTML, "<a href='"),
    "long tags": (HTML, "<a " + "b" * 3_990),
    "comments": (HTML, "<!--"),
    "references": (HTML, "&#x41;"),
    "parts": (PARTS, "--x\n\na\n"),
    "parts with parameters": (PARTS, "--x\nContent-Type: text/plain; " + 'a=";' * 900 + "\n\na\n"),
    "parameters": (HEAD + 'Content-Type: multipart/mixed; b="', ";"),
    "nested": ("", "Content-Type: multipart/mixed; boundary=x\n\n--x\n"),
    "base64": (HEAD + "Content-Transfer-Encoding: base64\n\n", "QUJD" * 19 + "\n"),
}


def _different(make: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: "".join(make(number) for number in range(size // len(make(0)) + 1))[:size]


DIFFERENT = {
    "hosts": _different(lambda n: f"http://evil{n:06}.com/ "),
    "bad hosts": _different(lambda n: f"http://evil{n:06}/ "),
    "domains": _different(lambda n: f"evil{n:06}.com "),
    "bad wallets": _different(lambda n: f"0x{n:040d}A "),
    "wallets": _different(lambda n: f"0x{n:040d} "),
    "digests": _different(lambda n: f"a{n:031d} "),
    "phones": _different(lambda n: f"+44 20 {n:08} "),
    "ibans": _different(lambda n: f"DE{n % 100:02} {n:018} "),
    "addresses": _different(lambda n: f"81.{n % 200}.{n // 200 % 200}.{n // 40000} 12:00:00\n"),
}
CASES = [
    *(
        (name, lambda size, unit=unit: unit * (size // len(unit)))
        for name, unit in REPEATED.items()
    ),
    *(
        (name, lambda size, start=start, unit=unit: (start + unit * (size // len(unit)))[:size])
        for name, (start, unit) in STARTED.items()
    ),
    *DIFFERENT.items(),
]


def _seconds(pasted: str | bytes) -> float:
    begin = time.process_time()
    paste = recognise(pasted, default_zone=None)
    assert len(paste.findings) <= 500
    return time.process_time() - begin


@pytest.mark.parametrize(("name", "make"), CASES)
def test_a_hostile_paste_is_read_in_bounded_time(name: str, make: Callable[[int], str]) -> None:
    assert _seconds(make(QUICK)) < QUICK_SECONDS, name


@pytest.mark.deep
@pytest.mark.parametrize(("name", "make"), CASES)
def test_the_largest_paste_is_read_in_bounded_time(name: str, make: Callable[[int], str]) -> None:
    raw = make(LONGEST_PASTE).encode()[:LONGEST_PASTE]
    assert _seconds(raw) < DEEP_SECONDS, name


@pytest.mark.parametrize("start", [b"", HEAD.encode() + b"\n"])
def test_noise_is_read_in_bounded_time(start: bytes) -> None:
    noise = random.Random(17).randbytes(QUICK - len(start))
    assert _seconds(start + noise) < QUICK_SECONDS
