"""The deterministic schedule: its dates, the handshake with the tool it came from, and its health.

Import from the modules: those that need no dates (`findings`, `logic`, `readiness`) load no array library.
"""
