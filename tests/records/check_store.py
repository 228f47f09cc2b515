"""What every store must do, for whoever writes another one.

``check_store(make_store)`` runs each check on a store of its own. ``make_store(me)``
returns an empty store of the node of that State.
"""

from typing import Final

from comity.actions.ports import Store
from tests.records import (
    checks_acts,
    checks_cards,
    checks_deliveries,
    checks_home,
    checks_log,
    checks_receipts,
    checks_writes,
)
from tests.stores import MakeStore

_MODULES: Final = (
    checks_acts,
    checks_cards,
    checks_deliveries,
    checks_home,
    checks_log,
    checks_receipts,
    checks_writes,
)

CHECKS: Final = tuple(
    check
    for module in _MODULES
    for name, check in vars(module).items()
    if name.startswith("check_")
)
"""Functions of one empty store that belongs to XNR."""


def check_store(make_store: MakeStore) -> None:
    """Run every check; the first that fails raises."""
    for check in CHECKS:
        store: Store = make_store("XNR")
        check(store)
