"""What makes bytes believable: canonical bytes, signatures, sealing, proofs of history.

Normative pages: ``spec/canonical-v1.md``, ``spec/seal-v1.md``, ``spec/log-v1.md``.
This room is pure. Import its modules by name; nothing is re-exported here, so
that a process loads only what it uses.
"""
