from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.errors import BadProof, NotCanonical
from comity.seal.forms import digest
from comity.seal.tree import (
    ACT_LEAF,
    EMPTY_ROOT,
    Frontier,
    consistency,
    inclusion,
    leaf_data,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The reference trees that Certificate Transparency's implementations share.
CT_LEAVES = [
    leaf_hash(bytes.fromhex(data))
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
NODE_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
NODE_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
NODE_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
NODE_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
CT_INCLUSIONS = [
    (0, 1, []),
    (0, 8, [LEAF_1, NODE_2_3, NODE_4_7]),
    (5, 8, [LEAF_4, NODE_6_7, CT_ROOTS[4]]),
    (2, 3, [CT_ROOTS[2]]),
    (1, 5, [CT_ROOTS[1], NODE_2_3, LEAF_4]),
]
CT_CONSISTENCIES = [
    (1, 1, []),
    (1, 8, [LEAF_1, NODE_2_3, NODE_4_7]),
    (6, 8, [NODE_4_5, NODE_6_7, CT_ROOTS[4]]),
    (2, 5, [NODE_2_3, LEAF_4]),
]

MANY = [leaf_hash(bytes([number])) for number in range(70)]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, as it is written."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


def naive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 9162 section 2.1.3.1, as it is written."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """RFC 9162 section 2.1.4.1, as it is written."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole=whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], whole=False), naive_root(leaves[:k])]


def hexes(path: Sequence[bytes]) -> list[str]:
    return [step.hex() for step in path]


sizes = st.integers(1, len(MANY))

# ------------------------------------------------------------------- leaves and roots


def test_leaf_data_is_that_of_the_page() -> None:
    act = digest(b"header")
    assert leaf_data(ACT_LEAF, act) == b"comity/leaf/v1\x00\x01" + bytes.fromhex(act[7:])
    assert leaf_hash(b"x") == sha256(b"\0x").digest()
    assert node_hash(b"l", b"r") == sha256(b"\1lr").digest()


@pytest.mark.parametrize("act", ["", "7", "sha256:00"])
def test_a_leaf_is_a_digest(act: str) -> None:
    with pytest.raises(NotCanonical):
        leaf_data(ACT_LEAF, act)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    leaves = CT_LEAVES[:size]
    assert root_of(leaves).hex() == CT_ROOTS[size]
    assert Frontier().extend(leaves).root().hex() == CT_ROOTS[size]


@pytest.mark.parametrize("size", range(len(MANY) + 1))
def test_roots_are_those_of_the_rfc_s_recursion(size: int) -> None:
    assert root_of(MANY[:size]) == naive_root(MANY[:size])


# ------------------------------------------------------------------- the frontier


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=150), st.data())
def test_a_frontier_grows_to_the_root_of_all_its_leaves(
    leaves: list[bytes], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(leaves)))
    grown = Frontier().extend(leaves[:cut]).extend(leaves[cut:])
    one_by_one = Frontier()
    for leaf in leaves:
        one_by_one = one_by_one.append(leaf)
    assert grown == one_by_one
    assert grown.size == len(leaves)
    assert grown.root() == naive_root(leaves)


def test_a_frontier_keeps_one_hash_for_each_full_subtree() -> None:
    assert Frontier().root() == EMPTY_ROOT
    for size in range(len(MANY) + 1):
        assert len(Frontier().extend(MANY[:size]).hashes) == size.bit_count()


def test_a_frontier_is_taken_up_where_it_was_left() -> None:
    left = Frontier().extend(MANY[:37])
    assert Frontier(left.size, left.hashes).append(MANY[37]).root() == naive_root(MANY[:38])


def test_appending_does_not_change_the_frontier_before() -> None:
    before = Frontier().extend(MANY[:3])
    before.append(MANY[3])
    assert before.root() == naive_root(MANY[:3])


@pytest.mark.parametrize(("size", "count"), [(0, 1), (1, 0), (3, 1), (4, 2), (-1, 1)])
def test_a_frontier_that_no_tree_has_is_our_own_mistake(size: int, count: int) -> None:
    with pytest.raises(ValueError, match="subtrees"):
        Frontier(size, (bytes(32),) * count)


# ------------------------------------------------------------------- inclusion


@pytest.mark.parametrize(("index", "size", "path"), CT_INCLUSIONS)
def test_paths_are_those_of_certificate_transparency(
    index: int, size: int, path: list[str]
) -> None:
    assert hexes(inclusion(CT_LEAVES, index, size)) == path
    root = bytes.fromhex(CT_ROOTS[size])
    verify_inclusion(CT_LEAVES[index], index, size, [bytes.fromhex(step) for step in path], root)


@given(sizes, st.data())
def test_every_leaf_is_proven_as_the_rfc_says(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(MANY, index, size)
    assert list(path) == naive_path(index, MANY[:size])
    verify_inclusion(MANY[index], index, size, path, naive_root(MANY[:size]))


def test_every_proof_in_small_trees_holds_for_its_own_place_only() -> None:
    for size in range(1, 18):
        root = naive_root(MANY[:size])
        for index in range(size):
            path = inclusion(MANY, index, size)
            for claimed in range(size):
                if claimed == index:
                    verify_inclusion(MANY[index], index, size, path, root)
                    continue
                with pytest.raises(BadProof):
                    verify_inclusion(MANY[index], claimed, size, path, root)


@given(sizes, st.data())
def test_a_changed_proof_of_inclusion_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = list(inclusion(MANY, index, size))
    root = naive_root(MANY[:size])
    leaf = MANY[index]
    wrong = [
        (leaf, index, [*path, bytes(32)], root),
        (leaf, index, [bytes(32), *path], root),
        (leaf, index, path, EMPTY_ROOT),
        (leaf_hash(b"other"), index, path, root),
        (leaf, -1, path, root),
        (leaf, size, path, root),
    ]
    for place in range(len(path)):
        wrong.append((leaf, index, path[:place] + path[place + 1 :], root))
        wrong.append((leaf, index, [*path[:place], bytes(32), *path[place + 1 :]], root))
    for changed in wrong:
        with pytest.raises(BadProof, match="Treat the log as changed"):
            verify_inclusion(changed[0], changed[1], size, changed[2], changed[3])


@pytest.mark.parametrize("size", [0, -1])
def test_nothing_is_in_an_empty_tree(size: int) -> None:
    with pytest.raises(BadProof):
        verify_inclusion(MANY[0], 0, size, [], EMPTY_ROOT)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (0, len(MANY) + 1)])
def test_a_leaf_that_is_not_there_is_our_own_mistake(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion(MANY, index, size)


# ------------------------------------------------------------------- consistency


@pytest.mark.parametrize(("first", "second", "path"), CT_CONSISTENCIES)
def test_histories_are_those_of_certificate_transparency(
    first: int, second: int, path: list[str]
) -> None:
    assert hexes(consistency(CT_LEAVES, first, second)) == path
    roots = bytes.fromhex(CT_ROOTS[first]), bytes.fromhex(CT_ROOTS[second])
    verify_consistency(first, second, [bytes.fromhex(step) for step in path], *roots)


@given(sizes, st.data())
def test_every_history_is_proven_as_the_rfc_says(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, second))
    path = consistency(MANY, first, second)
    assert list(path) == naive_subproof(first, MANY[:second], whole=True)
    verify_consistency(first, second, path, naive_root(MANY[:first]), naive_root(MANY[:second]))


def test_the_empty_tree_is_the_beginning_of_every_tree() -> None:
    for second in range(5):
        assert consistency(MANY, 0, second) == ()
        verify_consistency(0, second, (), EMPTY_ROOT, naive_root(MANY[:second]))
    with pytest.raises(BadProof):
        verify_consistency(0, 3, (), MANY[0], naive_root(MANY[:3]))
    with pytest.raises(BadProof):
        verify_consistency(0, 3, (bytes(32),), EMPTY_ROOT, naive_root(MANY[:3]))


def test_an_equal_size_needs_an_equal_root_and_no_path() -> None:
    root = naive_root(MANY[:3])
    verify_consistency(3, 3, (), root, root)
    with pytest.raises(BadProof):
        verify_consistency(3, 3, (), naive_root(MANY[1:4]), root)
    with pytest.raises(BadProof):
        verify_consistency(3, 3, (bytes(32),), root, root)


@given(sizes, st.data())
def test_a_changed_history_is_refused(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, second))
    changed = list(MANY[:first])
    changed[data.draw(st.integers(0, first - 1))] = leaf_hash(b"another act")
    path = consistency(MANY, first, second)
    with pytest.raises(BadProof):
        verify_consistency(first, second, path, naive_root(changed), naive_root(MANY[:second]))
    rewritten = [*changed, *MANY[first:second]]
    for forged in (path, consistency(rewritten, first, second)):
        with pytest.raises(BadProof):
            verify_consistency(
                first, second, forged, naive_root(MANY[:first]), naive_root(rewritten)
            )


@given(st.integers(2, len(MANY)), st.data())
def test_a_changed_proof_of_consistency_is_refused(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, second - 1))
    path = list(consistency(MANY, first, second))
    roots = naive_root(MANY[:first]), naive_root(MANY[:second])
    wrong = [[*path, bytes(32)], [bytes(32), *path], []]
    for place in range(len(path)):
        wrong.append(path[:place] + path[place + 1 :])
        wrong.append([*path[:place], bytes(32), *path[place + 1 :]])
    for changed in wrong:
        with pytest.raises(BadProof):
            verify_consistency(first, second, changed, *roots)


@pytest.mark.parametrize(("first", "second"), [(2, 1), (-1, 1)])
def test_a_log_does_not_shrink(first: int, second: int) -> None:
    with pytest.raises(BadProof):
        verify_consistency(first, second, (), MANY[0], MANY[0])
    with pytest.raises(ValueError, match="no trees"):
        consistency(MANY, first, second)
    with pytest.raises(ValueError, match="no trees"):
        consistency(MANY, 1, len(MANY) + 1)
