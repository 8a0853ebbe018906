"""The deterministic schedule: its dates, the handshake with the tool it came from, and its health.

Import from the modules: those of `health` that need no dates (`finding`, `logic`, `readiness`) load no array library.
"""
