"""The log: leaves are numbered in the order of storing, and the head follows from them."""

from operator import methodcaller

from comity.actions.ports import LogHead, Store, Unit
from comity.seal.tree import ACT_LEAF, EMPTY_ROOT, leaf_data, leaf_hash, root_of
from tests.records.samples import PEER, adds, after, opening


def number(store: Store) -> LogHead:
    return store.write(lambda unit: unit.number_leaves())


def hash_of(act_id: str) -> bytes:
    return leaf_hash(leaf_data(ACT_LEAF, act_id))


def check_an_empty_log_has_the_empty_root(store: Store) -> None:
    empty = LogHead(size=0, root=EMPTY_ROOT, range=())
    assert store.read(lambda view: view.log_head()) == empty
    assert number(store) == empty
    assert store.read(lambda view: view.leaf_hashes(5)) == ()


def check_a_leaf_has_no_number_until_one_is_given(store: Store) -> None:
    first = opening()
    store.write(adds(first, parts=(None,)))
    assert store.read(lambda view: view.leaf_index(first.act.id)) is None
    assert store.read(lambda view: view.log_head().size) == 0
    assert number(store).size == 1
    assert store.read(lambda view: view.leaf_index(first.act.id)) == 0
    assert store.read(lambda view: view.leaf_index(opening(9).act.id)) is None


def check_leaves_are_numbered_in_the_order_of_storing(store: Store) -> None:
    first = opening(3)
    acts = [first, opening(1, by=PEER), after(first, 4), opening(2)]
    stored: list[str] = []
    for one in acts:
        store.write(adds(one, parts=(None,) * len(one.act.parts)))
        stored.append(one.act.id)
        if len(stored) != 3:
            number(store)
    numbers = store.read(lambda view: [view.leaf_index(act) for act in stored])
    assert numbers == [0, 1, 2, 3]
    hashes = store.read(lambda view: view.leaf_hashes(4))
    assert hashes == tuple(map(hash_of, stored))
    assert store.read(lambda view: view.leaf_hashes(2)) == hashes[:2]


def check_the_head_is_that_of_rfc_9162(store: Store) -> None:
    hashes: list[bytes] = []
    for batch in range(5):
        acts = [opening(batch * 10 + at) for at in range(batch)]
        store.write(adds(*acts, parts=(None,)))
        hashes += [hash_of(one.act.id) for one in acts]
        head = number(store)
        assert (head.size, head.root) == (len(hashes), root_of(hashes))
        assert store.read(lambda view: view.log_head()) == head


def check_leaves_are_numbered_in_the_unit_that_stores_them(store: Store) -> None:
    def work(unit: Unit) -> tuple[LogHead, int | None, LogHead]:
        unit.add_act(opening(), (None,))
        return unit.number_leaves(), unit.leaf_index(opening().act.id), unit.log_head()

    head, index, seen = store.write(work)
    assert (head.size, index, seen) == (1, 0, head)


def check_numbering_nothing_changes_nothing(store: Store) -> None:
    store.write(adds(opening(), parts=(None,)))
    assert number(store) == number(store)


def check_the_largest_checkpoint_is_the_newest(store: Store) -> None:
    assert store.read(lambda view: view.checkpoint()) is None
    for size, envelope in ((1, b"one"), (12, b"twelve"), (9, b"nine")):
        store.write(methodcaller("keep_checkpoint", size, envelope))
    assert store.read(lambda view: view.checkpoint()) == b"twelve"
    store.write(lambda unit: unit.keep_checkpoint(12, b"signed again"))
    assert store.read(lambda view: view.checkpoint()) == b"signed again"
