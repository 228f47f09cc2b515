"""Who may open a page: nobody but officers, unless the page says that it is open to all."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)

_OPEN: Final = "comity_open_to_all"


def open_to_all(view: V) -> V:
    """Mark a page that needs no sign-in."""
    setattr(view, _OPEN, True)
    return view


def is_open(view: object) -> bool:
    """Say whether a page needs no sign-in."""
    return getattr(view, _OPEN, False) is True
