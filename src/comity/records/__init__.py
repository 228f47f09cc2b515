"""Rows: Django's tables and the frozen values they stand for; the only door to the database."""
