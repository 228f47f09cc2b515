import re
from pathlib import Path

import pytest

from comity.seal import errors
from comity.seal.errors import BadSignature, NoHybrid, SealError
from comity.text import ToldError, say

LEAVES = [
    found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, SealError) and found is not SealError
]
PAGES = Path(__file__).parents[2] / "spec"


def test_every_error_of_this_room_is_one_kind() -> None:
    assert issubclass(SealError, ToldError)
    assert len(LEAVES) == 10
    assert all(leaf.__bases__ == (SealError,) for leaf in LEAVES)


def test_every_code_is_its_own() -> None:
    codes = [leaf.code for leaf in LEAVES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) for code in codes)


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.code)
def test_every_code_is_on_a_page_of_the_specification(leaf: type[SealError]) -> None:
    pages = "".join((PAGES / f"{name}-v1.md").read_text() for name in ("canonical", "seal", "log"))
    assert f"`{leaf.code}`" in pages


def test_an_error_without_a_sentence_of_its_own_has_one() -> None:
    assert "ask the sender" in str(BadSignature())
    assert "Install" in str(NoHybrid())
    assert str(BadSignature(say("Another one."))) == "Another one."
