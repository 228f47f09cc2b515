"""Words of the law files that stand there under other keys than title and text.

They are repeated here so that the translators' catalogue has them; a test
compares this list with ``comity.convention.law_texts``.
"""

from typing import Final

from comity.text import Sentence, say

NAMES: Final[tuple[Sentence, ...]] = (
    say("UN Convention against Cybercrime"),
    say("Budapest Convention on Cybercrime"),
    say("Reciprocity (no treaty)"),
)
ASKS: Final[tuple[Sentence, ...]] = (
    say("Which authority asks for the preservation?"),
    say("Which offence is being investigated?"),
    say("What happened? A few sentences are enough."),
    say("Which data should be kept?"),
    say("How are these data linked to the offence?"),
    say("Who holds the data, or where is the system? Say what you know."),
    say("Why must the data be kept now?"),
    say("Do you state that your State intends to ask for these data by legal assistance?"),
    say("Must the request stay secret, and the user not be told?"),
)
