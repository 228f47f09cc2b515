"""Style and script of the desk, served by name and digest, so that a browser keeps them."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from comity.desk.access import open_to_all

TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
NAMES: Final = ("tokens.css", "desk.css", "poll.js")
_FOREVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A packaged file with the first letters of its digest."""

    name: str
    data: bytes
    mark: str

    @property
    def url(self) -> str:
        """The address, which changes when the file does."""
        return f"/static/{self.mark}/{self.name}"


@cache
def asset(name: str) -> Asset:
    """Return a packaged file."""
    data = (files("comity.desk") / "static" / name).read_bytes()
    return Asset(name=name, data=data, mark=hashlib.sha256(data).hexdigest()[:12])


@open_to_all
def serve(_: HttpRequest, mark: str, name: str) -> HttpResponse:
    """Serve a packaged file; an address of an older version is gone."""
    if name not in NAMES or asset(name).mark != mark:
        raise Http404
    kind = TYPES[name[name.rindex(".") :]]
    return HttpResponse(asset(name).data, content_type=kind, headers={"Cache-Control": _FOREVER})
