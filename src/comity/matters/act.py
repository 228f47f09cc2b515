"""The act's header: its members as values, read strictly from bytes and written (act-v1).

An ``Act`` is a header that was read. Its ``id`` is the digest of exactly those
bytes. Whoever made it has not been proven here, and whether it counts is said
by ``comity.matters.fold``.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final, TypeVar

from comity.convention.codes import ChannelCode, Urgency
from comity.matters import forms
from comity.matters.errors import HeaderTooLarge, NotAnAct
from comity.matters.forms import Form, Misfit
from comity.matters.stages import KIND, KINDS, Role, Step
from comity.seal.canonical import Json, decode, encode
from comity.seal.errors import NotCanonical
from comity.seal.forms import b64, digest, time_text

T = TypeVar("T")

VERSION: Final = 1
MOST_BYTES: Final = 32_768
"""The largest header, in bytes."""

KEPT: Final = "kept"
"""The result of an item that the custodian keeps."""

STEPS: Final = frozenset(step.value for step in Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A State of the matter and what it is in it (``requesting``, ``requested``)."""

    state: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The legal basis: code of the instrument, article as printed (empty for reciprocity)."""

    instrument: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one item (numbered from 1): ``kept``, ``not_found``, ``not_kept``."""

    item: int
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """Digest of the edition of the law rows used, and the rows relied on, sorted."""

    edition: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRef:
    """A part by role, length in bytes, and commitment (base64); never its bytes."""

    role: str
    length: int
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an act says, member for member (act-v1 section 1).

    ``read`` and ``refs`` are pairs of State and value, sorted by State;
    ``approvals`` are canonical JSON objects that this version does not look into.
    """

    v: int = VERSION
    matter: str | None = None
    kind: str = KIND
    step: str
    author: str
    seq: int
    prev: str | None = None
    read: tuple[tuple[str, str], ...] = ()
    answers: str | None = None
    nonce: bytes | None = None
    parties: tuple[Party, ...]
    basis: Basis
    form: str
    channel: str
    assurance: str = "node"
    refs: tuple[tuple[str, str], ...] = ()
    lang: str
    at: datetime
    urgency: str
    offence: str = ""
    items: int = 0
    until: datetime | None = None
    results: tuple[Result, ...] = ()
    grounds: tuple[str, ...] = ()
    law: Law
    approvals: tuple[bytes, ...] = ()
    parts: tuple[PartRef, ...] = ()


MEMBERS: Final = frozenset(field.name for field in fields(Header))
"""The names of the members of version 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Header):
    """A header that was read: its id, its bytes, and the names of members not known here."""

    id: str
    header: bytes
    extra: tuple[str, ...] = ()

    @property
    def matter_id(self) -> str:
        """Return the matter's id, which in an opening act is the act's own."""
        return self.matter or self.id

    @property
    def understood(self) -> bool:
        """Say whether this reader knows the version, the kind and the step."""
        return self.v == VERSION and self.kind in KINDS and self.step in STEPS


def read_act(header: bytes) -> Act:
    """Return the act whose header these bytes are.

    Raises ``NotAnAct`` with the member that is missing or not of its form,
    ``HeaderTooLarge``, and ``NotCanonical`` where the bytes are not canonical
    JSON. An act of an unknown kind or step is read; so is one of a later
    version, of which only what places it in a lane must have its form.
    """
    if len(header) > MOST_BYTES:
        raise HeaderTooLarge
    raw = decode(header)
    version = _Members(raw, strict=True).must("v", _VERSION)
    members = _Members(raw, strict=version == VERSION)
    matter = members.must("matter", _DIGEST_OR_NULL)
    kind = members.take("kind", forms.word, "")
    known = version == VERSION and kind in KINDS
    return Act(
        id=digest(header),
        header=header,
        extra=tuple(name for name in raw if name not in MEMBERS),
        v=version,
        matter=matter,
        author=members.must("author", forms.state),
        seq=members.must("seq", _SEQ),
        prev=members.must("prev", _DIGEST_OR_NULL),
        read=members.must("read", _READ),
        at=members.must("at", forms.time),
        kind=kind,
        step=members.take("step", forms.word, ""),
        answers=members.take("answers", _DIGEST_OR_NULL, None),
        nonce=members.take("nonce", _NONCE if matter is None else _NO_NONCE, None),
        parties=members.take("parties", _two_parties if known else _ANY_PARTIES, ()),
        basis=members.take("basis", _basis, _NO_BASIS),
        form=members.take("form", _FORM if known else forms.word, ""),
        channel=members.take("channel", _CHANNEL if known else forms.word, ""),
        assurance=members.take("assurance", _ASSURANCE, ""),
        refs=members.take("refs", _REFS, ()),
        lang=members.take("lang", forms.language, "und"),
        urgency=members.take("urgency", _URGENCY if known else forms.word, ""),
        offence=members.take("offence", forms.code_or_empty, ""),
        items=members.take("items", _ITEMS, 0),
        until=members.take("until", _TIME_OR_NULL, None),
        results=members.take("results", _RESULTS if known else _ANY_RESULTS, ()),
        grounds=members.take("grounds", forms.codes, ()),
        law=members.take("law", _law, _NO_LAW),
        approvals=members.take("approvals", _APPROVALS, ()),
        parts=members.take("parts", _PARTS, ()),
    )


def write_header(header: Header) -> bytes:
    """Return the header's canonical bytes.

    Raises ``NotAnAct`` when we are about to state nonsense: a member that is
    not of its form, or a kind, step or version that this house does not know.
    """
    data = encode(_json(header))
    written = read_act(data)
    if not written.understood:
        raise NotAnAct("step" if header.v == VERSION and header.kind in KINDS else "kind")
    return data


def _json(header: Header) -> dict[str, Json]:
    return {
        "v": header.v,
        "matter": header.matter,
        "kind": header.kind,
        "step": header.step,
        "author": header.author,
        "seq": header.seq,
        "prev": header.prev,
        "read": dict(header.read),
        "answers": header.answers,
        "nonce": None if header.nonce is None else b64(header.nonce),
        "parties": [{"role": party.role, "state": party.state} for party in header.parties],
        "basis": {"instrument": header.basis.instrument, "article": header.basis.article},
        "form": header.form,
        "channel": header.channel,
        "assurance": header.assurance,
        "refs": dict(header.refs),
        "lang": header.lang,
        "at": time_text(header.at),
        "urgency": header.urgency,
        "offence": header.offence,
        "items": header.items,
        "until": None if header.until is None else time_text(header.until),
        "results": [{"item": one.item, "result": one.result} for one in header.results],
        "grounds": list(header.grounds),
        "law": {"edition": header.law.edition, "rows": list(header.law.rows)},
        "approvals": [decode(approval) for approval in header.approvals],
        "parts": [
            {"role": part.role, "length": part.length, "commit": part.commit}
            for part in header.parts
        ],
    }


@dataclass(frozen=True, slots=True)
class _Members:
    """The members of one header; ``strict`` is false for a version later than this reader."""

    raw: dict[str, Json]
    strict: bool

    def must(self, name: str, form: Form[T]) -> T:
        """Return a member that every version has."""
        try:
            return form(self.raw[name])
        except (KeyError, Misfit, NotCanonical) as error:
            raise NotAnAct(name) from error

    def take(self, name: str, form: Form[T], empty: T) -> T:
        """Return a member of version 1; of a later version only if it still has this form."""
        try:
            return form(self.raw[name])
        except (KeyError, Misfit, NotCanonical) as error:
            if self.strict:
                raise NotAnAct(name) from error
            return empty


def _party(value: Json) -> Party:
    inner = forms.mapping(value)
    return Party(
        state=forms.inside(inner, "state", forms.state),
        role=forms.inside(inner, "role", forms.word),
    )


def _two_parties(value: Json) -> tuple[Party, ...]:
    found = _ANY_PARTIES(value)
    if {party.role for party in found} != set(Role) or len(found) != len(Role):
        raise Misfit
    return found


def _basis(value: Json) -> Basis:
    inner = forms.mapping(value)
    return Basis(
        instrument=forms.inside(inner, "instrument", forms.instrument),
        article=forms.inside(inner, "article", forms.article),
    )


def _results(outcome: Form[str]) -> Form[tuple[Result, ...]]:
    def read(value: Json) -> Result:
        inner = forms.mapping(value)
        return Result(
            item=forms.inside(inner, "item", _ITEM),
            result=forms.inside(inner, "result", outcome),
        )

    return forms.rising(forms.many(read, most=forms.MOST_ITEMS), lambda one: one.item)


def _law(value: Json) -> Law:
    inner = forms.mapping(value)
    return Law(
        edition=forms.inside(inner, "edition", forms.digest),
        rows=forms.inside(inner, "rows", forms.codes),
    )


def _part(value: Json) -> PartRef:
    inner = forms.mapping(value)
    return PartRef(
        role=forms.inside(inner, "role", forms.word),
        length=forms.inside(inner, "length", _LENGTH),
        commit=forms.inside(inner, "commit", forms.text_of_32),
    )


_VERSION: Final = forms.number(1, forms.LARGEST_SEQ)
_SEQ: Final = forms.number(0, forms.LARGEST_SEQ)
_ITEM: Final = forms.number(1, forms.MOST_ITEMS)
_ITEMS: Final = forms.number(0, forms.MOST_ITEMS)
_LENGTH: Final = forms.number(1, forms.MOST_BYTES)
_DIGEST_OR_NULL: Final = forms.or_null(forms.digest)
_TIME_OR_NULL: Final = forms.or_null(forms.time)
_NONCE: Final = forms.bytes_32
_NO_NONCE: Final = forms.null
_READ: Final = forms.by_state(forms.digest)
_REFS: Final = forms.by_state(forms.reference)
_ANY_PARTIES: Final = forms.rising(forms.many(_party, least=1), lambda party: party.state)
_RESULTS: Final = _results(forms.one_of(frozenset({KEPT, "not_found", "not_kept"})))
_ANY_RESULTS: Final = _results(forms.word)
_FORM: Final = forms.one_of(frozenset({"uncc", "budapest"}))
_CHANNEL: Final = forms.one_of(frozenset(map(str, ChannelCode)))
_ASSURANCE: Final = forms.one_of(frozenset({"node", "recorded"}))
_URGENCY: Final = forms.one_of(frozenset(map(str, Urgency)))
_APPROVALS: Final = forms.many(forms.canonical_object)
_PARTS: Final = forms.many(_part, most=forms.MOST_PARTS)
_NO_BASIS: Final = Basis(instrument="", article="")
_NO_LAW: Final = Law(edition="")
