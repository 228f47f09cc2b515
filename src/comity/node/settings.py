"""Django's settings, derived from the one settings file of the node.

Without ``COMITY_CONFIG`` they describe no node: an empty database in memory and a
secret that nobody knows, which is what tests and type checkers need.
"""

import os
import secrets
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from comity.node.config import Config, default_config, load_config

_SQLITE: Final = "sqlite://"
_WAIT_SECONDS: Final = 20.0


def _config() -> Config:
    if os.environ.get("COMITY_CONFIG"):
        return load_config(os.environ)
    return default_config(os.environ)


def _secret(config: Config) -> str:
    if config.file is None:
        return secrets.token_urlsafe(48)
    return config.keys.secret.read_text(encoding="ascii").strip()


def _database(url: str) -> dict[str, Any]:
    if url.startswith(_SQLITE):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix(_SQLITE).removeprefix("/") or ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": _WAIT_SECONDS,
                "transaction_mode": "IMMEDIATE",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


COMITY: Final = _config()
"""What the settings file says; rooms above Django read it here."""

COMITY_HOUSE: Final = "comity.node.house.the_house"
"""Dotted name of the function that returns this process's House; the desk calls it."""

DEBUG = False
SECRET_KEY = _secret(COMITY)
ALLOWED_HOSTS = list(COMITY.desk.hosts)
ROOT_URLCONF = "comity.desk.urls"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "comity.records.apps.RecordsConfig",
    "comity.desk.apps.DeskConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "comity.desk.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    },
]

DATABASES = {"default": _database(COMITY.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("ar", "العربية"),
    *([("en-xa", "[Ƥşḗŭḓǿ]")] if COMITY.desk.pseudo_locale else []),
]
LOCALE_PATHS = [Path(__file__).parents[1] / "desk" / "locale"]

# Two desks on one machine differ only in their port, which cookies do not see.
SESSION_COOKIE_NAME = f"__Host-comity-{COMITY.state.lower()}"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"__Host-comity-csrf-{COMITY.state.lower()}"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_NAME = f"__Host-comity-language-{COMITY.state.lower()}"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if COMITY.demo else 365 * 24 * 60 * 60
X_FRAME_OPTIONS = "DENY"

LOGIN_URL = "/sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# A paste of 5 MB must reach the form, so that its sentence stands at the field.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
STATIC_URL = "/static/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"kind_only": {"()": "comity.node.quiet_log.KindOnly"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["kind_only"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        # Anybody can send a wrong Host header; one line for each would fill the disk.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # Django's own handlers would print the traceback.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
