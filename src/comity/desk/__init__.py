"""The desk: pages for officers. It calls verbs and reads views; it writes no row itself."""
