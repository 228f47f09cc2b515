"""Read the part that says what is asked (act-v1 section 4): written by others, shown with care."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from comity.facts import FactError, Value, from_data, reveal
from comity.facts.data import Data
from comity.facts.read import KINDS
from comity.matters.forms import MOST_ITEMS
from comity.seal import canonical
from comity.seal.errors import SealError
from comity.text import Sentence, say

Members: TypeAlias = dict[str, canonical.Json]

TEXTS: Final[tuple[tuple[str, Sentence], ...]] = (
    ("authority", say("Authority that asks")),
    ("facts", say("Facts")),
    ("data", say("Data to keep")),
    ("link", say("Link to the offence")),
    ("custodian", say("Who holds the data")),
    ("necessity", say("Why it is needed now")),
    ("contact", say("Contact for questions")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item asked for: its number, what kind it is, and how it reads."""

    n: int
    label: Sentence
    caption: str
    missing: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """What a request asks for, as the page shows it."""

    texts: tuple[tuple[str, Sentence, str], ...]
    items: tuple[Item, ...]
    secrecy: bool
    follow_up: bool
    period: tuple[str, str] | None

    def text(self, name: str) -> str:
        """Return a text member; empty where it is not there."""
        return next((found for code, _, found in self.texts if code == name), "")

    @property
    def custodian(self) -> str:
        """Return who holds the data, as the request says."""
        return self.text("custodian")


def read_request(data: bytes) -> AskedFor | None:
    """Return what the part says; None where it is not in its form."""
    try:
        members = canonical.decode(data)
    except SealError:
        return None
    return AskedFor(
        texts=tuple(
            (name, label, reveal(text))
            for name, label in TEXTS
            if (text := _text(members, name)).strip()
        ),
        items=tuple(_items(members.get("items"))),
        secrecy=members.get("secrecy") is True,
        follow_up=members.get("follow_up") == "yes",
        period=_period(members.get("period")),
    )


def _items(listed: canonical.Json) -> list[Item]:
    entries = listed if isinstance(listed, list) else []
    shown = [_item(number, entry) for number, entry in enumerate(entries[:MOST_ITEMS], start=1)]
    # More than act-v1 allows: one line stands for them all, or the page would grow without end.
    return shown if len(entries) <= MOST_ITEMS else [*shown, _unreadable(MOST_ITEMS + 1)]


def _item(number: int, entry: canonical.Json) -> Item:
    if not isinstance(entry, dict):
        return _unreadable(number)
    data: Data = {
        name: value
        for name, value in entry.items()
        if name != "n" and isinstance(value, str | int) and not isinstance(value, bool)
    }
    try:
        value = from_data(data)
    except FactError:
        return _unreadable(number)
    return item_of(number, value)


def _unreadable(number: int) -> Item:
    return Item(n=number, label=say("An item that this version cannot show"), caption="")


def item_of(number: int, value: Value) -> Item:
    """Return a value as an item of a list."""
    known = KINDS.get(value.kind)
    label = known.label if known else say("A kind that this version does not know")
    return Item(n=number, label=label, caption=reveal(value.caption()))


def _text(members: Members, name: str) -> str:
    found = members.get(name)
    return found if isinstance(found, str) else ""


def _period(found: canonical.Json) -> tuple[str, str] | None:
    if not isinstance(found, dict):
        return None
    first, last = found.get("from"), found.get("to")
    if not isinstance(first, str) or not isinstance(last, str):
        return None
    return reveal(first), reveal(last)
