"""Whatever is done, in whatever order: memory, SQLite and PostgreSQL give the same answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from comity.actions.ports import Alarm, Store, Unit, View
from comity.records.errors import RecordsError
from tests.memory_store import MemoryStore
from tests.records.samples import (
    ME,
    NOW,
    OTHER,
    PEER,
    SECOND,
    after,
    card,
    delivery,
    note,
    opening,
    part,
    proof,
    receipt,
    row,
)
from tests.stores import Database, empty

PARTS = (part(0), part(1, "reason"))
OPENINGS = tuple(opening(number, by=by, parts=PARTS) for number, by in enumerate((ME, PEER)))
ACTS = (
    *OPENINGS,
    *(after(OPENINGS[0], seq, by=ME, ref=ref) for seq in (0, 1) for ref in ("a", "b")),
    *(after(OPENINGS[1], seq, by=PEER, ref=ref) for seq in (0, 1) for ref in ("a", "b")),
)
IDS = tuple(one.act.id for one in ACTS)
CARDS = tuple(card(state, version) for state in (ME, PEER) for version in (7, 8))

acts = st.sampled_from(ACTS)
ids = st.sampled_from(IDS)
peers = st.sampled_from((PEER, OTHER))
numbers = st.integers(1, 5)
times = st.integers(0, 4).map(lambda seconds: NOW + timedelta(seconds=seconds))
names = st.sampled_from("abc")

Step = Callable[[Unit], object]


class Undone(Exception):
    """What the work raises at its end."""


@dataclass(frozen=True)
class Do:
    """One call of a unit."""

    name: str
    values: tuple[object, ...] = ()
    named: tuple[tuple[str, object], ...] = ()

    def __call__(self, unit: Unit) -> object:
        return getattr(unit, self.name)(*self.values, **dict(self.named))


def do(
    name: str, *values: st.SearchStrategy[object], **named: st.SearchStrategy[object]
) -> st.SearchStrategy[Do]:
    return st.builds(
        lambda given, words: Do(name, given, tuple(words.items())),
        st.tuples(*values),
        st.fixed_dictionaries(named),
    )


def parts_for(held: object) -> st.SearchStrategy[Do]:
    one = held.act  # type: ignore[attr-defined]
    each = [st.sampled_from((None, PARTS[place])) for place in range(len(one.parts))]
    return do("add_act", st.just(held), st.tuples(*each))


steps = st.one_of(
    acts.flatmap(parts_for),
    do("add_part", ids, st.sampled_from(PARTS)),
    do("put_row", st.builds(row, ids, changed_at=times, closed=st.booleans())),
    do("add_delivery", peer=peers, act_id=ids, urgent=st.booleans(), now=times),
    do(
        "restore_delivery",
        st.builds(
            delivery, ids, numbers, peer=peers, created=times, delivered_at=st.none() | times
        ),
    ),
    do("lease", peers, now=times, until=times, limit=st.integers(0, 3)),
    do(
        "update_delivery",
        st.builds(
            delivery,
            ids,
            numbers,
            peer=peers,
            attempts=numbers,
            next_at=times,
            tried_at=st.none() | times,
            error=names,
            delivered_at=st.none() | times,
            code=names,
        ),
    ),
    do("resend_from", peers, numbers, times),
    do("note_number", peers, numbers, ids),
    do("keep_proof", st.builds(proof, ids, numbers, peer=peers, code=names)),
    do("keep_given", st.builds(receipt, ids, numbers)),
    do("put_card", st.sampled_from(CARDS)),
    do("add_note", st.builds(note, names, matter=st.none() | ids, kind=names, at=times)),
    do("drop_note", names),
    do("number_leaves"),
    do("keep_checkpoint", numbers, st.binary(max_size=2)),
    do("set_unsynced", st.frozensets(peers)),
    do("raise_alarm", st.builds(Alarm, code=names, peer=peers, at=times, detail=names)),
)
works = st.lists(st.tuples(st.lists(steps, max_size=6), st.booleans()), max_size=8)


def everything(view: View) -> dict[str, object]:
    """Return all that a view tells of the values of this test."""
    return {
        "acts": [view.act(one) for one in IDS],
        "matters": [view.acts_of(one.act.id) for one in OPENINGS],
        "parts": [view.parts_of(one) for one in IDS],
        "open": view.rows(closed=False, limit=3),
        "closed": view.rows(closed=True, limit=3, offset=1),
        "row": [view.row(one) for one in IDS],
        "changed": view.changed(),
        "card": [view.card(state) for state in (ME, PEER, OTHER)],
        "cards": view.cards(),
        "history": view.card_history(PEER),
        "given": [view.given(peer) for peer in (PEER, OTHER)],
        "held": [view.held_numbers(peer) for peer in (PEER, OTHER)],
        "receipted": [view.receipted(peer) for peer in (PEER, OTHER)],
        "numbers": [view.number_act(PEER, n) for n in range(6)],
        "own": [view.own_number(PEER, n) for n in range(6)],
        "waiting": view.deliveries(waiting_only=True),
        "deliveries": view.deliveries(waiting_only=False),
        "by act": [view.deliveries_of(one) for one in IDS],
        "due": [view.due_peers(NOW + at * SECOND) for at in range(6)],
        "proofs": [view.proof_of_receipt(one, PEER) for one in IDS],
        "receipts": [view.given_receipt(one) for one in IDS],
        "notes": [view.notes_of(one) for one in (None, *IDS)],
        "drafts": view.notes_of(None, kind="a"),
        "note": [view.note(one) for one in "abc"],
        "head": view.log_head(),
        "leaves": [view.leaf_index(one) for one in IDS],
        "hashes": view.leaf_hashes(3),
        "checkpoint": view.checkpoint(),
        "unsynced": view.unsynced(),
        "alarms": view.alarms(limit=2),
    }


def played(store: Store, units: list[tuple[list[Do], bool]]) -> Iterator[object]:
    """Do each unit's steps in one write; yield what came of it and all that is then seen."""
    for calls, undone in units:
        answers: list[object] = []

        def work(
            unit: Unit,
            calls: list[Do] = calls,
            undone: bool = undone,
            answers: list[object] = answers,
        ) -> dict[str, object]:
            answers.clear()
            answers.extend(one(unit) for one in calls)
            if undone:
                raise Undone
            return everything(unit)

        try:
            yield store.write(work)
        except (RecordsError, Undone) as error:
            yield (type(error), str(error))
        yield answers
        yield store.read(everything)


@contextmanager
def emptied(database: Database) -> Iterator[Store]:
    """Give a store on a database that is emptied for the next example."""
    try:
        yield database.store()
    finally:
        empty(database)


def test_a_database_answers_as_memory_does(both_databases: Database) -> None:
    @given(works)
    def same(units: list[tuple[list[Do], bool]]) -> None:
        with emptied(both_databases) as store:
            pairs = zip(played(MemoryStore(ME), units), played(store, units), strict=True)
            for at, (expected, found) in enumerate(pairs):
                assert found == expected, f"answer {at}"

    same()
