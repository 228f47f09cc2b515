"""Links that name an account."""

import pytest

from comity.facts import Account, url
from comity.facts.platforms import account_in


@pytest.mark.parametrize(
    ("link", "provider", "name"),
    [
        ("https://t.me/ola", "Telegram", "ola"),
        ("https://t.me/ola/", "Telegram", "ola"),
        ("https://www.instagram.com/ola.n/?hl=en", "Instagram", "ola.n"),
        ("https://m.facebook.com/ola.nordmann", "Facebook", "ola.nordmann"),
        ("https://x.com/ola_n", "X", "ola_n"),
        ("https://twitter.com/@ola", "X", "ola"),
        ("https://www.tiktok.com/@ola", "TikTok", "ola"),
        ("https://youtube.com/@ola#about", "YouTube", "ola"),
        ("https://vk.com/id4711", "VK", "id4711"),
    ],
)
def test_a_link_to_a_profile_names_an_account(link: str, provider: str, name: str) -> None:
    assert account_in(url.clean(link)) == Account(provider=provider, name=name)


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/",
        "https://t.me/joinchat/AAAA",
        "https://t.me/ola/12",
        "https://www.facebook.com/profile.php?id=4711",
        "https://www.facebook.com/sharer.php?u=x",
        "https://x.com/intent",
        "https://www.tiktok.com/discover",
        "https://youtube.com/watch?v=abc",
        "https://example.com/@ola",
        "https://t.me.evil.example/ola",
        "https://eviltt.me/ola",
    ],
)
def test_any_other_link_names_none(link: str) -> None:
    assert account_in(url.clean(link)) is None
