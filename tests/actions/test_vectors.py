"""The published certificates still get the verdicts that are published with them."""

import json
from typing import Any

import pytest

from comity.actions.verify import verify_certificate
from comity.seal.forms import read_time
from tests.actions.make_vectors import FILE

WHOLE = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", WHOLE["cases"], ids=lambda case: case["name"])
def test_a_published_certificate_gets_its_verdict(case: dict[str, Any]) -> None:
    roots: dict[str, str] = dict(case["roots"])
    report = verify_certificate(case["file"].encode(), roots, now=read_time(WHOLE["now"]))
    assert report.verdict.value == case["verdict"]
    if case["verdict"] == "cannot-tell":
        assert {state: " ".join(words) for state, words in report.words} == WHOLE["words"]


def test_every_verdict_is_published() -> None:
    assert {case["verdict"] for case in WHOLE["cases"]} == {
        "intact",
        "altered",
        "incomplete",
        "cannot-tell",
    }
