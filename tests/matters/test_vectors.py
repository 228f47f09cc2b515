"""The published vectors still hold (``vectors/README.md`` says where they come from)."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from comity.matters.act import MEMBERS, read_act
from comity.matters.errors import NotAnAct
from comity.matters.fold import fold
from comity.matters.present import CELLS, present
from comity.seal.canonical import Json, encode
from comity.seal.forms import read_time, time_text
from tests.matters.make_vectors import FIXED, FOLDER, written

README: Final = (FOLDER.parent / "README.md").read_text(encoding="utf-8")


def held(name: str) -> Any:  # noqa: ANN401 - JSON of the shape its own test expects
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))


@pytest.mark.parametrize(("name", "make"), FIXED.items())
def test_what_follows_from_fixed_inputs_has_not_changed(
    name: str, make: Callable[[], Json]
) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="ascii") == written(make())


def test_every_file_has_its_provenance() -> None:
    files = {path.name for path in FOLDER.iterdir()}
    assert files == {f"{name}.json" for name in FIXED}
    assert [name for name in files if f"`matters/{name}`" not in README] == []


def test_headers_are_read_or_refused() -> None:
    cases = held("headers")
    for case in cases["read"]:
        act = read_act(encode(case["header"]))
        assert (act.id, act.matter_id) == (case["id"], case["matter"])
        assert act.understood is case["understood"]
    refused = cases["refused"]
    assert {case["member"] for case in refused["with"]} == MEMBERS
    for case in refused["with"]:
        with pytest.raises(NotAnAct) as told:
            read_act(encode(refused["header"] | {case["member"]: case["value"]}))
        assert told.value.field == case["member"]


@pytest.mark.parametrize("name", ["histories", "cells"])
def test_histories_are_judged_and_told_in_any_order(name: str) -> None:
    for case in held(name):
        acts = [read_act(header.encode()) for header in case["acts"]]
        for order in (acts, acts[::-1]):
            view = fold(order)
            assert [
                {"act": one.act.id, "standing": one.standing, "rule": one.rule}
                for one in view.judged
            ] == case["judged"]
            assert case["stages"] == {
                "requesting": view.requesting.stage,
                "requested": view.requested.stage,
            }
            assert [{"letter": one.ask, "act": one.act.id} for one in view.questions] == case[
                "questions"
            ]
            for told in case["present"]:
                shown = present(view, read_time(told["now"]))
                assert told == {
                    "now": told["now"],
                    "code": shown.code,
                    "status": shown.tag,
                    "waiting_for": shown.waiting_for,
                    "alarm": shown.alarm,
                    "closed": shown.closed,
                    "partly": shown.partly,
                    "until": shown.until and time_text(shown.until),
                }


def test_the_vectors_show_every_standing_rule_and_cell() -> None:
    judged = [one for case in held("histories") for one in case["judged"]]
    assert {one["standing"] for one in judged} == {
        "held",
        "unknown",
        "frozen",
        "void",
        "counts",
    }
    assert {one["rule"] for one in judged} == {None, *range(1, 8)}
    assert len(held("cells")) == len(CELLS)
