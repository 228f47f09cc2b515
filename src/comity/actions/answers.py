"""The answers of one State to the other's open questions."""

from comity.actions.errors import NotAllowedError
from comity.actions.ports import House
from comity.actions.state import matter_of
from comity.text import Sentence, say


def open_question(house: House, matter: str, step: str) -> str:
    """Return the id of the newest open question ``step``; raises NotAllowedError."""
    folded = house.store.read(lambda view: matter_of(view, matter))
    asked = [one.act for one in folded.questions if one.act.step == step]
    if not asked:
        raise NotAllowedError(NOT_ASKED)
    return max(asked, key=lambda act: act.seq).id


NOT_ASKED: Sentence = say(
    "The other State has no such question open. Open the file again: it may have moved on."
)
