"""Number the log's leaves and sign its checkpoint (log-v1)."""

from comity.actions.ports import House, LogHead
from comity.seal.checkpoint import Checkpoint, read_checkpoint
from comity.seal.dsse import CHECKPOINT_TYPE, read_envelope, sign


def number_leaves(house: House) -> LogHead:
    """Give numbers to all unnumbered leaves and return the log's head."""
    return house.store.write(lambda unit: unit.number_leaves())


def sign_checkpoint(house: House) -> bytes | None:
    """Return a signed checkpoint of everything held; None while nothing is held.

    Signs only when the log has grown since the last one.
    """
    head = number_leaves(house)
    if head.size == 0:
        return None
    held = house.store.read(lambda view: view.checkpoint())
    if held is not None and read_checkpoint(read_envelope(held).payload).size == head.size:
        return held
    body = Checkpoint(origin=house.origin, size=head.size, root=head.root).body()
    envelope = sign(body, CHECKPOINT_TYPE, house.keys.node)
    house.store.write(lambda unit: unit.keep_checkpoint(head.size, envelope))
    return envelope
