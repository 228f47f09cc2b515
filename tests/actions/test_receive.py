"""A call is judged item by item; what is durable is receipted, and only that."""

from collections.abc import Callable

import pytest

from comity.actions.draft import DraftPart, Step
from comity.actions.ports import View
from comity.matters.act import read_act
from comity.seal import canonical
from comity.seal.dsse import ACT_TYPE, sign
from comity.seal.forms import time_text
from comity.seal.tree import ACT_LEAF, inclusion, leaf_data, leaf_hash, verify_inclusion
from comity.wire.items import Outgoing
from comity.wire.receipt import Answered, NotAccepted, Receipt, ReceiptCode, write_receipt
from tests.actions.desks import DAY, Desks, desks
from tests.actions.hostile import Made, forge, post, request
from tests.directory.states import signing_key

THIEF = signing_key("thief", live=False)


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def stored(answer: Answered) -> Receipt:
    assert isinstance(answer, Receipt), answer
    return answer


def refused(answer: Answered) -> str:
    assert isinstance(answer, NotAccepted), answer
    return answer.error


def ids(two: Desks) -> set[str]:
    """Return the ids of all acts that Jinhai holds."""

    def every(view: View) -> list[str]:
        rows = [row for closed in (False, True) for row in view.rows(closed=closed, limit=99)]
        return [held.act.id for row in rows for held in view.acts_of(row.matter)]

    return set(two.jin.store.read(every))


def alarms(two: Desks) -> list[tuple[str, str, str]]:
    found = two.jin.store.read(lambda view: view.alarms(limit=9))
    return [(one.code, one.peer, one.detail) for one in found]


def test_a_bad_item_among_good_ones_leaves_the_good_ones_alone(two: Desks) -> None:
    first, bad, last = request(two), request(two), request(two)
    forged = Made(act=bad.act, envelope=sign(bad.act.header, ACT_TYPE, THIEF), parts=bad.parts)
    answers = post(two.north, two.jin, first.out(1), forged.out(2), last.out(3))
    assert [one.n for one in answers] == [1, 2, 3]
    assert stored(answers[0]).code is ReceiptCode.STORED
    assert refused(answers[1]) == "unknown-key"
    assert stored(answers[2]).code is ReceiptCode.STORED
    assert ids(two) == {first.act.id, last.act.id}
    assert two.jin.store.read(lambda view: view.held_numbers("XNR")) == (1, (3,))


def test_a_refused_item_does_not_use_up_its_number(two: Desks) -> None:
    made = request(two)
    forged = Made(act=made.act, envelope=sign(made.act.header, ACT_TYPE, THIEF), parts=made.parts)
    refused(post(two.north, two.jin, forged.out(1))[0])
    assert two.jin.store.read(lambda view: view.number_act("XNR", 1)) is None
    assert stored(post(two.north, two.jin, made.out(1))[0]).code is ReceiptCode.STORED


def _another_id(two: Desks, made: Made) -> Outgoing:
    return made.out(1, act=request(two).act.id)


def _wrong_purpose(two: Desks, made: Made) -> Outgoing:
    envelope = sign(made.act.header, ACT_TYPE, two.north.keys.node)
    return Made(act=made.act, envelope=envelope, parts=made.parts).out(1)


def _changed_part(_two: Desks, made: Made) -> Outgoing:
    blob = made.out(1).blob
    return Outgoing(n=1, act=made.act.id, blob=blob[:-1] + bytes([blob[-1] ^ 1]))


def _cut_off(_two: Desks, made: Made) -> Outgoing:
    return Outgoing(n=1, act=made.act.id, blob=made.out(1).blob[:-1])


def _not_an_item(_two: Desks, made: Made) -> Outgoing:
    return Outgoing(n=1, act=made.act.id, blob=b"\0" * 40)


def _of_another_author(two: Desks, made: Made) -> Outgoing:
    by_jin = forge(
        two,
        made.act,
        Step(step="seen"),
        seq=0,
        prev=None,
        author="XJN",
        read=(("XNR", made.act.id),),
    )
    return by_jin.out(1)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_another_id, "blob-mismatch"),
        (_wrong_purpose, "wrong-purpose"),
        (_changed_part, "part-mismatch"),
        (_cut_off, "not-an-act"),
        (_not_an_item, "not-canonical"),
        (_of_another_author, "author-not-sender"),
    ],
)
def test_what_is_not_a_peers_own_act_is_refused_with_its_code(
    two: Desks, spoil: Callable[[Desks, Made], Outgoing], code: str
) -> None:
    (answer,) = post(two.north, two.jin, spoil(two, request(two)))
    assert refused(answer) == code
    assert ids(two) == set()
    assert two.jin.store.read(lambda view: view.rows(closed=False, limit=9)) == ()


def test_an_act_that_came_before_its_matter_waits_and_then_counts(two: Desks) -> None:
    opening = request(two)
    child = forge(two, opening.act, Step(step="withdraw"), seq=1, prev=opening.act.id)
    (first,) = post(two.north, two.jin, child.out(2))
    assert stored(first).code is ReceiptCode.HELD
    assert two.code(two.jin, opening.act.id) == "not-arrived"
    (then,) = post(two.north, two.jin, opening.out(1))
    assert stored(then).code is ReceiptCode.STORED
    assert two.code(two.jin, opening.act.id) == "withdrawn"
    (again,) = post(two.north, two.jin, child.out(2))
    assert again == first


def test_child_and_parent_in_one_call_both_count_whatever_their_order(two: Desks) -> None:
    opening = request(two)
    child = forge(two, opening.act, Step(step="withdraw"), seq=1, prev=opening.act.id)
    answers = post(two.north, two.jin, child.out(2), opening.out(1))
    assert [stored(one).code for one in answers] == [ReceiptCode.STORED] * 2


@pytest.mark.parametrize(
    "header", [{"step": "teleport"}, {"kind": "extradition"}, {"v": 2, "parties": "none"}]
)
def test_what_this_version_does_not_know_is_kept_and_said_so(
    two: Desks, header: dict[str, canonical.Json]
) -> None:
    opening = request(two)
    post(two.north, two.jin, opening.out(1))
    strange = forge(
        two, opening.act, Step(step="withdraw"), seq=1, prev=opening.act.id, header=header
    )
    (answer,) = post(two.north, two.jin, strange.out(2))
    assert stored(answer).code is ReceiptCode.NOT_UNDERSTOOD
    assert strange.act.id in ids(two)
    assert two.code(two.jin, opening.act.id) == "sent"


def test_an_opening_of_a_later_version_with_nothing_else_known_is_kept_and_shown(
    two: Desks,
) -> None:
    header = canonical.encode(
        {
            "v": 2,
            "matter": None,
            "author": "XNR",
            "seq": 0,
            "prev": None,
            "read": {},
            "at": time_text(two.clock.now()),
        }
    )
    act = read_act(header)
    made = Made(act=act, envelope=sign(header, ACT_TYPE, two.states["XNR"].acts))
    (answer,) = post(two.north, two.jin, made.out(1))
    assert stored(answer).code is ReceiptCode.NOT_UNDERSTOOD
    row = two.jin.store.read(lambda view: view.row(act.id))
    assert row is not None
    assert (row.code, row.peer, row.closed) == ("not-understood", "XNR", False)


def test_a_void_act_is_kept_receipted_as_void_and_moves_nothing(two: Desks) -> None:
    opening = request(two)
    void = forge(two, opening.act, Step(step="acknowledge"), seq=1, prev=opening.act.id)
    answers = post(two.north, two.jin, opening.out(1), void.out(2))
    assert [stored(one).code for one in answers] == [ReceiptCode.STORED, ReceiptCode.VOID]
    assert ids(two) == {opening.act.id, void.act.id}
    assert two.code(two.jin, opening.act.id) == "sent"
    assert alarms(two) == []


def test_two_acts_under_one_number_freeze_the_lane_and_raise_one_alarm(two: Desks) -> None:
    opening = request(two)
    one, other = (
        forge(
            two,
            opening.act,
            Step(step="withdraw", parts=(DraftPart(role="reason", data=word),)),
            seq=1,
            prev=opening.act.id,
        )
        for word in (b"settled", b"mistaken")
    )
    answers = post(two.north, two.jin, opening.out(1), one.out(2))
    assert [stored(each).code for each in answers] == [ReceiptCode.STORED] * 2
    (late,) = post(two.north, two.jin, other.out(3))
    assert stored(late).code is ReceiptCode.FROZEN
    assert {one.act.id, other.act.id} < ids(two)
    told = ("equivocation", "XNR", f"{opening.act.id} 1")
    assert alarms(two) == [told]
    # The lane counts up to the last act before the fork: nothing is withdrawn.
    assert two.code(two.jin, opening.act.id) == "sent"
    after = forge(two, opening.act, Step(step="withdraw"), seq=2, prev=one.act.id)
    assert stored(post(two.north, two.jin, after.out(4))[0]).code is ReceiptCode.FROZEN
    assert alarms(two) == [told]


def test_both_sides_of_a_fork_in_one_call_are_frozen(two: Desks) -> None:
    opening = request(two)
    post(two.north, two.jin, opening.out(1))
    one, other = (
        forge(two, opening.act, Step(step=step), seq=1, prev=opening.act.id)
        for step in ("withdraw", "seen")
    )
    answers = post(two.north, two.jin, one.out(2), other.out(3))
    assert [stored(each).code for each in answers] == [ReceiptCode.FROZEN] * 2


def test_the_receipt_names_the_log_that_holds_the_act(two: Desks) -> None:
    post(two.north, two.jin, request(two).out(1), request(two).out(2))
    made = request(two)
    (answer,) = post(two.north, two.jin, made.out(3))
    log = stored(answer).log
    assert (log.origin, log.size) == (two.jin.origin, 3)
    index = two.jin.store.read(lambda view: view.leaf_index(made.act.id))
    hashes = two.jin.store.read(lambda view: view.leaf_hashes(log.size))
    assert index is not None
    leaf = leaf_hash(leaf_data(ACT_LEAF, made.act.id))
    verify_inclusion(leaf, index, log.size, inclusion(hashes, index, log.size), log.root)


def test_all_receipts_of_a_call_name_one_log_head(two: Desks) -> None:
    answers = post(two.north, two.jin, *(request(two).out(n) for n in (1, 2, 3)))
    assert {(stored(one).log.size, stored(one).log.root) for one in answers} == {
        (3, stored(answers[0]).log.root)
    }


def test_a_repeated_act_gets_the_first_receipt_byte_for_byte(two: Desks) -> None:
    made = request(two)
    (first,) = post(two.north, two.jin, made.out(1))
    post(two.north, two.jin, request(two).out(2))
    two.clock.pass_(3 * DAY)
    (again,) = post(two.north, two.jin, made.out(1))
    assert write_receipt(stored(again)) == write_receipt(stored(first))
    assert len(ids(two)) == 2


def test_a_known_act_under_a_new_number_is_receipted_under_that_number(two: Desks) -> None:
    made = request(two)
    post(two.north, two.jin, made.out(1))
    (answer,) = post(two.north, two.jin, made.out(2))
    assert stored(answer).n == 2
    assert len(ids(two)) == 1
    assert two.jin.store.read(lambda view: view.held_numbers("XNR")) == (2, ())
    kept = two.jin.store.read(lambda view: view.given_receipt(made.act.id))
    assert kept is not None
    assert kept.n == 1


def test_a_void_act_under_a_new_number_is_receipted_as_void_again(two: Desks) -> None:
    opening = request(two)
    void = forge(two, opening.act, Step(step="acknowledge"), seq=1, prev=opening.act.id)
    post(two.north, two.jin, opening.out(1), void.out(2))
    (answer,) = post(two.north, two.jin, void.out(3))
    assert stored(answer).code is ReceiptCode.VOID


def test_a_number_used_for_two_acts_is_refused_and_told(two: Desks) -> None:
    first, second = request(two), request(two)
    post(two.north, two.jin, first.out(1))
    (answer,) = post(two.north, two.jin, second.out(1))
    assert refused(answer) == "number-reused"
    assert ids(two) == {first.act.id}
    assert alarms(two) == [("number-reused", "XNR", "n 1")]
    assert stored(post(two.north, two.jin, second.out(2))[0]).code is ReceiptCode.STORED


def test_the_receipt_says_which_parts_are_held(two: Desks) -> None:
    whole, bare = request(two), request(two)
    answers = post(two.north, two.jin, whole.out(1), bare.out(2, with_parts=False))
    assert [stored(one).held for one in answers] == [(1,), ()]
    assert two.jin.store.read(lambda view: view.parts_of(bare.act.id)) == (None,)
    assert two.code(two.jin, bare.act.id) == "sent"


def test_a_receipt_is_addressed_to_the_author_and_dated_by_the_receiver(two: Desks) -> None:
    (answer,) = post(two.north, two.jin, request(two).out(1))
    receipt = stored(answer)
    assert (receipt.sender, receipt.to, receipt.n) == ("XJN", "XNR", 1)
    assert receipt.at == two.clock.now()


def test_sixty_four_acts_are_taken_in_one_call(two: Desks) -> None:
    made = [request(two) for _ in range(64)]
    answers = post(two.north, two.jin, *(one.out(n) for n, one in enumerate(made, 1)))
    assert [stored(one).act for one in answers] == [one.act.id for one in made]
    assert two.jin.store.read(lambda view: view.held_numbers("XNR")) == (64, ())
