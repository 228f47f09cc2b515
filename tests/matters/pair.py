"""Two States and the acts they sign: what the tests of this room are played with.

``Pair`` holds what each State holds. An act is stated on what its author holds
at that moment; ``meet`` brings everything to both. Nothing is proven or sealed:
this room judges acts, it does not believe signatures.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, TypedDict, Unpack

from comity.matters.act import (
    Act,
    Basis,
    Header,
    Law,
    PartRef,
    Party,
    Result,
    read_act,
    write_header,
)
from comity.matters.fold import Judged, View, fold
from comity.matters.stages import PARTS, ROWS, Member, Role
from comity.matters.steps import choices, place
from comity.seal.forms import b64, digest

Q: Final = "XNR"
R: Final = "XJN"
NOW: Final = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
LATER: Final = NOW + timedelta(days=90)
PARTIES: Final = (Party(state=R, role="requested"), Party(state=Q, role="requesting"))
ROLES: Final = {Q: Role.REQUESTING, R: Role.REQUESTED}
OTHER: Final = {Q: R, R: Q}
NEEDS: Final = {(role, row.step.value): row.needs for role in Role for row in reversed(ROWS[role])}
KEPT: Final = Result(item=1, result="kept")


class Changes(TypedDict, total=False):
    """Members of a header that a test sets."""

    v: int
    matter: str | None
    kind: str
    step: str
    author: str
    seq: int
    prev: str | None
    read: tuple[tuple[str, str], ...]
    answers: str | None
    nonce: bytes | None
    parties: tuple[Party, ...]
    basis: Basis
    form: str
    channel: str
    assurance: str
    refs: tuple[tuple[str, str], ...]
    lang: str
    at: datetime
    urgency: str
    offence: str
    items: int
    until: datetime | None
    results: tuple[Result, ...]
    grounds: tuple[str, ...]
    law: Law
    approvals: tuple[bytes, ...]
    parts: tuple[PartRef, ...]


def part(role: str, number: int = 0) -> PartRef:
    """A part by its reference alone; the fold never reads one."""
    return PartRef(role=role, length=7, commit=b64(sha256(f"{role}{number}".encode()).digest()))


PLAIN: Final = Header(
    step="acknowledge",
    author=R,
    seq=0,
    parties=PARTIES,
    basis=Basis(instrument="budapest", article="29"),
    form="uncc",
    channel="poc_247",
    lang="en",
    at=NOW,
    urgency="immediate_247",
    law=Law(edition=digest(b"law"), rows=("budapest/29-2",)),
)
OPENING: Final = replace(
    PLAIN,
    step="request",
    author=Q,
    nonce=b"n" * 32,
    items=2,
    offence="A13",
    until=LATER,
    refs=((Q, "NM-2026/117"),),
    parts=(part("request"),),
)


def header(**changes: Unpack[Changes]) -> Header:
    return replace(PLAIN, **changes)


def signed(**changes: Unpack[Changes]) -> Act:
    return read_act(write_header(replace(PLAIN, **changes)))


def opening(**changes: Unpack[Changes]) -> Act:
    return read_act(write_header(replace(OPENING, **changes)))


def again(act: Act, **changes: Unpack[Changes]) -> Act:
    """The same header, changed and signed again."""
    members = {one.name: getattr(act, one.name) for one in fields(Header)}
    return read_act(write_header(replace(Header(**members), **changes)))


def needed(author: str, step: str, items: int) -> Changes:
    """What the table says that the step needs, but for ``answers``."""
    needs = NEEDS.get((ROLES[author], step), frozenset())
    members = Changes(parts=tuple(part(role) for role, member in PARTS.items() if member in needs))
    if Member.UNTIL in needs:
        members["until"] = LATER
    if Member.RESULTS in needs:
        members["results"] = tuple(replace(KEPT, item=number + 1) for number in range(items))
    if Member.GROUNDS in needs:
        members["grounds"] = ("R21B_essential_interests",)
    if Member.REFS in needs:
        members["refs"] = ((author, "MLA-2026/9"),)
    if Member.ITEMS in needs:
        members["items"] = items
    return members


def next_act(acts: Iterable[Act], author: str, step: str, /, **changes: Unpack[Changes]) -> Act:
    """The author's next act on top of all ``acts``, with what its step needs."""
    view = fold(acts)
    spot = place(view, author)
    assert spot is not None, "this State must not sign: give the place by hand"
    assert view.opening is not None
    offered = next((one for one in choices(view, author) if one.step == step), None)
    plain = replace(
        PLAIN,
        step=step,
        matter=spot.matter,
        author=spot.author,
        seq=spot.seq,
        prev=spot.prev,
        read=spot.read,
        answers=offered.answers[0] if offered and offered.must_answer else None,
        at=NOW + timedelta(minutes=len(view.judged)),
        parties=view.opening.parties,
        basis=view.opening.basis,
        form=view.opening.form,
    )
    full = replace(plain, **needed(author, step, view.opening.items))
    return read_act(write_header(replace(full, **changes)))


@dataclass
class Pair:
    """What each of the two States holds."""

    held: dict[str, list[Act]] = field(default_factory=lambda: {Q: [], R: []})

    def open(self, **changes: Unpack[Changes]) -> Act:
        return self.add(opening(**changes))

    def do(self, author: str, step: str, /, **changes: Unpack[Changes]) -> Act:
        """State an act on what its author holds; only the author has it then."""
        return self.add(next_act(self.held[author], author, step, **changes))

    def add(self, act: Act) -> Act:
        self.held[act.author].append(act)
        return act

    def meet(self) -> None:
        """Bring everything to both."""
        everything = self.acts
        self.held = {Q: list(everything), R: list(everything)}

    @property
    def acts(self) -> tuple[Act, ...]:
        return tuple({act.id: act for act in (*self.held[Q], *self.held[R])}.values())

    @property
    def view(self) -> View:
        return fold(self.acts)

    def judged(self, act: Act) -> Judged:
        """The act as it stands among all acts of both."""
        return next(one for one in self.view.judged if one.act.id == act.id)


def play(*steps: tuple[str, str], **first: Unpack[Changes]) -> Pair:
    """Play steps one after the other, each author having read all before it."""
    pair = Pair()
    pair.open(**first)
    pair.meet()
    for author, step in steps:
        pair.do(author, step)
        pair.meet()
    return pair
