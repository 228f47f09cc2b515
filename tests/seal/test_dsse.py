import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.canonical import Json, decode, encode
from comity.seal.dsse import (
    ACT_TYPE,
    ANCHOR_TYPE,
    CARD_TYPE,
    CHECKPOINT_TYPE,
    MESSAGE_TYPE,
    PURPOSES,
    RECEIPT_TYPE,
    Proven,
    Sealed,
    pae,
    prove,
    read_envelope,
    sign,
    sign_detached,
)
from comity.seal.errors import BadEnvelope, BadSignature, NotCanonical, SealError, WrongType
from comity.seal.forms import b64, unb64
from comity.seal.keys import Purpose
from tests.seal.samples import JINHAI, NORTHMERE

HEADER = b'{"step":"request","v":1}'
ENVELOPE = sign(HEADER, ACT_TYPE, NORTHMERE)
MEMBERS = decode(ENVELOPE)
KEY = NORTHMERE.public
TYPES = (ACT_TYPE, MESSAGE_TYPE, RECEIPT_TYPE, CHECKPOINT_TYPE, CARD_TYPE, ANCHOR_TYPE)


def entries(envelope: bytes = ENVELOPE) -> list[dict[str, Json]]:
    listed = decode(envelope)["signatures"]
    assert isinstance(listed, list)
    return [entry for entry in listed if isinstance(entry, dict)]


def with_signatures(*listed: Json) -> bytes:
    return encode({**MEMBERS, "signatures": list(listed)})


# ------------------------------------------------------------------- what is signed


def test_the_encoding_is_that_of_the_dsse_protocol() -> None:
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_lengths_count_bytes_and_nothing_means_nothing() -> None:
    assert pae("", b"") == b"DSSEv1 0  0 "
    assert pae("é", b"\x00 1") == b"DSSEv1 2 \xc3\xa9 3 \x00 1"


@given(st.text(max_size=20), st.binary(max_size=20), st.text(max_size=20), st.binary(max_size=20))
def test_two_things_never_have_one_encoding(
    first: str, body: bytes, second: str, other: bytes
) -> None:
    assert (pae(first, body) == pae(second, other)) == ((first, body) == (second, other))


def test_an_envelope_is_written_as_on_the_page() -> None:
    assert MEMBERS["payload"] == b64(HEADER)
    assert MEMBERS["payloadType"] == ACT_TYPE
    first, second = entries()
    assert first["keyid"] == f"{KEY.id}/ed25519"
    assert second["keyid"] == f"{KEY.id}/ml-dsa-65"
    KEY.verify(pae(ACT_TYPE, HEADER), (unb64(str(first["sig"])), unb64(str(second["sig"]))))


def test_each_payload_type_has_its_purpose() -> None:
    assert [PURPOSES.get(name) for name in TYPES] == [
        Purpose.ACTS,
        Purpose.NODE,
        Purpose.NODE,
        Purpose.NODE,
        Purpose.ROOT,
        None,
    ]


def test_an_empty_payload_is_not_signed() -> None:
    with pytest.raises(ValueError, match="payload"):
        sign(b"", ACT_TYPE, NORTHMERE)


# ------------------------------------------------------------------- what is believed


@given(st.binary(min_size=1, max_size=200), st.sampled_from(TYPES))
def test_what_is_signed_can_be_proven(payload: bytes, payload_type: str) -> None:
    envelope = sign(payload, payload_type, NORTHMERE)
    proven = prove(read_envelope(envelope), KEY, payload_type)
    assert (proven.payload, proven.payload_type) == (payload, payload_type)
    assert (proven.key_id, proven.envelope) == (KEY.id, envelope)


@given(st.binary(max_size=200))
def test_a_payload_beside_its_envelope_can_be_proven(payload: bytes) -> None:
    envelope = sign_detached(payload, MESSAGE_TYPE, NORTHMERE)
    assert decode(envelope)["payload"] == ""
    assert prove(read_envelope(envelope, payload=payload), KEY, MESSAGE_TYPE).payload == payload
    with pytest.raises(BadSignature):
        prove(read_envelope(envelope, payload=payload + b"."), KEY, MESSAGE_TYPE)


def test_an_envelope_has_its_payload_inside_or_beside_never_both_or_neither() -> None:
    detached = sign_detached(HEADER, ACT_TYPE, NORTHMERE)
    with pytest.raises(BadEnvelope):
        read_envelope(detached)
    with pytest.raises(BadEnvelope):
        read_envelope(ENVELOPE, payload=HEADER)
    with pytest.raises(BadEnvelope):
        read_envelope(ENVELOPE, payload=b"")


@pytest.mark.parametrize("wanted", TYPES)
def test_a_signature_for_one_purpose_is_not_believed_for_another(wanted: str) -> None:
    for made in TYPES:
        sealed = read_envelope(sign(HEADER, made, NORTHMERE))
        if made == wanted:
            assert prove(sealed, KEY, wanted).payload_type == wanted
            continue
        with pytest.raises(WrongType) as refused:
            prove(sealed, KEY, wanted)
        assert refused.value.code == "wrong-purpose"


def test_a_relabelled_envelope_is_not_believed() -> None:
    relabelled = encode({**MEMBERS, "payloadType": CARD_TYPE})
    with pytest.raises(BadSignature):
        prove(read_envelope(relabelled), KEY, CARD_TYPE)


def test_another_key_is_not_believed() -> None:
    with pytest.raises(BadSignature):
        prove(read_envelope(ENVELOPE), JINHAI.public, ACT_TYPE)


def test_a_claimed_key_id_is_not_believed() -> None:
    claimed = [
        {**entry, "keyid": str(entry["keyid"]).replace(JINHAI.public.id, KEY.id)}
        for entry in entries(sign(HEADER, ACT_TYPE, JINHAI))
    ]
    with pytest.raises(BadSignature):
        prove(read_envelope(with_signatures(*claimed)), KEY, ACT_TYPE)


ED, ML = entries()
THEIR_ED, THEIR_ML = entries(sign(HEADER, ACT_TYPE, JINHAI))
RENAMED: dict[str, Json] = {**ED, "keyid": f"{KEY.id}/ml-dsa-65"}


@pytest.mark.parametrize(
    "listed",
    [
        [],
        [ED],
        [ML],
        [ED, ED],
        [ML, ML],
        [ML, ED],
        [ED, ML, ML],
        [ED, ED, ML],
        [ED, ML, ED, ML],
        [ED, THEIR_ML],
        [THEIR_ED, ML],
        [THEIR_ED, THEIR_ML],
        [ED, ML, THEIR_ED, THEIR_ML],
        [ED, RENAMED],
        [ED, {**ML, "sig": ""}],
        [{**ED, "sig": ""}, ML],
        [ED, {**ML, "sig": b64(bytes(3309))}],
        [{**ED, "sig": b64(bytes(64))}, ML],
        [ED, {**ML, "keyid": f"{KEY.id}/ml-dsa-87"}],
        [ED, {**ML, "keyid": f"{KEY.id}/"}],
        [ED, {**ML, "keyid": KEY.id}],
        [{**ED, "keyid": f"{KEY.id}/ed25519/ed25519"}, ML],
        [{**ED, "keyid": ""}, {**ML, "keyid": f"{KEY.id}/ml-dsa-65"}],
    ],
    ids=range(23),
)
def test_two_signatures_of_one_key_in_order_or_none(listed: list[Json]) -> None:
    with pytest.raises(BadSignature) as refused:
        prove(read_envelope(with_signatures(*listed)), KEY, ACT_TYPE)
    assert refused.value.code == "bad-signature"


@pytest.mark.parametrize(
    "members",
    [
        {},
        {**MEMBERS, "note": 1},
        {name: value for name, value in MEMBERS.items() if name != "payload"},
        {name: value for name, value in MEMBERS.items() if name != "payloadType"},
        {name: value for name, value in MEMBERS.items() if name != "signatures"},
        {**MEMBERS, "payload": None},
        {**MEMBERS, "payload": 1},
        {**MEMBERS, "payload": ""},
        {**MEMBERS, "payloadType": 1},
        {**MEMBERS, "payloadType": None},
        {**MEMBERS, "signatures": {}},
        {**MEMBERS, "signatures": "x"},
        {**MEMBERS, "signatures": [1]},
        {**MEMBERS, "signatures": [[ED], [ML]]},
        {**MEMBERS, "signatures": [{**ED, "note": 1}, ML]},
        {**MEMBERS, "signatures": [{"keyid": ED["keyid"]}, ML]},
        {**MEMBERS, "signatures": [{"sig": ED["sig"]}, ML]},
        {**MEMBERS, "signatures": [{**ED, "keyid": 1}, ML]},
        {**MEMBERS, "signatures": [{**ED, "sig": None}, ML]},
        {**MEMBERS, "signatures": [{**ED, "keyid": "x/ed25519"}, {**ML, "keyid": "x/ml-dsa-65"}]},
    ],
    ids=range(20),
)
def test_an_envelope_of_another_form_is_refused(members: dict[str, Json]) -> None:
    with pytest.raises(BadEnvelope, match="current version of Comity") as refused:
        read_envelope(encode(members))
    assert refused.value.code == "not-an-envelope"


@pytest.mark.parametrize("payload", [b64(HEADER) + "\n", b64(HEADER)[:-1], "e===", "eyJ=", "{}"])
def test_a_payload_that_is_not_base64_is_refused(payload: str) -> None:
    with pytest.raises(NotCanonical):
        read_envelope(encode({**MEMBERS, "payload": payload}))


def test_an_envelope_that_is_not_canonical_is_refused() -> None:
    for changed in (ENVELOPE + b"\n", ENVELOPE.replace(b":", b": ", 1), b"", b"[]"):
        with pytest.raises(NotCanonical):
            read_envelope(changed)


@given(st.integers(0, len(ENVELOPE) - 1), st.integers(0, 7))
def test_one_flipped_bit_of_an_envelope_is_refused(place: int, bit: int) -> None:
    changed = bytearray(ENVELOPE)
    changed[place] ^= 1 << bit
    with pytest.raises(SealError):
        prove(read_envelope(bytes(changed)), KEY, ACT_TYPE)


@pytest.mark.deep
def test_every_flipped_bit_of_an_envelope_is_refused() -> None:
    for place in range(len(ENVELOPE)):
        for bit in range(8):
            changed = bytearray(ENVELOPE)
            changed[place] ^= 1 << bit
            with pytest.raises(SealError):
                prove(read_envelope(bytes(changed)), KEY, ACT_TYPE)


@given(st.integers(0, len(ENVELOPE)), st.integers(0, len(ENVELOPE)))
def test_a_piece_of_an_envelope_is_refused(start: int, end: int) -> None:
    if (piece := ENVELOPE[start:end]) != ENVELOPE:
        with pytest.raises(NotCanonical):
            read_envelope(piece)


@given(st.binary(max_size=200))
def test_garbage_is_refused_with_this_room_s_errors_only(data: bytes) -> None:
    with pytest.raises(SealError):
        read_envelope(data)


# ------------------------------------------------------------------- Sealed and Proven

PROVEN = prove(read_envelope(ENVELOPE), KEY, ACT_TYPE)


def test_what_is_read_says_what_it_claims() -> None:
    sealed = read_envelope(ENVELOPE)
    assert sealed.envelope == ENVELOPE
    assert sealed.payload == HEADER
    assert sealed.payload_type == ACT_TYPE
    assert sealed.key_id == KEY.id
    assert sealed.halves == ("ed25519", "ml-dsa-65")
    assert [len(signature) for signature in sealed.signatures] == [64, 3309]


def test_nobody_makes_a_proven_by_hand() -> None:
    with pytest.raises(TypeError):
        Proven(payload=b"", payload_type="", key_id="", envelope=b"")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"only prove\(\)"):
        Proven(payload=b"", payload_type="", key_id="", envelope=b"", mint=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"only prove\(\)"):
        Proven(payload=b"", payload_type="", key_id="", envelope=b"", mint=None)  # type: ignore[arg-type]


def test_a_proven_cannot_be_turned_into_another() -> None:
    with pytest.raises(ValueError, match="mint"):
        replace(PROVEN, payload=b"other")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"only prove\(\)"):
        replace(PROVEN, payload=b"other", mint=object())  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        PROVEN.payload = b"other"  # type: ignore[misc]


def test_sealed_and_proven_are_different_types() -> None:
    assert not issubclass(Proven, Sealed)
    assert not issubclass(Sealed, Proven)


def test_a_copy_of_a_proven_says_the_same() -> None:
    assert copy.copy(PROVEN) == PROVEN
    assert copy.deepcopy(PROVEN) == PROVEN
    assert pickle.loads(pickle.dumps(PROVEN)) == PROVEN


def test_neither_shows_what_it_holds_in_a_log() -> None:
    for held in (read_envelope(ENVELOPE), PROVEN):
        assert "request" not in repr(held)
        assert "signatures" not in repr(held)
