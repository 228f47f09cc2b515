"""The words and shapes by which the desk says how sure something is, and other closed lists."""

from collections.abc import Mapping
from typing import Final

from comity.convention.codes import Urgency
from comity.convention.rows import Evidence
from comity.safeguards.grounds import Said
from comity.text import Sentence, say

EVIDENCE: Final[Mapping[Evidence, Sentence]] = {
    Evidence.CERTIFIED: say("certified text"),
    Evidence.SOURCED: say("public source"),
    Evidence.PARALLEL: say("parallel treaty"),
    Evidence.UNCONFIRMED: say("unconfirmed"),
}
SHAPES: Final[Mapping[Evidence, str]] = {
    Evidence.CERTIFIED: "●",
    Evidence.SOURCED: "◉",
    Evidence.PARALLEL: "◐",
    Evidence.UNCONFIRMED: "○",
}
EVIDENCE_MEANS: Final[Mapping[Evidence, Sentence]] = {
    Evidence.CERTIFIED: say("A named person compared it with the certified text."),
    Evidence.SOURCED: say("A public source states it."),
    Evidence.PARALLEL: say(
        "It was drafted from a clause of an older treaty, which was compared in full."
    ),
    Evidence.UNCONFIRMED: say("No text at hand confirms it. Ask a lawyer before you rely on it."),
}
URGENCY: Final[Mapping[Urgency, Sentence]] = {
    Urgency.IMMEDIATE_247: say("At once, through the 24/7 contact points"),
    Urgency.EMERGENCY_LIFE_SAFETY: say("Emergency: a life or the safety of a person is at risk"),
    Urgency.URGENT_ORAL: say("Urgent, asked by voice first"),
    Urgency.URGENT_INTERPOL: say("Urgent, through INTERPOL"),
    Urgency.EXPEDITED_VULNERABLE: say("Fast: the data may be lost or changed"),
    Urgency.ROUTINE: say("In the ordinary order"),
}
RESULTS: Final[Mapping[str, Sentence]] = {
    "kept": say("Kept"),
    "not_found": say("Not found"),
    "not_kept": say("Not kept"),
}
SAID: Final[Mapping[str, Sentence]] = {
    Said.NO.value: say("No"),
    Said.YES.value: say("Yes"),
    Said.UNSURE.value: say("I am not sure"),
}
ROLES: Final[Mapping[str, Sentence]] = {
    "contact_point": say("24/7 contact point"),
    "central_authority": say("Central authority"),
}


def urgency(code: str) -> Sentence:
    """Return how fast the asking State needs an answer."""
    known = {one.value: sentence for one, sentence in URGENCY.items()}
    return known.get(code, say("In the ordinary order"))
