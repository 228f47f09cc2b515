"""Who sits where: accounts, and at which State's desk a request is answered."""

from contextvars import ContextVar
from typing import Final

from django.contrib.auth.models import Group, User

from tests.desk.two_desks import NORTHMERE

SITTING: ContextVar[str] = ContextVar("SITTING", default=NORTHMERE)
PASSWORD: Final = "a long enough password"
PLAIN: Final = {
    "ALLOWED_HOSTS": ["testserver", "localhost", "127.0.0.1"],
    "SESSION_COOKIE_NAME": "session",
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_NAME": "csrf",
    "CSRF_COOKIE_SECURE": False,
    "LANGUAGE_COOKIE_NAME": "language",
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}
"""Settings without TLS, and with a hash that does not slow tests down."""


def add_officer(name: str, *roles: str) -> User:
    """Add an account with roles."""
    user = User.objects.create_user(name, password=PASSWORD)
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return user
