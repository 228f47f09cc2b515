"""`comity peer`: which States this node speaks with, and what their roots hang on."""

import sys
from argparse import Namespace
from pathlib import Path

from comity.actions.peers import add_peer_by_registrar, add_peer_by_words, renew_card
from comity.actions.ports import HeldCard, House
from comity.directory.anchor import WordsAnchor
from comity.directory.card import Card
from comity.directory.trust import claimed
from comity.node.errors import NoSuchFile, NotTyped
from comity.node.init import numbered
from comity.node.opened import opened
from comity.seal.forms import time_text
from comity.seal.words import twelve_words
from comity.text import say


def add(args: Namespace) -> int:
    """Accept a peer's card: by a registrar's statement, or by words heard over the phone."""
    _, house = opened(args.config)
    envelope = _bytes(args.file)
    card = claimed(envelope, house.suites).card
    known = house.store.read(lambda view: view.card(card.state))
    if args.anchor is not None:
        held = add_peer_by_registrar(house, envelope, _bytes(args.anchor))
    elif known is not None and known.card.root.id == card.root.id:
        held = renew_card(house, card.state, envelope)
    else:
        held = _by_words(house, envelope, card, args)
    print(f"{_name(held.card)} is a peer now, version {held.card.version} of its card.")
    return 0


def show(args: Namespace) -> int:
    """Show one peer."""
    _, house = opened(args.config)
    held = house.store.read(lambda view: view.card(args.state))
    if held is None:
        raise NoSuchFile(args.state, "a peer of this node")
    card = held.card
    print(f"{_name(card)}, version {card.version}, until {time_text(card.expires)}")
    print(f"Root checked: {_anchor(held)}. Its twelve words:")
    print(numbered(twelve_words(card.root.id)))
    print(f"Node: {card.endpoint.url}")
    for one in card.authorities:
        print(f"{one.name}: {one.phone}, {one.hours} ({', '.join(one.roles)})")
    for key in card.keys:
        print(f"Key {key.purpose} {key.epoch}, until {time_text(key.until)}: {key.id}")
    return 0


def list_all(args: Namespace) -> int:
    """List the peers, one line each."""
    _, house = opened(args.config)
    for held in house.store.read(lambda view: view.cards()):
        if held.card.state != house.me:
            until = time_text(held.card.expires)
            print(f"{_name(held.card):<32} until {until}  {_anchor(held)}")
    return 0


def _by_words(house: House, envelope: bytes, card: Card, args: Namespace) -> HeldCard:
    """Add by words. They are not shown before they are typed: who copies has not called."""
    print(f"{_name(card)}, version {card.version} of its card, node at {card.endpoint.url}.")
    if args.words is None:
        print("Call its contact point on a number that you knew before. Ask for the twelve words")
        print("of its root key (there: comity card) and type what you hear.")
    words = args.words if args.words is not None else _typed("Twelve words", "--words")
    officers = tuple(args.officer)
    if not officers:
        officers = (
            _typed("First officer who heard them", "--officer"),
            _typed("Second officer", "--officer"),
        )
    first, second = (*officers, "", "")[:2]
    return add_peer_by_words(house, envelope, words, (first, second))


def _typed(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise NotTyped(option)
    return input(f"{question}: ")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes().strip()
    except OSError as error:
        raise NoSuchFile(str(file), error.strerror or str(error)) from error


def _name(card: Card) -> str:
    return f"{card.state} {card.name('en')}"


def _anchor(held: HeldCard) -> str:
    anchor = held.pinned.anchor
    if isinstance(anchor, WordsAnchor):
        return str(say("two officers heard the words on %(at)s", at=time_text(anchor.at)))
    return str(say("a registrar vouched for it on %(at)s", at=time_text(anchor.at)))
