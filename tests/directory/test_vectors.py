"""The published vectors still hold (``vectors/README.md`` says where they come from)."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from comity.directory.errors import DirectoryError, NotVouched
from comity.directory.pin import pin_by_registrar, pin_by_words
from comity.directory.read import read_card
from comity.directory.trust import accept_card
from comity.directory.write import write_card
from comity.seal.canonical import Json, encode
from comity.seal.forms import read_time, unb64
from comity.seal.suites import read_verify_key
from comity.seal.words import twelve_words
from tests.directory.make_vectors import DRAWN, FIXED, FOLDER
from tests.seal.make_vectors import written

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
    assert files == {f"{name}.json" for name in (*FIXED, *DRAWN)}
    assert [name for name in files if f"`directory/{name}`" not in README] == []


def test_payloads() -> None:
    for case in held("payload"):
        card = read_card(unb64(case["bytes"]))
        assert card.digest == case["digest"]
        assert list(twelve_words(card.root.id)) == case["words"]
        assert write_card(card) == unb64(case["bytes"])


def test_cards() -> None:
    given = held("cards")
    words = twelve_words(read_verify_key(given["root"]).id)
    now = read_time(given["cases"][0]["now"])
    pinned = pin_by_words(given["state"], given["root"], words, ("Ada", "Bo"), at=now)
    found: list[str | None] = []
    for case in given["cases"]:
        older = None if case["held"] is None else read_card(unb64(given["held"][case["held"]]))
        try:
            accept_card(
                encode(case["envelope"]),
                pinned=pinned,
                held=older,
                now=read_time(case["now"]),
                demo=False,
            )
        except DirectoryError as error:
            found.append(error.code)
        else:
            found.append(None)
    assert found == [case["code"] for case in given["cases"]]
    assert (found.count(None), len(found)) == (5, 18)


def test_anchors() -> None:
    given = held("anchors")
    for case in given["cases"]:
        try:
            pin_by_registrar(
                encode(case["envelope"]),
                read_verify_key(given["registrar"]),
                state=given["state"],
                root_data=given["root"],
                now=read_time(given["now"]),
            )
        except NotVouched:
            assert not case["vouches"], case["why"]
        else:
            assert case["vouches"], case["why"]
