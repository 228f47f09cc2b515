"""Drawing the stage page: Django's template engine alone, without a project around it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from django.template import Context, Engine

STYLES: Final = {
    "tokens.css": ("comity.desk", "static"),
    "desk.css": ("comity.desk", "static"),
    "stage.css": ("comity_stage", "."),
}
"""The style sheets: the desk's own, and what the stage adds."""


def draw(name: str, context: Mapping[str, object]) -> bytes:
    """Return a page as UTF-8."""
    whole = Context(dict(context), use_l10n=False, use_tz=False)
    return _engine().get_template(name).render(whole).encode()


def style(name: str) -> bytes | None:
    """Return a style sheet, or None when there is none of that name."""
    if name not in STYLES:
        return None
    package, folder = STYLES[name]
    return (files(package) / folder / name).read_bytes()


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(files("comity_stage") / "pages")])
