"""Whole nodes in one process, on a seeded clock and a hostile network."""
