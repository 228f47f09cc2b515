"""A log line says which kind of error, and nothing that was typed."""

import io
import logging
from typing import Any

from comity.node.quiet_log import KindOnly
from comity.node.settings import LOGGING

SECRET = "panel@harbour.example"


def logged(error: Exception | None, message: str = "broken %s", *args: object) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(KindOnly())
    logger = logging.getLogger("comity.test.quiet")
    logger.handlers = [handler]
    logger.propagate = False
    if error is None:
        logger.warning(message, *args)
        return out.getvalue()
    try:
        raise error
    except ValueError:
        logger.exception(message, SECRET)
    return out.getvalue()


def test_an_error_leaves_its_kind_and_nothing_else() -> None:
    line = logged(ValueError(SECRET))
    assert "ValueError" in line
    assert SECRET not in line
    assert "Traceback" not in line


def test_a_line_without_an_error_stays_as_it_is() -> None:
    assert logged(None, "visit to %s failed", "XJN") == "visit to XJN failed\n"


def test_every_way_to_the_terminal_goes_through_the_filter() -> None:
    ways: Any = LOGGING
    assert ways["handlers"]["stderr"]["filters"] == ["kind_only"]
    for logger in (ways["root"], ways["loggers"]["django"]):
        assert logger["handlers"] == ["stderr"]


def test_a_wrong_host_fills_no_log() -> None:
    ways: Any = LOGGING
    quiet = ways["loggers"]["django.security.DisallowedHost"]
    assert quiet == {"handlers": ["nowhere"], "propagate": False}
