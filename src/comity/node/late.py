"""What must wait until the settings are known: Django, and all that imports its tables.

The command line answers `comity --help` without reading a settings file. A module that
imports ``comity.records`` is loaded here by name once Django is set up.
"""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from comity.node.config import Config, load_config

SETTINGS = "comity.node.settings"


def settings_of(file: Path | None) -> Config:
    """Read a settings file (None: the one that the environment names, or this folder's)."""
    environ = dict(os.environ)
    if file is not None:
        environ["COMITY_CONFIG"] = str(file)
    return load_config(environ)


def django_ready(file: Path | None) -> Config:
    """Read the settings and set Django up from them."""
    config = settings_of(file)
    os.environ["COMITY_CONFIG"] = str(config.file)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    return config


def late(module: str, name: str) -> Callable[..., Any]:
    """Return a function of a module that may be imported only now."""
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
