"""The checks of a preservation certificate, one function each, in their order (certificate-v1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from comity.actions.verdict import Finding
from comity.directory.card import Card
from comity.directory.read import read_card
from comity.matters.act import Act, read_act
from comity.matters.fold import Standing, fold
from comity.matters.fold import View as Matter
from comity.seal import canonical
from comity.seal.checkpoint import read_checkpoint
from comity.seal.commit import commit
from comity.seal.dsse import (
    ACT_TYPE,
    CARD_TYPE,
    CHECKPOINT_TYPE,
    MESSAGE_TYPE,
    Sealed,
    prove,
    read_envelope,
)
from comity.seal.forms import read_time, unb64
from comity.seal.keys import Purpose, Suite, VerifyKey
from comity.seal.tree import leaf_data, leaf_hash, verify_inclusion
from comity.text import Sentence, ToldError, say

LARGEST: Final = 1_048_576
TYPE: Final = "preservation-certificate"
MEMBERS: Final = frozenset({"v", "type", "cards", "acts", "parts", "receipt", "proof"})
Json = canonical.Json
Object = dict[str, Json]


class AlteredError(ToldError):
    """A check failed: the file is not what was issued."""

    code = "altered"

    def __init__(self, check: str, sentence: Sentence) -> None:
        """Name the check that failed."""
        super().__init__(sentence)
        self.check = check


@dataclass(slots=True)
class Reading:
    """What has been proven so far; each check adds to it."""

    findings: list[Finding] = field(default_factory=list)
    file: Object = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    opened: dict[tuple[str, int], bytes] = field(default_factory=dict)
    matter: Matter | None = None
    gaps: tuple[str, ...] = ()

    def add(self, check: str, sentence: Sentence, *, held: bool = True) -> None:
        """Keep what a check found."""
        self.findings.append(Finding(check=check, held=held, sentence=sentence))


def check_form(reading: Reading, data: bytes) -> None:
    """Read the file in its one form, with the members of this page and no other."""
    if len(data) > LARGEST:
        raise AlteredError("form", say("The file is larger than a certificate can be."))
    try:
        reading.file = canonical.decode(data)
    except ToldError as fault:
        raise AlteredError(
            "form", say("The file's bytes are not in the one form that was signed.")
        ) from fault
    if (
        set(reading.file) != MEMBERS
        or not _is(reading.file["v"], 1)
        or reading.file["type"] != TYPE
    ):
        raise AlteredError("form", say("The file is not a preservation certificate of version 1."))
    reading.add("form", say("The file is a preservation certificate in canonical form."))


def check_cards(reading: Reading, suites: Mapping[int, Suite]) -> None:
    """Prove each card under its own root; whether that root is the right one is asked last."""
    for position, envelope in enumerate(_list(reading.file, "cards", "cards")):
        sealed = _sealed(envelope, "cards")
        try:
            card = read_card(sealed.payload, suites)
            prove(sealed, card.root, CARD_TYPE)
        except ToldError as fault:
            raise AlteredError(
                "cards",
                say("Card %(n)s is not signed by its own root.", n=str(position + 1)),
            ) from fault
        reading.cards[card.state] = card
    listed = list(reading.cards)
    if len(listed) != len(_list(reading.file, "cards", "cards")) or listed != sorted(listed):
        raise AlteredError("cards", say("The cards are doubled or out of order."))
    reading.add(
        "cards",
        say("The cards of %(states)s are signed by their own roots.", states=", ".join(listed)),
    )


def check_acts(reading: Reading) -> None:
    """Prove each act under an ``acts`` key of its author's card, valid when it was stated."""
    places: list[tuple[str, int]] = []
    for envelope in _list(reading.file, "acts", "acts"):
        sealed = _sealed(envelope, "acts")
        try:
            act = read_act(sealed.payload)
            prove(sealed, _acts_key(reading, act, sealed), ACT_TYPE)
        except ToldError as fault:
            raise AlteredError(
                "acts",
                say("Entry %(n)s does not carry its State's signature.", n=str(len(places) + 1)),
            ) from fault
        reading.acts.append(act)
        places.append((act.author, act.seq))
    if not places or places != sorted(set(places)):
        raise AlteredError("acts", say("The entries are missing, doubled or out of order."))
    reading.add(
        "acts",
        say("%(n)s entries carry both signatures of their States.", n=str(len(places))),
    )


def _acts_key(reading: Reading, act: Act, sealed: Sealed) -> VerifyKey:
    card = reading.cards.get(act.author)
    for key in card.signing if card else ():
        if key.id == sealed.key_id and key.purpose is Purpose.ACTS and key.valid(act.at):
            return key.public
    raise AlteredError(
        "acts", say("An entry is signed by a key that %(state)s does not list.", state=act.author)
    )


def check_parts(reading: Reading) -> None:
    """Compare each opened part with what its act committed to."""
    acts = {act.id: act for act in reading.acts}
    last: tuple[str, int] | None = None
    for entry in _list(reading.file, "parts", "parts"):
        if not isinstance(entry, dict) or set(entry) != {"act", "index", "salt", "bytes"}:
            raise AlteredError("parts", say("A part of the file is not in its form."))
        act_id, index = str(entry["act"]), entry["index"]
        act = acts.get(act_id)
        if act is None or type(index) is not int or not 0 <= index < len(act.parts):
            raise AlteredError("parts", say("A part belongs to no entry of this file."))
        if last is not None and (act_id, index) <= last:
            raise AlteredError("parts", say("The parts are doubled or out of order."))
        last = (act_id, index)
        salt, data = _bytes(entry["salt"], "parts"), _bytes(entry["bytes"], "parts")
        ref = act.parts[index]
        if ref.length != len(data) or ref.commit != commit(salt, index, ref.role, data):
            raise AlteredError(
                "parts", say("The part “%(role)s” is not what was signed.", role=ref.role)
            )
        reading.opened[last] = data
    reading.add(
        "parts",
        say("%(n)s opened parts are those that were signed.", n=str(len(reading.opened))),
    )


def check_fold(reading: Reading) -> None:
    """Fold the lanes: whole from 0, no act void, no lane forked."""
    matter = fold(reading.acts)
    opening = matter.opening
    if opening is None or any(act.matter_id != opening.id for act in reading.acts):
        raise AlteredError("fold", say("The first request of the file is missing."))
    for author in {act.author for act in reading.acts}:
        lane = [act.seq for act in reading.acts if act.author == author]
        if lane != list(range(len(lane))):
            raise AlteredError(
                "fold", say("An entry of %(state)s is missing from the middle.", state=author)
            )
    if matter.forks:
        raise AlteredError("fold", say("A State signed two different entries under one number."))
    if any(one.standing is Standing.VOID for one in matter.judged):
        raise AlteredError("fold", say("An entry does not fit what its own State had read."))
    known = {act.id for act in reading.acts}
    reading.gaps = tuple(
        act_id
        for act in reading.acts
        for act_id in (*(read for _, read in act.read), *filter(None, (act.answers,)))
        if act_id not in known
    )
    reading.matter = matter
    reading.add("fold", say("The entries follow one another without a gap or a contradiction."))


def check_receipt(reading: Reading) -> None:
    """Prove the requested State's receipt for the request, where there is one."""
    receipt = reading.file["receipt"]
    if receipt is None:
        reading.add("receipt", say("The file holds no receipt for the request."))
        return
    opening = opening_of(reading)
    requested = party_of(opening, "requested")
    if not isinstance(receipt, dict) or set(receipt) != {"head", "signature"}:
        raise AlteredError("receipt", say("The receipt is not in its form."))
    head_bytes = _bytes(receipt["head"], "receipt")
    try:
        sealed = read_envelope(_encoded(receipt["signature"], "receipt"), payload=head_bytes)
        head = canonical.decode(head_bytes)
        at = read_time(str(head.get("at")))
        prove(sealed, _node_key(reading, requested, sealed, at, "receipt"), MESSAGE_TYPE)
    except ToldError as fault:
        raise AlteredError(
            "receipt", say("The receipt is not signed by %(state)s.", state=requested)
        ) from fault
    receipts = head.get("receipts")
    named = [
        one.get("act")
        for one in (receipts if isinstance(receipts, list) else [])
        if isinstance(one, dict)
    ]
    if opening.id not in named:
        raise AlteredError("receipt", say("The receipt speaks of another request."))
    reading.add(
        "receipt",
        say("%(state)s receipted the request at %(at)s.", state=requested, at=str(head["at"])),
    )


def _node_key(reading: Reading, state: str, sealed: Sealed, at: datetime, check: str) -> VerifyKey:
    card = reading.cards.get(state)
    for key in card.signing if card else ():
        if key.id == sealed.key_id and key.purpose is Purpose.NODE and key.valid(at):
            return key.public
    raise AlteredError(
        check, say("A signature is by a key that %(state)s does not list.", state=state)
    )


def check_log(reading: Reading) -> None:
    """Prove the checkpoint, and that it includes every act."""
    proof = reading.file["proof"]
    if not isinstance(proof, dict) or set(proof) != {"checkpoint", "inclusion"}:
        raise AlteredError("log", say("The proof of the log is not in its form."))
    sealed = _sealed(proof["checkpoint"], "log")
    signer = _signer_of(reading, sealed)
    try:
        checkpoint = read_checkpoint(prove(sealed, signer, CHECKPOINT_TYPE).payload)
    except ToldError as fault:
        raise AlteredError(
            "log", say("The checkpoint of the log is not signed by its State.")
        ) from fault
    proofs = _list(proof, "inclusion", "log")
    if len(proofs) != len(reading.acts):
        raise AlteredError("log", say("An entry has no proof of the log."))
    for act, one in zip(reading.acts, proofs, strict=True):
        _included(act, one, checkpoint.size, checkpoint.root)
    reading.add(
        "log",
        say(
            "All entries stand in the log of %(origin)s, at size %(size)s.",
            origin=checkpoint.origin,
            size=str(checkpoint.size),
        ),
    )


def _signer_of(reading: Reading, sealed: Sealed) -> VerifyKey:
    for card in reading.cards.values():
        for key in card.signing:
            if key.id == sealed.key_id and key.purpose is Purpose.NODE:
                return key.public
    raise AlteredError("log", say("The checkpoint is signed by a key that no card lists."))


def _included(act: Act, proof: Json, size: int, root: bytes) -> None:
    if not isinstance(proof, dict) or set(proof) != {"index", "size", "path"}:
        raise AlteredError("log", say("A proof of the log is not in its form."))
    index, path = proof["index"], _list(proof, "path", "log")
    if type(index) is not int or not _is(proof["size"], size):
        raise AlteredError("log", say("A proof of the log speaks of another log."))
    nodes = tuple(_bytes(node, "log") for node in path)
    try:
        verify_inclusion(leaf_hash(leaf_data(1, act.id)), index, size, nodes, root)
    except ToldError as fault:
        raise AlteredError("log", say("An entry does not stand in the log.")) from fault


def opening_of(reading: Reading) -> Act:
    """Return the request that opened the matter."""
    opening = reading.matter.opening if reading.matter else None
    if opening is None:
        raise AlteredError("fold", say("The first request of the file is missing."))
    return opening


def party_of(act: Act, role: str) -> str:
    """Return the State that has this role."""
    for party in act.parties:
        if party.role == role:
            return party.state
    raise AlteredError("fold", say("The request does not name both States."))


def _is(value: Json, number: int) -> bool:
    """Compare with a whole number; in Python ``True`` equals 1, in the file it does not."""
    return type(value) is int and value == number


def _list(members: Mapping[str, Json], name: str, check: str) -> list[Json]:
    value = members.get(name)
    if not isinstance(value, list):
        raise AlteredError(check, say("“%(name)s” is missing from the file.", name=name))
    return value


def _encoded(value: Json, check: str) -> bytes:
    if not isinstance(value, dict):
        raise AlteredError(check, say("An envelope of the file is not in its form."))
    return canonical.encode(value)


def _sealed(value: Json, check: str) -> Sealed:
    try:
        return read_envelope(_encoded(value, check))
    except AlteredError:
        raise
    except ToldError as fault:
        raise AlteredError(check, say("An envelope of the file is not in its form.")) from fault


def _bytes(value: Json, check: str) -> bytes:
    try:
        return unb64(value if isinstance(value, str) else "?")
    except ToldError as fault:
        raise AlteredError(check, say("Some bytes of the file are not in their form.")) from fault
