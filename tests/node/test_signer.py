"""The signer: headers in, envelopes out, and what it refuses."""

from datetime import timedelta
from pathlib import Path

import pytest

from comity.actions.ports import SignedSeq
from comity.node.errors import AlreadySigned, NoActsKey
from comity.node.memory import SignerMemory
from comity.node.signer import FileSigner, KeylessSigner
from comity.seal.dsse import ACT_TYPE, prove, read_envelope
from comity.seal.suite1 import Ed25519MlDsa65Signing
from comity.text import ToldError
from tests.matters.pair import NOW, again, opening

KEY = Ed25519MlDsa65Signing.from_seed(bytes(range(64)))
FIRST = opening()
LANE = (FIRST.matter_id, 0, FIRST.id)


@pytest.fixture
def signer(tmp_path: Path) -> FileSigner:
    return FileSigner(KEY, SignerMemory(tmp_path / "signer.sqlite3"))


def test_the_envelope_proves_exactly_the_header(signer: FileSigner) -> None:
    proven = prove(read_envelope(signer.sign_act(FIRST.header)), KEY.public, ACT_TYPE)
    assert proven.payload == FIRST.header


def test_an_act_that_left_is_signed_again_but_not_another_in_its_place(signer: FileSigner) -> None:
    signer.sign_act(FIRST.header)
    signer.confirm([LANE])
    signer.sign_act(FIRST.header)
    second = again(FIRST, matter=FIRST.matter_id, nonce=None, step="withdraw", at=NOW)
    with pytest.raises(AlreadySigned):
        signer.sign_act(second.header)
    assert signer.confirmed() == (SignedSeq(matter=FIRST.matter_id, seq=0, act_id=FIRST.id),)


def test_an_act_that_never_left_is_replaced(signer: FileSigner) -> None:
    first = again(FIRST, matter=FIRST.matter_id, nonce=None, step="withdraw", seq=1, prev=FIRST.id)
    second = again(first, at=NOW + timedelta(seconds=1))
    signer.sign_act(first.header)
    signer.sign_act(second.header)
    signer.confirm([(FIRST.matter_id, 1, second.id)])
    with pytest.raises(AlreadySigned):
        signer.sign_act(first.header)


@pytest.mark.parametrize("header", [b"", b"{}", b"not a header", FIRST.header[:-1]])
def test_only_headers_of_acts_are_signed(signer: FileSigner, header: bytes) -> None:
    """A message, a card or a checkpoint gets no signature from this key."""
    with pytest.raises(ToldError) as told:
        signer.sign_act(header)
    assert told.value.code in ("not-an-act", "not-canonical")
    assert signer.confirmed() == ()


def test_a_process_without_the_key_remembers_and_does_not_sign(tmp_path: Path) -> None:
    file = tmp_path / "signer.sqlite3"
    keyless = KeylessSigner(SignerMemory(file))
    keyless.confirm([LANE])
    with pytest.raises(NoActsKey):
        keyless.sign_act(FIRST.header)
    desk = FileSigner(KEY, SignerMemory(file))
    assert desk.confirmed() == keyless.confirmed() != ()
