"""Refusals in clear (message-v1 section 3): for a call that could not be opened or proven.

They prove nothing. The caller shows "an unsigned refusal" and tries again.
"""

from dataclasses import dataclass
from typing import Final

from comity.directory.members import Members, WrongMember
from comity.seal.canonical import Json, decode, encode
from comity.seal.errors import NotCanonical
from comity.wire.errors import OURS, Code, TheirFault
from comity.wire.frame import MAGIC, VERSION
from comity.wire.receipt import CODE_FORM

MAX_REFUSAL: Final = 1_024
"""Bytes of the largest refusal in clear."""

_STATUS: Final = {Code.TOO_LARGE: 413, Code.BUSY: 429, Code.NOT_READY: 503}
_BAD_REQUEST: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """What somebody on the way, perhaps the peer, answered. It proves nothing."""

    code: str


def write_refusal(code: Code) -> tuple[int, bytes]:
    """Return the HTTP status and the body of a refusal in clear."""
    error: dict[str, Json] = {"code": code.value, "fault": "ours" if code in OURS else "yours"}
    return _STATUS.get(code, _BAD_REQUEST), encode({"v": VERSION, "error": error})


def is_sealed(body: bytes) -> bool:
    """Say whether a response body claims to be a sealed reply."""
    return body.startswith(MAGIC)


def read_refusal(body: bytes) -> Unsigned:
    """Return what a refusal in clear claims. Raises ``TheirFault`` (``not-a-message``)."""
    if len(body) > MAX_REFUSAL:
        raise TheirFault(Code.TOO_LARGE)
    try:
        members = Members(decode(body))
        members.whole("v", VERSION, VERSION)
        return Unsigned(code=members.within("error").formed("code", CODE_FORM))
    except (NotCanonical, WrongMember) as error:
        raise TheirFault(Code.NOT_A_MESSAGE) from error
