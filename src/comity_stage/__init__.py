"""The demonstration: fictional States as real processes, with keys that are born DEMO.

A production install leaves this package out; the node knows nothing of it, and every
live directory refuses a card whose ``demo`` member is true.
"""
