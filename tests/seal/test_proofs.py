import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.canonical import LARGEST, Json, decode, encode
from comity.seal.errors import BadProof
from comity.seal.forms import b64
from comity.seal.proofs import (
    LONGEST,
    Consistency,
    Inclusion,
    read_consistency,
    read_inclusion,
)
from comity.seal.tree import consistency, inclusion, leaf_hash, root_of

LEAVES = [leaf_hash(bytes([number])) for number in range(20)]
HASH = b64(bytes(32))

numbers = st.integers(0, LARGEST)
paths = st.lists(st.binary(min_size=32, max_size=32), max_size=LONGEST).map(tuple)


@given(numbers, numbers, paths)
def test_a_proof_of_inclusion_is_read_back(index: int, size: int, path: tuple[bytes, ...]) -> None:
    proof = Inclusion(index=index, size=size, path=path)
    assert read_inclusion(decode(encode(proof.data()))) == proof
    assert set(proof.data()) == {"index", "size", "path"}


@given(numbers, numbers, paths)
def test_a_proof_of_consistency_is_read_back(
    first: int, second: int, path: tuple[bytes, ...]
) -> None:
    proof = Consistency(first=first, second=second, path=path)
    assert read_consistency(decode(encode(proof.data()))) == proof
    assert set(proof.data()) == {"first", "second", "path"}


def test_a_written_proof_of_inclusion_holds() -> None:
    proof = Inclusion(index=7, size=13, path=inclusion(LEAVES, 7, 13))
    read_inclusion(proof.data()).verify(LEAVES[7], root_of(LEAVES[:13]))
    with pytest.raises(BadProof):
        proof.verify(LEAVES[8], root_of(LEAVES[:13]))


def test_a_written_proof_of_consistency_holds() -> None:
    proof = Consistency(first=7, second=13, path=consistency(LEAVES, 7, 13))
    read_consistency(proof.data()).verify(root_of(LEAVES[:7]), root_of(LEAVES[:13]))
    with pytest.raises(BadProof):
        proof.verify(root_of(LEAVES[:6]), root_of(LEAVES[:13]))


BROKEN: list[Json] = [
    None,
    [],
    "x",
    {},
    {"path": []},
    {"a": 1, "path": []},
    {"a": 1, "b": 2},
    {"a": 1, "b": 2, "path": [], "note": 1},
    {"a": -1, "b": 2, "path": []},
    {"a": 1, "b": -2, "path": []},
    {"a": True, "b": 2, "path": []},
    {"a": "1", "b": 2, "path": []},
    {"a": None, "b": 2, "path": []},
    {"a": 1, "b": 2, "path": {}},
    {"a": 1, "b": 2, "path": HASH},
    {"a": 1, "b": 2, "path": [1]},
    {"a": 1, "b": 2, "path": [None]},
    {"a": 1, "b": 2, "path": [""]},
    {"a": 1, "b": 2, "path": [HASH + "\n"]},
    {"a": 1, "b": 2, "path": [b64(bytes(31))]},
    {"a": 1, "b": 2, "path": [b64(bytes(33))]},
    {"a": 1, "b": 2, "path": [HASH] * (LONGEST + 1)},
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_proof_of_another_form_is_refused(data: Json) -> None:
    with pytest.raises(BadProof) as refused:
        read_inclusion(_named(data, {"a": "index", "b": "size"}))
    assert refused.value.code == "bad-proof"
    with pytest.raises(BadProof):
        read_consistency(_named(data, {"a": "first", "b": "second"}))


def test_the_cases_above_are_one_change_from_a_good_one() -> None:
    good: Json = {"a": 1, "b": 2, "path": [HASH]}
    assert read_inclusion(_named(good, {"a": "index", "b": "size"})).path == (bytes(32),)
    assert read_consistency(_named(good, {"a": "first", "b": "second"})).first == 1
    longest: Json = {"index": 1, "size": 2, "path": [HASH] * 64}
    assert len(read_inclusion(longest).path) == LONGEST == 64


def _named(data: Json, names: dict[str, str]) -> Json:
    if not isinstance(data, dict):
        return data
    return {names.get(name, name): value for name, value in data.items()}
