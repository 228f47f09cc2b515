"""Handing a signed-in desk to a browser (docs/adr: the stage hands over a session).

The stage signs in through the desk's own form, like anybody who knows the password, and
gives the browser the session that it got. Cookies belong to a host, not to a port, so the
stage may set them for a desk of the same machine. The desk has no door for this.
"""

from typing import Final

from comity_stage.desk import Desk
from comity_stage.nodes import Node

_CSRF: Final = "-csrf-"


def session_for(node: Node, language: str) -> tuple[str, ...]:
    """Sign in and return the ``Set-Cookie`` headers that hand the session over."""
    desk = Desk(node)
    try:
        desk.sign_in(language)
    finally:
        desk.browser.close()
    return tuple(
        f"{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax"
        for name, value in desk.browser.cookies.items()
        if _CSRF not in name
    )
