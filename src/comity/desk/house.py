"""Where the desk finds its house: the node says so once, tests say so for themselves."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from comity.actions.ports import House

_MAKES: list[Callable[[], House]] = []
_ZONES: list[Callable[[], ZoneInfo]] = []


def provide(
    make: Callable[[], House] | None, *, zone: Callable[[], ZoneInfo] | None = None
) -> None:
    """Use ``make`` for every page from now on; None: what the settings name."""
    _MAKES[:] = [] if make is None else [make]
    _ZONES[:] = [] if zone is None else [zone]


def house() -> House:
    """Return the house of this process."""
    if _MAKES:
        return _MAKES[0]()
    make: Callable[[], House] = import_string(settings.COMITY_HOUSE)
    return make()


def home_zone() -> ZoneInfo:
    """Return the zone in which this State's officers read their clocks."""
    if _ZONES:
        return _ZONES[0]()
    return ZoneInfo(settings.COMITY.desk.time_zone)
