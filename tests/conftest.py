"""What holds for every test: no network but this machine, and two depths."""

import os
import sys
from ipaddress import ip_address
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

DEEP: Final = os.environ.get("COMITY_DEPTH") == "deep"

# Quick runs draw the same examples each time, so that a red run is red again; deep runs explore.
settings.register_profile(
    "quick",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("deep", deadline=None, max_examples=5_000, print_blob=True)
settings.load_profile("deep" if DEEP else "quick")


class NetworkRefused(RuntimeError):
    """A test tried to leave this machine."""


def _stays_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guard(event: str, args: tuple[object, ...]) -> None:
    """Refuse what would leave this machine; an audit hook sees every Python socket."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        target = args[1]
        # A path or bytes is a local socket; no address means one that is connected already.
        host = target[0] if isinstance(target, tuple) and target else None
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if not _stays_here(host):
        message = f"{event} to {host!r}: a test talks to this machine only."
        raise NetworkRefused(message)


sys.addaudithook(_guard)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked ``deep`` to `make test-deep`: not run is not the same as skipped."""
    if DEEP:
        return
    left = [item for item in items if item.get_closest_marker("deep")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("deep")]
