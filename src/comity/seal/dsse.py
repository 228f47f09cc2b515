"""Signed envelopes (DSSE, ``spec/seal-v1.md`` section 2).

``Sealed`` is bytes with a claim about who signed them. ``Proven`` is a body
whose signature was checked. A function that wants proof says so in its
signature; only ``prove`` makes a ``Proven``.
"""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType
from typing import Final, NoReturn

from comity.seal.canonical import Json, decode, encode
from comity.seal.errors import BadEnvelope, BadSignature, WrongType
from comity.seal.forms import b64, is_digest, unb64
from comity.seal.keys import Purpose, SigningKey, VerifyKey
from comity.text import say

ACT_TYPE: Final = "application/vnd.comity.act.v1+json"
MESSAGE_TYPE: Final = "application/vnd.comity.message.v1+json"
RECEIPT_TYPE: Final = "application/vnd.comity.receipt.v1+json"
CHECKPOINT_TYPE: Final = "application/vnd.comity.checkpoint.v1"
CARD_TYPE: Final = "application/vnd.comity.card.v1+json"
ANCHOR_TYPE: Final = "application/vnd.comity.anchor.v1+json"

PURPOSES: Final[Mapping[str, Purpose]] = MappingProxyType(
    {
        ACT_TYPE: Purpose.ACTS,
        MESSAGE_TYPE: Purpose.NODE,
        RECEIPT_TYPE: Purpose.NODE,
        CHECKPOINT_TYPE: Purpose.NODE,
        CARD_TYPE: Purpose.ROOT,
    }
)
"""The purpose of the key that signs each payload type.

An anchor has none: a registrar's key is on no State's card.
"""


class _Mint:
    """Held by this module only: what ``prove`` shows to make a ``Proven``."""

    __slots__ = ()


_MINT: Final = _Mint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An envelope that was read. Nothing here is believed."""

    envelope: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    payload_type: str
    key_id: str
    halves: tuple[str, ...]
    signatures: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A payload whose signatures were checked under the key ``key_id``. Only ``prove`` makes one.

    It proves who signed these bytes for this purpose, not that the key is on a card.
    """

    payload: bytes = field(repr=False)
    payload_type: str
    key_id: str
    envelope: bytes = field(repr=False)
    mint: InitVar[_Mint]

    def __post_init__(self, mint: _Mint) -> None:
        """Refuse one that was built by hand."""
        if mint is not _MINT:
            message = "only prove() makes a Proven"
            raise TypeError(message)


def pae(payload_type: str, body: bytes) -> bytes:
    """Return DSSE's pre-authentication encoding: the bytes that are signed."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(body), body)


def sign(payload: bytes, payload_type: str, key: SigningKey) -> bytes:
    """Return the envelope of ``payload``, signed by every half of ``key``.

    ``ValueError`` for an empty payload, which no reader would take.
    """
    if not payload:
        message = "an envelope needs a payload"
        raise ValueError(message)
    return _envelope(payload, b64(payload), payload_type, key)


def sign_detached(payload: bytes, payload_type: str, key: SigningKey) -> bytes:
    """Return an envelope without its payload, which travels beside it."""
    return _envelope(payload, "", payload_type, key)


def read_envelope(data: bytes, *, payload: bytes | None = None) -> Sealed:
    """Return what an envelope claims. With ``payload``, the envelope must be detached.

    Raises ``NotCanonical``, ``BadEnvelope``, or ``BadSignature`` where the
    signatures are not of one key. Bounding the size is the caller's.
    """
    envelope = decode(data)
    if set(envelope) != {"payload", "payloadType", "signatures"}:
        _refuse("payload, payloadType, signatures")
    body = _text(envelope, "payload")
    if bool(body) == (payload is not None):
        _refuse("payload")
    key_id, halves, signatures = _signatures(envelope["signatures"])
    return Sealed(
        envelope=data,
        payload=unb64(body) if payload is None else payload,
        payload_type=_text(envelope, "payloadType"),
        key_id=key_id,
        halves=halves,
        signatures=signatures,
    )


def prove(sealed: Sealed, key: VerifyKey, payload_type: str) -> Proven:
    """Return the payload as proven under ``key`` for ``payload_type``.

    Raises ``WrongType`` when it was signed for something else, ``BadSignature``
    when a signature is missing, doubled, out of order, of another key or wrong.
    """
    if sealed.payload_type != payload_type:
        raise WrongType(
            say(
                "The text was signed for another purpose than the one it is used for here. "
                "Do not rely on it; ask the sender to send it again."
            )
        )
    if sealed.key_id != key.id or sealed.halves != key.halves:
        raise BadSignature
    key.verify(pae(payload_type, sealed.payload), sealed.signatures)
    return Proven(
        payload=sealed.payload,
        payload_type=payload_type,
        key_id=key.id,
        envelope=sealed.envelope,
        mint=_MINT,
    )


def _envelope(payload: bytes, written: str, payload_type: str, key: SigningKey) -> bytes:
    public = key.public
    signatures = key.sign(pae(payload_type, payload))
    listed: list[Json] = [
        {"keyid": f"{public.id}/{half}", "sig": b64(signature)}
        for half, signature in zip(public.halves, signatures, strict=True)
    ]
    return encode({"payload": written, "payloadType": payload_type, "signatures": listed})


def _signatures(listed: Json) -> tuple[str, tuple[str, ...], tuple[bytes, ...]]:
    if not isinstance(listed, list):
        _refuse("signatures")
    ids: list[str] = []
    halves: list[str] = []
    signatures: list[bytes] = []
    for entry in listed:
        if not isinstance(entry, dict) or set(entry) != {"keyid", "sig"}:
            _refuse("signatures")
        key_id, _, half = _text(entry, "keyid").partition("/")
        ids.append(key_id)
        halves.append(half)
        signatures.append(unb64(_text(entry, "sig")))
    if len(set(ids)) != 1:
        raise BadSignature
    if not is_digest(ids[0]):
        _refuse("keyid")
    return ids[0], tuple(halves), tuple(signatures)


def _text(members: Mapping[str, Json], name: str) -> str:
    value = members[name]
    if not isinstance(value, str):
        _refuse(name)
    return value


def _refuse(name: str) -> NoReturn:
    raise BadEnvelope(
        say(
            "The signed envelope is not of the agreed form: look at “%(name)s”. "
            "Ask the sender to send it again with a current version of Comity.",
            name=name,
        )
    )
