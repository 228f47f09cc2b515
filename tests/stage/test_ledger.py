"""What was checked is kept by name, in order, with what was seen."""

from comity_stage.ledger import Ledger


def test_facts_are_kept_in_order_with_their_step() -> None:
    ledger = Ledger()
    ledger.step = "sent"
    assert ledger.check("it went", [1], {"a": [1, 2]})
    ledger.step = "seen"
    assert not ledger.check("it was seen", "", ("x", "y"))
    assert [fact.step for fact in ledger.facts] == ["sent", "seen"]
    assert [fact.seen for fact in ledger.facts] == ["a: 1, 2", "x, y"]
    assert ledger.failed == ("it was seen",)
    assert ledger.of("seen") == (ledger.facts[1],)


def test_two_readings_are_compared_and_both_shown_when_they_differ() -> None:
    ledger = Ledger()
    assert ledger.same("equal", "a", "a")
    assert not ledger.same("other", "a", "b")
    assert [fact.seen for fact in ledger.facts] == ["a", "a / b"]


def test_what_was_seen_is_one_short_line() -> None:
    ledger = Ledger()
    ledger.check("long", held=True, seen="x\n y " * 200)
    assert len(ledger.facts[0].seen) == 200
    assert "\n" not in ledger.facts[0].seen
