"""Sign in, sign out, and choose a language or a palette."""

from math import ceil
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import check_for_language
from django.views.decorators.http import require_http_methods, require_POST

from comity.desk import again
from comity.desk.access import open_to_all
from comity.desk.again import Again
from comity.desk.boxes import Box, with_problems
from comity.desk.frame import PALETTE_COOKIE, PALETTES, bare
from comity.desk.house import house
from comity.desk.problems import Problems, problem
from comity.desk.throttle import Throttle
from comity.text import say

THROTTLE: Final = Throttle()
_YEAR: Final = 365 * 24 * 60 * 60
_LONGEST: Final = 150
WRONG: Final = say("Name and password do not fit together. Look at both and try again.")


@open_to_all
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for name and password; slow down whoever guesses."""
    back = inside(request.POST.get("next") or request.GET.get("next"))
    if request.method == "GET":
        return door(request, back)
    press = again.read(request.POST.get("again", ""))
    account = request.POST.get("username", "")[:_LONGEST]
    address = request.META.get("REMOTE_ADDR", "")
    now = house().clock.now()
    wait = THROTTLE.wait(account, address, now)
    if wait:
        seconds = str(ceil(wait.total_seconds()))
        sentence = say(
            "Too many wrong tries for this name from this place. Wait %(seconds)s seconds, then "
            "try again. Others are not held up.",
            seconds=seconds,
        )
        return door(
            request, back, press=press, problems=(problem("username", sentence),), status=429
        )
    user = authenticate(request, username=account, password=request.POST.get("password", ""))
    if user is None:
        THROTTLE.wrong(account, address, now)
        return door(request, back, press=press, problems=(problem("username", WRONG),), status=422)
    THROTTLE.right(account, address)
    login(request, user)
    if press is not None:
        context = {**bare(request), "again": press}
        return HttpResponse(render_to_string("desk/again.html", context, request))
    return HttpResponseRedirect(back)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@open_to_all
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the reader's language in a cookie."""
    answer = HttpResponseRedirect(inside(request.POST.get("next")))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        _remember(request, answer, settings.LANGUAGE_COOKIE_NAME, code)
    return answer


@open_to_all
@require_POST
def choose_palette(request: HttpRequest) -> HttpResponseBase:
    """Remember light or night in a cookie."""
    answer = HttpResponseRedirect(inside(request.POST.get("next")))
    palette = request.POST.get("palette", "")
    if palette in PALETTES:
        _remember(request, answer, PALETTE_COOKIE, palette)
    return answer


def inside(target: str | None) -> str:
    """Return a path of this desk; anything that leads elsewhere becomes the wall."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(target)
    return parts.path if not parts.netloc and parts.path.isascii() else "/"


def _remember(request: HttpRequest, answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def door(
    request: HttpRequest,
    back: str,
    *,
    press: Again | None = None,
    problems: Problems = (),
    status: int = 200,
) -> HttpResponse:
    """Return the sign-in page; it carries a press that came after the session had ended."""
    boxes = (Box(name="username", label=say("Your name"), value=request.POST.get("username", "")),)
    me = house()
    context = {
        **bare(request),
        "boxes": with_problems(boxes, problems),
        "problems": problems,
        "next": back,
        "again": press,
        "me": me.me,
        "demo": me.demo,
    }
    return HttpResponse(render_to_string("desk/sign_in.html", context, request), status=status)
