"""An account with a provider, named by its handle or by the provider's own number for it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from comity.facts.data import Data, text_of
from comity.facts.errors import BadAccount, Wildcard
from comity.facts.typed import as_typed, has_wildcard
from comity.text import say

LONGEST: Final = 128
HANDLE: Final = "handle"
USER_ID: Final = "user_id"
_NUMBERED: Final = re.compile(r"(?i)id[ :=#]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A provider and one name of an account there.

    ``named_by`` is ``handle`` (a name people see, which may change hands) or ``user_id``
    (the provider's own number, which does not).
    """

    kind: ClassVar[str] = "account"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "provider", "name", "named_by"})
    provider: str
    name: str
    named_by: str = HANDLE

    def __post_init__(self) -> None:
        """Refuse an account without provider or name, or one that stands for many."""
        if has_wildcard(self.name):
            raise Wildcard(
                say(
                    "Name one account. A wildcard (%(signs)s) asks for many people's data.",
                    signs="* ? %",
                )
            )
        if not self.provider or len(self.provider) > LONGEST:
            raise BadAccount(say("Say which provider keeps the account, such as Telegram."))
        if not self.name or len(self.name) > LONGEST or any(sign.isspace() for sign in self.name):
            raise BadAccount(say("Write the handle or user number of the account, without spaces."))
        if self.named_by not in {HANDLE, USER_ID}:
            raise BadAccount(say("Say whether the account is named by handle or by user number."))

    @property
    def normal(self) -> str:
        """Return the form to compare by: capitals count in a user number, not in a handle."""
        name = self.name if self.named_by == USER_ID else _folded(self.name)
        return f"{_folded(self.provider)}:{self.named_by}:{name}"

    def caption(self) -> str:
        """Return provider and name: ``Telegram: @ola``, ``Telegram: id 4711``."""
        mark = "@" if self.named_by == HANDLE else "id "
        return f"{self.provider}: {mark}{self.name}"

    def as_data(self) -> Data:
        """Return the wire form."""
        return {
            "kind": self.kind,
            "provider": self.provider,
            "name": self.name,
            "named_by": self.named_by,
        }


def clean(text: str) -> Account:
    """Return the account typed as ``provider: handle`` or ``provider: id number``.

    :raises BadAccount: provider or name is missing.
    :raises Wildcard: it stands for several accounts.
    """
    provider, colon, name = as_typed(text, longest=2 * LONGEST).partition(":")
    if not colon:
        raise BadAccount(
            say(
                "Write the provider, a colon and the account: Telegram: @name, "
                "or Telegram: id 4711 where you know the user number."
            )
        )
    numbered = _NUMBERED.match(name.strip())
    if numbered:
        return clean_parts(provider, name.strip()[numbered.end() :], named_by=USER_ID)
    return clean_parts(provider, name)


def clean_parts(provider: str, name: str, *, named_by: str = HANDLE) -> Account:
    """Return the account typed into two fields.

    :raises BadAccount: provider or name is missing.
    :raises Wildcard: it stands for several accounts.
    """
    typed = as_typed(name, longest=LONGEST)
    return Account(
        provider=" ".join(as_typed(provider, longest=LONGEST).split()),
        name=typed.removeprefix("@") if named_by == HANDLE else typed,
        named_by=named_by,
    )


def from_data(data: Mapping[str, str | int]) -> Account:
    """Return the account of its wire form."""
    return Account(
        provider=text_of(data, "provider"),
        name=text_of(data, "name"),
        named_by=text_of(data, "named_by"),
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
