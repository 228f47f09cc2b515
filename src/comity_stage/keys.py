"""Who may use the stage page: whoever holds the address that the terminal shows.

Other accounts of this machine can reach its loopback ports; they do not have the key.
"""

import hmac
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Final

COOKIE: Final = "__Host-comity-stage"
HOSTS: Final = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """``first`` stands in the address; a browser that brings it gets ``held`` as a cookie."""

    first: str
    held: str

    def opens(self, offered: str) -> bool:
        """Say whether an address holds the key."""
        return hmac.compare_digest(offered.encode(), self.first.encode())

    def admits(self, cookies: str) -> bool:
        """Say whether a browser's cookies hold the key."""
        try:
            jar = SimpleCookie(cookies)
        except CookieError:
            return False
        brought = jar[COOKIE].value if COOKIE in jar else ""
        return hmac.compare_digest(brought.encode(), self.held.encode())

    @property
    def cookie(self) -> str:
        """The header that gives a browser the key."""
        return f"{COOKIE}={self.held}; Path=/; Secure; HttpOnly; SameSite=Lax"


def new_keys() -> Keys:
    """Return keys for one run."""
    return Keys(first=secrets.token_urlsafe(18), held=secrets.token_urlsafe(24))


def host_of(header: str, port: int) -> str:
    """Return the name by which the browser calls this machine; empty if it is not ours.

    A page elsewhere whose name was made to lead here (DNS rebinding) brings its own name.
    """
    name, _, number = header.rpartition(":")
    return name if name in HOSTS and number == str(port) else ""
