"""The published vectors still hold (``vectors/README.md`` says where they come from)."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from comity.seal.canonical import Json, decode, encode
from comity.seal.checkpoint import read_checkpoint, read_checkpoint_data
from comity.seal.commit import commit
from comity.seal.dsse import ACT_TYPE, CHECKPOINT_TYPE, prove, read_envelope
from comity.seal.errors import BadProof, CannotOpen, NotCanonical, SealError
from comity.seal.forms import b64, unb64
from comity.seal.keyfile import read_key_file
from comity.seal.padding import pad
from comity.seal.proofs import read_consistency, read_inclusion
from comity.seal.rest import unlock
from comity.seal.suite1 import Ed25519MlDsa65Signing, MlKem768X25519Open
from comity.seal.suites import read_seal_key, read_verify_key
from comity.seal.tree import ACT_LEAF, leaf_data, leaf_hash, root_of
from comity.seal.words import twelve_words
from tests.seal.make_vectors import DRAWN, FIXED, FOLDER, written

README: Final = (FOLDER.parent / "README.md").read_text(encoding="utf-8")


def held(name: str) -> Any:  # noqa: ANN401 - JSON of the shape its own test expects
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))


@pytest.mark.parametrize(("name", "make"), FIXED.items())
def test_what_follows_from_fixed_inputs_has_not_changed(
    name: str, make: Callable[[], Json]
) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="ascii") == written(make())


def test_every_file_has_its_provenance() -> None:
    files = {path.name for path in FOLDER.iterdir()}
    assert files == {f"{name}.json" for name in (*FIXED, *DRAWN)}
    assert [name for name in files if f"`seal/{name}`" not in README] == []


def test_canonical_bytes() -> None:
    cases = held("canonical")
    assert len(cases["good"]) >= 7
    assert {case["rule"] for case in cases["bad"]} == set("12345")
    for case in cases["good"]:
        assert decode(unb64(case["bytes"])) == case["value"]
        assert encode(case["value"]) == unb64(case["bytes"])
    for case in cases["bad"]:
        with pytest.raises(NotCanonical) as refused:
            decode(unb64(case["bytes"]))
        assert refused.value.rule == case["rule"]


def test_keys() -> None:
    signing, sealing = held("keys")["signing"], held("keys")["sealing"]
    assert read_verify_key(signing["public"]).id == signing["id"]
    assert read_seal_key(sealing["public"]).id == sealing["id"]
    assert Ed25519MlDsa65Signing.from_seed(unb64(signing["seed"])).public.id == signing["id"]
    assert MlKem768X25519Open.from_seed(unb64(sealing["seed"])).public.id == sealing["id"]


def test_envelopes() -> None:
    case = held("envelopes")
    key, payload = read_verify_key(case["key"]), unb64(case["payload"])
    assert prove(read_envelope(encode(case["good"])), key, ACT_TYPE).payload == payload
    detached = read_envelope(encode(case["detached"]), payload=payload)
    assert prove(detached, key, ACT_TYPE).payload == payload
    assert len(case["bad"]) == 12
    for spoilt in case["bad"]:
        with pytest.raises(SealError) as refused:
            prove(read_envelope(encode(spoilt["envelope"])), key, ACT_TYPE)
        assert refused.value.code == spoilt["code"], spoilt["why"]


def test_seals() -> None:
    case = held("seals")
    key, info = MlKem768X25519Open.from_seed(unb64(case["seed"])), unb64(case["info"])
    assert key.public.id == case["key"]
    assert key.open(unb64(case["good"]), info) == unb64(case["plaintext"])
    assert len(case["bad"]) == 7
    for wrong in case["bad"]:
        with pytest.raises(CannotOpen):
            key.open(unb64(wrong), info)


def test_padding() -> None:
    for case in held("padding"):
        assert len(pad(bytes(case["length"]))) == case["padded"]


def test_commitments() -> None:
    for case in held("commitments"):
        part = unb64(case["salt"]), case["index"], case["role"], unb64(case["bytes"])
        assert commit(*part) == case["commit"]


def test_data_at_rest() -> None:
    for case in held("rest"):
        opened = unlock(unb64(case["key"]), unb64(case["locked"]), unb64(case["context"]))
        assert opened == unb64(case["plaintext"]), case["kind"]


def test_the_tree() -> None:
    case = held("tree")
    leaves = [leaf_hash(leaf_data(ACT_LEAF, act)) for act in case["acts"]]
    roots = [unb64(root) for root in case["roots"]]
    assert [b64(leaf) for leaf in leaves] == case["leaves"]
    assert [root_of(leaves[:size]) for size in range(len(roots))] == roots
    assert (len(case["inclusion"]), len(case["consistency"])) == (45, 55)
    for proof in map(read_inclusion, case["inclusion"]):
        proof.verify(leaves[proof.index], roots[proof.size])
        with pytest.raises(BadProof):
            proof.verify(leaves[proof.index], roots[proof.size - 1])
    for history in map(read_consistency, case["consistency"]):
        history.verify(roots[history.first], roots[history.second])


def test_checkpoints() -> None:
    for case in held("checkpoints"):
        head = read_checkpoint_data(case["head"])
        proven = prove(
            read_envelope(encode(case["envelope"])), read_verify_key(case["key"]), CHECKPOINT_TYPE
        )
        assert proven.payload == unb64(case["body"]) == head.body()
        assert read_checkpoint(proven.payload) == head


def test_words() -> None:
    for case in held("words"):
        assert list(twelve_words(case["digest"])) == case["words"]


def test_key_files() -> None:
    for case in held("key-files"):
        found = read_key_file(encode(case["file"]), case["passphrase"])
        assert b64(found.key.seed()) == case["seed"]
        with pytest.raises(CannotOpen):
            read_key_file(encode(case["file"]), case["passphrase"] + ".")
