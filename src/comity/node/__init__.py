"""The front door: settings, wiring and the ``comity`` command."""
