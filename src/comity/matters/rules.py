"""Rules 1 to 7 of act-v1 section 3: what makes an authentic act void, each with its sentence.

A void act is kept and shown; it moves nothing. A fact that its performer states
is never void on its merits, so no rule looks at whether it is true.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from comity.matters.act import KEPT, Act
from comity.matters.past import NOTHING_READ, Fault, Finding, Matter, Track
from comity.matters.stages import ASKS, FORBID_EXPIRY, PARTS, Member, Row, Step
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True)
class Case:
    """An act before its judgement: where its lane stood, and what it reaches.

    ``before`` is the act named by ``prev``, ``sound`` says that the lane runs
    without a gap from 0 to the act, ``track`` is where the lane stood and
    ``row`` the line of the table for the act's step from there. ``past`` is the
    set of the acts reached through ``prev`` and ``read``.
    """

    matter: Matter
    act: Act
    before: Finding | None
    sound: bool
    track: Track
    row: Row | None
    past: int


def fault_of(case: Case) -> Fault | None:
    """Return the first rule that the act breaks, or ``None``."""
    for number, rule in enumerate(RULES, start=1):
        why = rule(case)
        if why is not None:
            return Fault(rule=number, why=why)
    return None


def _rule_1(case: Case) -> Sentence | None:
    act, opening = case.act, case.matter.opening
    if act.author not in case.matter.roles:
        return say(
            "This entry changes nothing: %(author)s is not one of the States of this request. "
            "Tell its contact point. (Rule 1)",
            author=act.author,
        )
    if (act.parties, act.kind, act.basis, act.form) != (
        opening.parties,
        opening.kind,
        opening.basis,
        opening.form,
    ):
        return say(
            "This entry changes nothing: it names other parties, another kind, another legal "
            "basis or another form than the request. Tell %(author)s. (Rule 1)",
            author=act.author,
        )
    return None


def _rule_2(case: Case) -> Sentence | None:
    if case.sound:
        return None
    return say(
        "This entry changes nothing: it does not follow the entry before it in the record of "
        "%(author)s. Tell its contact point. (Rule 2)",
        author=case.act.author,
    )


def _rule_3(case: Case) -> Sentence | None:
    act, matter = case.act, case.matter
    reads: dict[str, int] = {}
    for state, act_id in act.read:
        seen = matter.findings[act_id].act
        if state == act.author or state not in matter.roles or seen.author != state:
            return say(
                "This entry changes nothing: what it gives as read by %(author)s is not an entry "
                "of the State that it names. Tell %(author)s. (Rule 3)",
                author=act.author,
            )
        reads[state] = seen.seq
    earlier = NOTHING_READ if case.before is None else case.before.had_read
    if all(reads.get(state, -1) >= seq for state, seq in earlier.items()):
        return None
    return say(
        "This entry changes nothing: it says that %(author)s had read less than an earlier entry "
        "of %(author)s says. Tell its contact point. (Rule 3)",
        author=act.author,
    )


def _rule_4(case: Case) -> Sentence | None:
    act, matter = case.act, case.matter
    if act.answers is None:
        return None
    answered = matter.findings[act.answers]
    author = answered.act.author
    if author != act.author and author in matter.roles and case.past & answered.bit:
        return None
    return say(
        "This entry changes nothing: it answers an entry that is not of the other State, or that "
        "%(author)s had not read. Tell %(author)s. (Rule 4)",
        author=act.author,
    )


def _rule_5(case: Case) -> Sentence | None:
    act, track, row = case.act, case.track, case.row
    if row is None:
        return say(
            "This entry changes nothing: %(author)s cannot take the step “%(step)s” after "
            "“%(stage)s”. Tell its contact point. (Rule 5)",
            author=act.author,
            step=act.step,
            stage=track.stage,
        )
    if not row.after_go_on or (track.cannot and told_to_go_on(case, track.cannot)):
        return None
    return say(
        "This entry changes nothing: %(author)s had said that it cannot assure preservation, and "
        "had not yet read that it should go on. Tell its contact point. (Rule 5)",
        author=act.author,
    )


def told_to_go_on(case: Case, cannot: Act) -> bool:
    """Say whether the act's own past holds a ``go_on`` that answers ``cannot``."""
    answers = case.matter.answers.get(cannot.id, ())
    return any(one.act.step == Step.GO_ON for one in case.matter.counted(answers, case.past))


def _rule_6(case: Case) -> Sentence | None:
    act, row = case.act, case.row
    if row is None:
        return None
    carried = members_of(act)
    if lacking := row.needs - carried:
        return say(
            "This entry changes nothing: it lacks what its step needs (%(member)s). "
            "Ask %(author)s to state it again. (Rule 6)",
            author=act.author,
            member=min(lacking),
        )
    if excess := carried - row.needs - row.may - {Member.REFS}:
        return say(
            "This entry changes nothing: it carries what its step may not have (%(member)s). "
            "Ask %(author)s to state it again. (Rule 6)",
            author=act.author,
            member=min(excess),
        )
    return _wrong_answer(case, row) or _wrong_results(case)


def members_of(act: Act) -> set[Member]:
    """Return those members and parts of the act that only some steps carry."""
    carried = {PARTS[part.role] for part in act.parts if part.role in PARTS}
    if act.nonce is not None:
        carried.add(Member.NONCE)
    if act.answers is not None:
        carried.add(Member.ANSWERS)
    if act.items:
        carried.add(Member.ITEMS)
    if act.until is not None:
        carried.add(Member.UNTIL)
    if act.offence:
        carried.add(Member.OFFENCE)
    if act.results:
        carried.add(Member.RESULTS)
    if act.grounds:
        carried.add(Member.GROUNDS)
    # A follow-up is named by the author's own reference, not by the other State's.
    if any(state == act.author for state, _ in act.refs):
        carried.add(Member.REFS)
    return carried


def _wrong_answer(case: Case, row: Row) -> Sentence | None:
    act = case.act
    if act.answers is None:
        return None
    answered = case.matter.findings[act.answers]
    if answered.understood and answered.act.step in row.answers:
        return None
    return say(
        "This entry changes nothing: its step “%(step)s” does not answer the entry that it names. "
        "Ask %(author)s to state it again. (Rule 6)",
        author=act.author,
        step=act.step,
    )


def _wrong_results(case: Case) -> Sentence | None:
    act = case.act
    if act.step != Step.KEPT:
        return None
    asked = range(1, case.matter.opening.items + 1)
    if [one.item for one in act.results] == [*asked] and any(
        one.result == KEPT for one in act.results
    ):
        return None
    return say(
        "This entry changes nothing: it must say for each item asked for what became of it, and "
        "that one at least is kept. Ask %(author)s to state it again. (Rule 6)",
        author=act.author,
    )


def _rule_7(case: Case) -> Sentence | None:
    if case.act.step != Step.EXPIRED or not any(_open_in_past(case)):
        return None
    return say(
        "This entry changes nothing: %(author)s cannot say that the preservation expired while it "
        "has read a follow-up request, or a question for more time, that it has not answered. "
        "Call its contact point now. (Rule 7)",
        author=case.act.author,
    )


def _open_in_past(case: Case) -> list[Finding]:
    matter, past = case.matter, case.past
    if matter.counted(matter.asked.get(Step.WITHDRAW, ()), past):
        return []
    steps = [ASKS[ask].step for ask in FORBID_EXPIRY]
    asked = [one for step in steps for one in matter.counted(matter.asked.get(step, ()), past)]
    return [one for one in asked if not matter.counted(matter.answers.get(one.act.id, ()), past)]


RULES: Final[tuple[Callable[[Case], Sentence | None], ...]] = (
    _rule_1,
    _rule_2,
    _rule_3,
    _rule_4,
    _rule_5,
    _rule_6,
    _rule_7,
)
"""The rules in the order of the page; the first one broken is the one told."""
