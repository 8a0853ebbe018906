"""Schedules and registers of other tools, read into scenario documents."""
