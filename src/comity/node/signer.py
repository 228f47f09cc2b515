"""The signer: bytes in, signature out. It alone holds the key that signs acts.

Nothing but a header goes in and nothing but an envelope comes out, so that the same
``Signer`` can live in another process, a smart card or a key service.
"""

from collections.abc import Iterable

from comity.actions.ports import SignedSeq
from comity.matters.act import read_act
from comity.node.errors import NoActsKey
from comity.node.memory import SignerMemory
from comity.seal.dsse import ACT_TYPE, sign
from comity.seal.keys import SigningKey


class FileSigner:
    """Signs with a key from a file, and remembers (sync-v1, "The signer's memory")."""

    def __init__(self, key: SigningKey, memory: SignerMemory) -> None:
        """Take an opened key and the memory that belongs to it."""
        self._key = key
        self._memory = memory

    def sign_act(self, header: bytes) -> bytes:
        """Return the DSSE envelope of an act header; raises ``AlreadySigned``."""
        act = read_act(header)
        self._memory.signing(act.matter_id, act.seq, act.id)
        return sign(header, ACT_TYPE, self._key)

    def confirm(self, acts: Iterable[tuple[str, int, str]]) -> None:
        """Remember that these (matter, seq, act id) are about to leave the house."""
        self._memory.confirm(acts)

    def confirmed(self) -> tuple[SignedSeq, ...]:
        """Return the highest confirmed act of each lane."""
        return self._memory.confirmed()


class KeylessSigner:
    """What a process that never signs acts holds: the memory, and no key.

    The node port and the worker are reached from outside or run unattended; neither can
    state an act for this State.
    """

    def __init__(self, memory: SignerMemory) -> None:
        """Take the memory."""
        self._memory = memory

    def sign_act(self, header: bytes) -> bytes:
        """Refuse."""
        raise NoActsKey(len(header))

    def confirm(self, acts: Iterable[tuple[str, int, str]]) -> None:
        """Remember that these (matter, seq, act id) are about to leave the house."""
        self._memory.confirm(acts)

    def confirmed(self) -> tuple[SignedSeq, ...]:
        """Return the highest confirmed act of each lane."""
        return self._memory.confirmed()
