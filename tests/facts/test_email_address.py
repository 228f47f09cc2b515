"""E-mail addresses."""

import pytest
from hypothesis import given

from comity.facts import BadEmailAddress, EmailAddress, Hidden, TooLong, Wildcard, email_address
from tests.facts import drawn


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ola@example.com", "ola@example.com"),
        ("Ola.Nordmann+tag@EXAMPLE.com", "Ola.Nordmann+tag@example.com"),
        ("mailto:ola@example.com", "ola@example.com"),
        ("<ola@example.com>", "ola@example.com"),
        (" ola@example.com ", "ola@example.com"),
        ("ola[at]example[.]com", "ola@example.com"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("a..b.@carrier.example", "a..b.@carrier.example"),
        ("bounce-ola=example.com@list.example", "bounce-ola=example.com@list.example"),
        ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
        ("ola@пример.рф", "ola@xn--e1afmkfd.xn--p1ai"),
        ("cafe\u0301@example.com", "café@example.com"),
    ],
)
def test_an_address_is_cleaned(typed: str, address: str) -> None:
    assert email_address.clean(typed).address == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ola",
        "ola@",
        "@example.com",
        "ola@example",
        "ola@@example.com",
        "ola nordmann@example.com",
        '"ola nordmann"@example.com',
        "ola@[192.0.2.7]",
        "ola@exa mple.com",
        "ola@-example.com",
        "ola@example.com, kari@example.com",
        f"{'a' * 65}@example.com",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(BadEmailAddress, match=r"name@example\.com"):
        email_address.clean(typed)


@pytest.mark.parametrize("typed", ["*@example.com", "ol?@example.com", "ol%@example.com"])
def test_a_wildcard_is_refused(typed: str) -> None:
    with pytest.raises(Wildcard):
        email_address.clean(typed)


def test_a_wildcard_in_the_domain_is_refused() -> None:
    with pytest.raises(Wildcard):
        email_address.clean("ola@*.com")


def test_an_override_in_an_address_is_refused() -> None:
    with pytest.raises(Hidden):
        email_address.clean("alo\u202e@example.com")


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(TooLong):
        email_address.clean("a" * 300 + "@example.com")


def test_capitals_do_not_make_another_mailbox() -> None:
    one, other = email_address.clean("OLA@example.com"), email_address.clean("ola@EXAMPLE.COM")
    assert one.normal == other.normal == "ola@example.com"
    assert one.address == "OLA@example.com"


def test_an_international_domain_is_shown_both_ways() -> None:
    shown = email_address.clean("ola@пример.рф").caption()
    assert shown == "ola@пример.рф (ola@xn--e1afmkfd.xn--p1ai)"


def test_the_domain_can_be_asked_for() -> None:
    assert email_address.clean("ola@mail.example.com").domain.registrable == "example.com"


@given(drawn.emails)
def test_cleaning_a_clean_address_changes_nothing(value: EmailAddress) -> None:
    assert email_address.clean(value.address) == value


@given(drawn.emails)
def test_the_normal_form_is_its_own_normal_form(value: EmailAddress) -> None:
    assert EmailAddress(address=value.normal).normal == value.normal
