"""The verbs: what a person or a peer can do. One file, one verb."""
