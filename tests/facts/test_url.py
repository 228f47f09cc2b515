"""Web addresses, read as a browser reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import BadUrl, FactError, Hidden, Url, url
from tests.facts import drawn


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://shop.example.com/pay?id=1", "https://shop.example.com/pay?id=1"),
        ("HTTPS://SHOP.Example.COM", "https://shop.example.com/"),
        ("hxxps://shop[.]example[.]com/a", "https://shop.example.com/a"),
        ("shop.example.com/a", "http://shop.example.com/a"),
        ("shop.example.com:8080/a", "http://shop.example.com:8080/a"),
        ("http://example.com:80/", "http://example.com/"),
        ("http://пример.рф/ü", "http://xn--e1afmkfd.xn--p1ai/%C3%BC"),
        ("http://198.51.100.7/login", "http://198.51.100.7/login"),
        ("http://0xc6.0x33.0x64.0x7/", "http://198.51.100.7/"),
        ("http://3325256711/", "http://198.51.100.7/"),
        ("https://[2001:db8::7]/", "https://[2001:db8::7]/"),
        ("http://bank.example@evil.example/", "http://bank.example@evil.example/"),
        ("http:\\\\evil.example\\a", "http://evil.example/a"),
        ("http:evil.example/a", "http://evil.example/a"),
        (
            "shop.example.com/go?to=https://evil.example/",
            "http://shop.example.com/go?to=https://evil.example/",
        ),
        ("ftp://files.example.com/a", "ftp://files.example.com/a"),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(typed: str, address: str) -> None:
    assert url.clean(typed).address == address


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("http://bank.example@evil.example/", "evil.example"),
        ("http://evil.example:8080/bank.example", "evil.example"),
        ("http://0xc6.0x33.0x64.0x7/", "198.51.100.7"),
        ("https://[2001:db8::7]:443/", "2001:db8::7"),
        ("shop.example.com:8080/a", "shop.example.com"),
        ("shop.example.com/a", "shop.example.com"),
    ],
)
def test_the_host_is_the_one_that_a_browser_calls(typed: str, host: str) -> None:
    assert url.clean(typed).host == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://",
        "mailto:ola@example.com",
        "javascript:alert(1)",
        "data:text/html,hello",
        "gopher://example.com/",
        "file:///etc/passwd",
        "http://exa mple.com/",
        "http://example.com:99999/",
        "https://[::1",
    ],
)
def test_what_is_no_web_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadUrl, match="Copy it whole"):
        url.clean(typed)


@pytest.mark.parametrize(
    "typed", ["http://localhost/", "http://*.example.com/", "http://intranet/"]
)
def test_a_host_that_is_nowhere_is_refused(typed: str) -> None:
    with pytest.raises(BadUrl, match="host"):
        url.clean(typed)


def test_a_hidden_character_is_refused() -> None:
    with pytest.raises(Hidden):
        url.clean("https://example.com/\u202egpj.exe")


@pytest.mark.parametrize(
    "address",
    ["http://example.com/ü", "http://example.com/ a", "example.com", "http://example.com/\n", ""],
)
def test_only_plain_ascii_makes_a_value(address: str) -> None:
    with pytest.raises(BadUrl):
        Url(address=address)


def test_an_endless_address_is_refused() -> None:
    fits = "http://example.com/".ljust(4_096, "a")
    assert Url(address=fits).caption() == fits
    with pytest.raises(BadUrl):
        Url(address=fits + "a")


def test_what_follows_the_hash_never_reaches_a_server() -> None:
    assert url.clean("http://example.com/a#b").normal == url.clean("http://example.com/a").normal
    assert url.clean("http://example.com/a#b").address.endswith("#b")


@given(drawn.urls)
def test_cleaning_twice_is_cleaning_once(value: Url) -> None:
    once = url.clean(value.address)
    assert url.clean(once.address) == once
    assert once.host == value.host


@given(st.text(max_size=60))
def test_anything_typed_is_an_address_or_an_error_of_ours(text: str) -> None:
    try:
        value = url.clean(text)
    except FactError:
        return
    assert Url(address=value.address) == value
