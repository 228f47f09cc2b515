"""The federation protocol, owning no socket: bytes in, proven messages out (message-v1, sync-v1).

``call`` and ``reply`` are the two doors. What comes from a peer raises only
``TheirFault``; what we were asked to send and may not raises ``OurFault``.
"""
