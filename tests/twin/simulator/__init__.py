"""The engine's slow twin: plain Python, walking real time, sharing no code with plan, kernel or engine."""
