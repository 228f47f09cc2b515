"""The published vectors still hold (``vectors/README.md`` says where they come from)."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from comity.directory.card import Card
from comity.directory.read import read_card
from comity.seal.canonical import Json, decode
from comity.seal.forms import read_time, unb64
from comity.seal.keys import OpenWith
from comity.seal.suite1 import MlKem768X25519Open
from comity.wire.call import Call, Sent, open_call
from comity.wire.errors import TheirFault
from comity.wire.items import Item, prove_item
from comity.wire.receipt import NotAccepted, Receipt, kept_receipt, write_receipt
from comity.wire.reply import Reply, open_reply
from comity.wire.sync import SyncState, conclude, conclude_called
from tests.seal.make_vectors import written
from tests.wire.make_vectors import DRAWN, FIXED, FOLDER

README: Final = (FOLDER.parent / "README.md").read_text(encoding="utf-8")


def held(name: str) -> Any:  # noqa: ANN401 - JSON of the shape its own test expects
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))


MESSAGES: Final = held("messages")
CARDS: Final = {state: read_card(unb64(card)) for state, card in MESSAGES["cards"].items()}


def opener(state: str) -> Callable[[str], OpenWith | None]:
    """Return the opening keys of a State."""
    key = MlKem768X25519Open.from_seed(unb64(MESSAGES["seeds"][state]))
    return {key.public.id: key}.get


def refuse_card(state: str, _: bytes) -> Card:
    raise AssertionError(state)


def opened(body: bytes) -> Call:
    """Open a call as Jinhai does."""
    return open_call(
        body,
        me="XJN",
        opener=opener("XJN"),
        card_of=CARDS.get,
        renewed=refuse_card,
        now=read_time(MESSAGES["now"]),
    )


def answered(body: bytes, items: tuple[Item, ...]) -> Reply:
    """Open a reply as Northmere does."""
    return open_reply(
        body,
        me="XNR",
        opener=opener("XNR"),
        card=CARDS["XJN"],
        sent=Sent(body=b"", mid=MESSAGES["mid"], items=items),
        now=read_time(MESSAGES["now"]),
    )


@pytest.mark.parametrize(("name", "make"), FIXED.items())
def test_what_follows_from_fixed_inputs_has_not_changed(
    name: str, make: Callable[[], Json]
) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="ascii") == written(make())


def test_every_file_has_its_provenance() -> None:
    files = {path.name for path in FOLDER.iterdir()}
    assert files == {f"{name}.json" for name in (*FIXED, *DRAWN)}
    assert [name for name in files if f"`wire/{name}`" not in README] == []


def test_a_call_and_its_reply() -> None:
    call = opened(unb64(MESSAGES["call"]))
    assert call.mid == MESSAGES["mid"]
    assert decode(call.raw) == MESSAGES["head"]
    reply = answered(unb64(MESSAGES["reply"]), call.head.items)
    assert [type(one) for one in reply.head.receipts] == [Receipt, NotAccepted]


def test_calls_to_refuse() -> None:
    assert len(MESSAGES["bad"]) == 12
    for case in MESSAGES["bad"]:
        with pytest.raises(TheirFault) as refused:
            opened(unb64(case["call"]))
        assert refused.value.code == case["code"], case["why"]


def test_replies_to_refuse() -> None:
    items = opened(unb64(MESSAGES["call"])).head.items
    assert len(MESSAGES["bad_replies"]) == 3
    for case in MESSAGES["bad_replies"]:
        with pytest.raises(TheirFault) as refused:
            answered(unb64(case["reply"]), items)
        assert refused.value.code == case["code"], case["why"]


def test_items() -> None:
    given = held("items")
    card = read_card(unb64(given["card"]))
    for case in given["cases"]:
        item = Item(**case["item"])
        blob = unb64(case["blob"])
        at = read_time(given["received_at"])
        if case["code"] is None:
            proven = prove_item(blob, item, sender="XNR", card=card, received_at=at)
            assert proven.act.id == item.act
            continue
        with pytest.raises(TheirFault) as refused:
            prove_item(blob, item, sender="XNR", card=card, received_at=at)
        assert refused.value.code == case["code"], case["why"]


def test_receipts() -> None:
    for case in held("receipts"):
        assert write_receipt(kept_receipt(unb64(case))) == unb64(case)


def test_sync() -> None:
    for case in held("sync"):
        mine, theirs = (state(case[side]) for side in ("mine", "theirs"))
        caller, called = conclude(mine, theirs), conclude_called(mine, theirs)
        assert [one.value for one in caller.findings] == case["caller"]["findings"]
        assert [one.value for one in called.findings] == case["called"]["findings"]
        assert (caller.resend_from, caller.want) == (
            case["caller"]["resend_from"],
            case["caller"]["want"],
        )


def state(members: dict[str, Any]) -> SyncState:
    return SyncState(**{**members, "above": tuple(members["above"])})
