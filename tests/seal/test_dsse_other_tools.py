"""An ordinary DSSE tool can check the Ed25519 half (``spec/seal-v1.md`` section 2)."""

import json

import pytest
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]

from comity.seal.canonical import decode
from comity.seal.dsse import ACT_TYPE, pae, sign
from comity.seal.forms import unb64
from tests.seal.samples import JINHAI, NORTHMERE

HEADER = '{"s":"中文 é","v":1}'.encode()
ENVELOPE = sign(HEADER, ACT_TYPE, NORTHMERE)


def ed25519_half(of: object = NORTHMERE) -> SSlibKey:
    key = NORTHMERE.public if of is NORTHMERE else JINHAI.public
    public = unb64(str(key.data()["ed25519"])).hex()
    return SSlibKey(f"{NORTHMERE.public.id}/ed25519", "ed25519", "ed25519", {"public": public})


def read(envelope: bytes) -> Envelope:
    return Envelope.from_dict(json.loads(envelope))


def test_another_tool_verifies_the_ed25519_half() -> None:
    found = read(ENVELOPE)
    assert found.payload == HEADER
    assert list(found.verify([ed25519_half()], 1)) == [f"{NORTHMERE.public.id}/ed25519"]


def test_another_tool_signs_the_same_bytes() -> None:
    assert read(ENVELOPE).pae() == pae(ACT_TYPE, HEADER)


def test_another_tool_refuses_another_key() -> None:
    with pytest.raises(VerificationError):
        read(ENVELOPE).verify([ed25519_half(JINHAI)], 1)


def test_another_tool_refuses_a_changed_payload() -> None:
    members = json.loads(ENVELOPE)
    members["payload"] = members["payload"].replace("e", "f", 1)
    with pytest.raises(VerificationError):
        Envelope.from_dict(members).verify([ed25519_half()], 1)


def test_another_tool_does_not_see_a_stripped_second_half_and_this_one_does() -> None:
    members = decode(ENVELOPE)
    members["signatures"] = members["signatures"][:1]  # type: ignore[index]
    assert Envelope.from_dict(members).verify([ed25519_half()], 1)
