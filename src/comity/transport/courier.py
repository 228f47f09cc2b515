"""The courier: carries what is due to each peer, and says when two nodes meet again.

Every promise is kept in the records by the verbs of ``actions``; the courier may be
killed at any moment. A peer that is silent waits with the other silent ones and never
keeps a thread from a peer that answers.
"""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comity.actions.deliver import Call, blocked, failed, next_call, settle
from comity.actions.errors import UnknownPeerError
from comity.actions.offer_card import card_call, settle_card
from comity.actions.ports import House, View
from comity.actions.sequence import sign_checkpoint
from comity.actions.sync import settle_sync, sync_call
from comity.text import ToldError
from comity.transport.errors import NoAnswer, UnsignedRefusal
from comity.transport.post import Send
from comity.wire.errors import Code, TheirFault
from comity.wire.sync import Conclusion

POLL: Final = 0.05
"""Seconds between two looks at the queue: a new delivery is under way within 0.1 s."""

CHECKPOINT: Final = 1.0
"""Seconds between two signed checkpoints, at least."""

MEET: Final = 600.0
MEET_RESTORED: Final = 15.0
"""Seconds between two meetings: while acts are undelivered (sync-v1), and after a restore."""

FIRST_REST: Final = 1.0
LONGEST_REST: Final = 600.0
"""Seconds until a peer that could not be met is tried again: at first, and at most."""

BARRED: Final = 5.0
"""Seconds without a visit after something broke, or while nothing can be sent."""

THREADS: Final = 8

_OLD_CARD: Final = frozenset({Code.UNKNOWN_KEY, Code.KEY_NOT_VALID, Code.CARD_EXPIRED})

_log = logging.getLogger("comity.courier")


@dataclass(slots=True)
class _Peer:
    """What the courier remembers of a peer while it runs; times of the monotonic clock.

    ``meet_after``: when a peer that could not be met is called again without a delivery.
    ``barred_until``: no visit at all, because nothing could be sent or something broke.
    """

    busy: bool = False
    silent: bool = False
    met_at: float | None = None
    concluded: Conclusion | None = None
    failures: int = 0
    meet_after: float = 0.0
    barred_until: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    peers: frozenset[str]
    due: frozenset[str]
    unsynced: frozenset[str]


class Courier:
    """One for each worker process; several workers share the queue by its leases."""

    def __init__(self, house: House, send: Send) -> None:
        """Begin with no peer met."""
        self._house = house
        self._send = send
        self._peers: dict[str, _Peer] = {}
        # Two pools: the silent cannot take the threads of those who answer.
        self._quick = ThreadPoolExecutor(THREADS, thread_name_prefix="quick")
        self._patient = ThreadPoolExecutor(THREADS, thread_name_prefix="patient")
        self._checkpoint_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Carry until ``stop`` is set; what is under way then is tried again later."""
        try:
            while not stop.is_set():
                self.look()
                stop.wait(POLL)
        finally:
            self._quick.shutdown(wait=False, cancel_futures=True)
            self._patient.shutdown(wait=False, cancel_futures=True)

    def look(self) -> None:
        """Look at the queue once and send threads to the peers that need a visit."""
        self._sign_checkpoint()
        now = self._house.clock.now()
        seen = self._house.store.read(lambda view: _look(view, now, self._house.me))
        for name in sorted(seen.peers):
            peer = self._peers.setdefault(name, _Peer())
            if not peer.busy and _wants_visit(peer, name, seen):
                peer.busy = True
                pool = self._patient if peer.silent else self._quick
                pool.submit(self._visit, name, peer, restored=name in seen.unsynced)

    def _sign_checkpoint(self) -> None:
        if time.monotonic() - self._checkpoint_at >= CHECKPOINT:
            self._checkpoint_at = time.monotonic()
            sign_checkpoint(self._house)

    def _visit(self, name: str, peer: _Peer, *, restored: bool) -> None:
        try:
            answered = self._carry(name, peer, restored=restored)
        except Exception as error:  # noqa: BLE001
            # The one blanket handler of the house. Whatever goes wrong with one peer (its
            # card, our records, a library) must not end the work for it for good: the queue
            # stays as it is and is looked at again. Only the kind of error is written down:
            # its text could hold case data.
            _log.error("visit to %s failed: %s", name, type(error).__name__)
            peer.barred_until = time.monotonic() + BARRED
            answered = False
        peer.silent = not answered
        peer.failures = 0 if answered else peer.failures + 1
        longest = MEET_RESTORED if restored else LONGEST_REST
        rest = min(longest, FIRST_REST * 2 ** min(peer.failures, 12)) if peer.failures else 0.0
        peer.meet_after = time.monotonic() + rest
        peer.busy = False

    def _carry(self, name: str, peer: _Peer, *, restored: bool) -> bool:
        """Meet the peer where that is due, then send all that is due; say whether it answered."""
        try:
            if _must_meet(peer, restored=restored):
                obstacle = self._meet(name, peer)
                if obstacle is not None:
                    self._put_back(name, obstacle)
                    return False
            return self._deliver(name, peer)
        except ToldError as fault:  # no card, or one that has expired: there is no way to send
            self._put_back(name, fault.code)
            peer.barred_until = time.monotonic() + BARRED
            return False

    def _meet(self, name: str, peer: _Peer) -> str | None:
        """Sync until both agree; return what stands in the way of sending.

        A node that lost acts sends nothing before it has them back: its numbers are taken.
        """
        peer.met_at = None
        again = True
        while again:
            syncing = sync_call(self._house, name)
            try:
                reply = self._post(syncing.call)
                synced = settle_sync(self._house, syncing, reply, before=peer.concluded)
            except (UnsignedRefusal, TheirFault) as error:
                if _of_our_card(error):
                    self._offer_card(name)
                # It answers, if badly: what is due may still go, unless this node lost acts.
                return _reason(error) if self._restored(name) else None
            except NoAnswer as error:
                return _reason(error)
            peer.concluded, again = synced.conclusion, synced.again
            if not again and not synced.conclusion.may_sign:
                return "restored"
        peer.met_at = time.monotonic()
        return None

    def _offer_card(self, name: str) -> None:
        """Bring the peer our newest card; if it will not have it, the next meeting shows that."""
        call = card_call(self._house, name)
        try:
            settle_card(self._house, call, self._post(call))
        except (NoAnswer, TheirFault) as error:
            _log.warning("%s did not take our card: %s", name, _reason(error))

    def _restored(self, name: str) -> bool:
        return name in self._house.store.read(lambda view: view.unsynced())

    def _deliver(self, name: str, peer: _Peer) -> bool:
        while (call := next_call(self._house, name)) is not None:
            try:
                settle(self._house, call, self._post(call))
            except (NoAnswer, TheirFault) as error:
                failed(self._house, call, _reason(error))
                peer.met_at = None
                return False
        return True

    def _put_back(self, name: str, obstacle: str) -> None:
        """Note on each due delivery what stands in the way, so that people see it."""
        now = self._house.clock.now()
        while name in self._house.store.read(lambda view: view.due_peers(now)):
            blocked(self._house, name, obstacle)

    def _post(self, call: Call) -> bytes:
        held = self._house.store.read(lambda view: view.card(call.peer))
        if held is None:
            raise UnknownPeerError(call.peer)
        return self._send(held.card.endpoint, call.path, call.body)


def _look(view: View, now: datetime, me: str) -> _Look:
    due = frozenset(view.due_peers(now))
    cards = frozenset(held.card.state for held in view.cards()) - {me}
    return _Look(peers=cards | due, due=due, unsynced=view.unsynced())


def _wants_visit(peer: _Peer, name: str, seen: _Look) -> bool:
    now = time.monotonic()
    if now < peer.barred_until:
        return False
    meeting = _must_meet(peer, restored=name in seen.unsynced, idle=True)
    return name in seen.due or (meeting and now >= peer.meet_after)


def _must_meet(peer: _Peer, *, restored: bool, idle: bool = False) -> bool:
    """Say whether to sync: not met yet, met long ago, or this node has come back from a backup.

    Without deliveries (``idle``) two nodes that have met once have nothing to say.
    """
    if peer.met_at is None:
        return True
    since = time.monotonic() - peer.met_at
    return since >= MEET_RESTORED if restored else since >= MEET and not idle


def _of_our_card(error: UnsignedRefusal | TheirFault) -> bool:
    """Say whether the peer refused for want of our newest card."""
    told = error.reason if isinstance(error, UnsignedRefusal) else error.code
    return told in _OLD_CARD


def _reason(error: NoAnswer | TheirFault) -> str:
    if isinstance(error, UnsignedRefusal):
        return f"{error.code}:{error.reason}"
    return str(error.code)
