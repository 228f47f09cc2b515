"""Pages that say what went wrong and what to do. None of them needs the house."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from comity.desk.frame import bare
from comity.desk.speak import speak
from comity.text import Sentence, ToldError, say

NOT_FOUND: Final = say("There is no such page here. Go back to the desk and look.")
BAD_REQUEST: Final = say(
    "This page could not be read. Go back, look at what you typed, and send it again."
)
FORBIDDEN: Final = say(
    "The page was open for too long, or cookies are off, so nothing was sent. Go back, load the "
    "page again and send it once more. What you typed is still on the page before this one."
)
BROKEN: Final = say(
    "Something went wrong here. Nothing was sent to another State by this press. Go back to the "
    "desk and look; if it happens again, tell the administrator the time on your clock."
)
TOO_LARGE: Final = say(
    "What you sent is larger than 8 MB, so nothing of it was read. Go back: it is still on the "
    "page. Paste only the mail without its attachments, or only the lines that matter."
)
NO_ROLE: Final = say("Your account has no role at this desk. Ask the administrator to give it one.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a page, a file or a draft that is not there, or not yours: 404."""
    del exception
    return _fault(request, NOT_FOUND, 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a request that makes no sense: 400."""
    del exception
    return _fault(request, BAD_REQUEST, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a refused request: 403."""
    del exception
    return _fault(request, FORBIDDEN, 403)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer for our own fault: 500."""
    return _fault(request, BROKEN, 500)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer for a body larger than the desk reads: 413."""
    return _fault(request, TOO_LARGE, 413)


def no_role(request: HttpRequest) -> HttpResponse:
    """Answer for an account that may sign in and nothing else: 403."""
    return _fault(request, NO_ROLE, 403)


def told(request: HttpRequest, error: ToldError) -> HttpResponse:
    """Answer with an error's own sentence: 409."""
    return _fault(request, error.sentence, 409)


def _fault(request: HttpRequest, sentence: Sentence, status: int) -> HttpResponse:
    context = {**bare(request), "sentence": speak(sentence), "status": status}
    return HttpResponse(render_to_string("desk/fault.html", context, request), status=status)
