"""Links that name an account: the provider and the handle in the path.

A short table of services that every desk meets; a link that is not in it stays a link.
"""

import re
from typing import Final

from comity.facts import account
from comity.facts.account import Account
from comity.facts.errors import FactError
from comity.facts.url import Url

_HANDLE: Final = r"/@?([A-Za-z0-9][A-Za-z0-9._-]{1,63})/?\Z"
_AT_HANDLE: Final = r"/@([A-Za-z0-9][A-Za-z0-9._-]{1,63})/?\Z"
_PLACES: Final = {
    "t.me": ("Telegram", _HANDLE),
    "telegram.me": ("Telegram", _HANDLE),
    "instagram.com": ("Instagram", _HANDLE),
    "facebook.com": ("Facebook", _HANDLE),
    "x.com": ("X", _HANDLE),
    "twitter.com": ("X", _HANDLE),
    "tiktok.com": ("TikTok", _AT_HANDLE),
    "youtube.com": ("YouTube", _AT_HANDLE),
    "threads.net": ("Threads", _AT_HANDLE),
    "vk.com": ("VK", _HANDLE),
}
# First parts of a path that are pages of the service, not people.
_PAGES: Final = frozenset(
    {"about", "home", "i", "intent", "login", "joinchat", "p", "privacy", "proxy", "search"}
    | {"settings", "share", "sharer", "sharer.php", "terms", "watch", "profile.php", "groups"}
)


def account_in(link: Url) -> Account | None:
    """Return the account that a link to a known service names, or None."""
    place = _PLACES.get(link.host.removeprefix("www.").removeprefix("m."))
    if not place:
        return None
    provider, pattern = place
    path = link.normal.partition("://")[2].partition("?")[0]
    found = re.fullmatch(f"[^/]+{pattern}", path)
    if not found or found[1].lower() in _PAGES:
        return None
    try:
        return account.clean_parts(provider, found[1])
    except FactError:
        return None
