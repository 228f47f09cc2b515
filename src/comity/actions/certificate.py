"""Make the preservation certificate (certificate-v1) from what this node holds."""

from comity.actions.errors import NotAllowedError, NotFoundError, UnknownPeerError
from comity.actions.ports import HeldAct, House, View
from comity.actions.sequence import sign_checkpoint
from comity.actions.state import matter_of
from comity.matters.fold import Standing
from comity.seal import canonical
from comity.seal.checkpoint import read_checkpoint
from comity.seal.dsse import read_envelope
from comity.seal.forms import b64
from comity.seal.tree import inclusion
from comity.text import say

TYPE = "preservation-certificate"
OPENED = frozenset({"kept", "order"})
Json = canonical.Json


def certificate(house: House, matter: str) -> bytes:
    """Return the certificate of a matter in which something is kept.

    Raises NotFoundError, and NotAllowedError while nothing is kept.
    """
    envelope = sign_checkpoint(house)
    if envelope is None:
        raise NotFoundError
    size = read_checkpoint(read_envelope(envelope).payload).size
    return house.store.read(lambda view: _write(view, matter, envelope, size))


def _write(view: View, matter: str, checkpoint: bytes, size: int) -> bytes:
    folded = matter_of(view, matter)
    counted = [one.act for one in folded.judged if one.standing is Standing.COUNTS]
    if not any(act.step == "kept" for act in counted) or folded.opening is None:
        raise NotAllowedError(
            say("Nothing is kept in this file yet, so there is nothing to certify. Wait for it.")
        )
    acts = sorted(view.acts_of(matter), key=lambda one: (one.act.author, one.act.seq))
    states = sorted(party.state for party in folded.opening.parties)
    proofs = [view.proof_of_receipt(folded.opening.id, state) for state in states]
    signed = frozenset(
        read_envelope(envelope).key_id for envelope in (checkpoint, *(one.envelope for one in acts))
    ) | {read_envelope(proof.signature, payload=proof.head).key_id for proof in proofs if proof}
    return canonical.encode(
        {
            "v": 1,
            "type": TYPE,
            "cards": [_card(view, state, signed) for state in states],
            "acts": [canonical.decode(one.envelope) for one in acts],
            "parts": _parts(view, acts),
            "receipt": _receipt(view, folded.opening.id, states),
            "proof": {
                "checkpoint": canonical.decode(checkpoint),
                "inclusion": _inclusion(view, acts, size),
            },
        }
    )


def _card(view: View, state: str, signed: frozenset[str]) -> Json:
    """Return the newest card that lists this file's keys; a later one may have dropped them."""
    history = view.card_history(state)
    if not history:
        raise UnknownPeerError(state)
    found = max(history, key=lambda held: len(signed & {key.id for key in held.card.signing}))
    return canonical.decode(found.envelope)


def _parts(view: View, acts: list[HeldAct]) -> list[Json]:
    return [
        {
            "act": one.act.id,
            "index": part.index,
            "salt": b64(part.salt),
            "bytes": b64(part.data),
        }
        for one in sorted(acts, key=lambda held: held.act.id)
        for part in view.parts_of(one.act.id)
        if part is not None and part.role in OPENED
    ]


def _receipt(view: View, act_id: str, states: list[str]) -> Json:
    for state in states:
        proof = view.proof_of_receipt(act_id, state)
        if proof is not None:
            return {"head": b64(proof.head), "signature": canonical.decode(proof.signature)}
    return None


def _inclusion(view: View, acts: list[HeldAct], size: int) -> list[Json]:
    hashes = view.leaf_hashes(size)
    proofs: list[Json] = []
    for one in acts:
        index = view.leaf_index(one.act.id)
        if index is None or index >= size:
            raise NotFoundError
        path: list[Json] = [b64(node) for node in inclusion(hashes, index, size)]
        proofs.append({"index": index, "size": size, "path": path})
    return proofs
