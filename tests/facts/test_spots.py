"""Where in a text identifiers stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import Domain, EmailAddress, Iban, Phone, Value, Wallet, spots
from comity.facts.spots import Search
from tests.facts import drawn

BITCOIN = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
ETHEREUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


def found(text: str) -> list[tuple[str, str]]:
    return [(spot.value.kind, spot.value.normal) for spot in spots.everything(Search(text))]


def only(text: str) -> tuple[str, str] | None:
    listed = found(text)
    return listed[0] if len(listed) == 1 else None


@pytest.mark.parametrize(
    ("text", "kind", "normal"),
    [
        ("see https://evil.example/a.", "url", "https://evil.example/a"),
        ("(https://evil.example/a)", "url", "https://evil.example/a"),
        ("https://evil.example/a_(b)", "url", "https://evil.example/a_(b)"),
        ("https://evil.example/a?b=c,d!", "url", "https://evil.example/a?b=c,d"),
        ("'https://evil.example/'", "url", "https://evil.example/"),
        ("<https://evil.example/>", "url", "https://evil.example/"),
        ("HTTPS://EVIL.example", "url", "https://evil.example/"),
        ("url=https://evil.example/", "url", "https://evil.example/"),
        ("mail ola@evil.example.", "email_address", "ola@evil.example"),
        ("'ola@evil.example'", "email_address", "ola@evil.example"),
        ("mailto:ola@evil.example", "email_address", "ola@evil.example"),
        ("Ola <ola@evil.example>", "email_address", "ola@evil.example"),
        ("...ola@evil.example...", "email_address", "ola@evil.example"),
        ("用户@例子.中国", "email_address", "用户@xn--fsqu00a.xn--fiqs8s"),
        (f"pay {BITCOIN} now", "wallet", f"bitcoin:{BITCOIN}"),
        (f"pay {SEGWIT.upper()}!", "wallet", f"bitcoin:{SEGWIT}"),
        (f"{TRON},", "wallet", f"tron:{TRON}"),
        (f"to={ETHEREUM.lower()}", "wallet", f"ethereum:{ETHEREUM}"),
        ("IBAN GB82WEST12345698765432", "iban", "GB82WEST12345698765432"),
        ("IBAN: GB82 WEST 1234 5698 7654 32 BIC", "iban", "GB82WEST12345698765432"),
        ("IBAN: GB82-WEST-1234-5698-7654-32.", "iban", "GB82WEST12345698765432"),
        ("md5 d41d8cd98f00b204e9800998ecf8427e", "digest", "md5:d41d8cd98f00b204e9800998ecf8427e"),
        ("call +44 20 7946 0958 today", "phone", "+442079460958"),
        ("call +44 (20) 7946-0958.", "phone", "+442079460958"),
        ("Tel: 234-803-123-4567", "phone", "+2348031234567"),
        ("FAX No. 234 803 123 4567", "phone", "+2348031234567"),
        ("WhatsApp +44 20 7946 0958", "phone", "+442079460958"),
        ("visit evil-shop.com today", "domain", "evil-shop.com"),
        ("visit www.evil.com.", "domain", "www.evil.com"),
        ("VISIT EVIL.COM", "domain", "evil.com"),
        ("at пример.рф, they", "domain", "xn--e1afmkfd.xn--p1ai"),
        ("visit evil.com/login.php?a=1.", "url", "http://evil.com/login.php?a=1"),
        ("evil.com/", "domain", "evil.com"),
    ],
)
def test_an_identifier_in_a_sentence_is_found(text: str, kind: str, normal: str) -> None:
    assert only(text) == (kind, normal)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The quick brown fox. Jumps over it.",
        "setup.py and README.md and script.sh",
        "the end.You may go. It was so.It is",
        "CHILDREN.MY WIFE",
        "version 1.2.3 of 10.04",
        "12:00:00 and 2026-05-01",
        "a@b",
        "@ola said",
        "ola@",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyU",
        "x1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyTx",
        " x1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyT_",
        "é1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "GB82WEST12345698765431",
        "US82WEST12345698765432",
        "12345678901234567890123456789012",
        "d41d8cd98f00b204e9800998ecf8427ef",
        "+44 999 999 9999",
        "1+44 20 7946 0958",
        "hotel 234 803 123 4567",
        "http://localhost/ http://",
        "http://www.w3.org/1999/xhtml",
        "co.uk",
        "evil.notanending",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert found(text) == []


def test_the_parts_of_a_link_are_not_found_again() -> None:
    assert found("https://evil.com/ola@evil.com/d41d8cd98f00b204e9800998ecf8427e") == [
        ("url", "https://evil.com/ola@evil.com/d41d8cd98f00b204e9800998ecf8427e")
    ]


def test_the_domain_of_an_address_is_not_found_again() -> None:
    assert found("ola@evil.com") == [("email_address", "ola@evil.com")]


def test_a_link_to_a_profile_gives_the_account_as_well() -> None:
    assert found("https://t.me/ola") == [
        ("url", "https://t.me/ola"),
        ("account", "telegram:handle:ola"),
    ]


def test_the_same_value_is_found_once() -> None:
    assert len(found("ola@evil.com OLA@evil.com ola@EVIL.com")) == 1


def test_a_number_without_plus_asks_for_its_country() -> None:
    (spot,) = spots.everything(Search("Tel: 234-803-123-4567"))
    assert "country code" in str(spot.missing[0])
    (spot,) = spots.everything(Search("Tel: +234-803-123-4567"))
    assert spot.missing == ()


def test_the_place_is_that_of_the_value_alone() -> None:
    text = "write to 'ola@evil.com', please"
    (spot,) = spots.everything(Search(text))
    assert text[spot.start : spot.end] == "ola@evil.com"


def test_links_alone_are_searched_in_the_source_of_a_page() -> None:
    text = '<a href="http://evil.com/"> ola@evil.com GB82WEST12345698765432 other.com'
    kinds = [spot.value.kind for spot in spots.links(Search(text))]
    assert kinds == ["url", "email_address"]


def test_a_search_that_stops_says_so() -> None:
    few = Search(" ".join(f"http://a{number}/" for number in range(spots.MOST_TRIED)))
    assert list(spots.links(few)) == []
    assert not few.stopped
    many = Search(" ".join(f"http://a{number}/" for number in range(spots.MOST_TRIED + 1)))
    assert list(spots.links(many)) == []
    assert many.stopped


def test_a_place_too_many_stops_the_search() -> None:
    many = Search("http://a.com/ " * (spots.MOST_MATCHES + 1))
    assert len(list(spots.links(many))) == 1
    assert many.stopped


def test_a_local_part_without_end_is_not_cut_to_another_address() -> None:
    assert found("a" * 64 + "@evil.com") == [("email_address", "a" * 64 + "@evil.com")]
    assert found("a" * 65 + "@evil.com") == []


embedded = st.one_of(
    drawn.emails.filter(lambda value: value.address.isascii()),
    drawn.wallets,
    drawn.ibans,
    drawn.digests,
)


@given(
    embedded,
    st.sampled_from([" ", "\n", "(", '"', "<", ": "]),
    st.sampled_from([" ", "\n", ")", '"', ">", ", "]),
)
def test_whatever_stands_between_signs_is_found(value: Value, before: str, after: str) -> None:
    match value:
        case EmailAddress(address=text) | Wallet(address=text) | Iban(number=text):
            pass
        case _:
            text = value.normal.partition(":")[2]
    if isinstance(value, EmailAddress) and (set(text) & set("!#$&/=^`{|}~") or text[0] in "'.-+_"):
        return
    if text.isdigit() or (isinstance(value, Wallet) and len(text) < 26):
        return
    normals = [spot.value.normal for spot in spots.everything(Search(f"x{before}{text}{after}y"))]
    assert normals == [value.normal]


@given(st.text(alphabet="aA0 .@:/+-_[]()<>%?#=xhtp\n1bcé中", max_size=200))
def test_every_spot_holds_what_it_says(text: str) -> None:
    search = Search(text)
    last: dict[str, int] = {}
    for spot in spots.everything(search):
        assert 0 <= spot.start < spot.end <= len(text)
        assert (
            isinstance(spot.value, Phone | Domain | EmailAddress | Wallet | Iban)
            or spot.value.normal
        )
        last[spot.value.kind] = spot.end
    assert not search.stopped


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    for spot in spots.everything(Search(text)):
        assert spot.value.normal
