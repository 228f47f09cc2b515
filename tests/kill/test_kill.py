"""After the storm: nothing lost, nothing twice, everything verifiable."""

from collections import Counter
from datetime import UTC, datetime

from comity.actions.certificate import certificate
from comity.actions.verdict import Verdict
from comity.actions.verify import verify_certificate
from comity.seal.commit import commit
from tests.conftest import DEEP
from tests.kill import check
from tests.kill.conftest import BLOWS, Healed
from tests.kill.houses import house_of
from tests.stores import Databases

MOST = 5
"""How many certificates are made at each node."""


def test_it_was_a_storm(healed: Healed) -> None:
    storm, pair = healed.storm, healed.pair
    assert storm.kills.total() == BLOWS
    assert len(storm.kills) >= 4, f"every kind of process was killed: {storm.kills}"
    for mine in pair.books:
        assert len(mine.own) > 3 * BLOWS, "officers wrote on both sides, all the time"
    steps = Counter(act.step for mine in pair.books for act in check.acts_of(mine).values())
    assert len(steps) > 10, f"of every kind: {steps}"
    assert max(steps.values()) < steps.total() / 3, f"and not one alone: {steps}"
    if DEEP:  # few kills may miss a call that takes hundredths of a second
        assert check.repeated(pair), "some fell between a receipt given and a receipt taken"


def test_the_files_are_whole(healed: Healed) -> None:
    assert list(check.whole(healed.pair)) == [], healed.told


def test_every_act_that_a_verb_returned_is_on_both_nodes(healed: Healed) -> None:
    assert list(check.lost(healed.pair)) == [], healed.told


def test_no_act_is_there_twice_and_no_lane_has_a_gap(healed: Healed) -> None:
    assert list(check.twice(healed.pair)) == [], healed.told


def test_pair_numbers_are_contiguous_and_the_same_on_both_sides(healed: Healed) -> None:
    assert list(check.numbers(healed.pair)) == [], healed.told


def test_each_act_is_exactly_one_leaf_and_the_root_is_theirs(healed: Healed) -> None:
    assert list(check.logs(healed.pair)) == [], healed.told


def test_every_signed_checkpoint_is_the_beginning_of_the_log(healed: Healed) -> None:
    assert list(check.checkpoints(healed.pair)) == [], healed.told


def test_every_act_proves_under_the_card_of_its_author(healed: Healed) -> None:
    assert list(check.envelopes(healed.pair)) == [], healed.told


def test_every_delivery_has_a_proof_of_receipt_that_the_peers_log_bears_out(
    healed: Healed,
) -> None:
    assert list(check.receipts(healed.pair)) == [], healed.told


def test_both_nodes_see_the_same_present_of_every_matter(healed: Healed) -> None:
    assert list(check.presents(healed.pair)) == [], healed.told


def test_no_alarm_is_raised_and_no_officer_was_stuck(healed: Healed) -> None:
    assert list(check.alarms(healed.pair)) == [], healed.told


def test_the_signers_remember_what_left(healed: Healed) -> None:
    assert list(check.memories(healed.pair)) == [], healed.told


def test_no_process_ended_on_an_error_of_its_own(healed: Healed) -> None:
    logs = healed.storm.logs()
    for sign in ("Traceback", "visit to", "cannot be reached", "panicked"):
        assert sign not in logs, healed.told


def test_every_part_opens_and_is_the_one_that_was_signed(
    healed: Healed, databases: Databases
) -> None:
    for node, mine in zip(healed.storm.nodes, healed.pair.books, strict=True):
        house = house_of(node.home.folder, databases)
        for act_id, act in check.acts_of(mine).items():
            parts = house.store.read(lambda view, a=act_id: view.parts_of(a))  # type: ignore[misc]
            for held, told in zip(parts, act.parts, strict=True):
                assert held is not None, healed.told
                said = commit(held.salt, held.index, held.role, held.data)
                assert (held.role, said) == (told.role, told.commit), healed.told


def test_certificates_of_what_is_kept_verify_intact(healed: Healed, databases: Databases) -> None:
    now = datetime.now(UTC)
    roots = {mine.state: mine.card.root.id for mine in healed.pair.books}
    for node, mine in zip(healed.storm.nodes, healed.pair.books, strict=True):
        kept = {act.matter_id for act in check.acts_of(mine).values() if act.step == "kept"}
        assert kept, f"nothing is kept at {mine.state}: {healed.told}"
        house = house_of(node.home.folder, databases)
        for matter in sorted(kept)[:MOST]:
            made = certificate(house, matter)
            report = verify_certificate(made, roots, now=now)
            assert report.verdict is Verdict.INTACT, (report.findings, healed.told)
            at = len(made) // 2
            bad = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
            assert verify_certificate(bad, roots, now=now).verdict is Verdict.ALTERED
