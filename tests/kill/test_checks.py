"""The checks can fail: each finds what was done to a database behind the node's back.

Every change is made in a transaction that is rolled back; the books are read inside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from tests.kill import check
from tests.kill.books import opened, read_books
from tests.kill.check import Pair
from tests.kill.conftest import Healed
from tests.kill.nodes import DATABASE

OTHERS_ACT = "(SELECT id FROM records_act WHERE NOT ours ORDER BY id LIMIT 1 OFFSET 7)"
OWN_ACT = "(SELECT id FROM records_act WHERE ours ORDER BY id LIMIT 1 OFFSET 7)"


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What is done to Northmere's database, which check finds it, and in which words."""

    sql: str
    check: str
    says: str


HARMS = {
    "an act of the peer is gone": Harm(
        sql=f"DELETE FROM records_act WHERE id = {OTHERS_ACT}", check="lost", says="does not hold"
    ),
    "an act of its own is gone": Harm(
        sql=f"DELETE FROM records_act WHERE id = {OWN_ACT}", check="lost", says="XNR does not hold"
    ),
    "a lane has a gap": Harm(
        sql=f"DELETE FROM records_act WHERE id = {OTHERS_ACT}", check="twice", says="has a gap"
    ),
    "a part is gone": Harm(
        sql="DELETE FROM records_part WHERE id = (SELECT MIN(id) FROM records_part)",
        check="lost",
        says="does not hold every part",
    ),
    "two acts have one place": Harm(
        sql="INSERT INTO records_act (act_id, matter, author, seq, ours, part_count, header,"
        " envelope, stored_at) SELECT 'sha256:other', matter, author, seq, 0, part_count, header,"
        f" envelope, stored_at FROM records_act WHERE id = {OTHERS_ACT}",
        check="twice",
        says="2 times",
    ),
    "a header was changed": Harm(
        sql="UPDATE records_act SET header = CAST(REPLACE(CAST(header AS TEXT), '\"en\"', '\"zh\"')"
        f" AS BLOB) WHERE id = {OTHERS_ACT}",
        check="envelopes",
        says="is not what was signed",
    ),
    "an act has the envelope of another": Harm(
        sql="UPDATE records_act SET envelope = (SELECT envelope FROM records_act ORDER BY id"
        f" LIMIT 1) WHERE id = {OWN_ACT}",
        check="envelopes",
        says="is not what was signed",
    ),
    "one of two signatures is gone": Harm(
        sql="UPDATE records_act SET envelope = CAST(SUBSTR(CAST(envelope AS TEXT), 1,"
        " INSTR(CAST(envelope AS TEXT), '},{\"keyid\"')) || ']}' AS BLOB)"
        f" WHERE id = {OWN_ACT}",
        check="envelopes",
        says="does not prove",
    ),
    "a leaf is gone": Harm(
        sql="DELETE FROM records_leaf WHERE number = 5", check="logs", says="without a gap"
    ),
    "the last leaf is gone": Harm(
        sql="DELETE FROM records_leaf WHERE number = (SELECT MAX(number) FROM records_leaf)",
        check="logs",
        says="does not have one leaf for each act",
    ),
    "two leaves changed places": Harm(
        sql="UPDATE records_leaf SET number = CASE number WHEN 5 THEN -6 ELSE -5 END"
        " WHERE number IN (5, 6); UPDATE records_leaf SET number = -number WHERE number < 0",
        check="logs",
        says="head is not that of its acts",
    ),
    "the log was rewritten with its head": Harm(
        sql="UPDATE records_leaf SET number = CASE number WHEN 5 THEN -6 ELSE -5 END"
        " WHERE number IN (5, 6); UPDATE records_leaf SET number = -number WHERE number < 0",
        check="receipts",
        says="did not grow from",
    ),
    "a signed checkpoint is of another history": Harm(
        sql="UPDATE records_leaf SET number = CASE number WHEN 5 THEN -6 ELSE -5 END"
        " WHERE number IN (5, 6); UPDATE records_leaf SET number = -number WHERE number < 0",
        check="checkpoints",
        says="does not prove",
    ),
    "a number is left out": Harm(
        sql="DELETE FROM records_delivery WHERE n = 3", check="numbers", says="not contiguous"
    ),
    "a number received is gone": Harm(
        sql="DELETE FROM records_received_number WHERE n = 3",
        check="numbers",
        says="knows XJN's acts by other numbers",
    ),
    "an act is not delivered": Harm(
        sql="UPDATE records_delivery SET delivered_at = NULL, code = '' WHERE n = 3",
        check="numbers",
        says="has the code",
    ),
    "a proof of receipt is gone": Harm(
        sql="DELETE FROM records_proof WHERE n = 3", check="receipts", says="has no proof"
    ),
    "a proof has the signature of another": Harm(
        sql="UPDATE records_proof SET signature = (SELECT signature FROM records_proof ORDER BY"
        " at DESC, id DESC LIMIT 1) WHERE n = 3",
        check="receipts",
        says="does not prove",
    ),
    "another receipt was given": Harm(
        sql="UPDATE records_given_receipt SET receipt = (SELECT receipt FROM records_given_receipt"
        " ORDER BY id LIMIT 1) WHERE n = 3",
        check="receipts",
        says="XNR gave another receipt",
    ),
    "a list shows something else": Harm(
        sql="UPDATE records_row SET closed = 1 - closed WHERE id = 1",
        check="presents",
        says="list shows another present",
    ),
    "an act is missing from what is folded": Harm(
        sql=f"DELETE FROM records_act WHERE id = {OWN_ACT}",
        check="presents",
        says="sees another present",
    ),
    "an alarm was raised": Harm(
        sql="INSERT INTO records_alarm (key, code, peer, at, detail)"
        " VALUES ('k', 'number-reused', 'XJN', 0, 'n 3')",
        check="alarms",
        says="XNR raised number-reused",
    ),
    "the node thinks that it was restored": Harm(
        sql="INSERT INTO records_unsynced_peer (peer) VALUES ('XJN')",
        check="alarms",
        says="still waits for XJN",
    ),
    "an act that left is not there": Harm(
        sql="DELETE FROM records_act WHERE ours AND seq > 0 AND NOT EXISTS (SELECT 1 FROM"
        " records_act AS later WHERE later.ours AND later.matter = records_act.matter"
        " AND later.seq > records_act.seq)",
        check="memories",
        says="remembers other acts",
    ),
    "a row points nowhere": Harm(
        sql=f"DELETE FROM records_act WHERE id = {OWN_ACT}", check="whole", says="points nowhere"
    ),
}


@contextmanager
def harmed(healed: Healed, sql: str) -> Iterator[Pair]:
    """Give the books with Northmere's database as it is after ``sql``, which is then undone."""
    first, _ = healed.storm.nodes
    folder = first.home.folder
    with opened(folder / DATABASE) as rows:
        rows.execute("PRAGMA foreign_keys = OFF")
        rows.execute("BEGIN IMMEDIATE")
        for statement in sql.split("; "):
            rows.execute(statement)
        assert rows.total_changes > 0, "the harm met no row"
        yield replace(healed.pair, books=(read_books(rows, folder), healed.pair.books[1]))
        rows.execute("ROLLBACK")


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_harm_is_found(healed: Healed, harm: Harm) -> None:
    with harmed(healed, harm.sql) as pair:
        found = list(check.CHECKS[harm.check](pair))
    assert any(harm.says in sentence for sentence in found), found[:5]


def test_an_act_that_was_stated_and_is_nowhere_is_found(healed: Healed) -> None:
    ghost = ("stated", f"sha256:{'0' * 64}")
    found = list(check.lost(replace(healed.pair, lines=(*healed.pair.lines, ghost))))
    assert len(found) == 2


def test_an_officer_who_was_told_something_else_is_found(healed: Healed) -> None:
    lines = (*healed.pair.lines, ("refused", "restored"))
    (found,) = check.alarms(replace(healed.pair, lines=lines))
    assert "restored" in found


def test_the_same_answer_twice_from_a_verb_is_found(healed: Healed) -> None:
    line = next(line for line in healed.pair.lines if line[0] == "stated")
    (found,) = check.twice(replace(healed.pair, lines=(*healed.pair.lines, line)))
    assert "was stated 2 times" in found
