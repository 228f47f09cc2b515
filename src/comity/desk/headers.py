"""The outermost layer: what every answer carries, and what no one unknown may open.

Pages are refused by default: a page that does not say that it is open to all
needs an officer. Errors that a person can act on become pages here.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation

from comity.actions.errors import NotFoundError
from comity.actions.roles import DESK
from comity.desk import again, faults, sign_in
from comity.desk.access import is_open
from comity.desk.officer import officer
from comity.text import ToldError

LONGEST_BODY: Final = 8 * 1024 * 1024
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FIXED: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NO_STORE: Final = "no-store"


class SecurityHeaders:
    """Middleware around all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers that keep a page from being read, kept or framed."""
        response = self._too_large(request) or self._get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", NO_STORE)
        return response

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Let officers through; send everybody else to the door."""
        if is_open(view):
            return None
        if not request.user.is_authenticated:
            return _to_the_door(request)
        if not officer(request).roles & DESK:
            return faults.no_role(request)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Say an error that a person can act on."""
        if isinstance(error, NotFoundError):
            return faults.not_found(request)
        return faults.told(request, error) if isinstance(error, ToldError) else None

    def _too_large(self, request: HttpRequest) -> HttpResponse | None:
        length = request.headers.get("Content-Length") or "0"
        if length.isdigit() and int(length) <= LONGEST_BODY:
            return None
        with translation.override(translation.get_language_from_request(request)):
            return faults.too_large(request)


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("X-Requested-With") == "poll":
        return HttpResponse(status=401)
    if (press := again.of_press(request)) is not None:
        return sign_in.door(request, "/", press=press)
    back = request.path if request.method == "GET" else ""
    query = f"?{urlencode({'next': back})}" if back not in ("", "/") else ""
    return HttpResponseRedirect(f"{settings.LOGIN_URL}{query}")
