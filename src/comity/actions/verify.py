"""Check a preservation certificate offline, trusting nothing in it (certificate-v1).

The checks run in the order of the page and stop at the first that fails: what
comes after would speak about altered bytes.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from comity.actions.certified import (
    AlteredError,
    Reading,
    check_acts,
    check_cards,
    check_fold,
    check_form,
    check_log,
    check_parts,
    check_receipt,
    opening_of,
    party_of,
)
from comity.actions.verdict import Report, Stated, Verdict
from comity.directory.card import Card
from comity.matters.present import present
from comity.seal.keys import Suite
from comity.seal.suites import LIVE
from comity.seal.words import twelve_words
from comity.text import Sentence, say


def verify_certificate(
    data: bytes,
    roots: Mapping[str, str],
    *,
    now: datetime,
    suites: Mapping[int, Suite] = LIVE,
) -> Report:
    """Return the verdict on ``data``.

    ``roots`` names, by State, the root the reader trusts: a key id or twelve
    words. ``now`` only says whether an end date has passed. Never raises on
    foreign bytes.
    """
    reading = Reading()
    checks: tuple[Callable[[], None], ...] = (
        lambda: check_form(reading, data),
        lambda: check_cards(reading, suites),
        lambda: check_acts(reading),
        lambda: check_parts(reading),
        lambda: check_fold(reading),
        lambda: check_receipt(reading),
        lambda: check_log(reading),
    )
    for check in checks:
        try:
            check()
        except AlteredError as fault:
            reading.add(fault.check, fault.sentence, held=False)
            return Report(verdict=Verdict.ALTERED, findings=tuple(reading.findings))
    return _judge(reading, roots, now)


def _judge(reading: Reading, roots: Mapping[str, str], now: datetime) -> Report:
    stated = _stated(reading, now)
    words = tuple(
        (state, twelve_words(card.root.id)) for state, card in sorted(reading.cards.items())
    )
    verdict = Verdict.INTACT
    for state, card in sorted(reading.cards.items()):
        trusted = roots.get(state)
        if trusted is None:
            verdict = Verdict.CANNOT_TELL
            reading.add(
                "roots",
                say("You named no root of %(state)s. Compare its twelve words.", state=state),
                held=False,
            )
        elif not _same_root(trusted, card):
            reading.add(
                "roots",
                say("The card of %(state)s hangs on another root than yours.", state=state),
                held=False,
            )
            return Report(verdict=Verdict.ALTERED, findings=tuple(reading.findings), words=words)
        else:
            reading.add("roots", say("The root of %(state)s is the one you named.", state=state))
    missing = _withheld(reading)
    if missing:
        verdict = Verdict.INCOMPLETE
        reading.add("complete", missing, held=False)
    return Report(verdict=verdict, findings=tuple(reading.findings), stated=stated, words=words)


def _same_root(trusted: str, card: Card) -> bool:
    spoken = tuple(trusted.lower().split())
    return trusted == card.root.id or spoken == twelve_words(card.root.id)


def _withheld(reading: Reading) -> Sentence | None:
    if reading.gaps:
        return say("An entry that another one had read is not in this file.")
    kept = [act for act in reading.acts if act.step == "kept"]
    if not kept:
        return say("No entry of this file says that anything is kept.")
    for act in kept:
        for index, ref in enumerate(act.parts):
            if ref.role == "kept" and (act.id, index) not in reading.opened:
                return say("The part that says what is kept is withheld from this file.")
    return None


def _stated(reading: Reading, now: datetime) -> Stated | None:
    matter, opening = reading.matter, opening_of(reading)
    kept = [act for act in reading.acts if act.step == "kept"]
    if matter is None or not kept:
        return None
    shown = present(matter, now)
    return Stated(
        matter=opening.id,
        requesting=party_of(opening, "requesting"),
        requested=party_of(opening, "requested"),
        instrument=opening.basis.instrument,
        article=opening.basis.article,
        kept=sum(one.result == "kept" for one in kept[-1].results),
        asked=opening.items,
        kept_at=kept[-1].at,
        until=shown.until,
        code=shown.code,
        sentence=shown.sentence,
    )
