"""Properties that hold between runs, whatever the numbers. Each is also shown to fail under a deliberate fault."""
