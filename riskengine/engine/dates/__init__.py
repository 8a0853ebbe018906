"""Dates of tasks beyond what the core computes: late dates, floats, dates as they are shown."""
