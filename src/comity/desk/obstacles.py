"""What keeps an entry from going out, in words: from the code that stands in the queue.

A code is one of a peer's refusals (``comity.wire.errors``), one of the road, or
one of our own. An unknown one is still shown, as the code that it is.
"""

from collections.abc import Mapping
from typing import Final

from comity.text import Sentence, say
from comity.wire.errors import SAYS

_REFUSED: Final = "unsigned-refusal"
_OWN: Final[Mapping[str, Sentence]] = {
    "no-connection": say(
        "The other node cannot be reached. It is tried again; if it is urgent, call the other "
        "State's contact point."
    ),
    "no-reply": say("The other node did not answer in time. It is tried again."),
    "wrong-certificate": say(
        "What answers at the other node's address is not that node: its certificate is not the "
        "one on the card. Nothing was sent. Call the other State's contact point."
    ),
    "reply-too-large": say(
        "The other node's answer is too large to be one. Ask those who run it to look at what "
        "answers at its address."
    ),
    "no-receipt": say("The other node did not receipt it. It is tried again by itself."),
    "act-missing": say("The entry is missing from the records here. Tell the administrator."),
    "unknown-peer": say(
        "One of the two nodes holds no card of the other State. Once the card is added, this "
        "goes by itself."
    ),
    "card-expired": say(
        "A card has expired, ours or theirs. Once the new card is there, this goes by itself."
    ),
    "restored": say(
        "One of the two nodes came back from a backup. This goes by itself once both have "
        "compared what they hold."
    ),
}


def obstacle(code: str) -> Sentence:
    """Return what stands in the way."""
    known = {one.value: sentence for one, sentence in SAYS.items()} | dict(_OWN)
    name, _, reason = code.partition(":")
    if name == _REFUSED:
        return say(
            "The other node refused without a signature (%(reason)s). It is tried again.",
            reason=reason or "?",
        )
    return known.get(name) or say(
        "Something stands in the way (%(code)s). It is tried again by itself.", code=code
    )
