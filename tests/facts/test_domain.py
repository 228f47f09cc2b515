"""Domain names: in the form name servers see, shown in their own script."""

import pytest
from hypothesis import given

from comity.facts import BadDomain, Domain, Hidden, TooLong, Wildcard, domain
from tests.facts import drawn


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("example.com", "example.com"),
        ("EXAMPLE.Com", "example.com"),
        ("example.com.", "example.com"),
        ("  example.com ", "example.com"),
        ("example[.]com", "example.com"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("例子。广告", "xn--fsqu00a.xn--4rr70v"),
        ("_dmarc.example.com", "_dmarc.example.com"),
        ("a.b.c.d.example", "a.b.c.d.example"),
        ("xn--p1ai.example", "xn--p1ai.example"),
        ("3com.example", "3com.example"),
    ],
)
def test_a_domain_is_cleaned(typed: str, name: str) -> None:
    assert domain.clean(typed).name == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "localhost",
        "a..b",
        ".example.com",
        "-a.example",
        "a-.example",
        "a b.example",
        "https://example.com/",
        "example.com/path",
        "example.com:80",
        "ola@example.com",
        "192.0.2.7",
        "example.123",
        "a%41.example",
        f"{'a' * 64}.example",
    ],
)
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(BadDomain, match="not a domain name"):
        domain.clean(typed)


def test_a_name_longer_than_name_servers_hold_is_refused() -> None:
    endless = ".".join(["a" * 63] * 4)
    with pytest.raises(TooLong):
        domain.clean(endless)
    with pytest.raises(BadDomain):
        Domain(name=endless)


def test_a_wildcard_is_refused() -> None:
    with pytest.raises(Wildcard, match="one domain"):
        domain.clean("*.example.com")


@pytest.mark.parametrize("sign", ["\u200b", "\xad", "\u202e"])
def test_a_hidden_character_is_refused_though_browsers_drop_it(sign: str) -> None:
    with pytest.raises(Hidden):
        domain.clean(f"exam{sign}ple.com")


def test_an_international_name_is_shown_both_ways() -> None:
    assert domain.clean("пример.рф").caption() == "пример.рф (xn--e1afmkfd.xn--p1ai)"


def test_a_plain_name_is_shown_once() -> None:
    assert domain.clean("example.com").caption() == "example.com"


@pytest.mark.parametrize(
    ("name", "sold"),
    [
        ("a.b.example.com", "example.com"),
        ("www.shop.co.uk", "shop.co.uk"),
        ("co.uk", None),
        ("shop.newending", None),
        ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_the_part_that_a_registrar_sold_is_known(name: str, sold: str | None) -> None:
    assert Domain(name=name).registrable == sold


@given(drawn.domains)
def test_cleaning_a_clean_name_changes_nothing(value: Domain) -> None:
    assert domain.clean(value.name) == value
    assert domain.clean(value.name.upper()).normal == value.normal


@given(drawn.domains)
def test_a_name_in_its_own_script_leads_back_to_itself(value: Domain) -> None:
    assert value.readable
    assert value.name in value.caption()
