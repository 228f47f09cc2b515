"""Whatever order cards arrive in, only the State's own line of cards is ever held."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.directory.card import Card
from comity.directory.errors import DirectoryError
from comity.directory.trust import accept_card
from comity.directory.write import sign_card
from comity.seal.keys import SigningKey
from tests.directory.states import NOW, make_state, signing_key
from tests.suite0 import SUITES_0

STATE = make_state()
PINNED = STATE.pinned()
ROOTS = (STATE.root, signing_key("second root"), signing_key("third root"))
THIEF = signing_key("thief")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A card that somebody issued: number, root, successor, and a text that makes it differ."""

    version: int
    root: int
    successor: int | None
    text: str

    @property
    def envelope(self) -> bytes:
        return sign_card(self.card, self.key, SUITES_0)

    @property
    def key(self) -> SigningKey:
        return (*ROOTS, THIEF)[self.root]

    @property
    def card(self) -> Card:
        return replace(
            STATE.card,
            version=self.version,
            root=self.key.public,
            successor=None if self.successor is None else ROOTS[self.successor].public.id,
            names=(("en", self.text),),
        )


# The State's own line: its root passes on twice.
LINE = (
    Issued(version=1, root=0, successor=None, text="a"),
    Issued(version=2, root=0, successor=1, text="a"),
    Issued(version=3, root=1, successor=None, text="a"),
    Issued(version=5, root=1, successor=2, text="a"),
    Issued(version=6, root=2, successor=None, text="a"),
    Issued(version=9, root=2, successor=None, text="a"),
)

issued = st.builds(
    Issued,
    version=st.integers(1, 9),
    root=st.integers(0, 3),
    successor=st.none() | st.integers(0, 2),
    text=st.sampled_from("ab"),
)


def offer(held: Card | None, one: Issued) -> Card | None:
    """Offer a card; return the one that is held afterwards."""
    try:
        return accept_card(
            one.envelope, pinned=PINNED, held=held, now=NOW, demo=False, suites=SUITES_0
        )
    except DirectoryError:
        return held


def allowed(held: Issued | None, one: Issued) -> bool:
    """Say what card-v1 says, in other words."""
    if one.successor == one.root:
        return False  # a root is not its own successor
    if held is None:
        return one.root == 0
    if one.root not in {held.root, held.successor}:
        return False
    return one.version > held.version or one == held


@given(st.lists(issued, max_size=12))
def test_the_rules_hold_for_every_order_of_cards(arriving: list[Issued]) -> None:
    held: Card | None = None
    model: Issued | None = None
    for one in arriving:
        held = offer(held, one)
        if allowed(model, one):
            model = one
        assert (held is None) == (model is None)
        if held is not None and model is not None:
            assert replace(held, payload=b"") == replace(model.card, payload=b"")


@given(st.permutations(LINE))
def test_cards_of_the_line_that_arrive_in_any_order_never_lead_astray(
    arriving: list[Issued],
) -> None:
    held: Card | None = None
    seen: list[int] = []
    for one in arriving:
        after = offer(held, one)
        if after is not None and after != held:
            seen.append(after.version)
        held = after
    assert seen == sorted(seen)
    for one in LINE:
        held = offer(held, one)
    assert held is not None
    assert held.version == 9, "sent once more in order, the newest is reached"


@given(st.lists(issued.map(lambda one: replace(one, root=3)), max_size=5))
def test_a_thief_without_the_root_changes_nothing_at_any_point(forged: list[Issued]) -> None:
    held: Card | None = None
    for genuine in LINE:
        held = offer(held, genuine)
        for one in forged:
            assert offer(held, one) == held


@pytest.mark.parametrize("stolen", [0, 1])
def test_a_root_that_was_passed_on_is_worthless_to_a_thief(stolen: int) -> None:
    held: Card | None = None
    for genuine in LINE:
        held = offer(held, genuine)
    for successor in (None, 1, 2):
        one = Issued(version=9_000, root=stolen, successor=successor, text="b")
        assert offer(held, one) == held
