"""Open questions, and the page on which each is answered."""

from dataclasses import dataclass
from typing import Final

from comity.desk.dossier import Dossier
from comity.desk.told_parts import words_of
from comity.matters.fold import Question
from comity.matters.stages import Ask, Step
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A question as the page shows it: who is to answer, and the ways to answer."""

    ask: str
    sentence: Sentence
    words: str
    ours: bool
    ways: tuple[tuple[str, Sentence], ...]


_SAYS: Final = {
    Ask.INFO: say("The requested State asks for more information."),
    Ask.EXTENSION: say("The requesting State asks to keep the data longer."),
    Ask.FOLLOW_UP: say("The requesting State has filed the follow-up request."),
    Ask.GO_ON: say("The requested State asks whether to go on."),
}
_WAYS: Final[dict[Ask, tuple[tuple[Step, str, Sentence], ...]]] = {
    Ask.INFO: ((Step.INFORM, "inform", say("Answer")),),
    Ask.EXTENSION: (
        (Step.EXTEND, "extend", say("Keep it longer")),
        (Step.DECLINE_EXTENSION, "decline", say("Decline")),
    ),
    Ask.FOLLOW_UP: (
        (Step.HELD, "hold", say("Hold until it is decided")),
        (Step.NOT_RECEIVED, "not-received", say("It has not arrived")),
    ),
    Ask.GO_ON: (
        (Step.GO_ON, "go-on", say("Go on")),
        (Step.WITHDRAW, "withdraw", say("Withdraw the request")),
    ),
}


def open_questions(file: Dossier) -> tuple[Open, ...]:
    """Return the open questions, oldest first."""
    return tuple(_open(file, one) for one in file.matter.questions)


def _open(file: Dossier, question: Question) -> Open:
    ours = question.act.author != file.me
    ways = _WAYS[question.ask] if ours else ()
    return Open(
        ask=question.ask.name.lower().replace("_", "-"),
        sentence=_SAYS[question.ask],
        words=words_of(file, question.act),
        ours=ours,
        ways=tuple((path, label) for step, path, label in ways if file.may(step)),
    )
