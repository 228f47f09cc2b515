"""Slow down whoever guesses a password, and nobody else.

Wrong tries are counted for one account from one address. Others at the desk,
and the officer herself from her own place, are never locked out by them.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

FREE: Final = 5
FIRST: Final = timedelta(seconds=15)
LONGEST: Final = timedelta(minutes=15)
FORGET: Final = timedelta(hours=1)
MOST_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tries:
    wrong: int
    last: datetime

    @property
    def again(self) -> datetime:
        if self.wrong < FREE:
            return self.last
        doubled: int = 2 ** min(self.wrong - FREE, 10)
        return self.last + min(LONGEST, FIRST * doubled)


class Throttle:
    """Counts wrong tries in memory; a restart forgets them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._tries: OrderedDict[tuple[str, str], _Tries] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, account: str, address: str, now: datetime) -> timedelta:
        """Return how long this account must wait before it tries again from this address."""
        with self._lock:
            tries = self._tries.get((account, address))
        return timedelta(0) if tries is None else max(timedelta(0), tries.again - now)

    def wrong(self, account: str, address: str, now: datetime) -> None:
        """Count a wrong try."""
        key = account, address
        with self._lock:
            tries = self._tries.pop(key, None)
            if tries is None or now - tries.last > FORGET:
                tries = _Tries(wrong=0, last=now)
            self._tries[key] = replace(tries, wrong=tries.wrong + 1, last=now)
            while len(self._tries) > MOST_KEPT:
                self._tries.popitem(last=False)

    def right(self, account: str, address: str) -> None:
        """Forget the wrong tries of an account that signed in."""
        with self._lock:
            self._tries.pop((account, address), None)
