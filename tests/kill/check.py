"""What must hold once both nodes have run undisturbed: the promises of DESIGN, one each.

Every check reads the books of both nodes and trusts nothing in them: ids, roots, numbers
and signatures are computed again from the bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final

from comity.directory.keys import key_for
from comity.matters.act import Act, read_act
from comity.matters.fold import Standing, fold
from comity.matters.present import present
from comity.seal import checkpoint
from comity.seal.canonical import decode
from comity.seal.dsse import ACT_TYPE, CHECKPOINT_TYPE, Sealed, prove, read_envelope
from comity.seal.forms import digest
from comity.seal.keys import Purpose
from comity.seal.tree import (
    ACT_LEAF,
    EMPTY_ROOT,
    consistency,
    leaf_data,
    leaf_hash,
    verify_consistency,
)
from comity.text import ToldError
from comity.wire.errors import TheirFault
from comity.wire.head import ReplyHead
from comity.wire.receipt import Receipt, write_receipt
from comity.wire.reply import prove_kept_reply
from tests.kill.books import Books, Head, Proof, Stored

START: Final = datetime(1970, 1, 1, tzinfo=UTC)
NO_HEAD: Final = (Head(0, EMPTY_ROOT),)
FAR: Final = timedelta(days=400)
EXPECTED: Final = frozenset({"stored", "held"})
"""Codes of receipts: an act may overtake one that waits for its next attempt."""

REFUSALS: Final = frozenset({"not-allowed"})
"""What an officer may be told while the other State's entries come in."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Both nodes' books, and the lines that their officers wrote down."""

    books: tuple[Books, Books]
    lines: tuple[tuple[str, ...], ...]
    known: dict[tuple[bytes, ...], object] = field(default_factory=dict)
    """What was proven before, by all the bytes that it was proven from."""

    @cached_property
    def stated(self) -> dict[str, int]:
        """Return the acts whose verb returned, and how often it was written down."""
        return dict(Counter(line[1] for line in self.lines if line[0] == "stated"))


Lines = Iterator[str]
"""A sentence for each promise that was broken."""


def whole(pair: Pair) -> Lines:
    """Say what is wrong with the files themselves."""
    for mine in pair.books:
        yield from (f"{mine.state}'s file: {fault}" for fault in mine.faults)


def lost(pair: Pair) -> Lines:
    """Every act whose verb returned, and every other act of either, is on both nodes."""
    held = [{act.act_id for act in mine.acts} for mine in pair.books]
    for act_id in set(pair.stated) | held[0] | held[1]:
        for mine, ids in zip(pair.books, held, strict=True):
            if act_id not in ids:
                yield f"{mine.state} does not hold {act_id}"
    for mine in pair.books:
        have = dict(mine.parts)
        for act in mine.acts:
            if have.get(act.act_id, 0) != act.part_count:
                yield f"{mine.state} does not hold every part of {act.act_id}"


def twice(pair: Pair) -> Lines:
    """No act is there twice; each lane goes from 0 without a gap, each act after the last."""
    yield from (f"{act_id} was stated {n} times" for act_id, n in pair.stated.items() if n > 1)
    for mine in pair.books:
        yield from _doubled(f"{mine.state} holds act", (act.act_id for act in mine.acts))
        yield from _doubled(
            f"{mine.state} holds place", ((act.author, act.matter, act.seq) for act in mine.acts)
        )
        lanes: dict[tuple[str, str], list[Act]] = defaultdict(list)
        for act in acts_of(mine).values():
            lanes[act.author, act.matter_id].append(act)
        for (author, matter), lane in lanes.items():
            lane.sort(key=lambda act: act.seq)
            if [act.seq for act in lane] != list(range(len(lane))):
                yield f"{mine.state}: the lane of {author} in {matter} has a gap"
            if any(later.prev != act.id for act, later in pairwise(lane)):
                yield f"{mine.state}: the lane of {author} in {matter} is not a chain"


def numbers(pair: Pair) -> Lines:
    """Pair numbers are contiguous, each own act has one, and the peer knows it by that one."""
    for mine, theirs in _both_ways(pair):
        sent = [one.n for one in mine.sent]
        if sent != list(range(1, len(sent) + 1)):
            yield f"{mine.state}'s numbers are not contiguous"
        if sorted(one.act_id for one in mine.sent) != sorted(act.act_id for act in mine.own):
            yield f"{mine.state} does not send each of its acts once"
        if [(one.n, one.act_id) for one in mine.sent] != [(o.n, o.act_id) for o in theirs.came]:
            yield f"{theirs.state} knows {mine.state}'s acts by other numbers"
        for one in mine.sent:
            if one.delivered_at is None or one.code not in EXPECTED:
                yield f"{mine.state}: number {one.n} has the code “{one.code}”"


def logs(pair: Pair) -> Lines:
    """Leaves are contiguous, each act has exactly one, and the root is that of the acts."""
    for mine in pair.books:
        if sorted(leaf.number for leaf in mine.leaves if leaf.number is not None) != list(
            range(len(mine.leaves))
        ):
            yield f"{mine.state}'s leaves are not numbered from 0 without a gap"
        if sorted(leaf.act_id for leaf in mine.leaves) != sorted(act.act_id for act in mine.acts):
            yield f"{mine.state} does not have one leaf for each act"
        for leaf in mine.leaves:
            if leaf.hash != leaf_hash(leaf_data(ACT_LEAF, leaf.act_id)):
                yield f"{mine.state}: the leaf of {leaf.act_id} is another one's"
        if (mine.heads or NO_HEAD) != ((len(mine.acts), mine.root),):
            yield f"{mine.state}'s head is not that of its acts"


def checkpoints(pair: Pair) -> Lines:
    """Every checkpoint ever signed proves, and is the beginning of the log of today."""
    for mine in pair.books:
        keys = {key.id: key.public for key in mine.card.signing if key.purpose is Purpose.NODE}
        for one in mine.checkpoints:
            try:
                sealed = read_envelope(one.envelope)
                prove(sealed, keys[sealed.key_id], CHECKPOINT_TYPE)
                said = checkpoint.read_checkpoint(sealed.payload)
                if (said.origin, said.size) != (mine.card.log, one.size):
                    yield f"{mine.state}: a checkpoint speaks of another log"
                _must_begin(mine, said.size, said.root)
            except (ToldError, ValueError, LookupError) as error:
                yield f"{mine.state}: the checkpoint at {one.size} does not prove: {error!r}"


def envelopes(pair: Pair) -> Lines:
    """Every act carries both signatures of its author's card, over exactly its header."""
    for mine in pair.books:
        for stored in mine.acts:
            try:
                act, sealed = _proven(pair, stored)
            except (ToldError, KeyError) as error:
                yield f"{mine.state}: {stored.act_id} does not prove: {error!r}"
                continue
            row = (stored.act_id, stored.matter, stored.author, stored.seq, stored.part_count)
            said = (act.id, act.matter_id, act.author, act.seq, len(act.parts))
            if row != said or sealed.payload != stored.header or len(sealed.signatures) != 2:
                yield f"{mine.state}: the row of {stored.act_id} is not what was signed"


def receipts(pair: Pair) -> Lines:
    """Each delivery has its proof: signed by the peer, and of a head that its log grew from."""
    for mine, theirs in _both_ways(pair):
        proofs = {proof.act_id: proof for proof in mine.proofs}
        given = {one.act_id: one.receipt for one in theirs.given}
        if len(proofs) != len(mine.proofs) or len(given) != len(theirs.given):
            yield f"{mine.state} or {theirs.state} has two receipts for one act"
        heads: set[tuple[int, bytes]] = set()
        for one in mine.sent:
            try:
                receipt = _receipt(pair, proofs[one.act_id], one.n, theirs)
            except KeyError:
                yield f"{mine.state} has no proof of receipt of number {one.n}"
            except TheirFault as error:
                yield f"{mine.state}: the receipt of number {one.n} does not prove: {error!r}"
            else:
                heads.add((receipt.log.size, receipt.log.root))
                if given.get(one.act_id) != write_receipt(receipt):
                    yield f"{theirs.state} gave another receipt for number {one.n}"
                if not _in_log(theirs, receipt):
                    yield f"{theirs.state} receipted number {one.n} before it was in its log"
        yield from _grown(theirs, heads)


def presents(pair: Pair) -> Lines:
    """Both nodes fold the same present of every matter, and lists show it."""
    now = max((act.stored_at for mine in pair.books for act in mine.acts), default=0)
    moments = (START + timedelta(microseconds=now), START + timedelta(microseconds=now) + FAR)
    seen: dict[str, object] = {}
    for mine in pair.books:
        shown = {row.matter: row for row in mine.shown}
        for matter, acts in _matters(mine).items():
            folded = fold(acts)
            bad = sorted({j.standing for j in folded.judged} - {Standing.COUNTS})
            if bad or folded.forks:
                yield f"{mine.state} holds {bad} in {matter}"
            is_now, later = (present(folded, moment) for moment in moments)
            if seen.setdefault(matter, (is_now, later)) != (is_now, later):
                yield f"{mine.state} sees another present of {matter}"
            row = shown.get(matter)
            if row is None or row[1:] != (is_now.code, is_now.tag, is_now.closed):
                yield f"{mine.state}'s list shows another present of {matter}"


def alarms(pair: Pair) -> Lines:
    """Nobody was restored or signed twice, so no node says so; no officer was stuck."""
    for mine in pair.books:
        yield from (f"{mine.state} raised {code}: {detail}" for code, detail in mine.alarms)
        yield from (f"{mine.state} still waits for {peer}" for peer in mine.unsynced)
    for line in pair.lines:
        if line[0] == "refused" and line[1] not in REFUSALS:
            yield f"an officer was refused: {line[1]}"


def memories(pair: Pair) -> Lines:
    """The signer remembers the last act of each own lane as the one that left."""
    for mine in pair.books:
        last: dict[str, tuple[int, str]] = {}
        for act in mine.own:
            last[act.matter] = max(last.get(act.matter, (-1, "")), (act.seq, act.act_id))
        remembered = {m: (seq, act_id) for m, seq, act_id in mine.confirmed if seq >= 0}
        if remembered != last:
            yield f"{mine.state}'s signer remembers other acts than those that left"


CHECKS: Final[Mapping[str, Callable[[Pair], Lines]]] = {
    check.__name__: check
    for check in (
        whole,
        lost,
        twice,
        numbers,
        logs,
        checkpoints,
        envelopes,
        receipts,
        presents,
        alarms,
        memories,
    )
}


def _both_ways(pair: Pair) -> Iterator[tuple[Books, Books]]:
    first, second = pair.books
    yield from ((first, second), (second, first))


def _doubled(what: str, found: Iterable[object]) -> Lines:
    yield from (f"{what} {one} {n} times" for one, n in Counter(found).items() if n > 1)


def acts_of(mine: Books) -> dict[str, Act]:
    """Return what can be read of the headers by the digest that they really have."""
    return {digest(act.header): read_act(act.header) for act in mine.acts if _readable(act.header)}


def _readable(header: bytes) -> bool:
    try:
        read_act(header)
    except ToldError:
        return False
    return True


def _matters(mine: Books) -> dict[str, list[Act]]:
    found: dict[str, list[Act]] = defaultdict(list)
    for act in acts_of(mine).values():
        found[act.matter_id].append(act)
    return found


def _proven(pair: Pair, stored: Stored) -> tuple[Act, Sealed]:
    """Return what the header says and what the envelope proves.

    Raises ``ToldError``, or ``KeyError`` for an author who is neither of the two.
    """
    act = read_act(stored.header)
    sealed = read_envelope(stored.envelope)
    card = {mine.state: mine.card for mine in pair.books}[act.author]
    at = START + timedelta(microseconds=stored.stored_at)
    key = key_for(card, Purpose.ACTS, sealed.key_id, at=act.at, received_at=at)
    if (key.id.encode(), stored.envelope) not in pair.known:
        pair.known[key.id.encode(), stored.envelope] = prove(sealed, key, ACT_TYPE)
    return act, sealed


def _receipt(pair: Pair, proof: Proof, n: int, theirs: Books) -> Receipt:
    """Return the proven receipt; raise ``TheirFault``, or ``KeyError`` where there is none."""
    at = START + timedelta(microseconds=proof.at)
    key = (theirs.state.encode(), proof.head, proof.signature)
    head = pair.known.get(key)
    if not isinstance(head, ReplyHead):
        head = prove_kept_reply(proof.head, proof.signature, card=theirs.card, at=at)
        pair.known[key] = head
    receipt = {(one.n, one.act): one for one in head.receipts}[n, proof.act_id]
    if not isinstance(receipt, Receipt) or receipt.code.value != proof.code:
        raise KeyError(n)
    return receipt


def _in_log(mine: Books, receipt: Receipt) -> bool:
    number = mine.numbers.get(receipt.act)
    return receipt.log.origin == mine.card.log and number is not None and number < receipt.log.size


def _grown(mine: Books, heads: Iterable[tuple[int, bytes]]) -> Lines:
    for size, root in heads:
        try:
            _must_begin(mine, size, root)
        except (ToldError, ValueError) as error:
            yield f"{mine.state}'s log did not grow from {size} leaves: {error!r}"


def _must_begin(mine: Books, size: int, root: bytes) -> None:
    """Return when the log's first ``size`` leaves have ``root``, by a consistency proof."""
    now = len(mine.hashes)
    verify_consistency(size, now, consistency(mine.hashes, size, now), root, mine.root)


def repeated(pair: Pair) -> int:
    """Return how many acts were receipted again: a kill fell between storing and settling."""
    return sum(
        str(decode(proof.head)["at"]) != _given_at(proof)
        for mine in pair.books
        for proof in mine.proofs
    )


def _given_at(proof: Proof) -> str:
    said = decode(proof.head)["receipts"]
    assert isinstance(said, list)
    for one in said:
        assert isinstance(one, dict)
        if one["act"] == proof.act_id:
            return str(one["at"])
    raise LookupError(proof.act_id)
