"""Slow second opinions that share no code with the engine."""
