"""The law as data: one file per instrument in ``law/``, and the few functions that read it."""
