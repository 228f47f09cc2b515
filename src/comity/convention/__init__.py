"""The law as data: one file per instrument in ``law/``, and the few functions that read it."""

from comity.convention.load import edition, law_rows, law_texts

__all__ = ["edition", "law_rows", "law_texts"]
