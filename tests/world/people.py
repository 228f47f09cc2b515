"""What people do at their desks: any step that the table allows, and home notes."""

from datetime import timedelta

from comity.actions.draft import DraftPart, Frame, Step
from comity.actions.errors import ActionError
from comity.actions.notes import write_note
from comity.actions.ports import Officer, View
from comity.actions.state import matter_of, open_matter, state_act
from comity.matters.stages import Member
from comity.matters.steps import Choice, choices
from comity.seal.forms import b64
from tests.world.nodes import ROLES, STATES, AlreadySigned, Node

OFFICER = Officer(id="o-1", roles=ROLES)
DAY = timedelta(days=1)
DIGEST = "sha256:" + "0" * 64
HOME = b"HOME-"
URGENT = 0.1
"""Share of urgent requests: a partition of days is knocked at every half minute for each."""


def act(node: Node) -> str:
    """Do one thing at this desk; return the id of the act, or "" when nothing could be done."""
    if node.random.random() < 0.3:
        _note(node)
    matters = node.house.store.read(_open_matters)
    if not matters or node.random.random() < 0.35:
        return _open(node)
    matter = node.random.choice(matters)
    folded = node.house.store.read(lambda view: matter_of(view, matter))
    found = choices(folded, node.name)
    if not found:
        return _open(node)
    choice = node.random.choice(found)
    return _try(node, matter, _step(node, choice, folded.opening.items if folded.opening else 1))


def _open_matters(view: View) -> tuple[str, ...]:
    rows = view.rows(closed=False, limit=60)
    return tuple(sorted(row.matter for row in rows))


def _open(node: Node) -> str:
    to = node.random.choice([state for state in STATES if state != node.name])
    frame = Frame(
        parties=tuple(sorted(((node.name, "requesting"), (to, "requested")))),
        instrument="reciprocity",
        article="",
        form="uncc",
        channel="poc_247",
        urgency="immediate_247" if node.random.random() < URGENT else "routine",
        offence="A13",
        lang="en",
        edition=DIGEST,
    )
    items = node.random.randint(1, 3)
    step = Step(
        step="request",
        until=node.house.clock.now() + 90 * DAY,
        items=items,
        parts=(DraftPart(role="request", data=_words(node)),),
    )
    try:
        return open_matter(node.house, step, frame).act.id
    except (ActionError, AlreadySigned):
        return ""


def _try(node: Node, matter: str, step: Step) -> str:
    try:
        return state_act(node.house, matter, step).act.id
    except (ActionError, AlreadySigned):
        return ""


def _step(node: Node, choice: Choice, items: int) -> Step:
    def wants(member: Member) -> bool:
        return member in choice.needs or (member in choice.may and node.random.random() < 0.5)

    answers = None
    if choice.answers and (choice.must_answer or wants(Member.ANSWERS)):
        answers = node.random.choice(choice.answers)
    parts = tuple(
        DraftPart(role=role, data=_words(node))
        for role, member in (
            ("order", Member.ORDER),
            ("kept", Member.KEPT),
            ("reason", Member.REASON),
        )
        if wants(member)
    )
    results = [(n, node.random.choice(("kept", "not_found"))) for n in range(1, items + 1)]
    results[0] = (1, "kept")
    return Step(
        step=choice.step.value,
        answers=answers,
        until=node.house.clock.now() + node.random.randint(60, 120) * DAY
        if wants(Member.UNTIL)
        else None,
        results=tuple(results) if wants(Member.RESULTS) else (),
        grounds=("D_domestic_law",) if wants(Member.GROUNDS) else (),
        refs=((node.name, "ref-1"),) if wants(Member.REFS) else (),
        parts=parts,
    )


def _words(node: Node) -> bytes:
    return f"words {b64(node.random.randbytes(24))}".encode()


def _note(node: Node) -> None:
    marker = HOME + b64(node.random.randbytes(18)).encode()
    node.home.append(marker)
    write_note(node.house, by=OFFICER, kind="note", body=marker.decode())
