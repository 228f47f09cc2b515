"""Comity: the software with which a State takes part in cooperation against cybercrime."""
