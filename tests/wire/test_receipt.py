"""Receipts keep their bytes: a repeated act gets the receipt of the first time (message-v1 4)."""

from collections.abc import Callable

import pytest

from comity.directory.members import Members, WrongMember
from comity.seal.canonical import Json, decode, encode
from comity.seal.errors import NotCanonical
from comity.seal.forms import digest
from comity.wire.receipt import (
    NotAccepted,
    ReceiptCode,
    kept_receipt,
    read_answered,
    write_receipt,
)
from tests.directory.states import NOW
from tests.wire.traffic import receipt

ACT = digest(b"act")
GOOD = receipt(7, ACT, held=(1, 3))


def test_a_receipt_is_kept_and_repeated_with_the_same_bytes() -> None:
    kept = write_receipt(GOOD)
    assert kept_receipt(kept) == GOOD
    assert write_receipt(kept_receipt(kept)) == kept


def test_a_receipt_has_exactly_the_members_of_the_page() -> None:
    assert sorted(decode(write_receipt(GOOD))) == [
        "act",
        "at",
        "code",
        "from",
        "held",
        "log",
        "n",
        "to",
        "v",
    ]


@pytest.mark.parametrize("code", list(ReceiptCode))
def test_every_code_is_read_back(code: ReceiptCode) -> None:
    assert kept_receipt(write_receipt(receipt(1, ACT, code=code))).code is code


def test_an_act_not_kept_is_told_with_its_code_even_one_not_known_here() -> None:
    for error in ("bad-signature", "some-later-code"):
        told = NotAccepted(n=7, act=ACT, error=error, at=NOW)
        assert read_answered(Members(told.data())) == told


@pytest.mark.parametrize(
    ("path", "edit"),
    [
        ("receipt.v", lambda m: m.update(v=0)),
        ("receipt.code", lambda m: m.update(code=None)),
        ("receipt.held", lambda m: m.update(held=[1, 1])),
        ("receipt.held", lambda m: m.update(held=list(range(1, 66)))),
        ("receipt.log", lambda m: m["log"].update(later=1)),
        ("receipt.n", lambda m: m.pop("n")),
    ],
)
def test_a_wrong_member_is_named(path: str, edit: Callable[[dict[str, Json]], object]) -> None:
    members = decode(write_receipt(GOOD))
    edit(members)
    with pytest.raises(WrongMember) as caught:
        kept_receipt(encode(members))
    assert caught.value.path == path


def test_a_receipt_that_is_not_canonical_is_refused() -> None:
    with pytest.raises(NotCanonical):
        kept_receipt(write_receipt(GOOD) + b"\n")
