"""Receipts (message-v1 section 4): what became of each act of a call.

A receipt means durable and sequenced: its ``log`` is a head of the giver's log
that contains the act. It is not an act and is never receipted.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from comity.directory.members import Members
from comity.seal.canonical import Json, decode, encode
from comity.seal.checkpoint import Checkpoint, read_checkpoint_data
from comity.seal.errors import BadProof
from comity.seal.forms import time_text
from comity.wire.frame import VERSION

MOST_PARTS: Final = 64
CODE_FORM: Final = re.compile(r"[a-z]([a-z-]{0,38}[a-z])?")


class ReceiptCode(StrEnum):
    """What became of an act; in every case it is durable."""

    STORED = "stored"
    HELD = "held"
    NOT_UNDERSTOOD = "not-understood"
    VOID = "void"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """``sender`` (member ``from``) holds the act that ``to`` gave number ``n``.

    ``held`` lists the numbers, from 1, of the parts it holds.
    """

    sender: str
    to: str
    n: int
    act: str
    at: datetime
    code: ReceiptCode
    held: tuple[int, ...]
    log: Checkpoint

    def data(self) -> dict[str, Json]:
        """Return the form that a reply's ``receipts`` has."""
        return {
            "v": VERSION,
            "from": self.sender,
            "to": self.to,
            "n": self.n,
            "act": self.act,
            "at": time_text(self.at),
            "code": self.code.value,
            "held": list(self.held),
            "log": self.log.data(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAccepted:
    """The act was not kept; ``error`` is a code, perhaps one that this version does not know."""

    n: int
    act: str
    error: str
    at: datetime

    def data(self) -> dict[str, Json]:
        """Return the form that a reply's ``receipts`` has."""
        return {
            "n": self.n,
            "act": self.act,
            "error": self.error,
            "at": time_text(self.at),
        }


Answered: TypeAlias = Receipt | NotAccepted


def write_receipt(receipt: Receipt) -> bytes:
    """Return a receipt's canonical bytes, for keeping: a repeated act gets the same again."""
    return encode(receipt.data())


def kept_receipt(data: bytes) -> Receipt:
    """Return the receipt that ``write_receipt`` wrote.

    Raises ``NotCanonical`` or ``WrongMember`` (``ValueError``) on other bytes.
    """
    return _receipt(Members(decode(data), "receipt"))


def read_answered(members: Members) -> Answered:
    """Return one entry of a reply's ``receipts``. Raises ``WrongMember``."""
    return _not_accepted(members) if members.has("error") else _receipt(members)


def _receipt(members: Members) -> Receipt:
    members.whole("v", VERSION, VERSION)
    return Receipt(
        sender=members.state("from"),
        to=members.state("to"),
        n=members.whole("n", 1),
        act=members.digest("act"),
        at=members.time("at"),
        code=_one_of(members),
        held=_held(members),
        log=_log(members),
    )


def _not_accepted(members: Members) -> NotAccepted:
    return NotAccepted(
        n=members.whole("n", 1),
        act=members.digest("act"),
        error=members.formed("error", CODE_FORM),
        at=members.time("at"),
    )


def _one_of(members: Members) -> ReceiptCode:
    code = members.text("code")
    if code not in _RECEIPT_CODES:
        members.fail("code")
    return ReceiptCode(code)


def _held(members: Members) -> tuple[int, ...]:
    held: list[int] = []
    for number in members.array("held", MOST_PARTS):
        if type(number) is not int or not max((0, *held[-1:])) < number <= MOST_PARTS:
            members.fail("held")
        held.append(number)
    return tuple(held)


def _log(members: Members) -> Checkpoint:
    try:
        return read_checkpoint_data(members.object("log"))
    except BadProof as error:
        raise members.wrong("log") from error


_RECEIPT_CODES: Final = frozenset(ReceiptCode)
