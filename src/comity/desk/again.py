"""A press that came after the session had ended: sign in, and send the same once more.

Nothing typed is lost, and nothing is sent without another press of the officer.
"""

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

LONGEST = 6 * 1024 * 1024
_DROPPED = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Where the press went, and what it carried."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def written(self) -> str:
        """Return it as one hidden field carries it."""
        return json.dumps([self.path, self.fields], ensure_ascii=False)


def of_press(request: HttpRequest) -> Again | None:
    """Return a press worth keeping: one that this desk's own page sent."""
    own_page = CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {}) is None
    if request.method != "POST" or not own_page:
        return None
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        if name not in _DROPPED
        for value in values
    )
    return Again(path=request.path, fields=fields)


def read(text: str) -> Again | None:
    """Return what a hidden field carried; None where it is not in its form."""
    if not text or len(text) > LONGEST:
        return None
    try:
        path, fields = json.loads(text)
        pairs = tuple((str(name), str(value)) for name, value in fields)
    except (ValueError, TypeError, RecursionError):
        return None
    inside = isinstance(path, str) and path.startswith("/") and not path.startswith(("//", "/\\"))
    return Again(path=path, fields=pairs) if inside else None


def _nothing(_: HttpRequest) -> HttpResponse:
    return HttpResponse()
