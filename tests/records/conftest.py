"""The stores that this room's tests run on."""

from tests.stores import all_databases, both_databases, databases, make_store, store

__all__ = ["all_databases", "both_databases", "databases", "make_store", "store"]
