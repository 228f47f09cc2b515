"""States to test with: their keys, and a card that every rule allows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import shake_256

from comity.directory.anchor import WordsAnchor
from comity.directory.card import Authority, Card, CardKey, Declaration, Endpoint, Treaty
from comity.directory.read import read_card
from comity.directory.trust import Pinned
from comity.directory.write import sign_card, write_card
from comity.seal import suite1
from comity.seal.forms import digest
from comity.seal.keys import OpenWith, Purpose, SigningKey, Suite
from comity.seal.suites import LIVE
from tests import suite0
from tests.suite0 import SUITES_0

NOW = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def seeded(label: str) -> Callable[[int], bytes]:
    """Return a "random" that gives the same bytes for the same label."""
    return lambda count: shake_256(label.encode()).digest(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A State's secret keys and its card."""

    root: SigningKey
    acts: SigningKey
    node: SigningKey
    opening: OpenWith
    card: Card
    suites: Mapping[int, Suite]

    def envelope(self, **changes: object) -> bytes:
        """Return the signed card, changed."""
        return sign_card(replace(self.card, **changes), self.root, self.suites)  # type: ignore[arg-type]

    def changed(self, **changes: object) -> Card:
        """Return the card, changed, as it would be read."""
        return redraw(self.card, self.suites, **changes)

    def pinned(self) -> Pinned:
        """Return the root as two officers pinned it."""
        anchor = WordsAnchor(officers=("Ada", "Bo"), at=NOW)
        return Pinned(state=self.card.state, root=self.root.public, anchor=anchor)

    def opener(self, key_id: str) -> OpenWith | None:
        """Return the opening key of this id."""
        return self.opening if key_id == self.opening.public.id else None


def redraw(card: Card, suites: Mapping[int, Suite], **changes: object) -> Card:
    """Return ``card`` with changes, as it would be read."""
    return read_card(write_card(replace(card, **changes), suites), suites)  # type: ignore[arg-type]


def make_state(state: str = "XNR", *, live: bool = False) -> State:
    """Return a State with keys of suite 1 (``live``), else of suite 0."""
    suites = LIVE if live else SUITES_0
    root, acts, node = (signing_key(f"{state} {name}", live=live) for name in ("r", "a", "n"))
    opening = opening_key(f"{state} s", live=live)
    card = Card(
        state=state,
        names=(("en", f"State of {state}"), ("fr", f"État de {state}")),
        version=7,
        issued=NOW - DAY,
        expires=NOW + 300 * DAY,
        root=root.public,
        demo=False,
        signing=(
            CardKey(
                purpose=Purpose.ACTS,
                epoch=1,
                since=NOW - 9 * DAY,
                until=NOW + 90 * DAY,
                public=acts.public,
            ),
            CardKey(
                purpose=Purpose.NODE,
                epoch=3,
                since=NOW - 9 * DAY,
                until=NOW + 90 * DAY,
                public=node.public,
            ),
        ),
        sealing=(
            CardKey(
                purpose=Purpose.SEAL,
                epoch=2,
                since=NOW - 9 * DAY,
                until=NOW + 90 * DAY,
                public=opening.public,
            ),
        ),
        endpoint=Endpoint(url="https://node.example/comity", tls=digest(state.encode())),
        authorities=(
            Authority(
                code="poc",
                name=f"24/7 desk of {state}",
                roles=("contact_point",),
                phone="+999 5550 100",
                hours="24/7",
                languages=("en",),
            ),
        ),
        languages=("en", "fr"),
        declarations=(
            Declaration(
                instrument="budapest",
                article="29(4)",
                code="dual_criminality",
                text="Dual criminality is required for offences outside articles 2 to 11.",
                source="ETS 185, declarations",
            ),
        ),
        treaties=(
            Treaty(
                instrument="budapest",
                in_force_from=date(2015, 7, 1),
                source="ETS 185, status list",
                confirmed_by="Ministry of Justice",
            ),
        ),
        log=f"comity.invalid/{state}/log/v1",
    )
    return State(
        root=root,
        acts=acts,
        node=node,
        opening=opening,
        card=redraw(card, suites),
        suites=suites,
    )


def signing_key(label: str, *, live: bool = False) -> SigningKey:
    """Return the signing key of a label."""
    if live:
        return suite1.new_signing_key(seeded(label))
    return suite0.new_signing_key(seeded(label))


def opening_key(label: str, *, live: bool = False) -> OpenWith:
    """Return the opening key of a label."""
    if live:
        return suite1.new_opening_key(seeded(label))
    return suite0.new_opening_key(seeded(label))
